"""A second language for questions that are there: the same question, found by its key."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from elearn.authoring.rules import Files
from elearn.authoring.rules.questions import Data, questions_in

_TEXTS = ("text", "feedback", "unit", "if_true", "if_false")
_KEYS = ("answer", "tolerance")  # what counts as right is no matter of language
_MARKS = ("right", "wrong")


class _Different(Exception):
    """The two are not the same question in two languages."""


def language_of(question: Data) -> str:
    """That a question from elsewhere is written in: it has one."""
    return str(next(iter(question["text"])))


def translations(files: Files, folder: str, questions: Iterable[Data]) -> dict[str, Data]:
    """Key -> the question of the bank with what one of these says of it in another language.

    Only such as have the key of a question of the bank, the same parts, and words that it lacks.
    """
    there = {str(one.get("key")): one for one in questions_in(files, folder)}
    found = {}
    for other in questions:
        key = str(other["key"])
        merged = translated(there[key], other) if key in there else None
        if merged is not None and merged != there[key]:
            found[key] = merged
    return found


def already_there(files: Files, folder: str, questions: Iterable[Data]) -> frozenset[str]:
    """Keys of those whose every word the bank says under the same key: a file that came twice."""
    there = {str(one.get("key")): one for one in questions_in(files, folder)}
    keyed = [(str(other["key"]), other) for other in questions]
    return frozenset(key for key, other in keyed if key in there and _says(there[key], other))


def _says(there: Data, other: Data) -> bool:
    language = language_of(other)
    said = _said_in(there, language)
    is_said = all(words in said for words in _said_in(other, language))  # and in this order
    return is_said and translated(there, other) == there


def _said_in(part: Any, language: str) -> Iterator[str]:
    """Every text of this language in the data of a question, in an order of its own."""
    if isinstance(part, Mapping) and isinstance(part.get(language), str):
        yield part[language].strip()
    elif isinstance(part, Mapping):
        for _name, inner in sorted(part.items()):
            yield from _said_in(inner, language)
    elif isinstance(part, list):
        for inner in part:
            yield from _said_in(inner, language)


def translated(there: Data, other: Data) -> Data | None:
    """The question with the other one's texts where it has none in that language.

    None when the other is of another kind, has other parts, or another answer is right.
    """
    language = language_of(other)
    try:
        return _translated(there, other, language)
    except _Different:
        return None


def _translated(there: Data, other: Data, language: str) -> Data:
    if there.get("kind") != other.get("kind"):
        raise _Different
    if any((there.get(name) or 0) != (other.get(name) or 0) for name in _KEYS):
        raise _Different
    new = dict(there)
    for name in _TEXTS:
        if name in other:
            new[name] = _words(there.get(name, {}), other[name], language)
    for name in ("items", "extra"):
        if name in there or name in other:
            new[name] = [_words(*pair, language) for pair in _pairs(there, other, name)]
    if "options" in there or "options" in other:
        new["options"] = [_option(*pair, language) for pair in _pairs(there, other, "options")]
    if "pairs" in there or "pairs" in other:
        new["pairs"] = [
            {**one, **{side: _words(one.get(side), two.get(side), language) for side in two}}
            for one, two in map(_tables, _pairs(there, other, "pairs"))
        ]
    if "accepted" in other:
        own = there.get("accepted") or []
        new["accepted"] = [*own, *(word for word in other["accepted"] if word not in own)]
    return new


def _pairs(there: Data, other: Data, name: str) -> list[tuple[Any, Any]]:
    """The rows of both, side by side."""
    one, two = there.get(name), other.get(name)
    if not isinstance(one, Sequence) or not isinstance(two, Sequence) or len(one) != len(two):
        raise _Different
    return list(zip(one, two, strict=True))


def _tables(rows: tuple[Any, Any]) -> tuple[Data, Data]:
    if not all(isinstance(row, Mapping) for row in rows):
        raise _Different
    return rows


def _option(one: Any, two: Any, language: str) -> Data:
    one, two = _tables((one, two))
    mark = next((name for name in _MARKS if name in one), "")
    if not mark or mark not in two:
        raise _Different
    new = {**one, mark: _words(one[mark], two[mark], language)}
    if "feedback" in two:
        new["feedback"] = _words(one.get("feedback", {}), two["feedback"], language)
    return new


def _words(one: Any, two: Any, language: str) -> Data:
    """The texts of both languages; what is there stays."""
    one, two = _tables((one, two))
    is_there = bool(str(one.get(language) or "").strip())
    return dict(one) if is_there or language not in two else {**one, language: two[language]}
