"""Who wins when answers to one question meet: late ones, repeated ones, other tabs and devices.

Each rendering of the page is a writer with a token of its own, and counts its changes. A page
that has not seen the newest answer is stale: it is told, and never wins.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

_MARK = re.compile(r"[0-9a-z]{8,40}\.[0-9]{1,9}", re.ASCII)
MARKS_LIMIT = 20


class Verdict(StrEnum):
    WRITE = "write"
    SAME = "same"  # it is saved already, exactly so
    LATE = "late"  # the same page has sent something newer since
    STALE = "stale"  # another page has written what this one has not seen


@dataclass(frozen=True, slots=True)
class Mark:
    """Which change of which page: writer.counter."""

    writer: str
    counter: int

    def __str__(self) -> str:
        return f"{self.writer}.{self.counter}"


def read_mark(text: str) -> Mark | None:
    """A mark as a page sends it; None when it is none."""
    if not _MARK.fullmatch(text):
        return None
    writer, _, counter = text.partition(".")
    return Mark(writer, int(counter))


def read_marks(text: str) -> frozenset[Mark]:
    """The marks that a page says it has seen, with spaces between; what is none is passed over."""
    marks = (read_mark(part) for part in text.split()[:MARKS_LIMIT])
    return frozenset(mark for mark in marks if mark)


def judge(
    present: Mark | None, sent: Mark, seen: frozenset[Mark], *, equals_present: bool
) -> Verdict:
    """What to do with an answer that has arrived. present: mark of the saved one, if any.

    Equal marks with different answers happen only without JavaScript, when the same page is sent
    twice: no other page has written in between, so the second one is the newer. An equal answer of
    a page that may write is written all the same, for its mark: what that page had sent before, and
    is still on its way, is then late.
    """
    if present is None:
        return Verdict.WRITE
    if sent.writer == present.writer and sent.counter < present.counter:
        return Verdict.LATE
    if sent == present:
        return Verdict.SAME if equals_present else Verdict.WRITE
    if sent.writer == present.writer or present in seen:
        return Verdict.WRITE
    return Verdict.SAME if equals_present else Verdict.STALE
