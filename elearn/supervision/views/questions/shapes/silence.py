"""Of whom there was no sign for long."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import ngettext, number
from elearn.supervision.queries import questions
from elearn.supervision.views.questions.shapes.shape import (
    PERSON,
    Reading,
    Shape,
    asks_all,
    on,
    people,
)


def _values(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    days = None
    if row.last_at is not None:
        days = max(0, (reading.asked.now - row.last_at) // timedelta(days=1))
    return (row.name, row.library, on(row.acted_at, reading), on(row.noted_at, reading), days)


def _summary(total: Row[Any]) -> str:
    if not total.never:
        return people(total.rows)
    never = ngettext(
        "of %(count)s there was never a sign",
        "of %(count)s there was never a sign",
        total.never,
        count=number(total.never),
    )
    return _("%(people)s; %(never)s", people=people(total.rows), never=never)


CONTACT = Shape(
    title=_l("Of whom was nothing heard for long?"),
    asks=_l("The last act of study and the last contact that was noted, silence first."),
    filters=("part",),
    columns=(
        *PERSON,
        ("acted_on", _l("Last act of study"), Kind.DATE),
        ("noted_on", _l("Last contact noted"), Kind.DATE),
        ("days", _l("Days of silence"), Kind.WHOLE),
    ),
    put=asks_all(questions.contact),
    values=_values,
    summary=_summary,
    empty=_l("Nobody belongs here yet."),
    note=_l("Joining a course is no act of study."),
    blanks={"acted_on": _l("never"), "noted_on": _l("never"), "days": _l("always")},
)
