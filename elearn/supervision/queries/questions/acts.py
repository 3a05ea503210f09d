"""Who started and who finished a course in a period. Earlier runs of a course count, too."""

from typing import Any

from sqlalchemy import and_, exists, func, select

from elearn.accounts.models import Node, Person
from elearn.learning.models import Enrolment, Progress
from elearn.records.models import Credit, Record, RecordEvent
from elearn.supervision.queries.questions.asking import (
    NAMED,
    NODE,
    PERSON,
    RUN,
    Answer,
    Asked,
    of_course,
    sums,
    within,
)
from elearn.supervision.queries.standings import MEMBERS

_AT, _RECORD = Progress.__table__.c, Record.__table__.c
_CREDIT, _EVENT = Credit.__table__.c, RecordEvent.__table__.c
_NEWER, _EDITION = Record.__table__.alias("newer"), Record.__table__.alias("edition")

_RUNS: Any = (
    MEMBERS.join(Enrolment.__table__, RUN.person_id == MEMBERS.c.person_id)
    .join(Progress.__table__, _AT.enrolment_id == RUN.id)
    .join(Person.__table__, PERSON.id == MEMBERS.c.person_id)
    .join(Node.__table__, NODE.id == MEMBERS.c.node_id)
)
_STARTED = (
    select(MEMBERS.c.person_id, MEMBERS.c.part, *NAMED, RUN.version_id, _AT.started_at, _AT.percent)
    .select_from(_RUNS)
    .order_by(_AT.started_at.desc(), PERSON.sort_key, RUN.id)
)

_NEWEST = and_(
    _RECORD.enrolment_id == RUN.id,
    ~exists().where(
        _NEWER.c.enrolment_id == _RECORD.enrolment_id, _NEWER.c.edition > _RECORD.edition
    ),
)
# Of all editions: the first one brings the JP, a revoked one takes them back.
_JP = (
    select(func.coalesce(func.sum(_CREDIT.jp), 0))
    .join(_EDITION, _EDITION.c.id == _CREDIT.record_id)
    .where(_EDITION.c.enrolment_id == RUN.id)
    .correlate(Enrolment.__table__)
    .scalar_subquery()
)
_IS_REVOKED = exists().where(_EVENT.record_id == _RECORD.id, _EVENT.kind == "revoked")
_FINISHED = (
    select(
        MEMBERS.c.person_id,
        MEMBERS.c.part,
        *NAMED,
        RUN.version_id,
        _AT.completed_at,
        _RECORD.number,
        _IS_REVOKED.label("is_revoked"),
        _JP.label("jp"),
    )
    .select_from(_RUNS.outerjoin(Record.__table__, _NEWEST))
    .order_by(_AT.completed_at.desc(), PERSON.sort_key, RUN.id)
)


def started(asked: Asked) -> Answer:
    """Runs whose first step was in the period, the latest first."""
    rows = _STARTED.where(*within(asked, _AT.started_at), *of_course(asked))
    return Answer(rows, sums(rows, different="person_id"))


def finished(asked: Asked) -> Answer:
    """Runs that were completed in the period, the latest first, with their records and JP."""
    rows = _FINISHED.where(*within(asked, _AT.completed_at), *of_course(asked))
    return Answer(rows, sums(rows, "jp", different="person_id"))
