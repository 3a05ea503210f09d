"""Who is stuck: the same answer for one person and for a query over many."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.supervision.rules.standing import (
    Facts,
    Limits,
    Reason,
    Standing,
    State,
    Thresholds,
    standing,
    thresholds,
    urgency,
)

NOW = datetime(2026, 3, 4, 3, 40, tzinfo=UTC)
LIMITS = Limits(start_days=7, idle_days=14, fails=2)
MOMENT = timedelta(microseconds=1)


def ago(**spans: float) -> datetime:
    return NOW - timedelta(**spans)


ENROLLED = Facts(
    enrolled_at=ago(days=3), started_at=None, last_event_at=ago(days=3), completed_at=None,
    done_count=0, required_count=8, failed_unit_key="", failed_count=0,
)  # fmt: skip
AT_WORK = replace(ENROLLED, enrolled_at=ago(days=60), started_at=ago(days=59), done_count=3)
ALMOST = replace(AT_WORK, done_count=7)


def last_seen(facts: Facts, **spans: float) -> Facts:
    return replace(facts, last_event_at=ago(**spans))


def enrolled(**spans: float) -> Facts:
    return replace(ENROLLED, enrolled_at=ago(**spans), last_event_at=ago(**spans))


def failed(facts: Facts, count: int) -> Facts:
    return replace(facts, failed_unit_key="m2-quiz", failed_count=count)


@pytest.mark.parametrize(
    ("facts", "state", "reason", "days"),
    [
        (enrolled(days=6, hours=23), State.NOT_STARTED, None, 6),
        (enrolled(days=7), State.STUCK, Reason.NEVER_STARTED, 7),
        (enrolled(days=16), State.STUCK, Reason.NEVER_STARTED, 16),
        (last_seen(AT_WORK, hours=1), State.RUNNING, None, 0),
        (last_seen(AT_WORK, days=13, hours=23), State.RUNNING, None, 13),
        (last_seen(AT_WORK, days=14), State.STUCK, Reason.IDLE, 14),
        (last_seen(ALMOST, days=6, hours=23), State.RUNNING, None, 6),
        (last_seen(ALMOST, days=7), State.STUCK, Reason.ONE_STEP_LEFT, 7),
        (last_seen(ALMOST, days=30), State.STUCK, Reason.ONE_STEP_LEFT, 30),
        (failed(last_seen(AT_WORK, hours=1), 1), State.RUNNING, None, 0),
        (failed(last_seen(AT_WORK, hours=1), 2), State.STUCK, Reason.FAILED, 0),
        (failed(last_seen(ALMOST, days=20), 3), State.STUCK, Reason.FAILED, 20),
    ],
)
def test_somebody_is_stuck_from_the_limit_on_for_the_most_urgent_reason(facts, state, reason, days):
    found = standing(facts, LIMITS, NOW)
    assert (found.state, found.reason, found.days) == (state, reason, days)
    assert found.since == facts.last_event_at


def test_who_has_finished_is_never_stuck_again():
    done = replace(failed(last_seen(ALMOST, days=80), 2), completed_at=ago(days=90))
    assert standing(done, LIMITS, NOW) == Standing(State.FINISHED, None, ago(days=90), 90)


def test_half_of_an_odd_number_of_days_is_a_half_day_and_not_rounded():
    odd = replace(LIMITS, idle_days=15)
    short = last_seen(ALMOST, days=7, hours=11, minutes=59)
    assert standing(short, odd, NOW).state == State.RUNNING
    assert standing(last_seen(ALMOST, days=7, hours=12), odd, NOW).reason == Reason.ONE_STEP_LEFT


def test_a_clock_that_was_put_back_gives_no_negative_days():
    assert standing(last_seen(AT_WORK, hours=-5), LIMITS, NOW).days == 0


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_a_limit_is_one_moment_for_every_zone(zone):
    facts = last_seen(AT_WORK, days=14)
    elsewhere = replace(facts, last_event_at=facts.last_event_at.astimezone(ZoneInfo(zone)))
    assert standing(elsewhere, LIMITS, NOW) == standing(facts, LIMITS, NOW)


def test_people_are_in_the_order_in_which_they_should_be_greeted():
    in_order = [
        failed(last_seen(AT_WORK, days=2), 2),
        failed(last_seen(AT_WORK, days=1), 2),
        last_seen(ALMOST, days=9),
        last_seen(AT_WORK, days=40),
        last_seen(AT_WORK, days=15),
        enrolled(days=50),
        enrolled(days=8),
        last_seen(AT_WORK, days=5),
        last_seen(AT_WORK, days=1),
        replace(ALMOST, completed_at=ago(days=1)),
        enrolled(days=2),
    ]
    keys = [urgency(standing(facts, LIMITS, NOW)) for facts in in_order]
    assert all(first < second for first, second in pairwise(keys))


# --- One person and a query over many -----------------------------------------------------------

# Moments near the limits are the ones that could differ, to the microsecond.
spans = st.one_of(
    st.sampled_from(
        [d * timedelta(days=1) / 2 + m * MOMENT for d in range(64) for m in (-1, 0, 1)]
    ),
    st.timedeltas(timedelta(days=-1), timedelta(days=400)),
)
moments = spans.map(lambda span: NOW - span)
limits = st.builds(Limits, st.integers(1, 30), st.integers(1, 30), st.integers(1, 4))


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    required = draw(st.integers(0, 4))
    fails = draw(st.integers(0, 5))
    return Facts(
        enrolled_at=draw(moments),
        started_at=draw(st.none() | moments),
        last_event_at=draw(moments),
        completed_at=draw(st.sampled_from([None, None, None, NOW])),
        done_count=draw(st.integers(0, required)),
        required_count=required,
        failed_unit_key="m2-quiz" if fails else "",
        failed_count=fails,
    )


@given(some_facts(), limits)
def test_the_days_that_are_shown_never_contradict_the_limit(facts, limits):
    found = standing(facts, limits, NOW)
    if found.reason == Reason.NEVER_STARTED:
        assert found.days >= limits.start_days
    if found.reason == Reason.IDLE:
        assert found.days >= limits.idle_days
    if found.reason == Reason.ONE_STEP_LEFT:
        assert found.days >= limits.idle_days // 2
    if found.state == State.NOT_STARTED:
        assert found.days < limits.start_days
    if found.state == State.RUNNING:
        assert found.days < limits.idle_days
    assert (found.state == State.STUCK) == (found.reason is not None)


WHY = """
CASE WHEN completed_at IS NOT NULL THEN NULL
     WHEN started_at IS NULL
     THEN CASE WHEN enrolled_at <= :not_started_before THEN 'never-started' END
     WHEN failed_count >= :fails THEN 'failed-twice'
     WHEN required_count - done_count = 1 AND last_event_at <= :one_step_idle_before
     THEN 'one-step-left'
     WHEN last_event_at <= :idle_before THEN 'idle' END
"""


def stored(moment: datetime | None) -> int | None:
    return None if moment is None else (moment - NOW) // MOMENT


def reason_by_query(database: sqlite3.Connection, facts: Facts, at: Thresholds) -> str | None:
    moments = ("enrolled_at", "started_at", "last_event_at", "completed_at")
    columns = {name: stored(getattr(facts, name)) for name in moments} | {
        name: getattr(facts, name) for name in ("done_count", "required_count", "failed_count")
    }
    limits = {
        name: stored(getattr(at, name))
        for name in ("not_started_before", "idle_before", "one_step_idle_before")
    }
    row = ", ".join(f":{name} AS {name}" for name in columns)
    found = database.execute(
        f"SELECT {WHY} FROM (SELECT {row})", {**columns, **limits, "fails": at.fails}
    )
    return found.fetchone()[0]


@settings(deadline=None, max_examples=200)
@given(some_facts(), limits)
def test_a_query_by_the_thresholds_finds_exactly_those_whom_the_rule_calls_stuck(facts, limits):
    with closing(sqlite3.connect(":memory:")) as database:
        by_query = reason_by_query(database, facts, thresholds(limits, NOW))
    assert by_query == standing(facts, limits, NOW).reason
