"""A changed text in the way of quoting that the old one had."""

from __future__ import annotations

import re

from elearn.coursepack.yamledit import quoting
from elearn.coursepack.yamledit.data import Data, scalar
from elearn.coursepack.yamledit.writing import indented
from elearn.coursepack.yamlnodes import Node, Scalar, Table

NARROWEST, WIDEST = 40, 120  # columns that a folded text is filled up to
_HEADER = re.compile(r"[|>]([-+0-9]*)(.*)")


def restyled(written: str, old: Scalar, new: Data) -> str | None:
    """New data in the way that an old value of a block is written; None where it cannot hold them.

    written: the old value with its quotes or its mark.
    """
    if not isinstance(new, str):
        return None
    if old.style in ("|", ">"):
        return _as_block(written, old.style, new)
    if not old.style:
        return quoting.bare(new) if _is_bare_text(old) else None
    return _quoted(old.style, new)


def restyled_in_flow(old: Scalar, new: Data) -> str | None:
    """The same for a value between brackets or braces."""
    if not isinstance(new, str):
        return None
    if not old.style:
        return quoting.bare_in_flow(new) if _is_bare_text(old) else None
    return _quoted(old.style, new)


def _is_bare_text(old: Scalar) -> bool:
    return isinstance(scalar(old.value), str)


def _quoted(style: str, new: str) -> str | None:
    return quoting.double(new) if style == '"' else quoting.single(new)


def _as_block(written: str, style: str, new: str) -> str | None:
    header, *below = written.split("\n")
    filled = [line for line in below if line.strip()]
    comment = _HEADER.fullmatch(header)
    if not filled or comment is None:
        return None
    column = min(len(line) - len(line.lstrip(" ")) for line in filled)
    width = min(max(NARROWEST, *(len(line) - column for line in filled)), WIDEST)
    found = quoting.folded(new, width) if style == ">" else None
    found = found or quoting.literal(new)
    if found is None:
        return None
    mark, lines = found
    return "\n".join([mark + comment[2], *(indented(line, column) for line in lines)])


def comment_of_block(written: str, old: Node) -> str:
    """The comment behind the mark of a block, with the spaces before it; "" where there is none."""
    header = _HEADER.match(written) if isinstance(old, Scalar) and old.style in ("|", ">") else None
    return header[2].rstrip() if header else ""


def with_last_line_ended(text: str, root: Node) -> str:
    """A text that has no line end at its end, with one, meaning the same."""
    last = root
    while not isinstance(last, Scalar):
        children = list(last.entries.values()) if isinstance(last, Table) else last.items
        if not children:
            return text + "\n"
        last = children[-1]
    header = _HEADER.match(text, last.start) if last.style in ("|", ">") else None
    if header is None:
        return text + "\n"
    return text[: header.start(1)] + "-" + header[1].strip("+-") + text[header.end(1) :] + "\n"
