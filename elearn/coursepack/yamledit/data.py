"""What a YAML text says, as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from elearn.core.text import NO_TEXT
from elearn.coursepack.limits import DEFAULT_LIMITS
from elearn.coursepack.problems import Language, Problem, Report
from elearn.coursepack.yamlnodes import Allowance, Listing, Node, Table, parse

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | Decimal | bool | None"

MOST_DIGITS = 300  # Python itself refuses to read whole numbers of more than 4,300
LONGEST_NAME = 200  # of a field; a parser looks for its colon 1,024 characters far
_WHOLE = re.compile(rf"[-+]?[0-9]{{1,{MOST_DIGITS}}}")
_DECIMAL = re.compile(rf"[-+]?[0-9]{{1,{MOST_DIGITS}}}\.[0-9]{{1,{MOST_DIGITS}}}")
_WORDS: dict[str, bool | None] = {
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
}


class Unreadable(ValueError):
    """A text that the course format does not read. `line` counts from 1, `reason` is its code."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.line, problem.code)
        self.line = problem.line
        self.reason = problem.code
        self.problem = problem

    def sentence(self, language: Language) -> str:
        """What is wrong and what to do, for a person."""
        return self.problem.sentence(language)


class Unwritable(ValueError):
    """Data that no course file can hold: NUL, half a character, no number, too deep."""


def plain(text: str) -> Data:
    """What a YAML text says; quoted values are always text.

    Raises Unreadable for what the course format refuses.
    """
    return meaning(read(text))


# Who edits asks what a text says, changes it and asks again: the same two texts, many times.
@lru_cache(maxsize=4)
def read(text: str) -> Node:
    """The nodes of a text, not to be changed; raises Unreadable with the first problem."""
    limits = DEFAULT_LIMITS
    report = Report(limits.problems)
    allowance = Allowance(limits.yaml_depth, limits.yaml_nodes, limits.all_yaml_bytes)
    node = parse(text, "", 1, allowance, report)
    for line, reason in _not_to_be_written(node) if node else ():
        report.add("", line, "yaml-broken", reason=reason)
    if report.has_errors or node is None:
        raise Unreadable(report.sorted()[0])
    return node


def decoded(content: bytes, path: str = "") -> str:
    """The text of a file. Raises Unreadable with the first line that is not UTF-8."""
    try:
        return content.decode()
    except UnicodeDecodeError as fault:
        line = content.count(b"\n", 0, fault.start) + 1
        raise Unreadable(Problem(path, line, "text-encoding", (), "error")) from None


def meaning(node: Node) -> Data:
    """What a node says."""
    if isinstance(node, Table):
        return {name: meaning(value) for name, value in node.entries.items()}
    if isinstance(node, Listing):
        return [meaning(item) for item in node.items]
    return scalar(node.value) if node.plain else node.value


def scalar(written: str) -> Data:
    """What a word without quotes says."""
    if written in _WORDS:
        return _WORDS[written]
    if _WHOLE.fullmatch(written):
        return int(written)
    if _DECIMAL.fullmatch(written):
        return Decimal(written)
    return written


def same(one: Data, other: Data) -> bool:
    """Whether two data mean the same: the order of fields does not count, 1 is not true."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    return one == other


def _not_to_be_written(node: Node) -> Iterator[tuple[int, str]]:
    """The lines that say what `check` refuses, and why: an editor could not write them back."""
    if isinstance(node, Table):
        for name, value in node.entries.items():
            if len(name) > LONGEST_NAME or NO_TEXT.search(name):
                yield value.line, "name of a field"
            yield from _not_to_be_written(value)
    elif isinstance(node, Listing):
        for item in node.items:
            yield from _not_to_be_written(item)
    elif NO_TEXT.search(node.value):
        yield node.line, "NUL or half a character"


def check(data: Data, depth: int = DEFAULT_LIMITS.yaml_depth) -> None:
    """Raises Unwritable where data cannot be written so that it is read back."""
    if isinstance(data, dict | list):
        if depth == 0:
            raise Unwritable("nested too deep")
        for item in data.values() if isinstance(data, dict) else data:
            check(item, depth - 1)
        for name in data if isinstance(data, dict) else ():
            _check_text(name, LONGEST_NAME)
    elif isinstance(data, str):
        _check_text(data, DEFAULT_LIMITS.all_yaml_bytes)
    elif isinstance(data, int | Decimal):
        _check_number(data)
    elif data is not None:
        raise TypeError(f"{type(data).__name__} is no data of a course")


def _check_text(text: str, longest: int) -> None:
    if NO_TEXT.search(text):
        raise Unwritable("a text has NUL or half a character")
    if len(text) > longest:
        raise Unwritable("a text or the name of a field is too long")


def _check_number(number: int | Decimal) -> None:
    _, digits, exponent = Decimal(number).as_tuple()
    if not isinstance(exponent, int):
        raise Unwritable("not a number, or without end")
    if max(len(digits) + exponent, -exponent) > MOST_DIGITS:
        raise Unwritable("a number is too long")
