"""The spans of time that an office asks about: running and last month, quarter and year."""

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo


class Span(StrEnum):
    """A span as it is chosen, the usual one first."""

    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    THIS_QUARTER = "this-quarter"
    LAST_QUARTER = "last-quarter"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first on, up to the one before `until_on`; None: without that limit."""

    from_on: date | None
    until_on: date | None


_MONTHS = {
    Span.THIS_YEAR: 12, Span.LAST_YEAR: 12,
    Span.THIS_QUARTER: 3, Span.LAST_QUARTER: 3,
    Span.THIS_MONTH: 1, Span.LAST_MONTH: 1,
}  # fmt: skip
_LAST = (Span.LAST_YEAR, Span.LAST_QUARTER, Span.LAST_MONTH)


def period(span: Span, today: date) -> Period:
    """The days of a span, seen from today: of the running ones also those to come."""
    if span is Span.ALL:
        return Period(None, None)
    months = _MONTHS[span]
    count = today.year * 12 + today.month - 1  # months since the year 0
    first = count - count % months - (months if span in _LAST else 0)
    return Period(_first_day(first), _first_day(first + months))


def begins_at(day: date, zone: str) -> datetime:
    """The first instant of a day in a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone))


def _first_day(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
