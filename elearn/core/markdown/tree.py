"""Shape the parsed tree: prefix ids, resolve links, make tables and figures; write HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

from markdown.extensions.footnotes import NBSP_PLACEHOLDER

from elearn.core.markdown.allow import HAS_SCHEME, is_safe_address
from elearn.core.markdown.cost import TooSlow
from elearn.core.markdown.labels import Labels
from elearn.core.markdown.scan import heading_id

SHOWN_IMAGE_BYTES = 30_000  # a larger one stands behind a link with its size
MAX_DEPTH = 60
_FENCE_MARK = re.compile("\x02fence([0-9]+)\x03")
_KINDS = ("note", "tip", "warning", "example")
_VOID = frozenset({"br", "hr", "img"})
_IN_A_LINE = frozenset({"a", "br", "code", "em", "img", "span", "strong", "sup"})


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


class Shaper:
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

    def shape(self, root: ElementTree.Element) -> None:
        self._number_footnotes(root)
        self._walk(root, 0)

    def _number_footnotes(self, root: ElementTree.Element) -> None:
        """Old ids hold the author's words; the new ones are numbers under our prefix."""
        for element in root.iter():
            element.text = (element.text or "").replace(NBSP_PLACEHOLDER, " ")
            element.tail = (element.tail or "").replace(NBSP_PLACEHOLDER, " ")
            old = element.get("id", "")
            if element.tag == "sup":
                self.references[old] = f"{self.prefix}-fnref-{len(self.references) + 1}"
            elif element.tag == "li" and old:
                self.footnotes[old] = str(len(self.footnotes) + 1)

    def _walk(self, element: ElementTree.Element, depth: int) -> None:
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
    def _with_tail(new: ElementTree.Element, old: ElementTree.Element) -> ElementTree.Element:
        if new is not old:
            new.tail = old.tail
        return new

    def _fence(self, element: ElementTree.Element, number: int) -> None:
        if element.tag == "p":
            element.tag, target = "pre", element
        else:
            target = ElementTree.SubElement(element, "pre")
        element.text = ""
        ElementTree.SubElement(target, "code").text = self.fences[number] + "\n"

    def _shape_code(self, code: ElementTree.Element) -> ElementTree.Element:
        code.text = html.unescape(code.text or "")  # Python-Markdown escapes code, we do it later
        return code

    def _heading(self, heading: ElementTree.Element) -> ElementTree.Element:
        text = " ".join("".join(heading.itertext()).split())
        heading.set("id", f"{self.prefix}-{heading_id(text, self.used)}")
        self.headings.append(Heading(int(heading.tag[1]), heading.get("id", ""), text))
        return heading

    _shape_h2 = _shape_h3 = _shape_h4 = _shape_h5 = _shape_h6 = _heading

    def _shape_a(self, a: ElementTree.Element) -> ElementTree.Element:
        if a.get("class") == "footnote-backref":
            return self._back(a)
        if a.get("class") == "footnote-ref":
            return a  # its parent makes the reference
        target = a.attrib.pop("href", "").strip()
        a.attrib.clear()
        if target.startswith("#"):
            a.set("href", f"#{self.prefix}-{target[1:]}")
        elif HAS_SCHEME.match(target) and is_safe_address(target):
            a.set("href", target)
            if not target.lower().startswith("mailto:"):
                a.set("rel", "noopener noreferrer")
        elif target and not target.startswith(("/", "\\")) and (address := self.link(target)):
            a.set("href", address)
        if not a.get("href"):
            a.tag = "span"  # the words stay; an address that leads nowhere goes
        return a

    def _shape_sup(self, sup: ElementTree.Element) -> ElementTree.Element:
        old_link = sup[0]
        number = self.footnotes.get((old_link.get("href") or "#")[1:], "")
        a = ElementTree.Element("a", id=self.references[sup.get("id", "")])
        a.set("href", f"#{self.prefix}-fn-{number}")
        a.set("aria-label", self.labels.footnote.format(number=number))
        ElementTree.SubElement(a, "sup").text = number
        return a

    def _back(self, a: ElementTree.Element) -> ElementTree.Element:
        reference = self.references.get(a.get("href", "#")[1:], "")
        a.attrib.clear()
        a.set("href", f"#{reference}")
        number = reference.rpartition("-")[2]
        a.set("aria-label", self.labels.back.format(number=number))
        a.text = "↩"
        return a

    def _shape_img(self, img: ElementTree.Element) -> ElementTree.Element:
        target, title = img.get("src", ""), img.get("title", "")
        alt = " ".join("".join(img.itertext()).split())
        file = None if HAS_SCHEME.match(target) or target[:1] in "/\\" else self.image(target)
        if file is None:
            missing = ElementTree.Element("span", {"class": "media-missing"})
            missing.text = alt
            return missing
        if file.size_bytes > SHOWN_IMAGE_BYTES:
            large = ElementTree.Element("a", {"class": "media-link", "href": file.url})
            large.text = f"{alt} ({self.labels.size(file.size_bytes)})".strip()
            return large
        shown = ElementTree.Element("img", src=file.url, alt=alt)
        shown.set("width", str(file.width))
        shown.set("height", str(file.height))
        shown.set("loading", "lazy")
        shown.set("decoding", "async")
        if title:
            shown.set("title", title)  # only until its figure takes it as caption
        return shown

    def _shape_p(self, p: ElementTree.Element) -> ElementTree.Element:
        alone = len(p) == 1 and not (p.text or "").strip() and not (p[0].tail or "").strip()
        if not alone or p[0].tag != "img":
            return p
        figure = ElementTree.Element("figure", {"class": "figure"})
        img = p[0]
        figure.append(img)
        if title := img.attrib.pop("title", ""):
            ElementTree.SubElement(figure, "figcaption").text = title
        img.tail = None
        return figure

    def _shape_table(self, table: ElementTree.Element) -> ElementTree.Element:
        for cell in table.iter():
            if align := cell.attrib.pop("align", None):
                cell.set("class", f"align-{align}")
            if cell.tag == "th":
                cell.set("scope", "col")
        around = ElementTree.Element(
            "div", {"class": "table-scroll", "tabindex": "0", "role": "group"}
        )
        around.set("aria-label", self.labels.table)
        around.append(table)
        return around

    def _shape_div(self, div: ElementTree.Element) -> ElementTree.Element:
        classes = div.get("class", "").split()
        if classes[:1] == ["footnote"]:
            return self._footnote_section(div)
        if classes[:1] != ["admonition"]:
            return div
        kind = next((name for name in classes[1:] if name in _KINDS), "note")
        title = next((p for p in div if p.get("class") == "admonition-title"), None)
        # Without a title of the author's, Python-Markdown writes the kind: ours has a language.
        if title is None:
            title = ElementTree.Element("p")
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

    def _footnote_section(self, div: ElementTree.Element) -> ElementTree.Element:
        section = ElementTree.Element("section", {"class": "footnotes"})
        section.set("aria-label", self.labels.footnotes)
        section.extend(child for child in div if child.tag == "ol")
        return section

    def _shape_li(self, li: ElementTree.Element) -> ElementTree.Element:
        if (old := li.attrib.pop("id", None)) is not None:
            li.set("id", f"{self.prefix}-fn-{self.footnotes[old]}")
            return li
        holder = li[0] if len(li) and li[0].tag == "p" and not (li.text or "").strip() else li
        task = re.match(r"\s*\[([ xX])\](?=\s)", holder.text or "")
        if task:
            done = task[1] != " "
            mark = ElementTree.Element("span", {"class": "task__mark", "role": "img"})
            mark.set("aria-label", self.labels.done if done else self.labels.open)
            mark.text, mark.tail = ("☑" if done else "☐"), (holder.text or "")[task.end() :]
            holder.text = ""
            holder.insert(0, mark)
            li.set("class", "task")
        return li


def children(element: ElementTree.Element) -> str:
    parts = [_text(element.text)]
    for child in element:
        parts.append(_html(child))
        parts.append(_text(child.tail))
    return "".join(parts)


def _html(element: ElementTree.Element) -> str:
    attributes = "".join(f' {name}="{_value(value)}"' for name, value in element.items())
    line = "" if element.tag in _IN_A_LINE else "\n"
    if element.tag in _VOID:
        return f"<{element.tag}{attributes}>{line}"
    return f"<{element.tag}{attributes}>{children(element)}</{element.tag}>{line}"


def _text(text: str | None) -> str:
    return html.escape(text or "", quote=False)


def _value(value: str) -> str:
    return html.escape(value)
