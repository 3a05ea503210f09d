"""The spans that an office asks about, seen from a day."""

from datetime import UTC, date, datetime

import pytest

from elearn.supervision.rules.period import Period, Span, begins_at, period


@pytest.mark.parametrize(
    ("span", "today", "first", "until"),
    [
        (Span.THIS_MONTH, (2026, 3, 31), (2026, 3, 1), (2026, 4, 1)),
        (Span.THIS_MONTH, (2026, 12, 1), (2026, 12, 1), (2027, 1, 1)),
        (Span.LAST_MONTH, (2026, 1, 31), (2025, 12, 1), (2026, 1, 1)),
        (Span.LAST_MONTH, (2028, 3, 30), (2028, 2, 1), (2028, 3, 1)),
        (Span.THIS_QUARTER, (2026, 11, 22), (2026, 10, 1), (2027, 1, 1)),
        (Span.LAST_QUARTER, (2026, 2, 1), (2025, 10, 1), (2026, 1, 1)),
        (Span.LAST_QUARTER, (2026, 6, 30), (2026, 1, 1), (2026, 4, 1)),
        (Span.THIS_YEAR, (2026, 12, 31), (2026, 1, 1), (2027, 1, 1)),
        (Span.LAST_YEAR, (2026, 1, 1), (2025, 1, 1), (2026, 1, 1)),
    ],
)
def test_a_span_is_whole_months_of_the_calendar(span, today, first, until):
    assert period(span, date(*today)) == Period(date(*first), date(*until))


def test_all_has_no_limits():
    assert period(Span.ALL, date(2026, 3, 31)) == Period(None, None)


@pytest.mark.parametrize(
    ("zone", "instant"),
    [
        ("Asia/Jakarta", datetime(2025, 12, 31, 17, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2025, 12, 31, 16, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2025, 12, 31, 15, tzinfo=UTC)),
    ],
)
def test_a_year_begins_where_the_people_are(zone, instant):
    assert begins_at(date(2026, 1, 1), zone) == instant
