"""One text in each of the ways YAML writes it; None where that way cannot hold it."""

from __future__ import annotations

import re

from elearn.coursepack.yamledit.data import scalar

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
# Control characters, line ends of other alphabets, marks that turn the reading direction, byte
# order marks: written as escapes, so that who reads the file sees them.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff"
    "\ufff9-\uffff"
)
_ESCAPED = re.compile(f'["\\\\\n\t{_HIDDEN}]')
_NOT_IN_A_LINE = re.compile(f"[\n\t{_HIDDEN}]")
_NOT_IN_A_BLOCK = re.compile(f"[{_HIDDEN}]|[ \t](?:\n|$)")
_NEW_FOLD = re.compile(r"(?<=\S) (?=\S)")

# A word that every reader of YAML takes for text: our keys, slugs and codes.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*|[0-9]+(?:-[A-Za-z0-9_]+)+")
_WORDS_OF_OTHERS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
_DATE = re.compile(r"[0-9-]+")

_NOT_FIRST = set("-?:,[]{}#&*!|>'\"%@`=<~.+ ") | set("0123456789")
_NOT_INSIDE = re.compile(r": |:$| #")
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:?]")


def is_word(text: str) -> bool:
    """Whether a text is one word that needs no quotes anywhere."""
    return (
        bool(_WORD.fullmatch(text))
        and text.lower() not in _WORDS_OF_OTHERS
        and not _DATE.fullmatch(text)
    )


def double(text: str) -> str:
    """Between double quotes; holds every text."""
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    if character in _ESCAPES:
        return _ESCAPES[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def single(text: str) -> str | None:
    """Between single quotes."""
    if _NOT_IN_A_LINE.search(text):
        return None
    return "'" + text.replace("'", "''") + "'"


def bare(text: str) -> str | None:
    """Without quotes, as the value of a block."""
    if is_word(text):
        return text
    if (
        not text
        or text[0] in _NOT_FIRST
        or text != text.strip()
        or not isinstance(scalar(text), str)
    ):
        return None
    if _NOT_IN_A_LINE.search(text) or _NOT_INSIDE.search(text):
        return None
    return None if text.lower() in _WORDS_OF_OTHERS else text


def bare_in_flow(text: str) -> str | None:
    """Without quotes, between brackets or braces."""
    return None if _NOT_IN_FLOW.search(text) else bare(text)


def literal(text: str) -> tuple[str, list[str]] | None:
    """As a block that keeps its lines: its mark and its lines, not indented."""
    if not _fits_a_block(text):
        return None
    return "|" + _chomping(text), text.removesuffix("\n").split("\n")


def folded(text: str, width: int) -> tuple[str, list[str]] | None:
    """As a block whose lines are filled up to a width: its mark and its lines, not indented."""
    if not _fits_a_block(text) or "\n " in text or "\n\t" in text:
        return None
    lines: list[str] = []
    for number, paragraph in enumerate(text.removesuffix("\n").split("\n")):
        if number:
            lines.append("")
        if paragraph:
            lines.extend(_filled(paragraph, width))
    return ">" + _chomping(text), lines


def _fits_a_block(text: str) -> bool:
    return not (
        _NOT_IN_A_BLOCK.search(text) or not text or text[0] in " \t\n" or text.endswith("\n\n")
    )


def _chomping(text: str) -> str:
    return "" if text.endswith("\n") else "-"


def _filled(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for word in _NEW_FOLD.split(paragraph):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return lines
