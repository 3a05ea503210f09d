"""Rows of a form that are added, removed and moved by buttons, with no script.

A field of a row is named `<list>-<number>` or `<list>-<number>-<what>`, as its place in the data;
a button sends `act` = `<what>-<list>-<number>`: up, down, remove; or `add-<list>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from werkzeug.datastructures import MultiDict

Form = MultiDict[str, str]

MOST_ROWS = 40  # more than any list of a course may have; what a form sends is counted up to this
_ACT = re.compile(r"(up|down|remove|add)-([a-z]+)(?:-(\d{1,2}))?")
_Row = list[tuple[str, str]]  # what follows the number in a name, value


def count_of(names: Iterable[str], rows: str) -> int:
    """How many rows of this list the names of a form speak of."""
    shape = re.compile(rf"{rows}-(\d{{1,2}})(?:-.+)?")
    numbers = [int(match[1]) for name in names if (match := shape.fullmatch(name))]
    return min(max(numbers, default=-1) + 1, MOST_ROWS)


def offered(form: Form, rows: str, most: int) -> int:
    """How many rows the form is drawn with: those that say anything, and an empty one to fill."""
    return min(len(_rows_of(form, rows)) + 1, max(most, count_of(form, rows)))


def rearranged(form: Form, lists: Iterable[str]) -> tuple[Form, str]:
    """The form as its button of a row makes it, and the row to go on with ("outcomes-2").

    lists: names of those that may be rearranged. "": no such button was pressed.
    """
    match = _ACT.fullmatch(form.get("act", ""))
    if match is None or match[2] not in lists:
        return form, ""
    act, name = match[1], match[2]
    rows = _rows_of(form, name)
    at = int(match[3]) if match[3] else len(rows)
    if act == "remove" and at < len(rows):
        del rows[at]
    elif act in ("up", "down"):
        to = at - 1 if act == "up" else at + 1
        if at < len(rows) and 0 <= to < len(rows):
            rows[at], rows[to] = rows[to], rows[at]
            at = to
    return _with_rows(form, name, rows), f"{name}-{min(at, len(rows))}"


def _rows_of(form: Form, name: str) -> list[_Row]:
    """The rows of a list that say anything."""
    rows: list[_Row] = [[] for _ in range(count_of(form, name))]
    shape = re.compile(rf"{name}-(\d{{1,2}})(-.+)?")
    for field, value in form.items(multi=True):
        match = shape.fullmatch(field)
        if match and int(match[1]) < len(rows):
            rows[int(match[1])].append((match[2] or "", value))
    while rows and not any(value.strip() for _what, value in rows[-1]):
        rows.pop()
    return rows


def _with_rows(form: Form, name: str, rows: list[_Row]) -> Form:
    shape = re.compile(rf"{name}-\d{{1,2}}(?:-.+)?")
    kept = [(n, v) for n, v in form.items(multi=True) if not shape.fullmatch(n)]
    new = [
        (f"{name}-{number}{what}", value) for number, row in enumerate(rows) for what, value in row
    ]
    return MultiDict([*kept, *new])
