"""The grammar: Python-Markdown with raw HTML, reference links and underlined headings taken out.

The format has no need of these, and they are its slow and its dangerous parts. Links, images,
headings and fences are read by our own rules, which the checks of a course use, too (`scan`).
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.etree import ElementTree

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from elearn.core.markdown.cost import TooSlow
from elearn.core.markdown.labels import Labels
from elearn.core.markdown.scan import HEADING, IMAGE, LINK, Fence, fenced
from elearn.core.markdown.tree import Heading, Image, Shaper, children
from elearn.core.text import NO_TEXT

# All that Python-Markdown brings but paragraphs and the empty lines between them.
_BLOCKS_OF_A_TEXT = ("indent", "code", "hashheader", "hr", "olist", "ulist", "quote")


def convert(
    source: str,
    prefix: str,
    link: Callable[[str], str | None],
    image: Callable[[str], Image | None],
    labels: Labels,
) -> tuple[str, tuple[Heading, ...]]:
    """HTML not yet cleaned, and the headings."""
    extensions = [
        SaneListExtension(),
        TableExtension(use_align_attribute=True),
        DefListExtension(),
        AdmonitionExtension(),
        FootnoteExtension(BACKLINK_TEXT="", SUPERSCRIPT_TEXT="{}"),
    ]
    parser = _without_html(Markdown(extensions=extensions))
    fences = _Fences(parser)
    parser.preprocessors.register(fences, "fences", 25)
    parser.parser.blockprocessors.register(_HeadingProcessor(parser.parser), "hashheader", 70)
    parser.inlinePatterns.register(_Targeted(IMAGE.pattern, "img", "src"), "image", 165)
    parser.inlinePatterns.register(_Targeted(LINK.pattern, "a", "href"), "link", 160)
    shaper = Shaper(prefix, link, image, labels, fences.found)
    root = _parse(parser, source)
    shaper.shape(root)
    return children(root), tuple(shaper.headings)


def convert_inline(source: str) -> str:
    """HTML of one line, not yet cleaned: only strong, em, code and character references."""
    parser = _without_html(Markdown())
    for name in _BLOCKS_OF_A_TEXT:
        parser.parser.blockprocessors.deregister(name)
    parser.inlinePatterns.deregister("autolink")
    parser.inlinePatterns.deregister("automail")
    root = _parse(parser, " ".join(source.split()))
    for element in root.iter("code"):
        element.text = html.unescape(element.text or "")
    return "".join(children(paragraph) for paragraph in root)


def _without_html(parser: Markdown) -> Markdown:
    parser.preprocessors.deregister("html_block")
    for name in ("html", "reference", "short_reference", "image_reference", "short_image_ref"):
        parser.inlinePatterns.deregister(name)
    for name in ("link", "image_link"):
        parser.inlinePatterns.deregister(name)
    for name in ("reference", "setextheader"):
        parser.parser.blockprocessors.deregister(name)
    parser.treeprocessors.deregister("prettify")
    parser.inlinePatterns.register(_Entity(r"&(?:#[0-9]+|#x[0-9a-f]+|\w+);"), "entity", 80)
    return parser


def _parse(parser: Markdown, source: str) -> ElementTree.Element:
    """The tree that Markdown.convert makes before it writes HTML."""
    # Half a character pair is no text at all, NUL is none that HTML may hold.
    lines = NO_TEXT.sub("\ufffd", source).split("\n")
    try:
        for preprocessor in parser.preprocessors:
            lines = preprocessor.run(lines)
        root = parser.parser.parseDocument(lines).getroot()
        if root is None:  # only so in its type
            return ElementTree.Element("div")
        for treeprocessor in parser.treeprocessors:
            changed = treeprocessor.run(root)
            if changed is not None:
                root = changed
    except RecursionError:
        raise TooSlow("nesting") from None
    return root


class _Entity(InlineProcessor):
    """A character reference becomes its character; an unknown one stays as written."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], _data: str
    ) -> tuple[str, int, int]:
        return html.unescape(m[0]).replace("\x02", "").replace("\x03", ""), m.start(), m.end()


class _Targeted(InlineProcessor):
    """`[text](target "title")` and `![text](target "title")`, matched in one bounded step."""

    def __init__(self, pattern: str, tag: str, attribute: str) -> None:
        super().__init__(pattern)
        self.tag, self.attribute = tag, attribute

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], _data: str
    ) -> tuple[ElementTree.Element, int, int]:
        element = ElementTree.Element(self.tag)
        element.set(self.attribute, m["target"].strip("<>"))
        if title := m["title"] or m["other_title"]:
            element.set("title", title)
        element.text = m["text"]
        return element, m.start(), m.end()


class _HeadingProcessor(BlockProcessor):
    """`## Text` on a line of its own; the space is needed, marks at the end are dropped."""

    def test(self, _parent: ElementTree.Element, block: str) -> bool:
        return "#" in block and any(HEADING.fullmatch(line) for line in block.split("\n"))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        paragraph: list[str] = []
        for line in lines:
            heading = HEADING.fullmatch(line)
            if heading is None:
                paragraph.append(line)
                continue
            self._close(parent, paragraph)
            element = ElementTree.SubElement(parent, f"h{max(2, len(heading[1]))}")
            element.text = heading[2].rstrip("# ")
        self._close(parent, paragraph)

    def _close(self, parent: ElementTree.Element, paragraph: list[str]) -> None:
        if paragraph:
            self.parser.parseBlocks(parent, ["\n".join(paragraph)])
            paragraph.clear()


class _Fences(Preprocessor):
    """Take fenced code out before anything reads it; a mark keeps its place."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.found: list[str] = []

    def run(self, lines: list[str]) -> list[str]:
        kept: list[str] = []
        for _, part in fenced(lines):
            if isinstance(part, Fence):
                kept += ["", f"{' ' * part.indent}\x02fence{len(self.found)}\x03", ""]
                self.found.append("\n".join(part.code))
            else:
                kept.append(part)
        return kept
