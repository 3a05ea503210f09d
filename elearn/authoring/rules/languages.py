"""The languages of a course: one more, and one less with all that is written in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.facts import MANIFEST, changes_to, data_of
from elearn.authoring.rules.sketch import Sketch
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.yamledit import decoded, plain, update


@dataclass(frozen=True, slots=True)
class Written:
    """How much of a course is written in a language."""

    lessons: int
    questions: int
    words: int  # of the lessons


def written_in(drawn: Sketch, language: str) -> Written:
    lessons = [one for module in drawn.modules for one in module.lessons]
    texts = [one.texts[language] for one in lessons if language in one.texts]
    questions = [one for module in drawn.modules for one in module.questions]
    return Written(
        lessons=len(texts),
        questions=sum(bool(one.text.get(language, "").strip()) for one in questions),
        words=sum(text.words for text in texts),
    )


def with_language(files: Files, language: str) -> Changes:
    """What adds a language at the end of the course's list. Raises Unreadable."""
    data = data_of(files)
    languages = _languages(data)
    if language in languages:
        return {}
    return changes_to(files, {**data, "languages": [*languages, language]})


def without_language(files: Files, language: str) -> Changes:
    """What takes a translation out of the course, its lessons and every text in it.

    files: all texts of the draft. Raises Unreadable when one of them cannot be changed, ValueError
    for the language that the course is written in first.
    """
    languages = _languages(data_of(files))
    if language not in languages[1:]:
        raise ValueError(f"{language} is no translation of this course")
    changes: Changes = {}
    for path, content in files.items():
        if _is_lesson_in(path, language):
            changes[path] = None
        elif path.endswith(".yml"):
            text = decoded(content, path)
            data = plain(text)
            new = _without(data, language, languages)
            if path == MANIFEST and isinstance(new, dict):
                new["languages"] = [one for one in languages if one != language]
            if new != data:
                changes[path] = update(text, new).encode()
    return changes


def _without(data: Any, language: str, languages: Sequence[str]) -> Any:
    """A text is a mapping of nothing but languages."""
    if isinstance(data, list):
        return [_without(one, language, languages) for one in data]
    if not isinstance(data, dict):
        return data
    if data and set(data) <= set(languages):
        return {name: text for name, text in data.items() if name != language}
    return {name: _without(one, language, languages) for name, one in data.items()}


def _is_lesson_in(path: str, language: str) -> bool:
    match = LESSON_FILE.fullmatch(path.rpartition("/")[2])
    return match is not None and match["language"] == language


def _languages(data: dict[str, Any]) -> list[str]:
    return list(_strings(data.get("languages")))


def _strings(value: Any) -> Iterator[str]:
    yield from (one for one in value if isinstance(one, str)) if isinstance(value, list) else ()
