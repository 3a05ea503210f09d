"""Texts in several languages, as a form shows them and as a file holds them.

What a form has not changed keeps the data of its file: how it is written, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elearn.core.markdown import plain_text
from elearn.core.text import NO_TEXT, with_newlines

Words = Mapping[str, str]  # language -> text, "" where there is none


def line(text: Any) -> str:
    """A text of one line; "" for what is no text."""
    if text is None or isinstance(text, (dict, list)):
        return ""
    return " ".join(NO_TEXT.sub("", str(text)).split())


def block(text: Any) -> str:
    """A text of several lines, without the empty ones around it."""
    if text is None or isinstance(text, (dict, list)):
        return ""
    plain = with_newlines(NO_TEXT.sub("", str(text)))
    return plain.strip("\n") if plain.strip() else ""


def brief(markdown: str, most: int) -> str:
    """The first words of a text without its marks, at most so many characters, cut at a word."""
    words = plain_text(markdown[: 8 * most])
    if len(words) <= most:
        return words
    cut = words[:most]  # one more than stays: it may be the blank behind the last whole word
    return (cut.rpartition(" ")[0] or cut[:-1]) + "…"


def lines_in(value: Any, languages: Sequence[str]) -> dict[str, str]:
    """A text of one line in each of these languages; words without a language are the first's."""
    texts = value if isinstance(value, dict) else {languages[0]: value}
    return {language: line(texts.get(language)) for language in languages}


def blocks_in(value: Any, languages: Sequence[str]) -> dict[str, str]:
    """As `lines_in`, of several lines."""
    texts = value if isinstance(value, dict) else {languages[0]: value}
    return {language: block(texts.get(language)) for language in languages}


def with_lines(value: Any, wanted: Words) -> Any:
    """The data of a text that says what is wanted."""
    return _with(value, lines_in(value, tuple(wanted)), wanted)


def with_blocks(value: Any, wanted: Words) -> Any:
    """As `with_lines`, of several lines, which a file ends with a line break."""
    ended = {language: f"{text}\n" if text else "" for language, text in wanted.items()}
    shown = {
        language: f"{text}\n" if text else ""
        for language, text in blocks_in(value, tuple(wanted)).items()
    }
    return _with(value, shown, ended)


def rows_with_lines(value: Any, wanted: Sequence[Words]) -> list[Any]:
    """The data of a list of such texts; one that was only moved keeps its data."""
    former = list(value) if isinstance(value, list) else []
    return aligned(
        former,
        wanted,
        is_same=lambda data, words: lines_in(data, tuple(words)) == words,
        changed=with_lines,
    )


def aligned(
    former: Sequence[Any], wanted: Sequence[Any], *, is_same: Any, changed: Any
) -> list[Any]:
    """For each wanted row the data of the row that says it already, else of the one it was."""
    free = dict(enumerate(former))
    found: dict[int, Any] = {}
    for place, row in enumerate(wanted):
        order = sorted(free, key=lambda at: abs(at - place))
        at = next((at for at in order if is_same(free[at], row)), None)
        if at is not None:
            found[place] = free.pop(at)
    return [
        found[place] if place in found else changed(free.pop(place, None), row)
        for place, row in enumerate(wanted)
    ]


def _with(value: Any, shown: Words, wanted: Words) -> Any:
    if shown == wanted and value is not None:
        return value
    if not isinstance(value, dict):
        return dict(wanted)
    return {**value, **{lang: text for lang, text in wanted.items() if text != shown[lang]}}
