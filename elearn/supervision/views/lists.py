"""How lists of people are shown and taken along, whatever they are about."""

from collections.abc import Sequence
from typing import Any

from flask import Response, stream_with_context

from elearn.accounts.formats.report import Report, ReportColumn, stream_csv, workbook
from elearn.accounts.formats.workbook_write import MEDIA_TYPE, Kind
from elearn.core import clock
from elearn.core.i18n import day, moment, number, percent
from elearn.web.downloads import attachment


def screen(zone: str) -> dict[Kind, Any]:
    """How the reader's language writes each kind of column."""
    return {
        Kind.TEXT: str,
        Kind.WHOLE: number,
        Kind.PERCENT: percent,
        Kind.DATE: day,
        Kind.MOMENT: lambda value: moment(value, zone),
        Kind.JP: number,
    }


# What `list_table` takes: label, how it is set ("number", "date"), whether its label stands in each
# cell on a phone; and of each row its address and its words, or (state, word, note) of a state.
Column = tuple[str, str, bool]
Cell = str | tuple[str, str, str]
ListRow = tuple[str | None, Sequence[Cell]]

_NUMBER = "number"
_SET_AS = {
    Kind.WHOLE: _NUMBER, Kind.PERCENT: _NUMBER, Kind.JP: _NUMBER,
    Kind.DATE: "date", Kind.MOMENT: "moment",
}  # fmt: skip


def columns(report: Report) -> list[Column]:
    """The columns of a page's table; on a phone each is labelled but the library."""
    return [(column.label, _set_as(column), column.key != "library") for column in report.columns]


def _set_as(column: ReportColumn) -> str:
    """The number of a record is text, and stays on one line as a date does."""
    return "code" if column.key == "number" else _SET_AS.get(column.kind, "")


def csv_file(report: Report, name: str) -> Response:
    """The report as a CSV file, sent while it is read."""
    content = stream_with_context(stream_csv(report))
    return attachment(content, "text/csv", _named(report, name, "csv"))


def xlsx_file(report: Report, name: str) -> Response:
    """The same as a workbook."""
    return attachment(workbook(report), MEDIA_TYPE, _named(report, name, "xlsx"))


def _named(report: Report, name: str, ending: str) -> str:
    """The name of the file, with the day of the list."""
    return f"{name}-{clock.day_in(report.as_of, report.zone)}.{ending}"
