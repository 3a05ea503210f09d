"""Who started and who finished a course in a period. Earlier runs of a course count, too."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from elearn.accounts.models import Node, Person
from elearn.learning.models import Progress
from elearn.records.models import Credit, Record, RecordEvent
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
    within,
)
from elearn.supervision.queries.standings import MEMBERS

_AT, _RECORD = Progress.__table__.c, Record.__table__.c
_CREDIT, _EVENT = Credit.__table__.c, RecordEvent.__table__.c
_NEWER, _EDITION = Record.__table__.alias("newer"), Record.__table__.alias("edition")

_RUNS: Any = MEMBERS.join(Progress.__table__, _AT.person_id == MEMBERS.c.person_id)
_WHICH = (
    MEMBERS.c.person_id,
    MEMBERS.c.node_id,
    MEMBERS.c.part,
    _AT.enrolment_id,
    _AT.version_id,
)


def _in_order(how: Narrowing, at: ColumnElement[Any], *columns: Any) -> Select[Any]:
    """Runs for which this moment lies in the period, the latest first."""
    return (
        select(*_WHICH, at.label("at"), *columns, PERSON.sort_key)
        .select_from(_RUNS.join(Person.__table__, PERSON.id == MEMBERS.c.person_id))
        .where(*within(how, at), *of_course(how, _AT.course_id))
        .order_by(at.desc(), PERSON.sort_key, _AT.enrolment_id)
    )


def _alone(how: Narrowing, at: ColumnElement[Any], *columns: Any) -> Select[Any]:
    """The same runs, to be added up."""
    runs = select(*_WHICH, *columns).select_from(_RUNS)
    return runs.where(*within(how, at), *of_course(how, _AT.course_id))


def _named(some: Any, *columns: Any) -> Select[Any]:
    return (
        select(some, *NAMED, *columns)
        .join(Person.__table__, PERSON.id == some.c.person_id)
        .join(Node.__table__, NODE.id == some.c.node_id)
        .order_by(some.c.at.desc(), some.c.sort_key, some.c.enrolment_id)
    )


def _jp(enrolment_id: ColumnElement[int]) -> ColumnElement[int]:
    """Of all editions of its record: the first one brings the JP, a revoked one takes them back."""
    return (
        select(func.coalesce(func.sum(_CREDIT.jp), 0))
        .join(_EDITION, _EDITION.c.id == _CREDIT.record_id)
        .where(_EDITION.c.enrolment_id == enrolment_id)
        .scalar_subquery()
    )


def _with_records(some: Any) -> Select[Any]:
    later = and_(_NEWER.c.enrolment_id == _RECORD.enrolment_id, _NEWER.c.edition > _RECORD.edition)
    newest = and_(_RECORD.enrolment_id == some.c.enrolment_id, ~exists().where(later))
    is_revoked = exists().where(_EVENT.record_id == _RECORD.id, _EVENT.kind == "revoked")
    jp = _jp(some.c.enrolment_id)
    named = _named(some, _RECORD.number, is_revoked.label("is_revoked"), jp.label("jp"))
    return named.outerjoin(Record.__table__, newest)


@made_once
def started(how: Narrowing) -> Answer:
    """Runs whose first step was in the period, the latest first."""
    total = sums(_alone(how, _AT.started_at), different="person_id")
    return Answer(_in_order(how, _AT.started_at, _AT.percent), total, _named)


@made_once
def finished(how: Narrowing) -> Answer:
    """Runs that were completed in the period, the latest first, with their records and JP."""
    runs = _alone(how, _AT.completed_at, _jp(_AT.enrolment_id).label("jp"))
    total = sums(runs, "jp", different="person_id")
    return Answer(_in_order(how, _AT.completed_at), total, _with_records)


def people_by_part(asked: Asked) -> tuple[Any, Any]:
    """For the recap: (part, people) who started, and (part, people, jp) who finished."""
    how = asked.narrowing
    started_ = _alone(how, _AT.started_at).subquery()
    finished_ = _alone(how, _AT.completed_at, _jp(_AT.enrolment_id).label("jp")).subquery()
    jp = func.sum(finished_.c.jp).label("jp")
    return _by_part(started_), _by_part(finished_, jp)


def _by_part(runs: Any, *columns: Any) -> Any:
    people = func.count(runs.c.person_id.distinct()).label("people")
    return select(runs.c.part, people, *columns).group_by(runs.c.part).subquery()
