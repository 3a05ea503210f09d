"""From pre-test to post-test: by person, and by the parts of a node as medians.

The median of an even number of people is the mean of the two in the middle.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from elearn.accounts.models import Node, Person
from elearn.learning.models import Progress
from elearn.supervision.queries.questions.asking import (
    NAMED,
    NODE,
    PERSON,
    Answer,
    Narrowing,
    made_once,
    of_course,
)
from elearn.supervision.queries.standings import MEMBERS

_AT = Progress.__table__.c
_MEASURES = ("pre", "post", "gain")
_GAIN = _AT.post_percent - _AT.pre_percent
_BOTH = (
    select(
        MEMBERS.c.person_id,
        MEMBERS.c.node_id,
        MEMBERS.c.part,
        _AT.enrolment_id,
        _AT.version_id,
        _AT.pre_percent.label("pre"),
        _AT.post_percent.label("post"),
        _GAIN.label("gain"),
    )
    .select_from(MEMBERS.join(Progress.__table__, _AT.person_id == MEMBERS.c.person_id))
    .where(_AT.is_latest, _AT.pre_percent.is_not(None), _AT.post_percent.is_not(None))
)
_IN_ORDER = (
    _BOTH.add_columns(PERSON.sort_key)
    .join(Person.__table__, PERSON.id == MEMBERS.c.person_id)
    .order_by(_GAIN, PERSON.sort_key, _AT.enrolment_id)
)


@made_once
def gain(how: Narrowing) -> Answer:
    """Latest runs with both tests, the smallest gain first: where a talk may help."""
    rows = _IN_ORDER.where(*of_course(how, _AT.course_id))
    return Answer(rows, _whole(how, "enrolment_id"), _named)


def _named(some: Any) -> Select[Any]:
    return (
        select(some, *NAMED)
        .join(Person.__table__, PERSON.id == some.c.person_id)
        .join(Node.__table__, NODE.id == some.c.node_id)
        .order_by(some.c.gain, some.c.sort_key, some.c.enrolment_id)
    )


@made_once
def gain_by_part(how: Narrowing) -> Answer:
    """The parts of the node by name; what is of few people is hidden where it is shown."""
    ranked = _ranked(_both(how), "part")
    medians = select(ranked.c.part, *_medians(ranked)).group_by(ranked.c.part).subquery()
    rows = (
        select(NODE.code, NODE.name, medians)
        .join(Node.__table__, NODE.id == medians.c.part)
        .order_by(NODE.sort_key, NODE.id)
    )
    return Answer(rows, _whole(how, "part"))


def _both(how: Narrowing) -> Any:
    return _BOTH.where(*of_course(how, _AT.course_id)).subquery()


def _whole(how: Narrowing, row: str) -> Select[Any]:
    """The medians over all. row: the column that differs from row to row of the list."""
    ranked = _ranked(_both(how))
    return select(func.count(ranked.c[row].distinct()).label("rows"), *_medians(ranked))


def _ranked(both: Any, *by: str) -> Any:
    """Each measure's place among all, or among those that are alike in some columns."""
    groups = [both.c[name] for name in by]
    return select(
        both,
        func.count().over(partition_by=groups or None).label("size"),
        *(_place(both.c[name], groups).label(f"{name}_place") for name in _MEASURES),
    ).subquery()


def _medians(ranked: Any) -> list[ColumnElement[Any]]:
    """How many people, and the median of each measure."""
    people = func.count(ranked.c.person_id.distinct()).label("people")
    return [people, *(_middle(ranked, name).label(name) for name in _MEASURES)]


def _place(column: ColumnElement[int], groups: list[Any]) -> ColumnElement[int]:
    return func.row_number().over(partition_by=groups or None, order_by=column)


def _middle(ranked: Any, name: str) -> ColumnElement[Any]:
    """The mean of the one or two rows in the middle."""
    size, place = ranked.c.size, ranked.c[f"{name}_place"]
    is_middle = and_(place * 2 >= size, place * 2 <= size + 2)
    return func.avg(case((is_middle, ranked.c[name])))
