"""The running text of a Markdown source, block by block: what is read in sentences, and tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

_MARK = re.compile(r"(?:(?:[-*+]|\d{1,9}\.|:)[ ]+)+(?:\[[ xX]\][ ]+)?")
_MARK_STARTS = frozenset("-*+:0123456789")
_APART = frozenset({"", "#", "|", "!", "["})  # what ends a paragraph: see `read`
# What stands behind the words of a link, on one line, so that no line is lost with it.
_TARGET = re.compile(r"\]\([^()\n]{0,2000}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)")
_NOTE_MARK = re.compile(r"\[\^[^\[\]\n]{0,99}\](?!:)")


class Block(NamedTuple):
    """A paragraph, a list item, a heading or a row; line counts from 1 in its source."""

    line: int
    words: str


@dataclass
class Prose:
    """paragraphs: what is read in sentences, items of lists among them; tables: rows by table."""

    paragraphs: list[Block] = field(default_factory=list)
    headings: list[Block] = field(default_factory=list)
    tables: list[list[Block]] = field(default_factory=list)


def read(source: str) -> Prose:
    """The blocks of a source whose code is blank (`Found.prose`).

    Titles of boxes, footnotes and images that stand alone are no prose: they are not read in one
    go with the text.
    """
    prose = Prose()
    paragraph: list[str] = []
    start = 0
    in_table = False
    for number, line in enumerate(_words_of_links(source).split("\n"), start=1):
        words = line.strip()
        first = words[:1]
        if first == ">":
            words = words.lstrip("> ")
            first = words[:1]
        mark = _MARK.match(words) if first in _MARK_STARTS else None
        is_apart = first in _APART and (first != "[" or words.startswith("[^"))
        if paragraph and (is_apart or mark):
            prose.paragraphs.append(Block(start, " ".join(paragraph)))
            paragraph = []
        if not is_apart:
            if not paragraph:
                start = number
            paragraph.append(words[mark.end() :] if mark else words)
        elif first == "#":
            prose.headings.append(Block(number, words))
        elif first == "|":
            if not in_table:
                prose.tables.append([])
            prose.tables[-1].append(Block(number, words))
        in_table = first == "|"
    if paragraph:
        prose.paragraphs.append(Block(start, " ".join(paragraph)))
    return prose


def _words_of_links(source: str) -> str:
    if "](" in source:
        source = _TARGET.sub("", source)
    return _NOTE_MARK.sub("", source) if "[^" in source else source
