"""The entries of a block list in a new order, with their comments and empty lines."""

from __future__ import annotations

from collections.abc import Sequence

from elearn.coursepack.yamledit.edits import Edit, column_of, next_line
from elearn.coursepack.yamledit.layout import Part


def relisted(
    text: str, parts: Sequence[Part], matches: Sequence[int | None], bodies: Sequence[str]
) -> Edit:
    """The edit that puts entries in a new order.

    matches: for each new entry the old one that it continues, if any.
    bodies: what is written for each new entry, from its hyphen to its last line.
    Comments above an entry go with it; those that an empty line divides from an entry that is
    gone stay. Entries are divided as they were: where most have an empty line above, a new one has.
    """
    column = column_of(text, parts[0].mark)
    is_behind = parts[0].start == parts[0].mark and column > 0
    blanks, loose = _gaps(text, parts)
    left_over = ""
    for index in range(len(parts)):
        if index not in matches:
            left_over, loose[index] = left_over + loose[index], ""
        else:
            left_over, loose[index] = "", left_over + loose[index]
    lines: list[str] = []
    for position, (match, body) in enumerate(zip(matches, bodies, strict=True)):
        divider = blanks[match] if match else blanks[-1]
        own = "" if match is None else text[parts[match].own : parts[match].start]
        above = ("" if match is None else loose[match]) + own
        entry = " " * column + body.removesuffix("\n") + "\n"
        if position == 0:
            # Nothing can stand above what is behind another hyphen: it goes below.
            lines += [entry.lstrip(" "), above] if is_behind else [above, entry]
        else:
            lines += [divider, above, entry]
    start, end = parts[0].start if is_behind else parts[0].own, parts[-1].end
    tail = blanks[-1] + left_over if left_over else ""
    written = "".join([*lines, tail])
    return Edit(start, end, written)


def _gaps(text: str, parts: Sequence[Part]) -> tuple[list[str], list[str]]:
    """The empty lines above each entry, and the comments below these that are not its own."""
    blanks, loose = [""], [""]
    for part in parts[1:]:
        at = part.gap
        while at < part.own and not text[at : next_line(text, at)].strip():
            at = next_line(text, at)
        blanks.append(text[part.gap : at])
        loose.append(text[at : part.own])
    return blanks, loose
