"""The tree as the blocks a lesson is made of: headings, paragraphs, items, tables, quotes, code."""

from __future__ import annotations

import re

from elearn.authoring.formats.pasted import runs
from elearn.authoring.formats.pasted.grid import MAX_CELLS, Grid, Repeats, captions_of, rows_of
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
from elearn.authoring.formats.pasted.runs import BREAK, Look, Run
from elearn.authoring.formats.pasted.tree import BLOCKS, Element
from elearn.authoring.formats.pasted.word import is_list_mark, stated_level, word_item

_BOLD = frozenset({"b", "strong"})
_ITALIC = frozenset({"cite", "dfn", "em", "i", "var"})
_CODE = frozenset({"code", "kbd", "samp", "tt"})
_STRUCK = frozenset({"s", "strike"})
_WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*(\w+)")
_QUOTE_CLASSES = frozenset({"msoquote", "msointensequote"})
_HEADING_CLASSES = {"msotitle": 1, "msoheading7": 6, "msoheading8": 6, "msoheading9": 6}


def blocks_of(root: Element, left_out: dict[str, None]) -> list[Block]:
    """The blocks of a tree; adds to `left_out` the codes of what they cannot say."""
    return _Reader(left_out, Repeats()).inside(root, Look())


class _Reader:
    """Gathers words into a paragraph until a block begins or ends."""

    def __init__(self, left_out: dict[str, None], repeats: Repeats) -> None:
        self.left_out, self.repeats = left_out, repeats
        self.blocks: list[Block] = []
        self.words: list[Run] = []

    def inside(self, element: Element, look: Look) -> list[Block]:
        """The blocks of one element's content, apart from those around it."""
        reader = _Reader(self.left_out, self.repeats)
        reader.walk(element, look)
        reader.end_paragraph()
        return nested(reader.blocks)

    def walk(self, element: Element, look: Look) -> None:
        for child in element.children:
            if isinstance(child, str):
                self.text(child, look)
            else:
                self.element(child, self.look_of(child, look))

    def text(self, text: str, look: Look) -> None:
        text = runs.cleaned(text)
        if look.script and text.strip():
            written = runs.in_script(text, look.script)
            if written is None:
                self.left_out["paste-raised"] = None
            text, look = written or text, look._replace(script="")
        if text:
            self.words.append(Run(text, look))

    def element(self, element: Element, look: Look) -> None:
        tag = element.tag
        if tag == "br":
            self.words.append(Run(BREAK))
        elif tag in BLOCKS:
            self.end_paragraph()
            self.block(element, look)
            self.end_paragraph()
        elif not is_list_mark(element):
            self.walk(element, look)

    def block(self, element: Element, look: Look) -> None:
        tag = element.tag
        if tag == "hr":
            self.blocks.append(Rule())
        elif tag == "pre":
            self.blocks.append(Code(runs.code_text(element.text())))
        elif tag in ("ol", "ul", "menu"):
            self.entries(element, look)
        elif tag == "table":
            self.table(element, look)
        elif tag == "li":
            self.blocks.append(Item(stated_level(element), False, self.inside(element, look)))
        elif level := _heading_level(element):
            self.heading(element, look, level)
        elif tag == "blockquote" or element.classes in _QUOTE_CLASSES:
            self.blocks.append(Quote(self.inside(element, look)))
        elif item := word_item(element):
            self.blocks.append(Item(*item, self.inside(element, look)))
        else:
            self.walk(element, look)

    def heading(self, element: Element, look: Look, level: int) -> None:
        words: list[Run] = []
        for block in self.inside(element, look):
            if isinstance(block, Paragraph):
                words += [Run(" "), *_joined(block)]
            else:
                self.blocks.append(block)
        words = [run for line in runs.lines_of(runs.plain(words)) for run in line]
        if words:
            self.blocks.append(Heading(level, words))

    def entries(self, element: Element, look: Look) -> None:
        numbered = element.tag == "ol"
        if numbered and element.attributes.get("start", "1").strip() not in ("", "1"):
            self.left_out["paste-numbers"] = None
        last: Item | None = None
        for child in element.children:
            if isinstance(child, str):
                if child.strip():
                    self.text(child, look)
                continue
            child_look = self.look_of(child, look)
            if child.tag == "li":
                self.end_paragraph()
                last = Item(stated_level(child), numbered, self.inside(child, child_look))
                self.blocks.append(last)
            elif child.tag in ("ol", "ul") and last is not None:
                holder = Element("div", children=[child])
                last.blocks += self.inside(holder, look)
            else:
                self.element(child, child_look)

    def table(self, table: Element, look: Look) -> None:
        grid = Grid(self.repeats)
        for row in rows_of(table):
            grid.begin_row()
            for cell in row:
                grid.place(cell, self.inside(cell, self.look_of(cell, look)))
        for caption in captions_of(table):
            self.blocks += self.inside(caption, look)
        rows = [row for row in grid.rows if any(row)]
        is_large = max(map(len, rows), default=0) * len(rows) > MAX_CELLS
        if is_large or len(grid.cells) == 1:
            self.blocks += [block for cell in grid.cells for block in cell]
        elif rows:
            self.blocks.append(Table(rows))
        if is_large:
            self.left_out["paste-table-large"] = None
        elif grid.merged and len(grid.cells) > 1:
            self.left_out["paste-merged-cells"] = None

    def end_paragraph(self) -> None:
        """Make a paragraph of the words so far; an empty line between two ends one, too."""
        lines: list[list[Run]] = []
        for line in [*runs.lines_of(self.words), []]:
            if line:
                lines.append(line)
            elif lines:
                self.blocks.append(Paragraph(lines))
                lines = []
        self.words = []

    def look_of(self, element: Element, look: Look) -> Look:
        tag, style = element.tag, element.style
        if tag in _STRUCK or "line-through" in style:
            self.left_out["paste-struck"] = None
        if tag == "a" and (address := element.attributes.get("href", "").strip()):
            safe = runs.safe_address(address)
            look = look._replace(address=safe or "")
            if safe is None:
                self.left_out["paste-links"] = None
        weight = _WEIGHT.search(style)
        if weight:
            bold = weight[1] in ("bold", "bolder") or (
                weight[1].isdigit() and int(weight[1]) >= 600
            )
            look = look._replace(bold=bold)
        elif tag in _BOLD:
            look = look._replace(bold=True)
        if "font-style:" in style:
            look = look._replace(italic=bool(re.search(r"font-style:\s*(?:italic|oblique)", style)))
        elif tag in _ITALIC:
            look = look._replace(italic=True)
        if tag in _CODE:
            look = look._replace(code=True)
        if tag in ("sub", "sup") or "vertical-align:" in style:
            raised = tag == "sup" or bool(re.search(r"vertical-align:\s*super", style))
            lowered = tag == "sub" or bool(re.search(r"vertical-align:\s*sub\b", style))
            look = look._replace(script="super" if raised else "sub" if lowered else look.script)
        return look


def nested(blocks: list[Block]) -> list[Block]:
    """Items that stand side by side with their levels, put under the item they belong to."""
    top: list[Block] = []
    above: list[Item] = []
    for block in blocks:
        if not isinstance(block, Item):
            above = []
            top.append(block)
            continue
        while above and above[-1].level >= block.level:
            above.pop()
        (above[-1].blocks if above else top).append(block)
        above.append(block)
    return top


def _heading_level(element: Element) -> int:
    """Level of a heading from 1; 0 for what is none."""
    if re.fullmatch("h[1-6]", element.tag):
        return int(element.tag[1])
    stated = element.attributes.get("aria-level", "")
    if element.attributes.get("role") == "heading" and re.fullmatch("[1-9]", stated):
        return min(int(stated), 6)
    return next((_HEADING_CLASSES[c] for c in element.classes.split() if c in _HEADING_CLASSES), 0)


def _joined(paragraph: Paragraph) -> list[Run]:
    words: list[Run] = []
    for line in paragraph.lines:
        words += [*line, Run(" ")]
    return words
