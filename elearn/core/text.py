"""How names and typed words are compared: Python decides, since the databases disagree."""

import re
import unicodedata
from typing import Literal

ERASED = "(dihapus / erased)"  # in the place of words about somebody who was erased

# NUL and half a character: no file, no page and no database can hold them.
NO_TEXT = re.compile("[\x00\ud800-\udfff]")
# Invisible marks that change how a line of text is shown; never part of a name.
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\u3164\ufeff\uffa0]"
)

_LONGEST_WORD = 500  # letters and marks; no word of any language has so many
_WORD = re.compile(rf"\S{{1,{_LONGEST_WORD}}}|\s+")


def normalized(form: Literal["NFC", "NFKC", "NFKD"], text: str) -> str:
    """`unicodedata.normalize`, in a time that grows with the length of the text.

    That one sorts the marks on a letter by insertion: a megabyte of marks would hold a process for
    an hour, and everybody who waits for it. So what goes on beyond the longest word is another one.
    """
    if text.isascii() or len(text) <= _LONGEST_WORD:
        return unicodedata.normalize(form, text)
    return "".join(unicodedata.normalize(form, word) for word in _WORD.findall(text))


def with_newlines(text: str) -> str:
    """The text with a line feed alone at the end of each line, whatever system wrote it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sort_key(text: str) -> str:
    """What names are sorted and searched by: NFKC, case-folded, single spaces."""
    return " ".join(normalized("NFKC", text).casefold().split())


def word_key(text: str) -> str:
    """How words of a list are compared, or typed ones with a name: letters and digits, no case."""
    folded = normalized("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def tidy(text: str) -> str:
    """One line of typed text as it is kept: NFC, no invisible marks, single spaces.

    Line breaks and tabs are spaces, first of all: what stood in two lines are two words.
    """
    line = " ".join(normalized("NFC", text).split())
    return " ".join(_INVISIBLE.sub("", line).split())
