"""The year in which JP count, and what a year comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo


def credit_year(completed_at: datetime, zone: ZoneInfo) -> int:
    """Calendar year in which JP count for the holder.

    completed_at: instant of the last requirement, aware, any zone.
    zone: of the holder's library on that day (WIB, WITA or WIT), or her own without one.
    Raises ValueError for a naive time.
    Source: docs/decisions/004-credit-year.md (PP 11/2017 art. 203(4)).
    """
    if completed_at.tzinfo is None:
        raise ValueError("completed_at has no time zone")
    return completed_at.astimezone(zone).year


@dataclass(frozen=True, slots=True)
class OfCategory:
    """JP of one category in one year; cap: what of it counts at most, None: all."""

    category: str
    earned: int
    cap: int | None

    @property
    def counted(self) -> int:
        return self.earned if self.cap is None else min(self.earned, self.cap)


@dataclass(frozen=True, slots=True)
class YearOfCredit:
    """One year of a ledger: what was earned, what of it counts, and what was aimed at."""

    year: int
    earned: int
    counted: int
    target: int | None
    cap: int | None
    categories: tuple[OfCategory, ...]

    @property
    def missing(self) -> int:
        """JP until the target; 0 when there is none or it is reached."""
        return max(0, (self.target or 0) - self.counted)


def counted(
    year: int,
    earned: Mapping[str, int],
    caps: Mapping[str, int | None],
    target: int | None,
    cap: int | None,
) -> YearOfCredit:
    """What a year comes to: first each category is cut to its cap, then their sum to the person's.

    earned: JP in the ledger by category, of this year; a category that brought none is left out.
    caps: by category; one that is not named has none. cap, target: of the employment status.
    """
    categories = tuple(
        OfCategory(category, jp, caps.get(category)) for category, jp in earned.items() if jp
    )
    counting = sum(one.counted for one in categories)
    return YearOfCredit(
        year=year,
        earned=sum(one.earned for one in categories),
        counted=counting if cap is None else min(counting, cap),
        target=target,
        cap=cap,
        categories=categories,
    )


def policy_day(year: int, today: date) -> date:
    """The day whose caps and targets hold for a year: its last one, or today while it runs."""
    return min(today, date(year, 12, 31))
