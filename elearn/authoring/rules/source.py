"""A file of a draft as plain text: read whatever its encoding, written back as it was framed."""

from __future__ import annotations

import codecs

from elearn.authoring.rules import Changes
from elearn.core.text import with_newlines

_TEXT_ENDINGS = (".yml", ".yaml", ".md", ".txt", ".svg")
_TEXT_NAMES = ("README", "LICENSE")


def text_of(path: str, content: bytes) -> str | None:
    """The text of a file with \\n; None when it is no text. What is not UTF-8 is read as Windows'.

    Windows' own letters are what a file in another encoding most often has.
    """
    name = path.rpartition("/")[2]
    if b"\0" in content or not (name.endswith(_TEXT_ENDINGS) or name in _TEXT_NAMES):
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    return with_newlines(text)


def changes_to(path: str, content: bytes, typed: str) -> Changes:
    """What makes the file say what was typed; line ends and mark of the file stay as they are."""
    if typed == text_of(path, content):
        return {}
    ends = "\r\n" if b"\r\n" in content else "\n"
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    return {path: mark + typed.replace("\n", ends).encode("utf-8", "replace")}


def plain_ends(typed: str | None) -> str:
    """What a browser has sent, with \\n. NUL goes: no file of a course can hold it."""
    return with_newlines(typed or "").replace("\0", "")
