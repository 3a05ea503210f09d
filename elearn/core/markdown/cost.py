"""Refuse, before parsing, a text whose parsing would take long.

Python-Markdown copies a paragraph for each mark in it and parses what is nested once more for each
level, so some texts cost the square of their length. Time cannot be measured from inside and would
make the same text good on one machine and refused on another; so what makes it slow is counted, in
one pass. Ordinary texts stay far below: a lesson of 10 KB has some 300 marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from elearn.core.text import with_newlines

MAX_SOURCE_BYTES = 256 * 1024
MAX_LINE_CHARACTERS = 20_000
MAX_BLOCKS = 4_000
MAX_LINES = 12_000
MAX_MARKS = 12_000
MAX_MARKS_IN_BLOCK = 1_500
MAX_BLOCK_CHARACTERS = 40_000
MAX_BLOCK_LINES = 1_500
MAX_LEVELS = 8
MAX_LEVELS_IN_ALL = 3_000
MAX_CELLS = 8_000
MAX_FOOTNOTES = 200

_MARK = re.compile(r"[\[\]!*_`\\&<>\x02]|  \n")
_LEVELS = re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}\.|:)(?:[ \t]+|(?=>)|$)|!!!)")
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]*\1)*[ ]*")


class Refused(ValueError):
    """A text that is not rendered; `reason` is a code, `line` counts from 1 (0 = the whole)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(f"{reason} (line {line})" if line else reason)
        self.reason = reason
        self.line = line


class TooLong(Refused):
    """More than MAX_SOURCE_BYTES."""


class TooSlow(Refused):
    """Rendering would take more than two seconds."""


def refuse_when_slow(source: str) -> None:
    """Raise TooLong or TooSlow when a text is beyond what rendering does in two seconds."""
    if len(source) > MAX_SOURCE_BYTES or len(source.encode(errors="replace")) > MAX_SOURCE_BYTES:
        raise TooLong("text-bytes")
    lines = with_newlines(source).split("\n")
    if len(lines) > MAX_LINES:
        raise TooSlow("lines")
    if source.count("[^") > MAX_FOOTNOTES:
        raise TooSlow("footnotes")
    counts = _Counts()
    for number, line in enumerate(lines, start=1):
        counts.take(number, line)


@dataclass
class _Counts:
    """What has been seen: in the whole text, and in the block that the line is in."""

    blocks: int = 0
    marks: int = 0
    levels: int = 0
    cells: int = 0
    block_start: int = 0
    block_lines: int = 0
    block_length: int = 0
    block_marks: int = 0
    block_columns: int = 0

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            self.block_lines = self.block_length = self.block_marks = self.block_columns = 0
            return
        if not self.block_lines:
            self.blocks, self.block_start = self.blocks + 1, number
        self._count_marks(line)
        self._count_levels(line)
        self._count_cells(line)
        self._refuse(number, len(line))

    def _count_marks(self, line: str) -> None:
        here = len(_MARK.findall(line))
        self.block_lines += 1
        self.block_length += len(line)
        self.block_marks += here
        self.marks += here

    def _count_levels(self, line: str) -> None:
        here = _levels(line)
        # One line that is too deep is as bad as all that are allowed together.
        self.levels += here if here <= MAX_LEVELS else MAX_LEVELS_IN_ALL + 1

    def _count_cells(self, line: str) -> None:
        # A table has as many cells as its widest line times its lines, however short they are.
        self.block_columns = max(self.block_columns, line.count("|"))
        self.cells += self.block_columns

    def _refuse(self, number: int, length: int) -> None:
        start = self.block_start
        for count, most, reason, line in (
            (length, MAX_LINE_CHARACTERS, "line-length", number),
            (self.blocks, MAX_BLOCKS, "blocks", number),
            (self.block_length, MAX_BLOCK_CHARACTERS, "paragraph-length", start),
            (self.block_lines, MAX_BLOCK_LINES, "paragraph-lines", start),
            (self.block_marks, MAX_MARKS_IN_BLOCK, "paragraph-marks", start),
            (self.marks, MAX_MARKS, "marks", number),
            (self.levels, MAX_LEVELS_IN_ALL, "nesting", number),
            (self.cells, MAX_CELLS, "table-cells", start),
            (self.block_lines * self.block_columns, MAX_CELLS, "table-cells", start),
        ):
            if count > most:
                raise TooSlow(reason, line)


def _levels(line: str) -> int:
    """How deep a line is nested: its markers at the start and the steps it is indented."""
    if _RULE.fullmatch(line):
        return 0
    at = levels = 0
    while (match := _LEVELS.match(line, at)) and levels <= MAX_LEVELS:
        at, levels = match.end(), levels + 1
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
    return levels + min(indent // 4, 99) if levels else 0
