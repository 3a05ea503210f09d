"""A table as a workbook (XLSX): text stays text, numbers and days can be reckoned with. Pure.

The rows are written one after the other to a temporary file, so that their number costs no memory.
Equal values make equal bytes: the file knows no machine, no user and no time but the given one.
The library that writes is loaded by the first who takes a workbook along.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from elearn.accounts.formats.delimited import with_mark

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Written = str | int | date | datetime
Value = Written | None  # None: an empty cell

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOTES_SHEET = "Info"  # the same word in Indonesian and English
_CHARACTERS_MOST = 32_767  # of a cell, as UTF-16 counts
_NAME_CHARACTERS = 31  # of a sheet
_NAMES_TAKEN = {"history", NOTES_SHEET.casefold()}  # Excel keeps the first for itself
_FIRST_YEAR = 1900  # of the days that a spreadsheet knows
_UNFIT = re.compile(r"[\x00-\x1f\x7f]")
_WIDEST = 60  # of a column, in characters


class Kind(StrEnum):
    """What a column holds, and so how its values are shown."""

    TEXT = "text"
    WHOLE = "whole"
    PERCENT = "percent"  # whole, 0 to 100
    DATE = "date"
    MOMENT = "moment"  # in a file: the hour and minute of one zone, without the zone
    JP = "jp"  # whole


# Text stays text also when somebody edits the cell: what begins with = stays what it is.
_FORMATS: dict[Kind, dict[str, object]] = {
    Kind.TEXT: {"num_format": "@", "quote_prefix": True},
    Kind.WHOLE: {"num_format": "0"},
    Kind.PERCENT: {"num_format": "0%"},
    Kind.DATE: {"num_format": "yyyy-mm-dd"},
    Kind.MOMENT: {"num_format": "yyyy-mm-dd hh:mm"},
    Kind.JP: {"num_format": "0"},
}
_WIDTHS = {
    Kind.TEXT: 8,
    Kind.WHOLE: 10,
    Kind.PERCENT: 8,
    Kind.DATE: 12,
    Kind.MOMENT: 18,
    Kind.JP: 8,
}


def write_workbook(
    title: str,
    header: Sequence[str],
    rows: Iterable[Sequence[Value]],
    kinds: Sequence[Kind],
    created_at: datetime,
    notes: Sequence[tuple[str, str]] = (),
) -> bytes:
    """The table below its header on the first sheet; the notes, when there are any, on a second.

    rows: values of the kinds of their columns, a moment without its zone; at most the 1,048,575
    that a sheet has room for. notes: name and text.
    """
    from xlsxwriter import Workbook

    content = io.BytesIO()
    with Workbook(content, {**OPTIONS, "constant_memory": True}) as book:
        plain_title = _UNFIT.sub(" ", title)
        book.set_properties({"title": plain_title, "created": created_at.astimezone(UTC)})
        sheet = book.add_worksheet(_sheet_name(plain_title))
        text = book.add_format(_FORMATS[Kind.TEXT])
        bold = book.add_format({"bold": True, **_FORMATS[Kind.TEXT]})
        formats = [book.add_format(_FORMATS[kind]) for kind in kinds]
        widths = [
            max(len(label) + 3, _WIDTHS[kind])  # 3: the button of the filter
            for label, kind in zip(header, kinds, strict=True)
        ]
        for column, label in enumerate(header):
            write_text(sheet, 0, column, label, bold)
        last = 0
        for last, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if value is not None:
                    _write(sheet, last, column, value, kinds[column], formats[column])
                    if isinstance(value, str) and len(value) >= widths[column]:
                        widths[column] = len(value) + 2
        for column, how in enumerate(formats):
            sheet.set_column(column, column, min(widths[column], _WIDEST), how)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, last, len(header) - 1)
        if notes:
            _write_notes(book.add_worksheet(NOTES_SHEET), notes, bold, text)
    return content.getvalue()


def write_text(sheet: Worksheet, row: int, column: int, text: str, how: Format) -> None:
    """Write the text as it is; what is longer than a cell can hold is cut, with an ellipsis.

    The library writes <r>...</r> as markup of its own, whoever typed it; in pieces it is text.
    """
    if len(text) > _CHARACTERS_MOST // 2:
        text = _cut(text)
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, "<", "r", text[2:], how)
    else:
        sheet.write_string(row, column, text, how)


def _cut(text: str) -> str:
    wide = text.encode("utf-16-le")
    if len(wide) <= 2 * _CHARACTERS_MOST:
        return text
    return wide[: 2 * (_CHARACTERS_MOST - 1)].decode("utf-16-le", "ignore") + "…"


def _write(
    sheet: Worksheet, row: int, column: int, value: Written, kind: Kind, how: Format
) -> None:
    if isinstance(value, str):
        # What looks like a mark of text is taken for one when the file is read.
        text = with_mark(value) if value.startswith("'") else value
        write_text(sheet, row, column, text, how)
    elif isinstance(value, int):
        number = value / 100 if kind is Kind.PERCENT else value
        sheet.write_number(row, column, number, how)
    elif value.year < _FIRST_YEAR:
        sheet.write_string(row, column, value.isoformat(), how)
    else:
        sheet.write_datetime(row, column, value, how)


def _write_notes(
    sheet: Worksheet, notes: Sequence[tuple[str, str]], bold: Format, plain: Format
) -> None:
    for row, (name, text) in enumerate(notes):
        write_text(sheet, row, 0, name, bold)
        write_text(sheet, row, 1, text, plain)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, _WIDEST)


def _sheet_name(title: str) -> str:
    """What Excel takes for the name of a sheet."""
    name = re.sub(r"[\[\]:*?/\\]", " ", title)
    name = name.encode("utf-16-le")[: 2 * _NAME_CHARACTERS].decode("utf-16-le", "ignore")
    name = name.strip(" '") or "Data"
    return f"{name} 1" if name.casefold() in _NAMES_TAKEN else name
