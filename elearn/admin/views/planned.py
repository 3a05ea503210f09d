"""Days: of a plan, as addresses name it, and today where the reader is."""

from datetime import date

from flask_login import current_user

from elearn.core import clock
from elearn.core.errors import Missing


def planned_day(text: str) -> date:
    """Missing when it is no day: nothing is planned for it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Missing("plan-missing") from None


def readers_today() -> date:
    """For what holds on the whole site and so has no zone of its own."""
    return clock.day_in(clock.now(), current_user.time_zone)
