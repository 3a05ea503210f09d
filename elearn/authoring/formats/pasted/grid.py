"""A table while it is read: which cell stands where when some reach over others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from elearn.authoring.formats.pasted.model import Block
from elearn.authoring.formats.pasted.tree import Element

MAX_CELLS = 8_000  # of one table; the renderer refuses more
MAX_SPAN = 20
MAX_REPEATS = 2_000  # of merged cells in one paste
MAX_REPEATED_CHARACTERS = 200


@dataclass
class Repeats:
    """How often the content of a merged cell may still be repeated."""

    left: int = MAX_REPEATS


class Grid:
    """A table while it is filled: cells that reach over others are repeated there."""

    def __init__(self, repeats: Repeats) -> None:
        self.rows: list[list[list[Block]]] = []
        self.cells: list[list[Block]] = []
        self.merged = False
        self.repeats = repeats
        self.from_above: dict[int, tuple[int, list[Block]]] = {}  # column: rows to come, content

    def begin_row(self) -> None:
        self.rows.append([])
        self._take_from_above()

    def place(self, cell: Element, blocks: list[Block]) -> None:
        across, down = _span(cell, "colspan"), _span(cell, "rowspan")
        self.cells.append(blocks)
        self.rows[-1].append(blocks)
        column = len(self.rows[-1]) - 1
        if across > 1 or down > 1:
            self.merged = True
            repeated = blocks if len(cell.text()) <= MAX_REPEATED_CHARACTERS else []
            for _ in range(across - 1):
                self._repeat(repeated)
            if down > 1:
                for covered in range(column, len(self.rows[-1])):
                    self.from_above[covered] = (down - 1, repeated)
        self._take_from_above()

    def _repeat(self, blocks: list[Block]) -> None:
        if self.repeats.left > 0:
            self.repeats.left -= 1
            self.rows[-1].append(blocks)

    def _take_from_above(self) -> None:
        while (column := len(self.rows[-1])) in self.from_above and self.repeats.left > 0:
            left, blocks = self.from_above.pop(column)
            if left > 1:
                self.from_above[column] = (left - 1, blocks)
            self._repeat(blocks)


def _span(cell: Element, name: str) -> int:
    text = cell.attributes.get(name, "1").strip()
    return min(max(int(text), 1), MAX_SPAN) if re.fullmatch("[0-9]{1,5}", text) else 1


def rows_of(table: Element) -> Iterator[list[Element]]:
    for child in table.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "tr":
            yield [
                cell
                for cell in child.children
                if isinstance(cell, Element) and cell.tag in ("td", "th")
            ]
        elif child.tag in ("tbody", "tfoot", "thead"):
            yield from rows_of(child)


def captions_of(table: Element) -> list[Element]:
    return [c for c in table.children if isinstance(c, Element) and c.tag == "caption"]
