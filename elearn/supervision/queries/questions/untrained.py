"""Libraries where nobody who belongs today has a completion record that is in force."""

from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from elearn.accounts.models import Membership, Node, Person, Placement
from elearn.core.days import DayThere
from elearn.records.models import Record, RecordEvent
from elearn.supervision.queries.questions.asking import (
    NODE,
    PERSON,
    RUN,
    Answer,
    Narrowing,
    made_once,
    of_course,
    whole_sum,
)
from elearn.supervision.queries.standings import BELOW, ON, holds

_MEMBER, _PLACED = Membership.__table__.c, Placement.__table__.c
_RECORD, _EVENT = Record.__table__.c, RecordEvent.__table__.c
_ABOVE = Node.__table__.alias("above")

_HAS_ENDED = exists().where(
    _EVENT.record_id == _RECORD.id, _EVENT.kind.in_(("replaced", "revoked"))
)
_PEOPLE = (
    select(func.count(_MEMBER.person_id.distinct()))
    .where(_MEMBER.node_id == NODE.id, holds(_MEMBER))
    .correlate(Node.__table__)
    .scalar_subquery()
)


@made_once
def untrained(how: Narrowing) -> Answer:
    """The libraries by name, each with the last trained person who has left it, if there was one.

    A record of any course counts where none is chosen.
    """
    left = _left(how)
    rows = (
        select(
            NODE.code,
            NODE.name,
            _ABOVE.c.name.label("above"),
            _PEOPLE.label("people"),
            left.c.name.label("left_name"),
            left.c.to_on.label("left_on"),
        )
        .select_from(BELOW)
        .join(Node.__table__, NODE.id == BELOW.c.id)
        .outerjoin(Placement.__table__, and_(_PLACED.node_id == NODE.id, holds(_PLACED)))
        .outerjoin(_ABOVE, _ABOVE.c.id == _PLACED.parent_id)
        .outerjoin(left, and_(left.c.node_id == NODE.id, left.c.place == 1))
        .where(
            NODE.kind == "library",
            ~exists().where(_MEMBER.node_id == NODE.id, holds(_MEMBER), _has_record(how)),
        )
        .order_by(_ABOVE.c.sort_key, NODE.sort_key, NODE.id)
    )
    lines = rows.order_by(None).subquery()
    total = select(
        func.count().label("rows"),
        whole_sum(lines.c.people).label("people"),
        func.count(lines.c.left_on).label("left"),
    ).select_from(lines)
    return Answer(rows, total)


def _has_record(how: Narrowing, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the person of a membership has a record in force."""
    # By the run, not by the record's own number of the person: a merge moves the run.
    return exists(
        select(RUN.id)
        .join(Record.__table__, _RECORD.enrolment_id == RUN.id)
        .where(
            RUN.person_id == _MEMBER.person_id,
            ~_HAS_ENDED,
            *of_course(how, RUN.course_id),
            *conditions,
        )
        .correlate(Membership.__table__, Node.__table__)
    )


def _left(how: Narrowing) -> Any:
    """Trained people by the library that they left, the last one at place 1."""
    was_trained = _has_record(how, DayThere(_RECORD.issued_at, NODE.time_zone) < _MEMBER.to_on)
    latest_first = (_MEMBER.to_on.desc(), _MEMBER.id.desc())
    place = func.row_number().over(partition_by=_MEMBER.node_id, order_by=latest_first)
    return (
        select(_MEMBER.node_id, _MEMBER.to_on, PERSON.full_name.label("name"), place.label("place"))
        .select_from(BELOW)
        .join(Membership.__table__, _MEMBER.node_id == BELOW.c.id)
        .join(Node.__table__, NODE.id == _MEMBER.node_id)
        .join(Person.__table__, PERSON.id == _MEMBER.person_id)
        .where(_MEMBER.to_on <= ON, was_trained)
        .subquery()
    )
