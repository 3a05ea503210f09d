"""Who is stuck, why and since when; the same limits serve one person and a query over many.

A day is a full period of 24 hours since the moment it counts from, not a date on the calendar.
So a limit is one moment for everybody, whatever the zone of the person or of the reader: a query
compares a column with it and finds exactly those whom `standing` calls stuck, and the days that
are shown never contradict the limit that they are measured by.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


class State(StrEnum):
    """How an enrolment stands, in the order in which a supervisor looks at people."""

    STUCK = "stuck"
    RUNNING = "running"
    FINISHED = "finished"
    NOT_STARTED = "not-started"


class Reason(StrEnum):
    """Why somebody is stuck, the most urgent first: where help is sure to be needed, then where
    least is missing, then who may be lost. Who has two reasons has the more urgent one."""

    FAILED = "failed-twice"
    ONE_STEP_LEFT = "one-step-left"
    IDLE = "idle"
    NEVER_STARTED = "never-started"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the standing of one enrolment is judged by. Times are aware instants."""

    enrolled_at: datetime
    started_at: datetime | None  # first own act
    last_event_at: datetime  # last own act; the enrolment where there is none
    completed_at: datetime | None
    done_count: int  # requirements met, of `required_count`
    required_count: int
    failed_unit_key: str  # the quiz not passed yet that was last failed, "" for none
    failed_count: int  # attempts at it below the pass mark


@dataclass(frozen=True, slots=True)
class Limits:
    """From when on somebody is stuck: values of the office's policy, each 1 or more."""

    start_days: int  # enrolled and not begun
    idle_days: int  # begun and nothing done; half of it with one requirement left
    fails: int  # attempts at one quiz without passing


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The limits as moments: at or before one is stuck, after it is not yet."""

    not_started_before: datetime  # for `enrolled_at`
    idle_before: datetime  # for `last_event_at`
    one_step_idle_before: datetime  # for `last_event_at`, with one requirement left
    fails: int  # for `failed_count`: as many or more


@dataclass(frozen=True, slots=True)
class Standing:
    """State of an enrolment; the reason only for who is stuck."""

    state: State
    reason: Reason | None
    since: datetime  # stuck, running: the last own act; finished: then; else the enrolment
    days: int  # full periods of 24 hours from `since` until now


def thresholds(limits: Limits, now: datetime) -> Thresholds:
    """The moments that divide stuck from not yet stuck, seen from now."""
    return Thresholds(
        not_started_before=now - limits.start_days * _DAY,
        idle_before=now - limits.idle_days * _DAY,
        one_step_idle_before=now - limits.idle_days * _DAY / 2,
        fails=limits.fails,
    )


def standing(facts: Facts, limits: Limits, now: datetime) -> Standing:
    """How the enrolment stands now. Raises TypeError for naive times among aware ones."""
    state, since = State.RUNNING, facts.last_event_at
    if facts.completed_at is not None:
        state, since = State.FINISHED, facts.completed_at
    elif facts.started_at is None:
        state, since = State.NOT_STARTED, facts.enrolled_at
    reason = _reason(facts, thresholds(limits, now))
    # Nothing is shown as "minus one day" where the clock of a server was put back.
    days = max(0, (now - since) // _DAY)
    return Standing(State.STUCK if reason else state, reason, since, days)


def urgency(standing: Standing) -> tuple[int, int, datetime]:
    """Sorts people: the stuck first, by reason; among equals who waits longest."""
    reason = 0 if standing.reason is None else _REASONS.index(standing.reason)
    return _STATES.index(standing.state), reason, standing.since


_STATES = tuple(State)
_REASONS = tuple(Reason)


def _reason(facts: Facts, at: Thresholds) -> Reason | None:
    """Why this is stuck; None when it is not, or is finished. A query says the same in CASE."""
    if facts.completed_at is not None:
        return None
    if facts.started_at is None:
        return Reason.NEVER_STARTED if facts.enrolled_at <= at.not_started_before else None
    if facts.failed_count >= at.fails:
        return Reason.FAILED
    one_left = facts.required_count - facts.done_count == 1
    if one_left and facts.last_event_at <= at.one_step_idle_before:
        return Reason.ONE_STEP_LEFT
    return Reason.IDLE if facts.last_event_at <= at.idle_before else None
