"""How often somebody may be reminded."""

from datetime import UTC, date, datetime

import pytest

from elearn.supervision.rules.reminding import next_reminder_on


@pytest.mark.parametrize(
    ("last_at", "zone", "next_on"),
    [
        (None, "Asia/Jakarta", None),
        (datetime(2026, 3, 2, 5, tzinfo=UTC), "Asia/Jakarta", date(2026, 3, 9)),
        # Late in the evening of Jayapura it is still the afternoon of the day before elsewhere.
        (datetime(2026, 3, 2, 16, tzinfo=UTC), "Asia/Jayapura", date(2026, 3, 10)),
        (datetime(2026, 3, 2, 16, tzinfo=UTC), "Asia/Jakarta", date(2026, 3, 9)),
    ],
)
def test_the_next_reminder_is_due_on_a_day_of_the_persons_calendar(last_at, zone, next_on):
    assert next_reminder_on(last_at, 7, zone) == next_on
