"""Where many people stand, in SQL: the rules of `rules.standing` over columns.

Every statement of this room begins with the same set: who belongs to a node or below it on a day,
each once, in the library that she joined last. The statements are made once, of tables rather than
of classes, since making one costs as much as answering it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    exists,
    func,
    select,
    union_all,
)

from elearn.accounts.models import Membership, PersonAlias, Placement
from elearn.core.db import InstantType
from elearn.core.policy import Policy
from elearn.learning.models import Enrolment, Progress
from elearn.supervision.rules.standing import Limits, Reason, State, thresholds

# The order of `rules.standing.urgency`, as numbers that a query can sort and group by. Somebody who
# has joined no course has not started either, and comes last.
RANKS: tuple[tuple[State, Reason | None], ...] = (
    *((State.STUCK, reason) for reason in Reason),
    *((state, None) for state in State if state is not State.STUCK),
    (State.NOT_STARTED, None),
)
NO_COURSE = len(RANKS) - 1
STUCK_RANKS = len(Reason)

_PLACED, _MEMBER = Placement.__table__.c, Membership.__table__.c
_ALIAS = PersonAlias.__table__.c
_RUN, _AT = Enrolment.__table__.c, Progress.__table__.c
_LATER = Enrolment.__table__.alias("later")

_NODE_ID = bindparam("node_id", type_=Integer)
_ON = bindparam("on", type_=Date)


def _moment(name: str) -> Any:
    return bindparam(name, type_=InstantType)


def holds(row: Any) -> ColumnElement[bool]:
    """Whether a dated row, given as the columns of its table, holds on the day."""
    return and_(row.from_on <= _ON, (row.to_on.is_(None)) | (row.to_on > _ON))


def _below() -> CTE:
    """(id, part): the node and all under it; part is the child of the node that each stands in."""
    below = select(_NODE_ID.label("id"), _NODE_ID.label("part")).cte("below", recursive=True)
    part = case((below.c.id == _NODE_ID, _PLACED.node_id), else_=below.c.part)
    # UNION, not UNION ALL: it also ends if the table should ever hold a circle.
    return below.union(
        select(_PLACED.node_id, part)
        .join(below, _PLACED.parent_id == below.c.id)
        .where(holds(_PLACED))
    )


BELOW = _below()

_BELONGING = (
    select(
        _MEMBER.person_id,
        _MEMBER.node_id,
        BELOW.c.part,
        func.row_number()
        .over(
            partition_by=_MEMBER.person_id,
            order_by=(_MEMBER.from_on.desc(), _MEMBER.id.desc()),
        )
        .label("place"),
    )
    .select_from(BELOW)
    .join(Membership.__table__, _MEMBER.node_id == BELOW.c.id)
    .where(holds(_MEMBER))
    .cte("belonging")
)
MEMBERS = (
    select(_BELONGING.c.person_id, _BELONGING.c.node_id, _BELONGING.c.part)
    .where(_BELONGING.c.place == 1)
    .cte("members")
)
# Rows that never change still carry the number that somebody had before she was merged.
NUMBERS = union_all(
    select(MEMBERS.c.person_id.label("number"), MEMBERS.c.person_id, MEMBERS.c.node_id),
    select(_ALIAS.former_id, MEMBERS.c.person_id, MEMBERS.c.node_id).join(
        MEMBERS, MEMBERS.c.person_id == _ALIAS.person_id
    ),
).cte("numbers")


def is_latest_run() -> ColumnElement[bool]:
    """Whether an enrolment is the person's latest run of its course."""
    return ~exists().where(
        _LATER.c.person_id == _RUN.person_id,
        _LATER.c.course_id == _RUN.course_id,
        _LATER.c.run > _RUN.run,
    )


def rank() -> ColumnElement[int]:
    """Where an enrolment is in RANKS. It says what `rules.standing` says, in its order."""
    begun = _AT.started_at.is_not(None)
    one_left = _AT.required_count - _AT.done_count == 1
    stuck = {
        Reason.FAILED: and_(begun, _AT.failed_count >= bindparam("fails", type_=Integer)),
        Reason.ONE_STEP_LEFT: and_(
            begun, one_left, _AT.last_event_at <= _moment("one_step_idle_before")
        ),
        Reason.IDLE: and_(begun, _AT.last_event_at <= _moment("idle_before")),
        Reason.NEVER_STARTED: and_(~begun, _RUN.enrolled_at <= _moment("not_started_before")),
    }
    return case(
        (_RUN.id.is_(None), NO_COURSE),
        (_AT.completed_at.is_not(None), RANKS.index((State.FINISHED, None))),
        *((holds, RANKS.index((State.STUCK, reason))) for reason, holds in stuck.items()),
        (begun, RANKS.index((State.RUNNING, None))),
        else_=RANKS.index((State.NOT_STARTED, None)),
    )


def since() -> ColumnElement[datetime]:
    """From when the state of an enrolment counts; NULL where there is none."""
    return case(
        (_AT.completed_at.is_not(None), _AT.completed_at),
        (_AT.started_at.is_(None), _RUN.enrolled_at),
        else_=_AT.last_event_at,
    )


def of_members(*conditions: ColumnElement[bool]) -> Any:
    """MEMBERS with their latest runs, those without a course as well. conditions: on the runs."""
    runs = and_(_RUN.person_id == MEMBERS.c.person_id, is_latest_run(), *conditions)
    # Two joins in a row, not one of a pair: SQLite would put the pairs of the whole site together.
    return MEMBERS.outerjoin(Enrolment.__table__, runs).outerjoin(
        Progress.__table__, _AT.enrolment_id == _RUN.id
    )


def each_course(*conditions: ColumnElement[bool]) -> Any:
    """The courses of each member by their urgency: place 1 says how she stands herself.

    One row without a course for who has joined none. conditions: on the runs that are looked at.
    """
    number, from_at = rank(), since()
    return (
        select(
            MEMBERS.c.person_id,
            MEMBERS.c.node_id,
            _RUN.id.label("enrolment_id"),
            _RUN.version_id,
            _AT.percent,
            number.label("rank"),
            from_at.label("since"),
            func.max(_AT.last_event_at).over(partition_by=MEMBERS.c.person_id).label("last_at"),
            func.row_number()
            .over(partition_by=MEMBERS.c.person_id, order_by=(number, from_at, _RUN.id))
            .label("place"),
        )
        .select_from(of_members(*conditions))
        .subquery()
    )


def in_words(number: int) -> tuple[State, Reason | None]:
    """The state, and for who is stuck the reason, that a rank stands for."""
    return RANKS[number]


def values(node_id: int, on: date, office: Policy, now: datetime) -> Mapping[str, Any]:
    """What the statements of this room are asked with: where, on which day, by which limits."""
    at = thresholds(limits(office), now)
    return {
        "node_id": node_id,
        "on": on,
        "fails": at.fails,
        "idle_before": at.idle_before,
        "one_step_idle_before": at.one_step_idle_before,
        "not_started_before": at.not_started_before,
    }


def limits(office: Policy) -> Limits:
    """From when on somebody is stuck, as the office has it."""
    return Limits(office.stuck_start_days, office.stuck_idle_days, office.stuck_fails)
