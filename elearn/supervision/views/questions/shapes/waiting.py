"""What waits for somebody else: tasks for a mark, activities for a decision."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import ngettext, number
from elearn.supervision.labels import CATEGORIES
from elearn.supervision.queries import questions
from elearn.supervision.views.questions.shapes.shape import (
    COURSE,
    PERSON,
    Beside,
    Reading,
    Shape,
    asks_all,
    course,
    on,
    people,
    runs,
)


def _late(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.library, course(row), row.others, on(row.last_event_at, reading))


LATE = Shape(
    title=_l("Which tasks or plans are late?"),
    asks=_l("Required practical tasks that are open, those first that wait for nothing else."),
    filters=("course", "part"),
    columns=(
        *PERSON,
        COURSE,
        ("others", _l("Other steps left"), Kind.WHOLE),
        ("last_on", _l("Last activity"), Kind.DATE),
    ),
    put=asks_all(questions.late),
    values=_late,
    summary=runs,
    empty=_l("No course that somebody here follows has a required task that is open."),
    note=_l("Once a task was assessed outside, note it as a correction on the person's page."),
    preface=_l(
        "Tasks have no due date, and action plans are not kept here yet, so nothing can be called "
        "late. What waits are required practical tasks: somebody has to assess them, and the "
        "course cannot be completed before."
    ),
)


def _waiting(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    category = str(CATEGORIES[row.category])
    return (
        row.name, row.library, category, row.title, row.jp_claimed,
        on(row.at, reading), max(0, (reading.asked.now - row.at) // timedelta(days=1)),
    )  # fmt: skip


def _activities(total: Row[Any]) -> str:
    activities = ngettext(
        "%(count)s activity", "%(count)s activities", total.rows, count=number(total.rows)
    )
    return _(
        "%(activities)s of %(people)s, %(jp)s JP claimed",
        activities=activities,
        people=people(total.person_id),
        jp=number(total.jp_claimed),
    )


WAITING = Shape(
    title=_l("What waits for a decision?"),
    asks=_l("Activities elsewhere that somebody logged, the oldest first."),
    filters=("part",),
    columns=(
        *PERSON,
        ("category", _l("Category"), Kind.TEXT),
        ("title", _l("Activity"), Kind.TEXT),
        ("jp_claimed", _l("JP claimed"), Kind.JP),
        ("logged_on", _l("Logged on"), Kind.DATE),
        ("days", _l("Days waiting"), Kind.WHOLE),
    ),
    put=asks_all(questions.waiting),
    values=_waiting,
    summary=_activities,
    empty=_l("Nothing waits: every activity that was logged has been decided."),
    note=_l("Nobody decides about her own activity."),
    beside=Beside(_l("Decide about them"), None),
)
