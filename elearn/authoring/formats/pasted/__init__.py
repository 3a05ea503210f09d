"""What an author pastes from Word, Google Docs, LibreOffice or a page, as our Markdown.

The way of a text: tags and words in one pass (`tokens`), a tree without what has no place in a
course (`tree`), blocks (`blocks`, with `grid` for tables and `word` for drawn lists) of words with
their look (`runs`), Markdown (`writing`). Every step takes time in proportion to the text, whatever
the text is.
"""

from __future__ import annotations

from dataclasses import dataclass

from elearn.authoring.formats.pasted.blocks import blocks_of
from elearn.authoring.formats.pasted.tree import parsed
from elearn.authoring.formats.pasted.writing import markdown

__all__ = ["MAX_PASTED_BYTES", "Pasted", "markdown_from_html"]

MAX_PASTED_BYTES = 1_000_000


@dataclass(frozen=True)
class Pasted:
    """Markdown, and the codes (`paste-...`) of what it leaves out, each once."""

    markdown: str
    left_out: tuple[str, ...] = ()


def markdown_from_html(html: str) -> Pasted:
    """Markdown of pasted HTML of any form; never raises.

    More than MAX_PASTED_BYTES gives no Markdown and the one code `paste-too-large`.
    """
    if len(html) > MAX_PASTED_BYTES or len(html.encode(errors="replace")) > MAX_PASTED_BYTES:
        return Pasted("", ("paste-too-large",))
    left_out: dict[str, None] = {}
    text = markdown(blocks_of(parsed(html, left_out), left_out), left_out)
    return Pasted(text, tuple(left_out))
