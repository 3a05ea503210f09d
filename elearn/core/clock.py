"""The one place that knows what time it is. Views and commands read it and pass `now` down."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Indonesia's three zones, with the names that people there use.
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DEFAULT_ZONE = "Asia/Jakarta"
FIRST_ZONE = "Asia/Jayapura"  # where each day begins first

# A request that waits for its turn keeps the time that it began at, and finds later ones kept.
_TURN = timedelta(minutes=1)


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


def latest_believable(now: datetime) -> datetime:
    """The latest instant that can have been kept by now; a later one is of a clock that was wrong.

    It must not bind anybody: who was closed out until an hour from now by a clock that ran an hour
    fast would else wait for that hour, too.
    """
    return now + _TURN


def day_in(instant: datetime, zone: str) -> date:
    """The calendar day of an aware instant in a named zone."""
    if instant.tzinfo is None:
        raise ValueError("instant has no time zone")
    return instant.astimezone(ZoneInfo(zone)).date()


def zone_name(zone: str) -> str:
    """WIB, WITA or WIT; the zone's own name elsewhere."""
    return ZONES.get(zone, zone)
