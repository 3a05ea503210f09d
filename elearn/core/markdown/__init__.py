"""Markdown to clean HTML: the one place where text of people becomes markup.

The way of a text: refused when it would be slow (`cost`), parsed (`grammar`), prefixed and shaped
(`tree`), cleaned by bleach and then by nh3, both from one table (`allow`). A strict CSP is the
barrier after these. A text without a single mark needs none of it (`words`).
Raw HTML is not part of the format: `<b>` in a text is shown as the three characters it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from elearn.core.markdown.allow import clean, clean_inline
from elearn.core.markdown.cost import Refused, TooLong, TooSlow, refuse_when_slow
from elearn.core.markdown.grammar import convert, convert_inline
from elearn.core.markdown.labels import ENGLISH, INDONESIAN, Labels, labels_for
from elearn.core.markdown.scan import Found, FoundTarget, heading_id, plain_text, scan
from elearn.core.markdown.tree import SHOWN_IMAGE_BYTES, Heading, Image
from elearn.core.markdown.words import is_paragraph, is_words

__all__ = [
    "ENGLISH",
    "INDONESIAN",
    "RENDERER_VERSION",
    "SHOWN_IMAGE_BYTES",
    "Found",
    "FoundTarget",
    "Image",
    "Labels",
    "Refused",
    "Rendered",
    "TooLong",
    "TooSlow",
    "heading_id",
    "labels_for",
    "plain_text",
    "refuse_when_slow",
    "render",
    "render_inline",
    "scan",
    "stored",
]

# Rises whenever the same source may give other HTML; stored renderings of an older number are
# made anew by `elearn courses render`.
RENDERER_VERSION: int = 2


@dataclass(frozen=True)
class Rendered:
    """A whole text as clean HTML, with the headings a table of contents needs."""

    html: str
    headings: tuple[Heading, ...]


def render(
    source: str,
    *,
    prefix: str,
    link: Callable[[str], str | None],
    image: Callable[[str], Image | None],
    labels: Labels = ENGLISH,
) -> Rendered:
    """Clean HTML of a lesson, a question text, a task.

    prefix: put before every id, so that texts on one page cannot meet or shadow page ids.
    link: address for a target that is no web or mail address; None keeps the words, drops the link.
    image: file for an image target; None keeps the alternative text.
    Raises TooLong above MAX_SOURCE_BYTES and TooSlow for a text that would take long.
    """
    refuse_when_slow(source)
    if is_paragraph(source):
        return Rendered(f"<p>{source.rstrip()}</p>\n", ())
    html, headings = convert(source, prefix, link, image, labels)
    return Rendered(clean(html, prefix), headings)


def render_inline(source: str) -> str:
    """Clean HTML of an option text: strong, em and code; no blocks, links, images."""
    refuse_when_slow(source)
    return source if is_words(source) else clean_inline(convert_inline(source))


def stored(html: str) -> Markup:
    """Markup of HTML that `render` made and that was kept since: the only door to Markup."""
    return Markup(html)  # noqa: S704  (cleaned twice when it was made)
