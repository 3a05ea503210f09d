"""What was gained from pre-test to post-test, by person and by place."""

from math import floor
from typing import Any

from sqlalchemy import Row

from elearn.accounts.formats.workbook_write import Kind, Value
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.i18n import number, percent
from elearn.supervision.queries import questions
from elearn.supervision.rules.questions import Question
from elearn.supervision.views.questions.shapes.shape import (
    COURSE,
    PERSON,
    TO_PLACE,
    Beside,
    Column,
    Reading,
    Shape,
    asks_all,
    course,
    people,
)

_MEASURES: tuple[Column, ...] = (
    ("pre", _l("Pre-test"), Kind.PERCENT),
    ("post", _l("Post-test"), Kind.PERCENT),
    ("gain", _l("Gain in points"), Kind.WHOLE),
)
_EMPTY = _l("As soon as somebody has taken pre-test and post-test, both stand here.")


def _whole(median: Any) -> int:
    """A median as a whole number; halves go up."""
    return floor(float(median) + 0.5)


def _summary(total: Row[Any]) -> str:
    if not total.rows:
        return _("Nobody has both tests yet")
    return _(
        "%(people)s with both tests; median %(pre)s before, %(post)s after, gain %(gain)s points",
        people=people(total.people),
        pre=percent(_whole(total.pre)),
        post=percent(_whole(total.post)),
        gain=number(_whole(total.gain)),
    )


def _of_person(row: Row[Any], _reading: Reading) -> tuple[Value, ...]:
    return (row.name, row.library, course(row), row.pre, row.post, row.gain)


GAIN = Shape(
    title=_l("What was gained from pre-test to post-test?"),
    asks=_l("Best scores of both tests by person, the smallest gain first."),
    filters=("course", "part"),
    columns=(*PERSON, COURSE, *_MEASURES),
    put=asks_all(questions.gain),
    values=_of_person,
    summary=_summary,
    empty=_EMPTY,
    note=_l("Only those who took both tests; of a repeated course the latest time."),
    beside=Beside(_l("Medians by place"), Question.GAIN_BY_PART),
)


def _of_place(row: Row[Any], reading: Reading) -> tuple[Value, ...]:
    if row.people < reading.asked.office.small_group:
        return (row.name, None, None, None, None)
    return (row.name, row.people, _whole(row.pre), _whole(row.post), _whole(row.gain))


GAIN_BY_PART = Shape(
    title=_l("Gain from pre-test to post-test by place"),
    asks=_l("Medians of both tests for each place."),
    filters=("course",),
    columns=(
        ("place", _l("Place"), Kind.TEXT),
        ("people", _l("With both tests"), Kind.WHOLE),
        *_MEASURES,
    ),
    put=asks_all(questions.gain_by_part),
    values=_of_place,
    summary=_summary,
    empty=_EMPTY,
    note=_l("A median of few people says what each of them did, so it is not shown."),
    blanks={"people": _l("too few")},
    leads=TO_PLACE,
    beside=Beside(_l("By person"), Question.GAIN),
)
