"""Two people edit the same thing: whose words are saved, and what the second one is shown."""

import difflib
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Literal

_MOST_COMPARED = 1_000_000  # a lesson has some 150 lines; this takes a fifth of a second
_FINGERPRINT_LENGTH = 20  # hex digits: enough to tell the states of one thing apart


class Verdict(Enum):
    """What becomes of an edit."""

    SAME = "same"  # it is there already: a double click, a repeated request
    WRITE = "write"
    OVERTAKEN = "overtaken"  # somebody else has changed the thing since it was opened


@dataclass(frozen=True, slots=True)
class Piece:
    """Some lines of a comparison: in both, only in mine, or only in theirs."""

    kind: Literal["both", "mine", "theirs"]
    lines: tuple[str, ...]


def fingerprint(thing: Any) -> str:
    """A short name of a state of a thing (text, or plain data of a file), for a form to carry."""
    text = json.dumps(thing, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_FINGERPRINT_LENGTH]


def judge(base: str, there: Any, wanted: Any) -> Verdict:
    """base: fingerprint that the form began with. there: the thing now. wanted: as it was sent."""
    if there == wanted:
        return Verdict.SAME
    return Verdict.WRITE if fingerprint(there) == base else Verdict.OVERTAKEN


def differences(mine: str, theirs: str, around: int = 2) -> tuple[Piece, ...]:
    """Where two texts differ, line by line, with a few lines that both have around it.

    Comparing costs the product of their lines and more: of long texts both are shown whole.
    """
    left, right = mine.splitlines(), theirs.splitlines()
    if len(left) * len(right) > _MOST_COMPARED:
        return Piece("theirs", tuple(right)), Piece("mine", tuple(left))
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    found: list[Piece] = []
    for group in matcher.get_grouped_opcodes(around):
        for tag, i1, i2, j1, j2 in group:
            found.extend(_pieces(tag, left[i1:i2], right[j1:j2]))
    return tuple(found)


def _pieces(tag: str, mine: list[str], theirs: list[str]) -> Iterator[Piece]:
    if tag == "equal":
        yield Piece("both", tuple(mine))
        return
    if theirs:
        yield Piece("theirs", tuple(theirs))
    if mine:
        yield Piece("mine", tuple(mine))
