"""The sheets of a workbook (XLSX) of a stranger, their cells as they are kept there. Pure.

The library that reads them is loaded by the first who brings one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from elearn.accounts.formats.unreadable import Unreadable
from elearn.accounts.formats.workbook_guard import Limits, safe_copy
from elearn.core.text import with_newlines

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Cell = str | int | float | bool | date | datetime | time | timedelta
Sheet = Iterator[tuple[int, list[Cell]]]  # rows with their numbers, from 1

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, or an XLSX with a password
_SHEETS_MOST = 10  # looked into
_EXACT = 10**15  # whole numbers below it are kept by a spreadsheet to the last digit


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are some workbook, be it one that cannot be read here."""
    return content.startswith((_ZIP, _OLE))


def read_sheets(content: bytes, limits: Limits) -> Iterator[Sheet]:
    """The visible sheets in their order, each read when it is asked for; hidden rows, too.

    Of a formula comes the value that it had when the file was saved, of merged cells the first.
    Raises Unreadable (sheet-kind, sheet-broken, sheet-large, xml-dtd).
    """
    if content.startswith(_OLE):
        raise Unreadable("sheet-kind")
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    copy = safe_copy(content, limits)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(copy)) as workbook:
            shown = [
                number
                for number, sheet in enumerate(workbook.sheets_metadata)
                if sheet.visible == SheetVisibleEnum.Visible
                and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            for number in shown[:_SHEETS_MOST]:
                yield _rows(workbook.get_sheet_by_index(number))
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise Unreadable("sheet-broken") from error


def cell_text(cell: Cell) -> str:
    """What a cell holds in words: 5, 1.5, 2026-03-02, true; a number with a decimal point.

    A whole number of more than 15 digits is no longer the one that was typed; it comes as a
    spreadsheet shows it, 1.98705122010012E+17, which no reader takes for a NIP.
    """
    if isinstance(cell, str):
        return with_newlines(cell)
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        if not abs(cell) < _EXACT:  # what is no number, either
            return f"{cell:.14E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    return str(cell)


def _rows(sheet: CalamineSheet) -> Sheet:
    _, column = sheet.start or (0, 0)
    # The reader leaves out the columns before the first that is filled, but not the rows.
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [""] * column + cells
