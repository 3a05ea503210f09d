"""A table as a spreadsheet saves or copies it, in the columns that its header names. Pure.

Reading tells XLSX from text by content, never stops at the first fault of a row, and gives each
row back with its line. Writing makes files that a spreadsheet opens without running anything.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from elearn.accounts.formats.delimited import Line, read_lines, without_mark, write_lines
from elearn.accounts.formats.unreadable import Unreadable
from elearn.accounts.formats.workbook_guard import Limits
from elearn.accounts.formats.workbook_read import cell_text, is_workbook, read_sheets
from elearn.accounts.rules import Fault
from elearn.core.text import word_key

CELL_CHARACTERS = 2_000
ROWS_MAXIMUM = 100_000
COLUMNS_MAXIMUM = 200
BYTES_MAXIMUM = 10 * 1024 * 1024  # 50,000 people as CSV are six million bytes
_HEADER_WITHIN = 20  # rows that hold something; a list may have a title above its header
_LIMITS = Limits(
    unpacked_bytes=100 * 1024 * 1024,
    rows=ROWS_MAXIMUM + 1_000,
    columns=COLUMNS_MAXIMUM,
    cells=2_000_000,
    characters=64_000_000,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: our name for it, what its header may say, an example for the template."""

    key: str
    names: tuple[str, ...]
    example: str = ""
    is_needed: bool = False


# The column that `error_file` adds; a list that comes back with it is read as if it were not there.
REASON = {"id": "alasan", "en": "reason"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row with the line where it begins; a cell that is not there is ""."""

    line: int
    typed: tuple[str, ...]
    places: Mapping[str, int] = field(repr=False)

    def __getitem__(self, key: str) -> str:
        place = self.places.get(key)
        return self.typed[place] if place is not None and place < len(self.typed) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: rows in order, the columns that are there, and faults with their lines.

    header: as typed. refused: the rows that a fault kept out of `rows`.
    """

    rows: tuple[Row, ...] = ()
    keys: frozenset[str] = frozenset()
    faults: tuple[tuple[int, Fault], ...] = ()
    header: tuple[str, ...] = ()
    refused: tuple[Row, ...] = ()


def read_any(content: bytes, columns: Sequence[Column], most_rows: int = ROWS_MAXIMUM) -> Table:
    """The rows of an upload or of a pasted text: XLSX, CSV, TSV, in any order of columns.

    most_rows: reading ends there, with a fault (table-too-long).

    Of a workbook: the first visible sheet with a known header, hidden rows too, days as ISO,
    whole numbers without decimals, of a formula the value it had, numbers of more than 15 digits
    as a spreadsheet shows them (1.98705122010012E+17), since it has lost the others.
    """
    if len(content) > BYTES_MAXIMUM:
        fault = Fault("table-large", {"maximum": BYTES_MAXIMUM // 1024**2})
        return Table(faults=((1, fault),))
    if is_workbook(content):
        return _of_workbook(content, columns, most_rows)
    return _table(read_lines(content), columns, most_rows)


def read_table(content: bytes, columns: Sequence[Column]) -> Table:
    """The rows of a text file, in the columns that its header names, in any order."""
    return _table(read_lines(content), columns, ROWS_MAXIMUM)


def stream_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A table for a spreadsheet (CSV), in pieces, of rows that are fetched meanwhile."""
    yield from write_lines(chain([header], rows))


def write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table for a spreadsheet (CSV), whole."""
    return b"".join(stream_table(header, rows))


def template(columns: Sequence[Column]) -> bytes:
    """The header and one example row, to be filled in."""
    return write_table(
        [column.names[0] for column in columns], [[column.example for column in columns]]
    )


def error_file(table: Table, reasons: Mapping[int, str], language: str) -> bytes:
    """The rows that were read, each with the reason why it was refused, or with none.

    reasons: sentences by line. Put right, the file can be read again as it is.
    """
    width = len(table.header)
    rows = sorted((*table.rows, *table.refused), key=lambda row: row.line)
    return write_table(
        [*table.header, REASON[language]],
        (_filled(row.typed, width, reasons.get(row.line, "")) for row in rows),
    )


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


def _of_workbook(content: bytes, columns: Sequence[Column], most_rows: int) -> Table:
    table = Table(faults=((1, Fault("table-empty")),))
    try:
        for sheet in read_sheets(content, _LIMITS):
            # A CSV file of ours that was saved as XLSX keeps its marks of text.
            lines = (
                (number, [without_mark(cell_text(cell)) for cell in cells])
                for number, cells in sheet
            )
            found = _table(lines, columns, most_rows)
            if found.keys:
                return found
            if table.faults[0][1].code == "table-empty":
                table = found
    except Unreadable as unreadable:
        return Table(faults=((unreadable.line, unreadable.fault),))
    return table


def _table(lines: Iterable[Line], columns: Sequence[Column], most_rows: int) -> Table:
    """The table below the first row that can be its header; no keys when there is none."""
    reading = _Reading(columns, most_rows)
    try:
        for line, cells in lines:
            if any(cells) and not reading.take(line, cells):
                break
    except Unreadable as unreadable:
        reading.faults.append((unreadable.line, unreadable.fault))
    return reading.table()


class _Reading:
    """A table on its way: the rows above its header passed over, each row below it judged."""

    def __init__(self, columns: Sequence[Column], most_rows: int) -> None:
        self.faults: list[tuple[int, Fault]] = []
        self._columns = columns
        self._most_rows = most_rows
        self._above: list[tuple[int, list[Fault]]] = []
        self._header: tuple[str, ...] = ()
        self._header_line = 1
        self._places: dict[str, int] | None = None
        self._reason: int | None = None  # where the column is that `error_file` has added
        self._rows: list[Row] = []
        self._refused: list[Row] = []

    def take(self, line: int, cells: list[str]) -> bool:
        """Take a row that holds something; False when no more is wanted."""
        if self._places is None:
            self._take_header(line, cells)
            return len(self._above) < _HEADER_WITHIN
        if len(self._rows) >= self._most_rows:
            self.faults.append((line, Fault("table-too-long", {"maximum": self._most_rows})))
            return False
        row = Row(line, _typed(cells, self._reason), self._places)
        if fault := _fault_in_row(row.typed, len(self._header)):
            self.faults.append((line, fault))
            self._refused.append(row)
        else:
            self._rows.append(row)
        return True

    def _take_header(self, line: int, cells: list[str]) -> None:
        reasons = {word_key(word) for word in REASON.values()}
        at = next((at for at, cell in enumerate(cells) if word_key(cell) in reasons), None)
        header = _typed(cells, at)
        if fault := _fault_in_header(header):
            self._above.append((line, [fault]))
            return
        keys, found = header_keys(header, self._columns)
        if not any(keys) or any(fault.code == "column-missing" for fault in found):
            self._above.append((line, found))
            return
        self.faults.extend((line, fault) for fault in found)
        self._header, self._header_line, self._reason = header, line, at
        self._places = {key: place for place, key in enumerate(keys) if key}

    def table(self) -> Table:
        """What was read. Without a header, the faults are those of the first row."""
        if self._places is None and self._above:
            line, found = self._above[0]
            self.faults.extend((line, fault) for fault in found)
        elif self._places is None and not self.faults:
            self.faults.append((1, Fault("table-empty")))
        elif not (self._rows or self._refused or self.faults):
            self.faults.append((self._header_line, Fault("table-no-rows")))
        return Table(
            tuple(self._rows),
            frozenset(self._places or ()),
            tuple(self.faults),
            self._header,
            tuple(self._refused),
        )


def _typed(cells: Sequence[str], reason: int | None) -> tuple[str, ...]:
    """The cells up to the last that holds something, without that of the reason."""
    typed = [cell for at, cell in enumerate(cells) if at != reason]
    while typed and not typed[-1]:
        typed.pop()
    return tuple(typed)


def _fault_in_header(cells: Sequence[str]) -> Fault | None:
    """Found before each column is asked for: of a million unknown ones nobody wants to read."""
    if len(cells) > COLUMNS_MAXIMUM:
        return Fault("columns-many", {"count": len(cells), "maximum": COLUMNS_MAXIMUM})
    return _fault_in_row(cells, len(cells))


def _fault_in_row(cells: Sequence[str], columns: int) -> Fault | None:
    if any(cells[columns:]):
        return Fault("row-long", {"count": len(cells), "columns": columns})
    if any(len(cell) > CELL_CHARACTERS for cell in cells):
        return Fault("cell-long", {"maximum": CELL_CHARACTERS})
    return None


def _filled(cells: Sequence[str], width: int, reason: str) -> list[str]:
    """The cells with the reason below its header; what is too much in a row comes behind it."""
    missing = [""] * (width - len(cells))
    return [*cells[:width], *missing, reason, *cells[width:]]
