"""A lesson's titles and its module, as one thing that an editor changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.structure.layout import changes_between, lesson_of, module_of
from elearn.authoring.rules.structure.lessons import move_lesson, rename_lesson


@dataclass(frozen=True, slots=True)
class Position:
    """titles: language -> title, of the languages that the lesson is there in; module: its key."""

    titles: Mapping[str, str]
    module: str

    def plain(self) -> dict[str, object]:
        return {"titles": dict(self.titles), "module": self.module}


def position_of(files: Files, key: str) -> Position:
    """The titles stand in the order of the course's languages. Raises Unknown."""
    picture = sketch(files)
    module, lesson = lesson_of(picture, key)
    ordered = [one for one in (*picture.languages, *lesson.texts) if one in lesson.texts]
    titles = {language: lesson.texts[language].title for language in ordered}
    return Position(titles, module.key)


def position_changes(files: Files, key: str, wanted: Position) -> Changes:
    """Other titles, and the end of another module. Raises Unknown, Unreadable."""
    there = position_of(files, key)
    renamed = {**files, **rename_lesson(files, key, wanted.titles)}
    if wanted.module == there.module:
        return changes_between(files, renamed)
    place = len(module_of(sketch(renamed), wanted.module).lessons)
    moved = move_lesson(renamed, key, wanted.module, place)
    after = {path: c for path, c in {**renamed, **moved}.items() if c is not None}
    return changes_between(files, after)
