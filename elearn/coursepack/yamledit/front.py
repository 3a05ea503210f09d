"""The front matter of a lesson file."""

from __future__ import annotations

import re

from elearn.core.text import with_newlines
from elearn.coursepack.lesson import front_span, split_front
from elearn.coursepack.yamledit.changing import update
from elearn.coursepack.yamledit.data import Data
from elearn.coursepack.yamledit.writing import emit

__all__ = ["split_front", "update_front"]

_NOTHING = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n|\Z))*")


def update_front(text: str, data: dict[str, Data], body: str) -> str:
    """A lesson file with other front matter and body; what did not change keeps its bytes.

    A file without front matter gets it. body: with line ends of any kind; the file keeps its own.
    Raises Unreadable for front matter that the course format refuses, its lines as in the front
    matter; Unwritable for data.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    span = front_span(text)
    if span is None:
        return _ended(f"---\n{emit(data)}---\n{with_newlines(body)}", ends)
    _, old_body, _ = split_front(text)
    front = text[span.start : span.end]
    if _NOTHING.fullmatch(front):
        front += _ended(emit(data), ends)
    else:
        front = update(front, data)
    divider = text[span.end : span.body]
    if not divider.endswith(("\n", "\r")):
        divider += ends
    if with_newlines(body) == old_body:
        return text[: span.start] + front + divider + text[span.body :]
    return text[: span.start] + front + divider + _ended(with_newlines(body), ends)


def _ended(text: str, ends: str) -> str:
    return text.replace("\n", ends)
