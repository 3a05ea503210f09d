"""A workbook of a stranger, looked over before it is read.

A small XLSX can stand for gigabytes: packed zeros, one cell in the last row and column, one long
text that every cell repeats. Its parts are unpacked here under a bound and their cells counted.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from elearn.authoring.formats.exchange import Refused

_PARTS_MOST = 200
_UNPACKED_MOST = 24 * 1024 * 1024  # bytes
_ROWS_MOST = 20_000
_COLUMNS_MOST = 200
_CELLS_MOST = 200_000
_CHARACTERS_MOST = 64_000_000  # if each cell with a shared text held the longest of them
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def safe_copy(content: bytes) -> bytes:
    """The workbook packed anew from the parts that were looked over, so that no other is read.

    Refuses (sheet-kind, sheet-broken, sheet-large, xml-dtd) what is none, or too large.
    """
    count, left, copy = _Count(), _UNPACKED_MOST, io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(copy, "w") as made:
            _check_names(archive)
            for entry in archive.infolist():
                # Read to its end, so that a size or sum that lies is found.
                with archive.open(entry) as part:
                    body = part.read(left + 1)
                left -= len(body)
                if left < 0:
                    raise Refused("sheet-large")
                if entry.filename.casefold().endswith((".xml", ".rels")):
                    count.read(body)
                made.writestr(entry.filename, body)
    except DefusedXmlException as error:
        raise Refused("xml-dtd") from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        ParseError,
        LookupError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        OSError,
        EOFError,
    ) as error:  # what zipfile and expat say of broken, encrypted and odd archives
        raise Refused("sheet-broken") from error
    return copy.getvalue()


def _check_names(archive: zipfile.ZipFile) -> None:
    names = {name.casefold() for name in archive.namelist()}
    if len(archive.namelist()) > _PARTS_MOST:
        raise Refused("sheet-large")
    if len(names) < len(archive.namelist()):
        raise Refused("sheet-broken")
    # Other kinds of workbook are zip files, too; they are not looked over here.
    if "xl/workbook.xml" not in names or "content.xml" in names or "xl/workbook.bin" in names:
        raise Refused("sheet-kind")


class _Count:
    """Counts the cells of all sheets and the longest shared text; keeps nothing of them."""

    def __init__(self) -> None:
        self._cells = self._repeated = 0
        self._length = self._longest = 0
        self._column = self._row = 0

    def read(self, body: bytes) -> None:
        self._column = self._row = 0
        parser = DefusedXMLParser(target=self, forbid_dtd=True)
        parser.feed(body)
        parser.close()

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self._check()
        elif name == "c":
            self._column += 1
            if place := _PLACE.fullmatch(attributes.get("r", "")):
                self._column, self._row = _number(place[1]), int(place[2])
            elif "r" in attributes:
                raise Refused("sheet-broken")
            self._cells += 1
            self._repeated += attributes.get("t") == "s"
            self._check()
        elif name == "si":
            self._length = 0

    def data(self, text: str) -> None:
        self._length += len(text)

    def end(self, tag: str) -> None:
        if tag.rpartition("}")[2] == "si":
            self._longest = max(self._longest, self._length)
            self._check()

    def close(self) -> None:
        """Nothing is built."""

    def _check(self) -> None:
        if (
            self._row > _ROWS_MOST
            or self._column > _COLUMNS_MOST
            or self._cells > _CELLS_MOST
            or self._repeated * self._longest > _CHARACTERS_MOST
        ):
            raise Refused("sheet-large")


def _number(letters: str) -> int:
    """Number of a column, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
