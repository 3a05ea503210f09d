"""Which lines belong to which part of a block: its comments and the empty lines between.

A part (a field of a mapping, an entry of a list) has a *gap* of comments and empty lines above it
and a *body*: its lines, and comments below them that are indented deeper than the block.
"""

from __future__ import annotations

from dataclasses import dataclass

from elearn.coursepack.yamledit.edits import column_of, line_start, next_line
from elearn.coursepack.yamlnodes import Listing, Table


@dataclass(frozen=True)
class Part:
    """Offsets of one part. gap <= own <= start < end, and each is where a line begins, but for
    the start of a first part that stands behind a hyphen."""

    gap: int  # where the lines above it begin
    own: int  # where the comments begin that stand directly above it
    start: int  # its name or hyphen; where its line begins, if nothing but spaces is before it
    mark: int  # its name or hyphen
    value: int  # right behind the colon or hyphen
    end: int  # where the first line begins that is no longer its own


def parts_of_table(text: str, node: Table) -> list[Part]:
    """The fields of a block mapping, in order."""
    column = column_of(text, node.start)
    parts: list[Part] = []
    for key, value in zip(node.keys.values(), node.entries.values(), strict=True):
        colon = text.find(":", key.end) + 1
        _append(parts, text, column, key.start, colon, max(value.end, colon))
    return parts


def parts_of_list(text: str, node: Listing) -> list[Part]:
    """The entries of a block list, in order."""
    column = column_of(text, node.start)
    parts: list[Part] = []
    for item in node.items:
        mark = node.start
        if parts:
            mark = _hyphen(text, parts[-1].end, item.start)
        _append(parts, text, column, mark, mark + 1, max(item.end, mark + 1))
    return parts


def _hyphen(text: str, start: int, end: int) -> int:
    """The hyphen of an entry: the first line below the entry before that is no comment."""
    at = start
    while at < end:
        line = text[at : next_line(text, at)]
        bare = line.lstrip(" ")
        if bare.startswith("-"):
            return at + len(line) - len(bare)
        at = next_line(text, at)
    return end


def _append(parts: list[Part], text: str, column: int, mark: int, value: int, end: int) -> None:
    first = line_start(text, mark)
    is_behind = bool(text[first:mark].strip(" "))  # behind a hyphen, or behind ---
    start = mark if is_behind else first
    gap = parts[-1].end if parts else start
    if not parts and not is_behind:
        gap = _gap_above(text, start)
    own = _own_comments(text, gap, start)
    parts.append(Part(gap, own, start, mark, value, _end_of_body(text, column, end)))


def _gap_above(text: str, start: int) -> int:
    """Where the comments and empty lines above an offset begin."""
    at = start
    while at > 0:
        before = line_start(text, at - 1)
        if not _is_gap(text[before:at]):
            break
        at = before
    return at


def above_blanks(text: str, gap: int, at: int) -> int:
    """Where the empty lines begin that stand directly above an offset, in the gap there."""
    while at > gap and not text[line_start(text, at - 1) : at].strip():
        at = line_start(text, at - 1)
    return at


def _own_comments(text: str, gap: int, start: int) -> int:
    at = start
    while at > gap:
        before = line_start(text, at - 1)
        if not text[before:at].strip():
            break
        at = before
    return at


def _end_of_body(text: str, column: int, end: int) -> int:
    """The end of the last line, or of the last comment below it that is indented deeper."""
    at = found = next_line(text, end)
    while at < len(text):
        following = next_line(text, at)
        line = text[at:following]
        if not _is_gap(line):
            break
        if line.strip():
            if len(line) - len(line.lstrip(" ")) <= column:
                break
            found = following
        at = following
    return found


def _is_gap(line: str) -> bool:
    bare = line.strip()
    return not bare or bare.startswith("#")
