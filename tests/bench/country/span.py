"""The time in which everything happens: the eighteen months before a moment."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

LENGTH = timedelta(days=548)


@dataclass(frozen=True)
class Span:
    """end: the moment at which the country is looked at. Shares run from 0 (start) to 1 (end)."""

    end: datetime
    start: datetime = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "start", self.end - LENGTH)

    def at(self, share: float) -> datetime:
        return self.start + LENGTH * share

    def seconds(self, share: float) -> float:
        """Seconds since the epoch."""
        return self.start.timestamp() + LENGTH.total_seconds() * share


def moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
