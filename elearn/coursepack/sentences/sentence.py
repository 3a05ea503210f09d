"""One sentence in both languages."""

from __future__ import annotations

from typing import TypedDict


class Sentence(TypedDict):
    id: str
    en: str


def both(indonesian: str, english: str) -> Sentence:
    """Both languages of a sentence; they hold the same places in braces."""
    return {"id": indonesian, "en": english}
