"""Whose JP of a year are below the target."""

from typing import Any

from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import number
from elearn.records.rules import Category
from elearn.supervision.labels import CATEGORIES, EMPLOYMENTS
from elearn.supervision.queries import questions
from elearn.supervision.views.questions.shapes.shape import PERSON, Reading, Shape, people


def _values(row: Row[Any], _reading: Reading) -> tuple[Value, ...]:
    of_category = (row._mapping[category] for category in Category)
    status = str(EMPLOYMENTS[row.employment])
    return (row.name, row.library, status, row.counted, row.target, row.short, *of_category)


def _summary(total: Row[Any]) -> str:
    return _(
        "%(people)s; %(jp)s JP counted, %(short)s JP missing",
        people=people(total.rows),
        jp=number(total.counted),
        short=number(total.short),
    )


JP = Shape(
    title=_l("Who is below the JP target?"),
    asks=_l("JP of the year by category after the caps, the target, and what is missing."),
    filters=("year", "target", "part"),
    columns=(
        *PERSON,
        ("status", _l("Status"), Kind.TEXT),
        ("counted", _l("Counted"), Kind.JP),
        ("target", _l("Target"), Kind.JP),
        ("short", _l("Missing"), Kind.JP),
        *((str(one), word, Kind.JP) for one, word in CATEGORIES.items()),
    ),
    put=questions.jp,
    values=_values,
    summary=_summary,
    empty=_l("Nobody is in this list. Choose “Everybody” to see all people."),
    note=_l(
        "Caps and targets are those of the office's rules for that year; the status is that of "
        "its last day, or of today while it runs. People are those who belong here today."
    ),
    blanks={"target": _l("no target"), "short": "–"},
)
