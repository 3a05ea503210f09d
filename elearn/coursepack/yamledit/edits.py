"""Edits of a text by offsets, and the lines around an offset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Edit:
    """The characters from start to end (exclusive) give way to a text."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit], start: int, end: int) -> str:
    """A part of a text with its edits made. Edits at one place are made in the order given."""
    parts: list[str] = []
    at = start
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:end]])


def line_start(text: str, at: int) -> int:
    """Where the line of an offset begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of an offset ends, before its line break."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def next_line(text: str, at: int) -> int:
    """Where the line after that of an offset begins."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def column_of(text: str, at: int) -> int:
    """How many characters of its line stand before an offset."""
    return at - line_start(text, at)
