"""What the reader is told when a rule, a door or a service refuses: fault code -> sentence.

A sentence says what is wrong, where, and what to do. Each room's are in the module of its name: add
a line with every new code; the values given with the fault fill the %(names)s. Instants and days
come out as the reader's language writes them.
"""

from collections.abc import Mapping
from datetime import date, datetime

from flask_babel import LazyString

from elearn.core import errors
from elearn.core.i18n import day, moment
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.messages import (
    accounts,
    authoring,
    exchange,
    jobs,
    learning,
    quizzes,
    records,
    site,
    supervision,
    tables,
)

SENTENCES: dict[str, LazyString] = {
    **site.SENTENCES,
    **quizzes.SENTENCES,
    **learning.SENTENCES,
    **authoring.SENTENCES,
    **exchange.SENTENCES,
    **records.SENTENCES,
    **accounts.SENTENCES,
    **tables.SENTENCES,
    **supervision.SENTENCES,
    **jobs.SENTENCES,
}

# For codes that have no sentence of their own yet: what the kind of refusal means.
GENERAL: dict[type[errors.Problem], str] = {
    errors.Missing: "page-missing",
    errors.Forbidden: "page-forbidden",
    errors.Invalid: "input-invalid",
    errors.TooMany: "too-many-requests",
    errors.Unavailable: "database-busy",
}
CHANGED = _l("This has changed since you opened the page. Open it again and look before you go on.")


def sentence(code: str, values: Mapping[str, object] | None = None) -> str:
    """The sentence of a fault code, in the reader's language; a general one for unknown codes."""
    return _filled(SENTENCES.get(code, CHANGED), values or {})


def sentence_for(problem: errors.Problem) -> str:
    """The sentence of a refusal; a code without one gets the general sentence of its class."""
    if problem.code in SENTENCES:
        return sentence(problem.code, problem.values)
    for kind, code in GENERAL.items():
        if isinstance(problem, kind):
            return sentence(code)
    return str(CHANGED)


def _filled(text: LazyString, values: Mapping[str, object]) -> str:
    return str(text) % _Shown(values)


class _Shown(dict[str, object]):
    """Values as the reader writes them; one that was not given shows as a dash, not as a fault."""

    def __init__(self, values: Mapping[str, object]) -> None:
        super().__init__({name: _shown(value) for name, value in values.items()})

    def __missing__(self, name: str) -> str:
        return "–"


def _shown(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    return day(value) if isinstance(value, date) else value
