"""Texts of nothing but words: most options and most questions of a course.

The way through grammar and cleaners gives such a text back as it is; going it for each of the five
thousand of a series takes longer than all the lessons. Whatever could be a mark of Markdown or of
HTML, begin a list or be written otherwise by a cleaner is not among these characters.
"""

from __future__ import annotations

import re

_CHARACTERS = r"(?:[^\W_]|[,.;:?!()%/+=–—’‘“”'\"-])"  # letters and digits of any script
_WORDS = re.compile(rf"{_CHARACTERS}+(?: {_CHARACTERS}+)*")
_PARAGRAPH = re.compile(rf"(?=[^\W\d_]){_WORDS.pattern}\n?")


def is_words(line: str) -> bool:
    """Whether an inline text stands in HTML as it is written."""
    return _WORDS.fullmatch(line) is not None


def is_paragraph(source: str) -> bool:
    """Whether a whole text is one paragraph on one line that begins with a letter."""
    return _PARAGRAPH.fullmatch(source) is not None
