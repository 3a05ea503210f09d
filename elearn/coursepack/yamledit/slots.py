"""Where a value stands, and how another takes its place whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from elearn.coursepack.yamledit import writing
from elearn.coursepack.yamledit.data import Data
from elearn.coursepack.yamledit.edits import Edit, column_of, line_end
from elearn.coursepack.yamledit.restyling import comment_of_block, restyled, restyled_in_flow
from elearn.coursepack.yamlnodes import Node, Scalar


class Slot(Protocol):
    """The place of a value."""

    def replaced(self, text: str, node: Node, new: Data, /) -> list[Edit]:
        """The edits that write new data in place of a whole node."""

    def restyled(self, text: str, node: Scalar, new: Data, /) -> str | None:
        """New data written as the old ones were; None where that cannot be."""


@dataclass(frozen=True)
class Root:
    """The whole document."""

    def replaced(self, text: str, node: Node, new: Data) -> list[Edit]:
        end = line_end(text, node.end)
        return [Edit(node.start, end, writing.emit(new)[: -1 if end < len(text) else None])]

    def restyled(self, text: str, node: Scalar, new: Data) -> str | None:
        return restyled(text[node.start : node.end], node, new)


@dataclass(frozen=True)
class InFlow:
    """Between brackets or braces."""

    def replaced(self, _: str, node: Node, new: Data) -> list[Edit]:
        return [Edit(node.start, node.end, writing.flow(new))]

    def restyled(self, _: str, node: Scalar, new: Data) -> str | None:
        return restyled_in_flow(node, new)


@dataclass(frozen=True)
class _InBlock:
    """Behind a colon or hyphen (after: the offset right behind it) of a block at a column."""

    after: int
    column: int

    def restyled(self, text: str, node: Scalar, new: Data) -> str | None:
        # What is not there yet has no way of quoting, nor the space that goes before it.
        if node.start == node.end:
            return None
        return restyled(text[node.start : node.end], node, new)

    def _replaced(self, text: str, node: Node, written: writing.Written) -> list[Edit]:
        head, below = written
        head += comment_of_block(text[node.start : node.end], node)
        end = max(node.end, self.after)
        is_block = not isinstance(node, Scalar) and not node.is_flow
        if is_block:  # a comment beside its last line goes with it
            end = line_end(text, end)
        lines = "".join("\n" + line for line in below)
        if lines and line_end(text, end) == len(text):
            lines += "\n"
        first_line_end = line_end(text, self.after)
        if is_block and node.start > first_line_end:
            # A comment behind the colon stays there.
            there = Edit(self.after, self.after, f" {head}" if head else "")
            return [there, Edit(first_line_end, end, lines)]
        on_its_line = node.start < end and head and node.start <= first_line_end
        start = node.start if on_its_line else self.after
        here = Edit(start, end, head if on_its_line or not head else f" {head}")
        last_line_end = line_end(text, end)
        return [here, Edit(last_line_end, last_line_end, lines)] if lines else [here]


@dataclass(frozen=True)
class UnderName(_InBlock):
    """The value of a field."""

    def replaced(self, text: str, node: Node, new: Data) -> list[Edit]:
        taken = column_of(text, self.after) + 1
        return self._replaced(text, node, writing.under_name(new, self.column, taken))


@dataclass(frozen=True)
class UnderHyphen(_InBlock):
    """An entry of a list."""

    def replaced(self, text: str, node: Node, new: Data) -> list[Edit]:
        return self._replaced(text, node, writing.under_hyphen(new, self.column))
