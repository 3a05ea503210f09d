"""Texts of other systems as our Markdown: each says in which of four formats it is written."""

from __future__ import annotations

import html
import re

from elearn.accounts.rules import Fault
from elearn.authoring.formats.exchange import Draft, Refused, one_line
from elearn.authoring.formats.pasted import markdown_from_html
from elearn.core.markdown.scan import plain_inline
from elearn.core.text import with_newlines

# Moodle's own: a line is a line, and HTML may stand between.
AUTO = "moodle"
FORMATS = (AUTO, "html", "plain", "markdown")
_CHARACTERS_MOST = 100_000  # of one text; a question has 2,000
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-zA-Z]{2,8}|#\d{1,6});")


def markdown_of(text: str, kind: str, draft: Draft) -> str:
    """The Markdown of a text in one of FORMATS; what it lost is noted."""
    if len(text) > _CHARACTERS_MOST:
        raise Refused("question-text-long", maximum=_CHARACTERS_MOST)
    text = with_newlines(text).strip()
    if kind == "markdown":
        return text
    is_html = kind == "html" or (kind == AUTO and _TAG.search(text) is not None)
    source = text if is_html else html.escape(text, quote=False)
    if kind != "html":
        source = _with_lines(source)
    pasted = markdown_from_html(source)
    for code in pasted.left_out:
        note = Fault(code)
        if note not in draft.notes:
            draft.notes.append(note)
    return pasted.markdown.strip()


def inline_of(text: str, kind: str, draft: Draft) -> str:
    """The same for an option, which is one line."""
    return one_line(markdown_of(text, kind, draft))


def plain_of(markdown: str, lost: list[Fault]) -> str:
    """A line of Markdown for a place that takes plain words only."""
    plain = plain_inline(markdown)
    if plain != one_line(re.sub(r"\\(?=[^\w\s])", "", markdown)):
        lost.append(Fault("lost-emphasis", {"text": plain}))
    return plain


def _with_lines(text: str) -> str:
    paragraphs = re.split(r"\n[ \t]*\n\s*", text)
    return "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in paragraphs)
