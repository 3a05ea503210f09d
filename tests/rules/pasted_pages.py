"""What was pasted, as Markdown, as a reader sees it, and its words."""

from __future__ import annotations

import re

from elearn.authoring.formats.pasted import markdown_from_html
from elearn.core.markdown import render


def markdown(source: str) -> str:
    return markdown_from_html(source).markdown.rstrip("\n")


def shown(source: str) -> str:
    """HTML that readers get of what was pasted."""
    text = markdown_from_html(source).markdown
    page = render(text, prefix="x", link=lambda _: None, image=lambda _: None).html
    return re.sub(r'\s*\n\s*| (?:id|class|rel|scope|tabindex|role|aria-label)="[^"]*"', "", page)
