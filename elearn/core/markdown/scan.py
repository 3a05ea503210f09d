"""Read a text without rendering it: its headings, links and images with their lines, its words.

Checking a course must not cost a rendering, so this is a light reader; the regular expressions for
links, images and fences are the ones the renderer parses with, so that both see the same.
Only for texts that `refuse_when_slow` has let pass.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from elearn.core.text import normalized, with_newlines

_TARGET = (
    r"\([ ]*(?P<target><[^<>\n]{0,2000}>"
    r"|[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200})?)"
    r"(?:\s{1,9}(?:\"(?P<title>[^\"]{0,600})\"|'(?P<other_title>[^']{0,600})'))?[ ]*\)"
)
LINK = re.compile(r"(?<!!)\[(?P<text>[^\[\]]{0,1000})\]" + _TARGET)
IMAGE = re.compile(r"!\[(?P<text>[^\[\]]{0,1000})\]" + _TARGET)
HEADING = re.compile(r"(#{1,6})[ ]+(.*)")
FENCE = re.compile(r"([ ]{0,12})(`{3,}|~{3,})[ ]*[\w+#.-]*[ ]*")
_CODE = re.compile(r"(?<![\\`])(`{1,9})(?!`)((?:[^\n]|\n(?!\s*\n)){1,1000}?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\[^\w\s]")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]{0,20})(?:\s[^<>]{0,500})?/?>")
_HOLDS_BLOCKS = re.compile(r"[ ]{0,3}(?:[-*+][ ]|\d{1,9}\.[ ]|:[ ]|\[\^|!!!)")
_LEAD = re.compile(r"(?m)^[ \t>]*(?:#{1,6}[ ]+|[-*+][ ]+(?:\[[ xX]\][ ])?|\d{1,9}\.[ ]+|:[ ]+)?")
_EMPHASIS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")
_TABLE_RULE = re.compile(r"(?m)^[ |:-]*-[ |:-]*$")
_ADMONITION = re.compile(r'(?m)^[ ]*!!! ?[\w -]+(?:"([^"\n]*)")?[ ]*$')
_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class FoundHeading:
    line: int
    level: int
    text: str
    id: str


@dataclass(frozen=True)
class FoundTarget:
    """A link or an image; text is its words or its alternative text, caption what is in quotes."""

    line: int
    text: str
    target: str
    caption: str = ""


@dataclass(frozen=True)
class Found:
    """What a text holds; lines count from 1 in the text itself.

    prose: the text with all blocks of code blank, line for line.
    """

    headings: tuple[FoundHeading, ...] = ()
    links: tuple[FoundTarget, ...] = ()
    images: tuple[FoundTarget, ...] = ()
    tags: tuple[FoundTarget, ...] = ()
    prose: str = ""


@dataclass
class Fence:
    """One fenced block of code: from which line to which, indented how far."""

    first: int
    indent: int
    code: list[str] = field(default_factory=list)


def fenced(lines: list[str]) -> Iterator[tuple[int, str | Fence]]:
    """Lines with their numbers from 0; the lines of a fenced block as one Fence.

    A fence that nobody closes goes to the end of the text, so one pass is enough.
    """
    at = 0
    while at < len(lines):
        opening = FENCE.fullmatch(lines[at])
        if opening is None:
            yield at, lines[at]
            at += 1
            continue
        fence, mark = Fence(at, len(opening[1])), opening[2]
        at += 1
        while at < len(lines):
            line = lines[at].strip()
            if line.startswith(mark) and not line.strip(mark[0]):
                break
            fence.code.append(_unindented(lines[at], fence.indent))
            at += 1
        at += 1
        yield fence.first, fence


def scan(source: str) -> Found:
    """Headings, links, images and raw HTML tags of a text, code left out."""
    lines = with_newlines(source).expandtabs(4).split("\n")
    text = "\n".join(_without_code(lines))
    masked = _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    headings, used = [], dict[str, int]()
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := HEADING.fullmatch(line):
            words = plain_inline(heading[2].rstrip("# "))
            headings.append(FoundHeading(number, len(heading[1]), words, heading_id(words, used)))
    masked = _ESCAPE.sub("  ", masked)
    images = tuple(_targets(IMAGE, masked, text))
    masked = IMAGE.sub(lambda match: re.sub(r"[^\n]", "i", match[0]), masked)
    links = tuple(_targets(LINK, masked, text))
    masked = LINK.sub(lambda match: re.sub(r"[^\n]", "l", match[0]), masked)
    tags = tuple(
        FoundTarget(masked.count("\n", 0, tag.start()) + 1, tag[1], tag[0])
        for tag in _TAG.finditer(masked)
    )
    return Found(tuple(headings), links, images, tags, text)


def heading_id(text: str, used: dict[str, int]) -> str:
    """Id of a heading in ASCII letters; the second of the same words gets -2. Keeps `used`."""
    ascii_text = normalized("NFKD", text).encode("ascii", "ignore").decode()
    base = _SLUG.sub("-", ascii_text.lower()).strip("-")[:80].strip("-") or "section"
    name, count = base, used.get(base, 0)
    while count and name in used:
        count += 1
        name = f"{base}-{count}"
    used[base] = max(count, 1)
    used.setdefault(name, 1)
    return name


def plain_inline(source: str) -> str:
    """Words of one line of Markdown without its marks."""
    source = _strip_targets(source).replace("`", "")
    source = _EMPHASIS.sub("", source)
    return " ".join(html.unescape(re.sub(r"\\(?=[^\w\s])", "", source)).split())


def plain_text(source: str) -> str:
    """All words of a text without marks, for search and for counting words."""
    kept: list[str] = []
    lines = with_newlines(source).expandtabs(4).split("\n")
    for _, part in fenced(lines):
        kept.extend(part.code if isinstance(part, Fence) else [part])
    text = _ADMONITION.sub(r"\1", "\n".join(kept))
    text = _LEAD.sub("", _TABLE_RULE.sub("", text))
    text = re.sub(r"\[\^[^\[\]\n]{0,99}\]:?|(?<= )#+ *$", "", text, flags=re.MULTILINE)
    return plain_inline(text.replace("|", " "))


def _strip_targets(source: str) -> str:
    return LINK.sub(lambda m: m["text"], IMAGE.sub(lambda m: m["text"], source))


def _targets(pattern: re.Pattern[str], masked: str, text: str) -> Iterator[FoundTarget]:
    line, counted = 1, 0
    for match in pattern.finditer(masked):
        line, counted = line + masked.count("\n", counted, match.start()), match.start()
        target = text[match.start("target") : match.end("target")].strip("<>")
        words = plain_inline(text[match.start("text") : match.end("text")])
        yield FoundTarget(line, words, target, match["title"] or match["other_title"] or "")


def _without_code(lines: list[str]) -> list[str]:
    """The same lines, those of fenced and indented code blank."""
    kept = [""] * len(lines)
    holds_blocks = blank_before = False
    for number, part in fenced(lines):
        if isinstance(part, Fence):
            blank_before = True
            continue
        if not part.strip():
            blank_before = True
            continue
        indented = part.startswith("    ")
        if not indented:
            holds_blocks = bool(_HOLDS_BLOCKS.match(part)) or (holds_blocks and not blank_before)
        elif blank_before and not holds_blocks:
            continue  # and the line after it is code, too: blank_before stays
        kept[number] = part
        blank_before = False
    return kept


def _unindented(line: str, indent: int) -> str:
    return line[min(indent, len(line) - len(line.lstrip(" "))) :]
