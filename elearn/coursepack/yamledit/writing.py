"""New YAML, in the style that the course files are written in."""

from __future__ import annotations

import re
from decimal import Decimal

from elearn.coursepack.yamledit.data import Data, check
from elearn.coursepack.yamledit.quoting import double, is_word, literal

STEP = 2  # columns that each level is moved in
WIDTH = 120  # columns up to which a short mapping or list is written on one line
_LANGUAGE = re.compile(r"(?!key$)[a-z]{2,3}")

Written = tuple[str, list[str]]  # what stands on the line of the name or hyphen; the lines below


def emit(data: Data) -> str:
    """Data as a YAML text of its own. Raises Unwritable for what no course file can hold."""
    check(data)
    if isinstance(data, dict | list) and data:
        return "\n".join(_collection(data, 0)) + "\n"
    head, below = under_name(data, 0, 0)
    return "\n".join([head, *below]) + "\n"


def under_name(data: Data, column: int, taken: int) -> Written:
    """A value as it follows a name that stands at a column; taken: width that the name takes."""
    short = _on_one_line(data, WIDTH - taken)
    if short is not None:
        return short, []
    if isinstance(data, str):
        return _block(data, column + STEP)
    return "", _collection(data, column + STEP)


def under_hyphen(data: Data, column: int) -> Written:
    """A value as an entry of a list whose hyphens stand at a column."""
    head, below = under_name(data, column, column + STEP)
    if head or not below:
        return head, below
    return below[0].lstrip(" "), below[1:]


def name(key: str) -> str:
    """The name of a field."""
    return key if is_word(key) else double(key)


def atom(data: Data) -> str:
    """A single value on one line."""
    if isinstance(data, str):
        return data if is_word(data) else double(data)
    if data is None:
        return "null"
    if isinstance(data, bool):
        return "true" if data else "false"
    return format(data, "f") if isinstance(data, Decimal) else str(data)


def flow(data: Data) -> str:
    """Any data on one line, between braces and brackets."""
    if isinstance(data, dict):
        write = double_or_flow if _is_texts(data) else flow
        return "{" + ", ".join(f"{name(k)}: {write(v)}" for k, v in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(flow, data)) + "]"
    return atom(data)


def double_or_flow(data: Data) -> str:
    """Prose is quoted even where it is one word."""
    return double(data) if isinstance(data, str) else flow(data)


def _on_one_line(data: Data, room: int) -> str | None:
    """The short form, where the style has one for these data and it fits."""
    if isinstance(data, dict):
        is_short = (
            _is_texts(data) and not any("\n" in str(text) for text in data.values())
        ) or all(map(_is_number, data.values()))
    elif isinstance(data, list):
        is_short = all(isinstance(item, str) and is_word(item) for item in data)
    else:
        is_long_text = isinstance(data, str) and "\n" in data and literal(data) is not None
        return None if is_long_text else atom(data)
    written = flow(data) if is_short else ""
    return written if not data or (is_short and len(written) <= room) else None


def _is_texts(data: dict[str, Data]) -> bool:
    """Whether a mapping is a text by language."""
    return bool(data) and all(
        _LANGUAGE.fullmatch(key) and isinstance(value, str) for key, value in data.items()
    )


def _is_number(data: Data) -> bool:
    return isinstance(data, int | Decimal) and not isinstance(data, bool)


def _block(text: str, column: int) -> Written:
    found = literal(text)
    if found is None:
        return double(text), []
    mark, lines = found
    return mark, [indented(line, column) for line in lines]


def _collection(data: Data, column: int) -> list[str]:
    lines: list[str] = []
    if isinstance(data, dict):
        prose = _is_texts(data)
        for key, value in data.items():
            lines += field(key, value, column) if not prose else _prose(key, value, column)
    elif isinstance(data, list):
        for item in data:
            head, below = under_hyphen(item, column)
            lines += [f"{' ' * column}- {head}", *below]
    return lines


def field(key: str, value: Data, column: int) -> list[str]:
    """The lines of one field of a block mapping at a column."""
    start = " " * column + name(key) + ":"
    head, below = under_name(value, column, len(start) + 1)
    return [f"{start} {head}" if head else start, *below]


def _prose(key: str, value: Data, column: int) -> list[str]:
    text = str(value)
    head, below = _block(text, column + STEP) if "\n" in text else (double(text), [])
    return [f"{' ' * column}{name(key)}: {head}", *below]


def indented(line: str, column: int) -> str:
    """A line moved in; an empty one stays empty."""
    return " " * column + line if line else line
