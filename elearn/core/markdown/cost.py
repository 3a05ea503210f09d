"""Refuse, before parsing, a text whose parsing would take long.

Python-Markdown copies a paragraph for each mark in it and parses what is nested once more for each
level, so some texts cost the square of their length. Time cannot be measured from inside and would
make the same text good on one machine and refused on another; so what makes it slow is counted, in
one pass. Ordinary texts stay far below: a lesson of 10 KB has some 300 marks.
"""

from __future__ import annotations

import re

MAX_SOURCE_BYTES = 256 * 1024
MAX_LINE_CHARACTERS = 20_000
MAX_BLOCKS = 4_000
MAX_LINES = 12_000
MAX_MARKS = 12_000
MAX_MARKS_IN_BLOCK = 1_500
MAX_BLOCK_CHARACTERS = 40_000
MAX_BLOCK_LINES = 1_500
MAX_LEVELS = 8
MAX_LEVELS_IN_ALL = 4_000
MAX_CELLS = 4_000
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
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    if source.count("\n") > MAX_LINES:
        raise TooSlow("lines")
    if source.count("[^") > MAX_FOOTNOTES:
        raise TooSlow("footnotes")
    blocks = marks_in_all = levels_in_all = cells = 0
    marks = length = rows = columns = start = 0
    for number, line in enumerate(source.split("\n"), start=1):
        if len(line) > MAX_LINE_CHARACTERS:
            raise TooSlow("line-length", number)
        if not line.strip():
            marks = length = rows = columns = 0
            continue
        if not length:
            blocks, start = blocks + 1, number
            if blocks > MAX_BLOCKS:
                raise TooSlow("blocks", number)
        here = len(_MARK.findall(line))
        length, marks, marks_in_all = length + len(line), marks + here, marks_in_all + here
        if length > MAX_BLOCK_CHARACTERS:
            raise TooSlow("paragraph-length", start)
        if marks > MAX_MARKS_IN_BLOCK:
            raise TooSlow("paragraph-marks", start)
        if marks_in_all > MAX_MARKS:
            raise TooSlow("marks", number)
        levels = _levels(line)
        levels_in_all += levels
        if levels > MAX_LEVELS or levels_in_all > MAX_LEVELS_IN_ALL:
            raise TooSlow("nesting", number)
        # A table has as many cells as its widest line times its lines, however short they are.
        rows, columns = rows + 1, max(columns, line.count("|"))
        if rows > MAX_BLOCK_LINES:
            raise TooSlow("paragraph-length", start)
        if columns:
            cells += columns
            if cells > MAX_CELLS or rows * columns > MAX_CELLS:
                raise TooSlow("table-cells", start)


def _levels(line: str) -> int:
    """How deep a line is nested: its markers at the start and the steps it is indented."""
    if _RULE.fullmatch(line):
        return 0
    at = levels = 0
    while (match := _LEVELS.match(line, at)) and levels <= MAX_LEVELS:
        at, levels = match.end(), levels + 1
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" "))
    return levels + min(indent // 4, 99) if levels else 0
