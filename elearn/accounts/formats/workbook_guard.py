"""A workbook of a stranger, looked over before it is read.

A small XLSX can stand for gigabytes: packed zeros, one cell in the last row and column, one long
text that every cell repeats. Its parts are unpacked here under a bound and their cells counted.
"""

import io
import re
import zipfile
import zlib
from array import array
from dataclasses import dataclass
from functools import cache
from xml.parsers import expat

from elearn.accounts.formats.unreadable import Unreadable

_PARTS_MOST = 200
_CHUNK_BYTES = 64 * 1024
_TAG_BYTES = 1024 * 1024  # one tag: with each chunk a parser reads an unfinished one anew
_XML = (".xml", ".rels")
_TEXTS = "xl/sharedstrings.xml"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a workbook may hold.

    cells: of all sheets, and of the rectangle that a sheet fills. characters: of its cells, each
    that repeats a shared text counted with it.
    """

    unpacked_bytes: int
    rows: int
    columns: int
    cells: int
    characters: int


def safe_copy(content: bytes, limits: Limits) -> bytes:
    """The workbook packed anew from the parts that were looked over, so that no other is read.

    Raises Unreadable (sheet-kind, sheet-broken, sheet-large, xml-dtd): it is none, or too large.
    """
    copy = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        ):
            _check_names(archive)
            _copy_parts(archive, made, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        LookupError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ) as error:  # what zipfile and expat say of broken, encrypted and odd archives
        raise Unreadable("sheet-broken") from error
    return copy.getvalue()


def _check_names(archive: zipfile.ZipFile) -> None:
    names = {name.casefold() for name in archive.namelist()}
    if len(archive.namelist()) > _PARTS_MOST:
        raise Unreadable("sheet-large")
    if len(names) < len(archive.namelist()):
        raise Unreadable("sheet-broken")
    # Other kinds of workbook are zip files, too; they are not looked over here.
    if "xl/workbook.xml" not in names or "content.xml" in names or "xl/workbook.bin" in names:
        raise Unreadable("sheet-kind")


def _copy_parts(archive: zipfile.ZipFile, made: zipfile.ZipFile, limits: Limits) -> None:
    """The parts that are XML by name: no other is there for the reader, whatever names it."""
    count, left = _Count(limits), limits.unpacked_bytes
    parts = [one for one in archive.infolist() if one.filename.casefold().endswith(_XML)]
    # The shared texts first: each cell that names one is counted with its length.
    for entry in sorted(parts, key=lambda one: one.filename.casefold() != _TEXTS):
        with archive.open(entry) as part, made.open(entry.filename, "w") as copy:
            count.begin()
            # Read to its end, so that a size or sum that lies is found.
            while chunk := part.read(_CHUNK_BYTES):
                left -= len(chunk)
                if left < 0:
                    raise Unreadable("sheet-large")
                count.read(chunk)
                copy.write(chunk)
            count.end()


class _Count:
    """Counts cells, and characters of shared texts as often as they are shown; keeps no text."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lengths = array("L")  # of the shared texts
        self._cells = self._characters = 0

    def begin(self) -> None:
        """Count a part from here on."""
        self._row = self._column = self._last_row = self._last_column = self._length = 0
        self._is_shared = False
        self._value = ""
        self._fed_bytes = 0
        # Whatever the part says of itself: the reader takes its bytes for UTF-8.
        self._parser = expat.ParserCreate("UTF-8")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_types
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def read(self, chunk: bytes) -> None:
        if b"\0" in chunk:  # UTF-16: what is a word there may be a million cells to the reader
            raise Unreadable("sheet-broken")
        self._parser.Parse(chunk, False)
        self._fed_bytes += len(chunk)
        if self._fed_bytes - self._parser.CurrentByteIndex > _TAG_BYTES:
            raise Unreadable("sheet-large")

    def end(self) -> None:
        self._parser.Parse(b"", True)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name in ("si", "v"):
            self._length, self._value = 0, ""

    def _start_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            self._column += 1
        elif found := _PLACE.fullmatch(place):
            self._column, self._row = _number(found[1]), int(found[2])
        else:
            raise Unreadable("sheet-broken")
        self._is_shared = attributes.get("t") == "s"
        self._cells += 1
        self._last_column = max(self._last_column, self._column)
        self._last_row = max(self._last_row, self._row)
        limits = self._limits
        if (
            self._last_row > limits.rows
            or self._last_column > limits.columns
            or self._cells > limits.cells
            or self._last_row * self._last_column > limits.cells
        ):
            raise Unreadable("sheet-large")

    def _text(self, text: str) -> None:
        self._length += len(text)
        if self._is_shared:
            self._value += text

    def _end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name == "v" and self._is_shared:
            self._characters += self._lengths[int(self._value)]
            if self._characters > self._limits.characters:
                raise Unreadable("sheet-large")
        elif name == "si":
            self._lengths.append(self._length)


def _refuse_types(*_: object) -> None:
    """Without a document type there are no entities: none that grow, none that name a file."""
    raise Unreadable("xml-dtd")


@cache
def _number(letters: str) -> int:
    """Number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
