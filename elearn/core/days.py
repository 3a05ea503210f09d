"""The calendar day of an instant in SQL, where each row has a time zone of its own."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Date, case, cast, func
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from elearn.core import clock


def _shift(zone: str) -> str:
    """How SQLite is told to move from UTC. Indonesia has no summer time: any day tells."""
    ahead = datetime(2026, 1, 1, tzinfo=ZoneInfo(zone)).utcoffset() or timedelta(0)
    return f"+{ahead // timedelta(hours=1)} hours"


_SHIFTS = {zone: _shift(zone) for zone in clock.ZONES}


class DayThere(FunctionElement[date]):
    """DayThere(instant, zone): of two columns, the zone one of `clock.ZONES`."""

    type = Date()
    inherit_cache = True


@compiles(DayThere, "postgresql")
def _on_postgresql(element: DayThere, compiler: Any, **given: Any) -> str:
    instant, zone = element.clauses
    return str(compiler.process(cast(func.timezone(zone, instant), Date), **given))


@compiles(DayThere, "sqlite")
def _on_sqlite(element: DayThere, compiler: Any, **given: Any) -> str:
    instant, zone = element.clauses
    return str(compiler.process(func.date(instant, case(_SHIFTS, value=zone)), **given))
