"""What may be claimed, what a decision may be, and what a year comes to."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.records.rules import (
    ActivityStanding,
    ActivityState,
    Category,
    Claim,
    activity_standing,
    counted,
    fault_in_amendment,
    fault_in_correction,
    fault_in_reason,
    faults_in,
    policy_day,
)

TODAY = date(2026, 3, 9)
SEMINAR = Claim(
    "seminar", "participant", "Literasi untuk semua", "Dinas Perpustakaan",
    date(2026, 3, 1), date(2026, 3, 2), 8,
)  # fmt: skip


def codes(**changes: object) -> dict[str, str]:
    faults = faults_in(replace(SEMINAR, **changes), TODAY)
    return {name: fault.code for name, fault in faults.items()}


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        ({}, {}),
        ({"category": "course"}, {"category": "category-unknown"}),
        ({"category": "party"}, {"category": "category-unknown"}),
        ({"role": "guest"}, {"role": "role-unknown"}),
        ({"role": "mentor"}, {"role": "role-of-mentoring"}),
        ({"category": "mentoring"}, {"role": "role-of-mentoring"}),
        ({"category": "mentoring", "role": "mentee"}, {}),
        ({"title": "IT"}, {"title": "text-length"}),
        ({"title": "x" * 200}, {}),
        ({"title": "x" * 201}, {"title": "text-length"}),
        ({"organiser": "P"}, {"organiser": "text-length"}),
        ({"first_on": date(2026, 3, 3)}, {"first_on": "days-order"}),
        ({"last_on": TODAY}, {}),
        ({"last_on": date(2026, 3, 10)}, {"last_on": "day-to-come"}),
        ({"first_on": date(2025, 1, 1), "last_on": date(2025, 1, 1)}, {}),
        ({"first_on": date(2024, 12, 31), "last_on": date(2025, 1, 1)}, {}),
        ({"first_on": date(2024, 12, 31), "last_on": date(2024, 12, 31)}, {"last_on": "year-closed"}),
        ({"jp": 1}, {}),
        ({"jp": 100}, {}),
        ({"jp": 0}, {"jp": "jp-range"}),
        ({"jp": 101}, {"jp": "jp-range"}),
    ],
)  # fmt: skip
def test_what_the_office_would_send_back_is_said_at_each_field(changes, faults):
    assert codes(**changes) == faults


@pytest.mark.parametrize(
    ("decisions", "standing"),
    [
        ([], ("waiting", 0)),
        ([("approved", 8)], ("approved", 8)),
        ([("refused", 0)], ("refused", 0)),
        ([("withdrawn", 0)], ("withdrawn", 0)),
        ([("approved", 8), ("amended", 4), ("amended", 6)], ("approved", 6)),
    ],
)
def test_an_activity_is_what_was_decided_last(decisions, standing):
    assert activity_standing(decisions) == ActivityStanding(ActivityState(standing[0]), standing[1])


def code(fault: object) -> str | None:
    return getattr(fault, "code", None)


@pytest.mark.parametrize(
    ("jp", "reason", "fault"),
    [
        (8, "", None),
        (6, "half a day", None),
        (10, "the certificate says so", None),
        (6, "", "reason-length"),
        (6, "no", "reason-length"),
        (0, "not at all", "jp-range"),
        (101, "too much", "jp-range"),
    ],
)
def test_other_jp_than_were_claimed_need_a_reason(jp, reason, fault):
    assert code(fault_in_correction(8, jp, reason)) == fault


@pytest.mark.parametrize(
    ("state", "jp", "reason", "fault"),
    [
        ("approved", 4, "counted twice", None),
        ("approved", 0, "never was there", None),
        ("approved", 8, "all the same", "amendment-same"),
        ("approved", 101, "too much", "jp-range"),
        ("approved", 4, "", "reason-length"),
        ("waiting", 4, "too early", "activity-not-approved"),
        ("refused", 4, "changed my mind", "activity-not-approved"),
    ],
)
def test_only_what_counts_can_be_amended(state, jp, reason, fault):
    standing = ActivityStanding(ActivityState(state), 8 if state == "approved" else 0)
    assert code(fault_in_amendment(standing, jp, reason)) == fault


@pytest.mark.parametrize(("length", "fault"), [(2, "reason-length"), (3, None), (500, None), (501, "reason-length")])  # fmt: skip
def test_a_reason_is_a_sentence(length, fault):
    assert code(fault_in_reason("x" * length)) == fault


def test_a_category_is_cut_to_its_cap_and_the_sum_to_the_persons():
    year = counted(2026, {"course": 10, "seminar": 12, "webinar": 9}, {"seminar": 8, "webinar": None}, None, 24)  # fmt: skip
    assert [(one.category, one.earned, one.counted) for one in year.categories] == [
        ("course", 10, 10), ("seminar", 12, 8), ("webinar", 9, 9),
    ]  # fmt: skip
    assert (year.earned, year.counted, year.missing) == (31, 24, 0)


def test_what_is_above_a_cap_does_not_reach_a_target():
    year = counted(2026, {"seminar": 30}, {"seminar": 8}, 20, None)
    assert (year.earned, year.counted, year.missing) == (30, 8, 12)


def test_a_category_that_was_taken_back_is_left_out():
    assert counted(2026, {"seminar": 0}, {}, 20, None).categories == ()


amounts = st.integers(0, 200)
limits = st.none() | st.integers(1, 60)


@given(st.dictionaries(st.sampled_from(list(Category)), amounts), st.dictionaries(st.sampled_from(list(Category)), limits), limits)  # fmt: skip
def test_never_more_counts_than_was_earned_or_than_a_cap_allows(earned, caps, cap):
    year = counted(2026, earned, caps, None, cap)
    assert year.earned == sum(earned.values())
    assert 0 <= year.counted <= year.earned
    assert cap is None or year.counted <= cap
    if cap is None and not any(caps.values()):
        assert year.counted == year.earned


@pytest.mark.parametrize(
    ("year", "day"), [(2026, TODAY), (2025, date(2025, 12, 31)), (2027, TODAY)]
)
def test_a_year_that_is_over_keeps_the_rules_of_its_last_day(year, day):
    assert policy_day(year, TODAY) == day
