"""Which of the question formats a file is in: nobody should have to know that."""

from __future__ import annotations

from elearn.authoring.formats import gift, moodle_xml, sheet
from elearn.authoring.formats.exchange import Reading

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # workbooks: new ones and old ones
_SHEETS = (".csv", ".tsv", ".xlsx", ".xls")


def read_questions(content: bytes, name: str, language: str) -> Reading:
    """The questions of a file, their texts taken to be in `language`. name: "" when pasted."""
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith(_PACKED) or name.casefold().endswith(_SHEETS):
        return sheet.read(content, language)
    if start.startswith(b"<"):
        return moodle_xml.read(content, language)
    return gift.read_file(content, language) if b"{" in content else sheet.read(content, language)
