"""What waits for somebody else: activities for a decision, required tasks for a mark."""

from typing import Any

from sqlalchemy import and_, exists, select

from elearn.accounts.models import Node, Person
from elearn.courses.models import Unit
from elearn.learning.models import Event, Progress, Ruling, RulingEnd
from elearn.records import queries as records
from elearn.records.models import Activity
from elearn.supervision.queries.questions.asking import (
    NAMED,
    NODE,
    PERSON,
    Answer,
    Asked,
    Narrowing,
    made_once,
    of_course,
    sums,
)
from elearn.supervision.queries.standings import MEMBERS, NUMBERS

_AT, _UNIT, _EVENT = Progress.__table__.c, Unit.__table__.c, Event.__table__.c
_RULING, _END = Ruling.__table__.c, RulingEnd.__table__.c
_ACTIVITY = Activity.__table__.c

_WAITING = (
    select(
        NUMBERS.c.person_id,
        *NAMED,
        _ACTIVITY.code.label("activity"),
        _ACTIVITY.category,
        _ACTIVITY.title,
        _ACTIVITY.jp_claimed,
        _ACTIVITY.at,
    )
    .join(Activity.__table__, _ACTIVITY.person_id == NUMBERS.c.number)
    .join(Person.__table__, PERSON.id == NUMBERS.c.person_id)
    .join(Node.__table__, NODE.id == NUMBERS.c.node_id)
    .where(records.is_undecided())
    .order_by(_ACTIVITY.at, _ACTIVITY.id)
)
_TOTAL_WAITING = sums(_WAITING, "jp_claimed", different="person_id")

_TAKEN_BACK = select(_RULING.event_id).join(RulingEnd.__table__, _END.ruling_id == _RULING.id)
_IS_DONE = exists().where(
    _EVENT.enrolment_id == _AT.enrolment_id,
    _EVENT.kind == "done",
    _EVENT.unit_key == _UNIT.key,
    _EVENT.id.not_in(_TAKEN_BACK),
)
_ON_RUN: Any = and_(_UNIT.version_id == _AT.version_id, _UNIT.kind == "task", _UNIT.is_required)
_LEFT = _AT.required_count - _AT.done_count
_LATE = (
    select(
        MEMBERS.c.person_id,
        *NAMED,
        _AT.version_id,
        (_LEFT - 1).label("others"),
        _AT.last_event_at,
    )
    .join(Progress.__table__, _AT.person_id == MEMBERS.c.person_id)
    .join(Unit.__table__, _ON_RUN)
    .join(Person.__table__, PERSON.id == MEMBERS.c.person_id)
    .join(Node.__table__, NODE.id == MEMBERS.c.node_id)
    .where(_AT.is_latest, _AT.started_at.is_not(None), _AT.completed_at.is_(None), ~_IS_DONE)
    .order_by(_LEFT, _AT.last_event_at, _AT.enrolment_id)
)


def waiting(_asked: Asked) -> Answer:
    """Activities without a decision, the oldest first."""
    return Answer(_WAITING, _TOTAL_WAITING)


@made_once
def late(how: Narrowing) -> Answer:
    """Runs whose required task is open, those first that wait for nothing else.

    others: requirements that are open beside the task.
    """
    rows = _LATE.where(*of_course(how, _AT.course_id))
    return Answer(rows, sums(rows, different="person_id"))
