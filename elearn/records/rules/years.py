"""The year in which JP count, and what a year comes to."""

from dataclasses import dataclass
from datetime import datetime
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
class YearOfCredit:
    """One year of a ledger: what was earned, what of it counts, and what was aimed at."""

    year: int
    earned: int
    counted: int
    target: int | None

    @property
    def missing(self) -> int:
        """JP until the target; 0 when there is none or it is reached."""
        return max(0, (self.target or 0) - self.counted)


def year_of_credit(year: int, earned: int, target: int | None, cap: int | None) -> YearOfCredit:
    """The cap limits what counts in a year, never what is in the ledger."""
    counted = earned if cap is None else min(earned, cap)
    return YearOfCredit(year, earned, counted, target)
