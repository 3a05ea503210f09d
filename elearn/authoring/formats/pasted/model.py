"""The blocks that a lesson is made of, between a pasted page and its Markdown."""

from __future__ import annotations

from dataclasses import dataclass

from elearn.authoring.formats.pasted.runs import Run


@dataclass
class Heading:
    """Level from 1 as pasted."""

    level: int
    runs: list[Run]


@dataclass
class Paragraph:
    """Lines with a break between them."""

    lines: list[list[Run]]


@dataclass
class Item:
    """One entry of a list and what stands under it; the top level is 1."""

    level: int
    numbered: bool
    blocks: list[Block]


@dataclass
class Quote:
    """What somebody else said."""

    blocks: list[Block]


@dataclass
class Code:
    """Lines of a program."""

    text: str


@dataclass
class Rule:
    """A line across."""


@dataclass
class Table:
    """Rows of cells; the first row is the header. Rows may differ in length."""

    rows: list[list[list[Block]]]


Block = Heading | Paragraph | Item | Quote | Code | Rule | Table
