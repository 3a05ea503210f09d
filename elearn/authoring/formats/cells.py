"""The cells of a spreadsheet, saved as CSV or as XLSX: texts, one list a row, rows as numbered."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from elearn.accounts.formats.delimited import separated, text_of
from elearn.accounts.formats.unreadable import Unreadable
from elearn.accounts.formats.workbook_guard import Limits
from elearn.accounts.formats.workbook_read import Cell, cell_text, is_workbook, read_sheets
from elearn.authoring.formats.exchange import CHARACTERS_MOST, QUESTIONS_MOST, Refused

BYTES_MOST = 4 * 1024 * 1024
_CELL_CHARACTERS = 10_000
_LIMITS = Limits(
    unpacked_bytes=24 * 1024 * 1024,
    rows=20_000,
    columns=200,
    cells=200_000,
    characters=64_000_000,
)

Rows = list[tuple[int, list[str]]]


def read_cells(content: bytes, language: str) -> Rows:
    """The rows that hold something, with their numbers, as far as a list of questions goes.

    Refuses what is no such file.
    language: whose decimal mark the numbers of a workbook get, as they would have in a CSV file.
    """
    if len(content) > BYTES_MOST:
        raise Refused("sheet-large")
    rows = _of_xlsx(content, language) if is_workbook(content) else _of_csv(content)
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
    try:
        for number, row in next(read_sheets(content, _LIMITS), ()):
            yield number, [_shown(cell, language) for cell in row]
    except Unreadable as unreadable:
        raise Refused(unreadable.fault.code) from unreadable


def _shown(cell: Cell, language: str) -> str:
    text = cell_text(cell)
    return typed_number(text, language) if isinstance(cell, float) else text
