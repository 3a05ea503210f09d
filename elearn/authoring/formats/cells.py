"""The cells of a spreadsheet, saved as CSV or as XLSX: texts, one list a row, rows as numbered."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook

from elearn.accounts.formats.table import separated, text_of
from elearn.authoring.formats.exchange import CHARACTERS_MOST, QUESTIONS_MOST, Refused
from elearn.authoring.formats.sheetguard import safe_copy

BYTES_MOST = 4 * 1024 * 1024
_XLSX = b"PK\x03\x04"
_OTHER_WORKBOOK = b"\xd0\xcf\x11\xe0"  # .xls, or an XLSX with a password
_CELL_CHARACTERS = 10_000

Rows = list[tuple[int, list[str]]]


def read_cells(content: bytes, language: str) -> Rows:
    """The rows that hold something, with their numbers, as far as a list of questions goes.

    Refuses what is no such file.
    language: whose decimal mark the numbers of a workbook get, as they would have in a CSV file.
    """
    if len(content) > BYTES_MOST:
        raise Refused("sheet-large")
    if content.startswith(_OTHER_WORKBOOK):
        raise Refused("sheet-kind")
    rows = _of_xlsx(content, language) if content.startswith(_XLSX) else _of_csv(content)
    kept, characters = [], 0
    for number, cells in rows:
        characters += sum(len(cell) for cell in cells)
        if characters > CHARACTERS_MOST or any(len(cell) > _CELL_CHARACTERS for cell in cells):
            raise Refused("questions-too-long", maximum=CHARACTERS_MOST)
        if any(cell.strip() for cell in cells):
            kept.append((number, cells))
        if len(kept) > QUESTIONS_MOST + 1:  # a header, and one to see that there are too many
            break
    return kept


def typed_number(number: str, language: str) -> str:
    """A number of digits and a point as a spreadsheet of that language shows it."""
    return number.replace(".", ",") if language == "id" else number


def _of_csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = text_of(content)
    if text is None:
        raise Refused("table-not-text")
    text, separator, _ = separated(text)
    if separator in ('"', "\r", "\n"):
        raise Refused("table-quotes")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise Refused("table-quotes") from error


def _of_xlsx(content: bytes, language: str) -> Iterator[tuple[int, list[str]]]:
    """The first sheet of a workbook; of a formula, the value it had when the file was saved."""
    checked = safe_copy(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(checked))
        rows = workbook.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, IndexError, OSError) as error:
        raise Refused("sheet-broken") from error
    for number, row in enumerate(rows, 1):
        yield number, [_shown(cell, language) for cell in row]


def _shown(cell: object, language: str) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        digits = str(int(cell)) if cell == int(cell) and abs(cell) < 1e15 else repr(cell)
        return typed_number(digits, language)
    return re.sub(r"\r\n?", "\n", str(cell))
