"""XML of strangers as a small tree: no document type, no entities, no pictures, bounded."""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from elearn.authoring.formats.exchange import CHARACTERS_MOST, Refused

BYTES_MOST = 16 * 1024 * 1024  # pictures stand in the file as text
_DEPTH_MOST = 30
_ELEMENTS_MOST = 200_000


def parse(content: bytes, passed_over: str) -> Element:
    """The tree of a file; of elements named `passed_over` only their attributes are kept.

    Refused (xml-large, xml-dtd, xml-broken) when it cannot be had safely.
    """
    if len(content) > BYTES_MOST:
        raise Refused("xml-large")
    parser = DefusedXMLParser(target=_Bounded(passed_over), forbid_dtd=True)
    try:
        parser.feed(content)
        root: Element = parser.close()
    except DefusedXmlException as error:
        raise Refused("xml-dtd") from error
    except (ParseError, ValueError, LookupError) as error:  # LookupError: an unknown encoding
        raise Refused("xml-broken", line=getattr(error, "position", (1, 0))[0]) from error
    return root


class _Bounded(TreeBuilder):
    """Builds the tree, and stops where it is deeper or longer than a question bank ever is."""

    def __init__(self, passed_over: str) -> None:
        super().__init__()
        self._passed_over = passed_over
        self._path: list[str] = []
        self._elements = self._characters = 0

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        self._path.append(tag)
        self._elements += 1
        if len(self._path) > _DEPTH_MOST or self._elements > _ELEMENTS_MOST:
            raise Refused("xml-large")
        return super().start(tag, attrs)

    def end(self, tag: str) -> Element:
        self._path.pop()
        return super().end(tag)

    def data(self, data: str) -> None:
        if self._path and self._path[-1] == self._passed_over:
            return
        self._characters += len(data)
        if self._characters > CHARACTERS_MOST:
            raise Refused("questions-too-long", maximum=CHARACTERS_MOST)
        super().data(data)
