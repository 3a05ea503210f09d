"""Who started and who finished a course in a period."""

from typing import Any

from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import number
from elearn.supervision.queries import questions
from elearn.supervision.views.questions.shapes.shape import (
    COURSE,
    PERSON,
    Reading,
    Shape,
    asks_all,
    course,
    on,
    runs,
)


def _started(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.library, course(row), on(row.at, reading), row.percent)


STARTED = Shape(
    title=_l("Who started a course?"),
    asks=_l("Everybody whose first step in a course was in the period."),
    filters=("period", "course", "part"),
    columns=(
        *PERSON,
        COURSE,
        ("started_on", _l("Started on"), Kind.DATE),
        ("percent", _l("Progress"), Kind.PERCENT),
    ),
    put=asks_all(questions.started),
    values=_started,
    summary=runs,
    empty=_l("Nobody here began a course in this period. Choose a longer period to see more."),
    note=_l("Joining is no start: the first lesson, test or task is. Repeated courses count."),
)


def _finished(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    state = _("not issued yet")
    if row.number:
        state = _("revoked") if row.is_revoked else _("valid")
    return (
        row.name, row.library, course(row), on(row.at, reading),
        row.number, state, row.jp,
    )  # fmt: skip


def _runs_and_jp(total: Row[Any]) -> str:
    return _("%(runs)s, %(jp)s JP", runs=runs(total), jp=number(total.jp))


FINISHED = Shape(
    title=_l("Who finished a course?"),
    asks=_l("Completed courses with the number of the record and the JP."),
    filters=("period", "course", "part"),
    columns=(
        *PERSON,
        COURSE,
        ("completed_on", _l("Completed on"), Kind.DATE),
        ("number", _l("Record"), Kind.TEXT),
        ("state", _l("State of the record"), Kind.TEXT),
        ("jp", _l("JP"), Kind.JP),
    ),
    put=asks_all(questions.finished),
    values=_finished,
    summary=_runs_and_jp,
    empty=_l("Nobody here completed a course in this period. Choose a longer period to see more."),
    note=_l("JP are those in the ledger: a revoked record brings none."),
    blanks={"number": _l("none")},
)
