"""The day of a plan, as addresses name it."""

from datetime import date

from elearn.core.errors import Missing


def planned_day(text: str) -> date:
    """Missing when it is no day: nothing is planned for it."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Missing("plan-missing") from None
