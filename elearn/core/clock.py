"""The one place that knows what time it is. Views and commands read it and pass `now` down."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

# Indonesia's three zones, with the names that people there use.
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
DEFAULT_ZONE = "Asia/Jakarta"


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)


def day_in(instant: datetime, zone: str) -> date:
    """The calendar day of an aware instant in a named zone."""
    if instant.tzinfo is None:
        raise ValueError("instant has no time zone")
    return instant.astimezone(ZoneInfo(zone)).date()


def zone_name(zone: str) -> str:
    """WIB, WITA or WIT; the zone's own name elsewhere."""
    return ZONES.get(zone, zone)
