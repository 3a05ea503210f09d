"""A year in months of the reader's zone, and JP in classes up to the target."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.supervision.rules.year import jp_classes, jp_counts, months

NOW = datetime(2026, 3, 4, 3, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("year", "count"), [(2025, 12), (2026, 3), (2027, 0)]
)  # fmt: skip
def test_the_months_that_have_begun_are_shown_and_no_others(year, count):
    assert [month.number for month in months(year, "Asia/Jakarta", NOW)] == [*range(1, count + 1)]


@pytest.mark.parametrize(
    ("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)]
)
def test_a_month_begins_and_ends_at_midnight_of_the_zone(zone, hours):
    january = months(2026, zone, NOW)[0]
    midnight = timedelta(hours=hours)
    assert january.from_at == datetime(2026, 1, 1, tzinfo=UTC) - midnight
    assert january.until_at == datetime(2026, 2, 1, tzinfo=UTC) - midnight


def test_a_month_has_begun_at_its_first_moment():
    midnight = datetime(2026, 2, 28, 17, tzinfo=UTC)
    assert len(months(2026, "Asia/Jakarta", midnight)) == 3
    assert len(months(2026, "Asia/Jakarta", midnight - timedelta(microseconds=1))) == 2


def test_months_follow_each_other_without_a_gap_to_the_next_year():
    year = months(2025, "Asia/Jayapura", NOW)
    assert all(first.until_at == second.from_at for first, second in pairwise(year))
    assert year[-1].until_at == months(2026, "Asia/Jayapura", NOW)[0].from_at


@pytest.mark.parametrize(
    ("target", "classes"),
    [
        (20, [(0, 0), (1, 5), (6, 10), (11, 15), (16, 19), (20, None)]),
        (None, [(0, 0), (1, 5), (6, 10), (11, 15), (16, 19), (20, None)]),
        (24, [(0, 0), (1, 6), (7, 12), (13, 18), (19, 23), (24, None)]),
        (5, [(0, 0), (1, 2), (3, 4), (5, None)]),
        (1, [(0, 0), (1, None)]),
    ],
)
def test_jp_are_counted_in_even_steps_up_to_the_target(target, classes):
    assert [(each.low, each.high) for each in jp_classes(target)] == classes


@given(st.none() | st.integers(1, 200), st.dictionaries(st.integers(-5, 300), st.integers(0, 9)))
def test_every_person_is_in_exactly_one_class(target, people_by_jp):
    counts = jp_counts(people_by_jp, target)
    assert sum(count.people for count in counts) == sum(people_by_jp.values())
    for count in counts:
        high = 10**6 if count.jp.high is None else count.jp.high
        low = -(10**6) if count.jp.low == 0 else count.jp.low
        assert count.people == sum(n for jp, n in people_by_jp.items() if low <= jp <= high)
    assert counts[-1].people == sum(n for jp, n in people_by_jp.items() if jp >= (target or 20))
