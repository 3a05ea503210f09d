"""What points at lessons: what becomes of it must be known before they are deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from elearn.authoring.rules import Files
from elearn.authoring.rules.sketch import LessonSketch, QuestionSketch, Sketch, sketch
from elearn.authoring.rules.structure.layout import lesson_of, module_of
from elearn.core import markdown
from elearn.coursepack.lesson import LESSON_FILE, split_front
from elearn.coursepack.model import resolved
from elearn.coursepack.yamledit import Unreadable, plain


@dataclass(frozen=True, slots=True)
class Pointing:
    """links: paths of the files that link to them; questions: that are about them."""

    links: tuple[str, ...]
    questions: tuple[QuestionSketch, ...]

    def __bool__(self) -> bool:
        return bool(self.links or self.questions)


def pointing_at_lesson(files: Files, key: str) -> Pointing:
    """What leads to a lesson from elsewhere. Raises Unknown."""
    picture = sketch(files)
    return _pointing(files, picture, [lesson_of(picture, key)[1]], "")


def pointing_at_module(files: Files, key: str) -> Pointing:
    """What leads to the lessons of a module from outside it. Raises Unknown."""
    picture = sketch(files)
    module = module_of(picture, key)
    return _pointing(files, picture, module.lessons, module.folder)


def _pointing(
    files: Files, picture: Sketch, lessons: Sequence[LessonSketch], without: str
) -> Pointing:
    """without: a module folder that goes with the lessons, and all that is in it."""
    targets = {text.path for lesson in lessons for text in lesson.texts.values()}
    keys = {lesson.key for lesson in lessons}
    return Pointing(
        links=tuple(
            path
            for path in sorted(files)
            if path not in targets
            and path.partition("/")[0] != without
            and any(target in targets for target in _targets(path, files[path]))
        ),
        questions=tuple(_questions(picture, keys, without)),
    )


def _questions(picture: Sketch, keys: set[str], without: str) -> Iterator[QuestionSketch]:
    for module in picture.modules:
        if module.folder != without:
            yield from (one for one in module.questions if one.lesson in keys)


def _targets(path: str, content: bytes) -> Iterator[str]:
    """Paths that the links of a file lead to."""
    if b"](" not in content:
        return
    for text in _texts(path, content.decode(errors="replace")):
        try:
            markdown.refuse_when_slow(text)
        except markdown.Refused:
            continue
        for link in markdown.scan(text).links:
            there = resolved(path, link.target)
            if there:
                yield there


def _texts(path: str, text: str) -> Iterator[str]:
    if LESSON_FILE.fullmatch(path.rpartition("/")[2]):
        yield split_front(text)[1]
    elif path.endswith(".yml"):
        try:
            yield from _strings(plain(text))
        except Unreadable:
            return


def _strings(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for one in data.values() if isinstance(data, dict) else data:
            yield from _strings(one)
