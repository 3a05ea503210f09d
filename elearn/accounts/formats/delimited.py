"""Rows of text with marks between their cells: CSV, TSV, and what is pasted from a spreadsheet.

The mark of text. A spreadsheet that opens a CSV file runs what begins with = + - @, makes 1,98E+17
of a NIP, drops the 0 that a telephone number begins with and takes 3/4 for a day. Such a cell is
written with an apostrophe before it: Excel and LibreOffice then keep each character, and so does
a file that they save. Reading takes the apostrophe off exactly where writing puts one, so that
every cell comes back as it was: also =Siti, -, '=x and ''.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from elearn.accounts.formats.unreadable import Unreadable

Line = tuple[int, list[str]]  # the line where a row begins, from 1, and its cells

_SEPARATORS = ";,\t"
_SEP_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_CHUNK_CHARACTERS = 64 * 1024
# What a spreadsheet makes something else of; also wide signs, and behind spaces or apostrophes.
_CHANGED_WHEN_OPENED = re.compile(
    r"""[\s']*(?:
        [=+\-@\uff1d\uff0b\uff0d\uff20]
        | (?: 0[0-9]+ | [0-9]{12,} | [0-9]+e[0-9]+
            | [0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{1,4})?
          ) \s*\Z
    )""",
    re.IGNORECASE | re.VERBOSE,
)


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


def read_lines(content: bytes) -> Iterator[Line]:
    """The rows of a file or a pasted text, without marks of text.

    Raises Unreadable (table-not-text, table-quotes) when it comes to what it cannot read.
    """
    text = text_of(content)
    if text is None:
        raise Unreadable("table-not-text")
    text, separator, first_line = separated(text)
    if separator in '"\r\n':
        raise Unreadable("table-quotes")
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=separator, strict=True)
    if separator == "\t" and not _closes_its_quotes(text):
        # Pasted cells have quotation marks around them only when they hold several lines.
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    line = first_line
    try:
        for cells in reader:
            yield line, [without_mark(cell) for cell in cells]
            line = first_line + reader.line_num
    except csv.Error as error:
        raise Unreadable("table-quotes", line) from error


def write_lines(rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A file for a spreadsheet in pieces: BOM, `;` between cells, marks of text where needed."""
    out = io.StringIO(newline="")
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([with_mark(cell) for cell in row])
        if out.tell() >= _CHUNK_CHARACTERS:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def with_mark(cell: str) -> str:
    """The cell with the mark of text, when a spreadsheet would change it."""
    return f"'{cell}" if _CHANGED_WHEN_OPENED.match(cell) else cell


def without_mark(cell: str) -> str:
    """The cell as it was before `with_mark`, without spaces around it."""
    cell = cell.strip()
    if cell.startswith("'") and _CHANGED_WHEN_OPENED.match(cell):
        return cell[1:].strip()
    return cell


def _closes_its_quotes(text: str) -> bool:
    try:
        for _ in csv.reader(io.StringIO(text, newline=""), delimiter="\t", strict=True):
            pass
    except csv.Error:
        return False
    return True
