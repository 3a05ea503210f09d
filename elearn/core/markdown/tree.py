"""Parse Markdown and shape the tree: prefix ids, resolve links, make tables, figures and asides.

Python-Markdown gives the grammar; raw HTML, reference links and underlined headings are taken out
of it (the format has no need of them, and they are the slow and the dangerous parts).
"""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER, FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

from elearn.core.markdown.allow import is_safe_address
from elearn.core.markdown.cost import TooSlow
from elearn.core.markdown.labels import Labels
from elearn.core.markdown.scan import HEADING, IMAGE, LINK, Fence, fenced, heading_id

SHOWN_IMAGE_BYTES = 30 * 1024
MAX_DEPTH = 60
_FENCE_MARK = re.compile("\x02fence([0-9]+)\x03")
_KINDS = ("note", "tip", "warning", "example")
_OUTSIDE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_VOID = frozenset({"br", "hr", "img"})
_ON_OWN_LINE = frozenset(
    ["aside", "blockquote", "dd", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul"]
)


@dataclass(frozen=True)
class Image:
    """A file that an image shows; sizes in pixels and bytes."""

    url: str
    width: int
    height: int
    size_bytes: int


@dataclass(frozen=True)
class Heading:
    """One heading of a rendered text; id with its prefix."""

    level: int
    id: str
    text: str


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
    shaper = _Shaper(prefix, link, image, labels, fences.found)
    root = _parse(parser, source)
    shaper.shape(root)
    return _children(root), tuple(shaper.headings)


def convert_inline(source: str) -> str:
    """HTML of one line, not yet cleaned: only strong, em, code and character references."""
    parser = _without_html(Markdown())
    for name in [item.name for item in parser.parser.blockprocessors._priority]:
        if name not in {"empty", "paragraph"}:
            parser.parser.blockprocessors.deregister(name)
    parser.inlinePatterns.deregister("autolink")
    parser.inlinePatterns.deregister("automail")
    root = _parse(parser, " ".join(source.split()))
    for element in root.iter("code"):
        element.text = html.unescape(element.text or "")
    return "".join(_children(paragraph) for paragraph in root)


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


def _parse(parser: Markdown, source: str) -> etree.Element:
    """The tree that Markdown.convert makes before it writes HTML."""
    lines = source.split("\n")
    try:
        for preprocessor in parser.preprocessors:
            lines = preprocessor.run(lines)
        root: etree.Element = parser.parser.parseDocument(lines).getroot()
        for treeprocessor in parser.treeprocessors:
            changed = treeprocessor.run(root)
            root = root if changed is None else changed
    except RecursionError:
        raise TooSlow("nesting") from None
    return root


class _Entity(InlineProcessor):
    """A character reference becomes its character; an unknown one stays as written."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        return html.unescape(m[0]).replace("\x02", "").replace("\x03", ""), m.start(), m.end()


class _Targeted(InlineProcessor):
    """`[text](target "title")` and `![text](target "title")`, matched in one bounded step."""

    def __init__(self, pattern: str, tag: str, attribute: str) -> None:
        super().__init__(pattern)
        self.tag, self.attribute = tag, attribute

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[etree.Element, int, int]:
        element = etree.Element(self.tag)
        element.set(self.attribute, m["target"].strip("<>"))
        if title := m["title"] or m["other_title"]:
            element.set("title", title)
        element.text = m["text"]
        return element, m.start(), m.end()


class _HeadingProcessor(BlockProcessor):
    """`## Text` on a line of its own; the space is needed, marks at the end are dropped."""

    def test(self, parent: etree.Element, block: str) -> bool:
        return "#" in block and any(HEADING.fullmatch(line) for line in block.split("\n"))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        paragraph: list[str] = []
        for line in lines:
            heading = HEADING.fullmatch(line)
            if heading is None:
                paragraph.append(line)
                continue
            self._close(parent, paragraph)
            element = etree.SubElement(parent, f"h{max(2, len(heading[1]))}")
            element.text = heading[2].rstrip("# ")
        self._close(parent, paragraph)

    def _close(self, parent: etree.Element, paragraph: list[str]) -> None:
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


class _Shaper:
    """Walks the parsed tree once and makes of it what the pages show."""

    def __init__(
        self,
        prefix: str,
        link: Callable[[str], str | None],
        image: Callable[[str], Image | None],
        labels: Labels,
        fences: list[str],
    ) -> None:
        self.prefix, self.link, self.image, self.labels = prefix, link, image, labels
        self.fences = fences
        self.headings: list[Heading] = []
        self.used: dict[str, int] = {}
        self.footnotes: dict[str, str] = {}
        self.references: dict[str, str] = {}

    def shape(self, root: etree.Element) -> None:
        self._number_footnotes(root)
        self._walk(root, 0)

    def _number_footnotes(self, root: etree.Element) -> None:
        """Old ids hold the author's words; the new ones are numbers under our prefix."""
        for element in root.iter():
            element.text = (element.text or "").replace(NBSP_PLACEHOLDER, " ")
            element.tail = (element.tail or "").replace(NBSP_PLACEHOLDER, " ")
            old = element.get("id", "")
            if element.tag == "sup":
                self.references[old] = f"{self.prefix}-fnref-{len(self.references) + 1}"
            elif element.tag == "li" and old:
                self.footnotes[old] = str(len(self.footnotes) + 1)

    def _walk(self, element: etree.Element, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise TooSlow("nesting")
        for place, child in enumerate(list(element)):
            if mark := _FENCE_MARK.fullmatch((child.text or "").strip()):
                self._fence(child, int(mark[1]))
                continue
            self._walk(child, depth + 1)
            shape = getattr(self, f"_shape_{child.tag}", None)
            if shape is not None:
                element[place] = self._with_tail(shape(child), child)

    @staticmethod
    def _with_tail(new: etree.Element, old: etree.Element) -> etree.Element:
        if new is not old:
            new.tail = old.tail
        return new

    def _fence(self, element: etree.Element, number: int) -> None:
        if element.tag == "p":
            element.tag, target = "pre", element
        else:
            target = etree.SubElement(element, "pre")
        element.text = ""
        etree.SubElement(target, "code").text = self.fences[number] + "\n"

    def _shape_code(self, code: etree.Element) -> etree.Element:
        code.text = html.unescape(code.text or "")  # Python-Markdown escapes code, we do it later
        return code

    def _heading(self, heading: etree.Element) -> etree.Element:
        text = " ".join("".join(heading.itertext()).split())
        heading.set("id", f"{self.prefix}-{heading_id(text, self.used)}")
        self.headings.append(Heading(int(heading.tag[1]), heading.get("id", ""), text))
        return heading

    _shape_h2 = _shape_h3 = _shape_h4 = _shape_h5 = _shape_h6 = _heading

    def _shape_a(self, a: etree.Element) -> etree.Element:
        if a.get("class") == "footnote-backref":
            return self._back(a)
        if a.get("class") == "footnote-ref":
            return a  # its parent makes the reference
        target = a.attrib.pop("href", "").strip()
        a.attrib.clear()
        if target.startswith("#"):
            a.set("href", f"#{self.prefix}-{target[1:]}")
        elif _OUTSIDE.match(target):
            if is_safe_address(target):
                a.set("href", target)
                if not target.lower().startswith("mailto:"):
                    a.set("rel", "noopener noreferrer")
        elif target and not target.startswith(("/", "\\")) and (address := self.link(target)):
            a.set("href", address)
        if not a.get("href"):
            a.tag = "span"  # the words stay; an address that leads nowhere goes
        return a

    def _shape_sup(self, sup: etree.Element) -> etree.Element:
        old_link = sup[0]
        number = self.footnotes.get((old_link.get("href") or "#")[1:], "")
        a = etree.Element("a", id=self.references[sup.get("id", "")])
        a.set("href", f"#{self.prefix}-fn-{number}")
        a.set("aria-label", self.labels.footnote.format(number=number))
        etree.SubElement(a, "sup").text = number
        return a

    def _back(self, a: etree.Element) -> etree.Element:
        reference = self.references.get(a.get("href", "#")[1:], "")
        a.attrib.clear()
        a.set("href", f"#{reference}")
        number = reference.rpartition("-")[2]
        a.set("aria-label", self.labels.back.format(number=number))
        a.text = "↩"
        return a

    def _shape_img(self, img: etree.Element) -> etree.Element:
        target, title = img.get("src", ""), img.get("title", "")
        alt = " ".join("".join(img.itertext()).split())
        file = None if _OUTSIDE.match(target) or target[:1] in "/\\" else self.image(target)
        if file is None:
            missing = etree.Element("span", {"class": "media-missing"})
            missing.text = alt
            return missing
        if file.size_bytes > SHOWN_IMAGE_BYTES:
            large = etree.Element("a", {"class": "media-link", "href": file.url})
            large.text = f"{alt} ({self.labels.size(file.size_bytes)})".strip()
            return large
        shown = etree.Element("img", src=file.url, alt=alt)
        shown.set("width", str(file.width))
        shown.set("height", str(file.height))
        shown.set("loading", "lazy")
        shown.set("decoding", "async")
        if title:
            shown.set("title", title)  # only until its figure takes it as caption
        return shown

    def _shape_p(self, p: etree.Element) -> etree.Element:
        alone = len(p) == 1 and not (p.text or "").strip() and not (p[0].tail or "").strip()
        if not alone or p[0].tag != "img":
            return p
        figure = etree.Element("figure", {"class": "figure"})
        img = p[0]
        figure.append(img)
        if title := img.attrib.pop("title", ""):
            etree.SubElement(figure, "figcaption").text = title
        img.tail = None
        return figure

    def _shape_table(self, table: etree.Element) -> etree.Element:
        for cell in table.iter():
            if align := cell.attrib.pop("align", None):
                cell.set("class", f"align-{align}")
            if cell.tag == "th":
                cell.set("scope", "col")
        around = etree.Element("div", {"class": "table-scroll", "tabindex": "0", "role": "group"})
        around.set("aria-label", self.labels.table)
        around.append(table)
        return around

    def _shape_div(self, div: etree.Element) -> etree.Element:
        classes = div.get("class", "").split()
        if classes[:1] == ["footnote"]:
            return self._footnote_section(div)
        if classes[:1] != ["admonition"]:
            return div
        kind = next((name for name in classes[1:] if name in _KINDS), "note")
        title = next((p for p in div if p.get("class") == "admonition-title"), None)
        # Without a title of the author's, Python-Markdown writes the kind: ours has a language.
        if title is None:
            title = etree.Element("p")
            div.insert(0, title)
        words = "".join(title.itertext()).strip()
        if not words or words == classes[1].capitalize():
            title.clear()
            title.text = words = str(getattr(self.labels, kind))
        title.set("class", "admonition__title")
        div.tag = "aside"
        div.set("class", f"admonition admonition--{kind}")
        div.set("aria-label", words)
        return div

    def _footnote_section(self, div: etree.Element) -> etree.Element:
        section = etree.Element("section", {"class": "footnotes"})
        section.set("aria-label", self.labels.footnotes)
        section.extend(child for child in div if child.tag == "ol")
        return section

    def _shape_li(self, li: etree.Element) -> etree.Element:
        if (old := li.attrib.pop("id", None)) is not None:
            li.set("id", f"{self.prefix}-fn-{self.footnotes[old]}")
            return li
        holder = li[0] if len(li) and li[0].tag == "p" and not (li.text or "").strip() else li
        task = re.match(r"\s*\[([ xX])\](?=\s)", holder.text or "")
        if task:
            done = task[1] != " "
            mark = etree.Element("span", {"class": "task__mark", "role": "img"})
            mark.set("aria-label", self.labels.done if done else self.labels.open)
            mark.text, mark.tail = ("☑" if done else "☐"), (holder.text or "")[task.end() :]
            holder.text = ""
            holder.insert(0, mark)
            li.set("class", "task")
        return li


def _children(element: etree.Element) -> str:
    parts = [_text(element.text)]
    for child in element:
        parts.append(_html(child))
        parts.append(_text(child.tail))
    return "".join(parts)


def _html(element: etree.Element) -> str:
    attributes = "".join(f' {name}="{_value(value)}"' for name, value in element.items())
    line = "\n" if element.tag in _ON_OWN_LINE else ""
    if element.tag in _VOID:
        return f"<{element.tag}{attributes}>{line}"
    return f"<{element.tag}{attributes}>{_children(element)}</{element.tag}>{line}"


def _text(text: str | None) -> str:
    return html.escape(text or "", quote=False)


def _value(value: str) -> str:
    return html.escape(value)
