"""HTML as a row of tags and texts, read as a browser does, in one pass.

The readers at hand are not for text of strangers: 60 KB of `<a ` cost `html.parser` 88 seconds and
`<![x` makes it raise; html5ever (nh3) repeats open marks in each paragraph, so that its answer to
some texts has the square of their length (all measured). Nothing here is read twice.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)")
_REST = re.compile(r"((?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+)>")
_ATTRIBUTE = re.compile(
    r"([^\s/=]++)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|(\S*+)))?+",
)
# What stands in these is no text of the page, and a `<` in it no tag.
_RAW = ("iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp")
_RAW_ENDS = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}


@dataclass(frozen=True)
class Open:
    """A start tag; names are in small letters. `closed`: written as `<name/>`."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True)
class Close:
    """An end tag."""

    tag: str


def tokens(source: str) -> Iterator[Open | Close | str]:
    """Tags and texts in their order, references resolved; a tag that never ends ends the text."""
    at = 0
    while at < len(source):
        start = source.find("<", at)
        if start != at:
            yield html.unescape(source[at : start if start >= 0 else len(source)])
        if start < 0:
            return
        name = _NAME.match(source, start)
        if name is None:
            at = _after_other(source, start)
            if at == start + 1:
                yield "<"
            continue
        rest = _REST.match(source, name.end())
        if rest is None:
            return
        at, tag = rest.end(), name["name"].lower()
        if name["close"]:
            yield Close(tag)
            continue
        yield Open(tag, _attributes(rest[1]), closed=rest[1].endswith("/"))
        if tag in _RAW_ENDS:
            end = _RAW_ENDS[tag].search(source, at)
            at = end.start() if end else len(source)


def _after_other(source: str, start: int) -> int:
    """Where a comment, a declaration or a lone `<` ends."""
    if source.startswith("<!--", start):
        end = source.find("-->", start + 2)
        return end + 3 if end >= 0 else len(source)
    if source.startswith(("<!", "<?", "</"), start):
        end = source.find(">", start)
        return end + 1 if end >= 0 else len(source)
    return start + 1


def _attributes(text: str) -> dict[str, str]:
    """The first of each name counts, as in a browser."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), html.unescape(double or single or bare))
    return found
