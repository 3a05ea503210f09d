"""Blocks as Markdown in the form that lessons have."""

from __future__ import annotations

import re

from elearn.authoring.formats.pasted import runs
from elearn.authoring.formats.pasted.model import (
    Block,
    Code,
    Heading,
    Item,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from elearn.authoring.formats.pasted.runs import Look, Run

TOP_LEVEL = 2
DEEPEST_LEVEL = 6
_SPACE = Run(" ")
MAX_DEPTH = 6  # of lists and quotes; the renderer refuses a line that is deeper than 8


def markdown(blocks: list[Block], left_out: dict[str, None]) -> str:
    """Markdown of the blocks; its highest heading has two marks, as lessons begin with them."""
    while blocks and isinstance(blocks[-1], Rule):
        blocks.pop()
    highest = min((b.level for b in blocks if isinstance(b, Heading)), default=TOP_LEVEL)
    text = _Writer(TOP_LEVEL - highest, left_out).written(blocks, 0)
    return f"{text}\n" if text else ""


class _Writer:
    def __init__(self, shift: int, left_out: dict[str, None]) -> None:
        self.shift, self.left_out = shift, left_out

    def written(self, blocks: list[Block], depth: int) -> str:
        parts: list[str] = []
        items: list[Item] = []
        for block in [*blocks, None]:
            if isinstance(block, Item) and (not items or items[0].numbered == block.numbered):
                items.append(block)
                continue
            if items:
                parts.append(self.entries(items, depth))
            items = [block] if isinstance(block, Item) else []
            if block is not None and not items:
                parts.append(self.block(block, depth))
        return "\n\n".join(filter(None, parts))

    def block(self, block: Block, depth: int) -> str:
        if isinstance(block, Heading):
            return self.heading(block, depth)
        if isinstance(block, Paragraph):
            return "  \n".join(runs.markdown_line(line) for line in block.lines)
        if isinstance(block, Code):
            return _fenced(block.text)
        if isinstance(block, Table):
            return self.table(block)
        if isinstance(block, Quote):
            return self.quote(block, depth)
        return "---" if isinstance(block, Rule) else ""

    def heading(self, heading: Heading, depth: int) -> str:
        if depth:  # a heading within a list or a quote would stand in the table of contents
            return runs.markdown_line(
                [run._replace(look=run.look._replace(bold=True)) for run in heading.runs]
            )
        level = min(heading.level + self.shift, DEEPEST_LEVEL)
        words = runs.markdown_line(heading.runs)
        # Marks at the end of a heading are dropped when it is read.
        words = re.sub("#+$", lambda m: "&#35;" * len(m[0]), words)
        return f"{'#' * level} {words}"

    def entries(self, items: list[Item], depth: int) -> str:
        """A list with a blank line between its entries when one of them has more than lines."""
        if depth + 1 >= MAX_DEPTH:
            items = _flat(items)
        written = []
        for number, item in enumerate(items, start=1):
            mark = f"{number}. " if item.numbered else "- "
            written.append(self.item(item, mark, depth))
        written = list(filter(None, written))
        loose = any("\n\n" in text for text in written)
        return ("\n\n" if loose else "\n").join(written)

    def item(self, item: Item, mark: str, depth: int) -> str:
        first, *rest = _opened(item.blocks) or [Paragraph([])]
        if isinstance(first, Item):  # an entry without words of its own
            return self.written([first, *rest], depth)
        if isinstance(first, Table | Code | Rule):  # these cannot stand beside the mark
            return self.written([first, *rest], depth)
        words = self.block(first, depth + 1)
        below = self.written(rest, depth + 1)
        is_tight = all(isinstance(block, Item) for block in rest) and "\n\n" not in below
        text = "\n".join(filter(None, [words, below])) if is_tight else f"{words}\n\n{below}"
        return mark + _indented(text) if text else ""

    def quote(self, quote: Quote, depth: int) -> str:
        if depth >= MAX_DEPTH:
            return self.written(quote.blocks, depth)
        text = self.written(quote.blocks, depth + 1)
        return "\n".join(f"> {line}" if line else ">" for line in text.split("\n")) if text else ""

    def table(self, table: Table) -> str:
        width = max(map(len, table.rows))
        rows = [[*map(self.cell, row), *[""] * (width - len(row))] for row in table.rows]
        rows.insert(1, ["---"] * width)
        return "\n".join(f"| {' | '.join(row)} |" for row in rows)

    def cell(self, blocks: list[Block]) -> str:
        if len(blocks) > 1 or any(not isinstance(b, Paragraph) or len(b.lines) > 1 for b in blocks):
            self.left_out["paste-cells"] = None
        words = runs.lines_of(_words_of(blocks))
        return runs.markdown_words(words[0])


def _opened(blocks: list[Block]) -> list[Block]:
    """The blocks of an entry; a quote at its beginning is opened, so that the mark has words."""
    while blocks and isinstance(blocks[0], Quote):
        blocks = [*blocks[0].blocks, *blocks[1:]]
    return blocks


def _flat(items: list[Item]) -> list[Item]:
    """Entries below the deepest level that is written, beside those they stood under."""
    flat: list[Item] = []
    for item in items:
        own: list[Block] = [block for block in item.blocks if not isinstance(block, Item)]
        flat.append(Item(item.level, item.numbered, own))
        flat += _flat([block for block in item.blocks if isinstance(block, Item)])
    return flat


def _indented(text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"    {line}" if line else "" for line in rest)])


def _fenced(text: str) -> str:
    text = "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")
    if not text:
        return ""
    longest = max((len(ticks) for ticks in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence, text, fence])


def _words_of(blocks: list[Block]) -> list[Run]:
    """All words of a cell in one line; entries of a list with a dot before them."""
    words: list[Run] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words += [run for line in block.lines for run in [*line, _SPACE]]
        elif isinstance(block, Heading):
            words += [*block.runs, _SPACE]
        elif isinstance(block, Item):
            words += [Run("• "), *_words_of(block.blocks)]
        elif isinstance(block, Quote):
            words += _words_of(block.blocks)
        elif isinstance(block, Code):
            words += [Run(" ".join(block.text.split()), Look(code=True)), _SPACE]
        elif isinstance(block, Table):
            words += [run for row in block.rows for cell in row for run in _words_of(cell)]
    return words
