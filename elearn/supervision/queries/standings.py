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
    func,
    select,
    union_all,
)

from elearn.accounts.models import Membership, PersonAlias, Placement
from elearn.core.db import InstantType
from elearn.core.policy import Policy
from elearn.learning.models import Progress
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
_AT, _ALIAS = Progress.__table__.c, PersonAlias.__table__.c
OTHER = Progress.__table__.alias("other").c

_NODE_ID = bindparam("node_id", type_=Integer)
ON = bindparam("on", type_=Date)


def _moment(name: str) -> Any:
    return bindparam(name, type_=InstantType)


def holds(row: Any) -> ColumnElement[bool]:
    """Whether a dated row, given as the columns of its table, holds on the day."""
    return and_(row.from_on <= ON, (row.to_on.is_(None)) | (row.to_on > ON))


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


def rank(run: Any) -> ColumnElement[int]:
    """Where a run, given as the columns of its progress, is in RANKS.

    It says what `rules.standing` says, in its order.
    """
    begun = run.started_at.is_not(None)
    one_left = run.required_count - run.done_count == 1
    stuck = {
        Reason.FAILED: and_(begun, run.failed_count >= bindparam("fails", type_=Integer)),
        Reason.ONE_STEP_LEFT: and_(
            begun, one_left, run.last_event_at <= _moment("one_step_idle_before")
        ),
        Reason.IDLE: and_(begun, run.last_event_at <= _moment("idle_before")),
        Reason.NEVER_STARTED: and_(~begun, run.enrolled_at <= _moment("not_started_before")),
    }
    return case(
        (run.enrolment_id.is_(None), NO_COURSE),
        (run.completed_at.is_not(None), RANKS.index((State.FINISHED, None))),
        *((holds, RANKS.index((State.STUCK, reason))) for reason, holds in stuck.items()),
        (begun, RANKS.index((State.RUNNING, None))),
        else_=RANKS.index((State.NOT_STARTED, None)),
    )


def since(run: Any) -> ColumnElement[datetime]:
    """From when the state of a run counts; NULL where there is none."""
    return case(
        (run.completed_at.is_not(None), run.completed_at),
        (run.started_at.is_(None), run.enrolled_at),
        else_=run.last_event_at,
    )


def members_by_urgency(*of_runs: ColumnElement[bool]) -> CTE:
    """Each member with the most urgent of her latest runs: how she stands herself.

    NULL and the last rank for who has none. of_runs: further conditions, on columns of OTHER.
    """
    # One course is looked up for each member. Numbering all runs of all members by their urgency
    # says the same, and sorts the whole province for it: three times the work.
    first = (
        select(OTHER.course_id)
        .where(OTHER.person_id == MEMBERS.c.person_id, OTHER.is_latest, *of_runs)
        .order_by(rank(OTHER), since(OTHER), OTHER.enrolment_id)
        .limit(1)
        .correlate(MEMBERS)
        .scalar_subquery()
    )
    is_first = and_(_AT.person_id == MEMBERS.c.person_id, _AT.is_latest, _AT.course_id == first)
    return (
        select(
            MEMBERS.c.person_id,
            MEMBERS.c.node_id,
            MEMBERS.c.part,
            _AT.enrolment_id,
            _AT.version_id,
            _AT.percent,
            rank(_AT).label("rank"),
            since(_AT).label("since"),
        )
        .select_from(MEMBERS.outerjoin(Progress.__table__, is_first))
        .cte("standing")
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
