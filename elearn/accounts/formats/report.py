"""A list to be shown and to be taken along: one value that feeds page, CSV and workbook. Pure.

The page shows `cells(report, formatter)` with the words of the reader's language; the files hold
the same cells in `plain` form, so that what is on the screen and what is in the file are the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from elearn.accounts.formats.table import stream_table
from elearn.accounts.formats.workbook_write import Kind, Value, write_workbook

Formatter = Mapping[Kind, Callable[[Any], str]]


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """One column; key: our name for it, label: its header, in the reader's language."""

    key: str
    label: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Report:
    """Rows of values, one for each column; None is an empty cell.

    rows: may be an iterator over the database, which is then good for one reading. notes: name
    and text of what the list was narrowed to, in the reader's language. as_of: when it was true.
    zone: of its moments in files.
    """

    title: str
    columns: Sequence[ReportColumn]
    rows: Iterable[Sequence[Value]]
    as_of: datetime
    zone: str
    notes: Sequence[tuple[str, str]] = ()


def cells(report: Report, formatter: Formatter) -> Iterator[list[str]]:
    """The rows in words, by the kinds of their columns."""
    shows = [formatter[column.kind] for column in report.columns]
    for row in report.rows:
        yield ["" if value is None else show(value) for value, show in zip(row, shows, strict=True)]


def plain(zone: str) -> Formatter:
    """Values as files hold them: 26%, days as 2026-03-02, moments as 2026-03-02 10:42."""
    return {
        Kind.TEXT: str,
        Kind.WHOLE: str,
        Kind.PERCENT: lambda percent: f"{percent}%",
        Kind.DATE: lambda day: day.isoformat(),
        Kind.MOMENT: lambda moment: f"{_local(moment, zone):%Y-%m-%d %H:%M}",
        Kind.JP: str,
    }


def stream_csv(report: Report) -> Iterator[bytes]:
    """The report as CSV, in pieces; the notes are left to the page and the workbook."""
    header = [column.label for column in report.columns]
    yield from stream_table(header, cells(report, plain(report.zone)))


def workbook(report: Report) -> bytes:
    """The report as XLSX, with its notes on a second sheet."""
    kinds = [column.kind for column in report.columns]
    rows = (
        [_local(value, report.zone) if isinstance(value, datetime) else value for value in row]
        for row in report.rows
    )
    header = [column.label for column in report.columns]
    return write_workbook(report.title, header, rows, kinds, report.as_of, report.notes)


def _local(moment: datetime, zone: str) -> datetime:
    """The minute in the zone, without it."""
    return moment.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0, tzinfo=None)
