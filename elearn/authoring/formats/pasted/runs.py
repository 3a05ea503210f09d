"""Words with their look, and how they are written in Markdown so that text stays text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from elearn.core.markdown.allow import is_safe_address
from elearn.core.text import with_newlines

_MAX_ADDRESS = _MAX_LINK_TEXT = 900  # the grammar reads up to 2,000 and 1,000
_SPACES = re.compile(r"[\s\u00a0]+")
# Control characters, halves of pairs, and marks that are not seen or turn the reading direction.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff]"
)
# What Windows programs put where others have control characters.
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_STRAIGHT = str.maketrans("\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f", "''''\"\"\"\"")
_RAISED = dict(zip("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED = dict(zip("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))
_MARKS = re.compile(
    r"""[*`|\[]                         # emphasis, code, table, link
    | \\(?![\w\s])                      # a backslash before a mark or at the end
    | (?<![^\W_])_ | _(?![^\W_])        # not within a word
    | !(?=\[|\Z)                        # a picture with what follows
    | &(?=\#?\w{1,40};) | <(?![\s=]) """,
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"(?:\#{1,6}|[-+])(?=\s|\Z)|-(?=-)|>|!(?=!!)|:(?=\s)|~(?=~~)|\d+(?=\.(?:\s|\Z))"
)
_ENTITIES = {"&": "&amp;", "<": "&lt;", ":": "&#58;", "~": "&#126;"}
_IN_ADDRESS = {mark: f"%{ord(mark):02X}" for mark in "()<>[]|`*\"' "}


class Look(NamedTuple):
    """How words look, as far as Markdown can say it."""

    address: str = ""
    bold: bool = False
    italic: bool = False
    code: bool = False
    script: str = ""  # super, sub


class Run(NamedTuple):
    """Words of one look; the text "\\n" is a line break."""

    text: str
    look: Look = Look()


BREAK = "\n"


def cleaned(text: str) -> str:
    """Text as people type it: no unseen characters, one space for any, mended Windows quotes."""
    return _UNSEEN.sub("", _SPACES.sub(" ", text.translate(_WINDOWS)))


def code_text(text: str) -> str:
    """Text of a program: its lines and spaces kept, quotes straight as programs want them."""
    text = with_newlines(text).replace("\u00a0", " ").expandtabs(4)
    return _UNSEEN.sub("", text.translate(_WINDOWS).translate(_STRAIGHT))


def in_script(text: str, script: str) -> str | None:
    """Raised or lowered words in characters of that kind; None when there are none such."""
    known = _RAISED if script == "super" else _LOWERED
    written = [known.get(character, "" if character.isspace() else None) for character in text]
    return None if None in written else "".join(filter(None, written))


def safe_address(address: str) -> str | None:
    """An address of the web or of mail that a link may lead to; None for all others."""
    address = "".join(_IN_ADDRESS.get(c, c) for c in address.strip())
    outside = address.lower().startswith(("http://", "https://", "mailto:"))
    return (
        address if outside and len(address) <= _MAX_ADDRESS and is_safe_address(address) else None
    )


def lines_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs between line breaks, single spaces between words, none at the ends."""
    lines: list[list[Run]] = [[]]
    after_space = True
    for text, look in runs:
        if text == BREAK:
            lines.append([])
            after_space = True
            continue
        kept = text[1:] if after_space and text.startswith(" ") else text
        if kept:
            lines[-1].append(Run(kept, look))
            after_space = kept.endswith(" ")
    return [_without_end(line) for line in lines]


def _without_end(line: list[Run]) -> list[Run]:
    while line and not line[-1].text.rstrip(" "):
        line.pop()
    if line:
        line[-1] = line[-1]._replace(text=line[-1].text.rstrip(" "))
    return line


def plain(runs: Iterable[Run]) -> list[Run]:
    """The same words without bold and italic: a heading is both by itself."""
    return [run._replace(look=run.look._replace(bold=False, italic=False)) for run in runs]


def markdown_line(runs: Sequence[Run]) -> str:
    """One line of Markdown that shows these words in their look."""
    line = markdown_words(runs)
    start = _LINE_START.match(line)
    return _at_start(start[0]) + line[start.end() :] if start else line


def markdown_words(runs: Sequence[Run]) -> str:
    """Markdown of words in the middle of a line, such as those of a cell."""
    return _grouped(runs, 0).strip(" ")


def _at_start(mark: str) -> str:
    if mark.isdigit():
        return f"{mark}\\"
    return _ENTITIES.get(mark) or f"\\{mark}"


def _grouped(runs: Iterable[Run], level: int) -> str:
    """Links outside, then bold, italic and code: the order in which the marks enclose."""
    if level == len(_WRITERS):
        text = "".join(run.text for run in runs)
        return _MARKS.sub(lambda m: _ENTITIES.get(m[0]) or f"\\{m[0]}", text)
    written = []
    for value, group in groupby(runs, key=lambda run: run.look[level]):
        write = _WRITERS[level] if value else _bare
        written.append(write(list(group), level))
    return "".join(written)


def _bare(runs: list[Run], level: int) -> str:
    return _grouped(runs, level + 1)


def _link(runs: list[Run], level: int) -> str:
    words = _grouped(runs, level + 1)
    inner = words.strip(" ")
    if not inner or len(inner) > _MAX_LINK_TEXT:
        return words
    inner = re.sub(r"(?<!\\)\]", r"\\]", inner)
    return _around(words, f"[{inner}]({runs[0].look.address})")


def _bold(runs: list[Run], level: int) -> str:
    return _marked(runs, level, "**")


def _italic(runs: list[Run], level: int) -> str:
    return _marked(runs, level, "*")


def _marked(runs: list[Run], level: int, mark: str) -> str:
    """Spaces go outside the marks: inside they would make them stand as they are."""
    words = _grouped(runs, level + 1)
    inner = words.strip(" ")
    return _around(words, f"{mark}{inner}{mark}") if inner else words


def _code(runs: list[Run], _level: int) -> str:
    text = "".join(run.text for run in runs).translate(_STRAIGHT)
    inner = text.strip(" ")
    if not inner:
        return text
    longest = max((len(ticks) for ticks in re.findall("`+", inner)), default=0)
    ticks = "`" * (longest + 1)
    space = " " if "`" in (inner[0], inner[-1]) else ""
    return _around(text, f"{ticks}{space}{inner}{space}{ticks}")


def _around(words: str, written: str) -> str:
    """The spaces that the words had at their ends, around what they became."""
    start = len(words) - len(words.lstrip(" "))
    end = len(words) - len(words.rstrip(" "))
    return " " * start + written + " " * end


_WRITERS = (_link, _bold, _italic, _code)
