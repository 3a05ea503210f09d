"""From lines of a YAML text to places in its data, and back."""

from __future__ import annotations

from typing import TypeAlias

from elearn.coursepack.yamledit.data import read
from elearn.coursepack.yamlnodes import Listing, Node, Table

Place: TypeAlias = tuple[str | int, ...]  # names of fields and indexes of entries, from the top


def place_at(text: str, line: int) -> Place:
    """The deepest place that covers a line and shares it with no other; () outside of all fields.

    Raises Unreadable.
    """
    place: Place = ()
    node: Node = read(text)
    while True:
        there = [
            (step, child)
            for step, first_line, child in _children(node)
            if first_line <= line <= _last_line(text, first_line, child)
        ]
        if len(there) != 1:  # several stand on the line, or none
            return place
        place, node = (*place, there[0][0]), there[0][1]


def _last_line(text: str, first_line: int, node: Node) -> int:
    return max(first_line, node.line + text.count("\n", node.start, node.end))


def line_of(text: str, place: Place) -> int:
    """The line where a place begins, or the nearest part above it that is there.

    Raises Unreadable.
    """
    node = read(text)
    line = 1
    for step in place:
        found = [(first, child) for name, first, child in _children(node) if name == step]
        if not found:
            return line
        line, node = found[0]
    return line


def _children(node: Node) -> list[tuple[str | int, int, Node]]:
    """Each part of a node: its step, the line it begins on, its value."""
    if isinstance(node, Table):
        return [(name, node.keys[name].line, value) for name, value in node.entries.items()]
    if isinstance(node, Listing):
        return [(index, item.line, item) for index, item in enumerate(node.items)]
    return []
