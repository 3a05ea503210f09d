"""A table as a spreadsheet saves it: `;` `,` or TAB, with or without BOM and `sep=`. Pure.

Reading never stops at the first fault: each row comes back with its line and what is wrong in it.
Writing makes a file that a spreadsheet opens without running anything that stands in it.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from elearn.accounts.rules import Fault

_SEPARATORS = ";,\t"
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_FORMULA = tuple("=+-@\t\r")
CELL_CHARACTERS = 2_000
ROWS_MAXIMUM = 100_000


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name for it, what its header may say, an example for the template."""

    key: str
    names: tuple[str, ...]
    example: str = ""
    is_needed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line where it begins; a cell that is not there is ""."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: rows in order, the columns that are there, and faults with their lines."""

    rows: tuple[Row, ...] = ()
    keys: frozenset[str] = frozenset()
    faults: tuple[tuple[int, Fault], ...] = field(default=())


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """The rows of a file, in the columns that its header names, in any order."""
    text = text_of(content)
    if text is None:
        return Table(faults=((1, Fault("table-not-text")),))
    text, separator, first_line = separated(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    faults: list[tuple[int, Fault]] = []
    keys: list[str | None] | None = None
    line = first_line
    try:
        for cells in reader:
            here, line = line, first_line + reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if keys is None:
                keys, found = header_keys(cells, columns)
                faults.extend((here, fault) for fault in found)
                continue
            if len(rows) >= ROWS_MAXIMUM:
                faults.append((here, Fault("table-too-long", {"maximum": ROWS_MAXIMUM})))
                break
            if fault := _fault_in_row(cells, keys):
                faults.append((here, fault))
                continue
            named = {key: cell.strip() for key, cell in zip(keys, cells, strict=False) if key}
            rows.append(Row(here, named))
    except csv.Error:
        faults.append((line, Fault("table-quotes")))
    if keys is None:
        faults.append((first_line, Fault("table-empty")))
    return Table(tuple(rows), frozenset(key for key in keys or () if key), tuple(faults))


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table for a spreadsheet: BOM, `;`, and no cell that begins a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def template(columns: Sequence[Column]) -> bytes:
    """The header and one example row, to be filled in."""
    return write_table(
        [column.names[0] for column in columns], [[column.example for column in columns]]
    )


def word_key(text: str) -> str:
    """How headers and choices are compared: letters and digits only, without case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def text_of(content: bytes) -> str | None:
    """The text of the file: UTF-8, or UTF-16 as "Unicode text" is saved."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def separated(text: str) -> tuple[str, str, int]:
    """The text without its `sep=` line, the separator, and the number of the first line."""
    stated = _SEP_LINE.match(text)
    if stated:
        return text[stated.end() :], stated[1], 2
    header = re.sub(r'"[^"]*"', "", text.lstrip("\r\n").split("\n", 1)[0])
    best = max(_SEPARATORS, key=header.count)
    return text, best if best in header else ",", 1


def header_keys(
    cells: Sequence[str], columns: Sequence[Column]
) -> tuple[list[str | None], list[Fault]]:
    """Our name for the column under each cell of a header, and what is wrong with the header."""
    known = {
        word_key(name): column.key for column in columns for name in (column.key, *column.names)
    }
    keys: list[str | None] = []
    faults = []
    for cell in cells:
        key = known.get(word_key(cell))
        if key is None and cell.strip():
            shown = ", ".join(column.names[0] for column in columns)
            faults.append(Fault("column-unknown", {"column": cell.strip(), "known": shown}))
        if key is not None and key in keys:
            faults.append(Fault("column-twice", {"column": cell.strip()}))
        keys.append(key)
    faults += [
        Fault("column-missing", {"column": column.names[0]})
        for column in columns
        if column.is_needed and column.key not in keys
    ]
    return keys, faults


def _fault_in_row(cells: Sequence[str], keys: Sequence[str | None]) -> Fault | None:
    if any(cell.strip() for cell in cells[len(keys) :]):
        return Fault("row-long", {"count": len(cells), "columns": len(keys)})
    if any(len(cell) > CELL_CHARACTERS for cell in cells):
        return Fault("cell-long", {"maximum": CELL_CHARACTERS})
    return None


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
