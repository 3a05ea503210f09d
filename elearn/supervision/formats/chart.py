"""What is drawn of sums: parts for the bar in a row of a table, and columns for a year."""

from collections.abc import Sequence
from dataclasses import dataclass

from elearn.core.charts import Columns, columns
from elearn.supervision.rules.groups import Sums
from elearn.supervision.rules.year import JpClass, JpCount

Part = tuple[str, int]  # kind and value, as `chart_bar` takes them
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many began and how many finished in a month; name: as it stands below the columns."""

    name: str
    started: int
    finished: int


def progress_parts(shown: Sums) -> tuple[Part, ...]:
    """A group's bar, with its people as the full width: what is left open has not begun."""
    return (("done", shown.finished), ("current", shown.running), ("stuck", shown.stuck))


def year_columns(counts: Sequence[MonthCount]) -> Columns:
    """Begun and finished, side by side for each month that has begun."""
    rows = [
        (count.name, (("current", count.started), ("done", count.finished))) for count in counts
    ]
    return columns(rows, slot_count=_MONTHS)


def jp_columns(counts: Sequence[JpCount], target: int | None) -> Columns:
    """People by their JP of the year; a line stands before those who have reached the target."""
    last = len(counts) - 1
    rows = [
        (_name(count.jp), (("done" if target and place == last else "plain", count.people),))
        for place, count in enumerate(counts)
    ]
    return columns(rows, slot_count=len(rows), line_before=last if target else None)


def _name(jp: JpClass) -> str:
    """Numbers that are the same in both languages: 0, 1–5, 20+."""
    if jp.high is None:
        return f"{jp.low}+"
    return str(jp.low) if jp.low == jp.high else f"{jp.low}–{jp.high}"
