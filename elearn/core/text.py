"""How names and typed words are compared: Python decides, since the databases disagree."""

import re
import unicodedata

ERASED = "(dihapus / erased)"  # in the place of words about somebody who was erased

# Invisible marks that change how a line of text is shown; never part of a name.
_INVISIBLE = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2069\u3164\ufeff\uffa0]"
)


def sort_key(text: str) -> str:
    """What names are sorted and searched by: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def tidy(text: str) -> str:
    """One line of typed text as it is kept: NFC, no invisible marks, single spaces.

    Line breaks and tabs are spaces, first of all: what stood in two lines are two words.
    """
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return " ".join(_INVISIBLE.sub("", line).split())
