"""Lessons of a draft: added, renamed, moved, doubled, deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.skeleton import new_lesson
from elearn.authoring.rules.sketch import LessonSketch, Sketch, sketch
from elearn.authoring.rules.starting import proposed_key
from elearn.authoring.rules.structure.following import Moves, followed, moved
from elearn.authoring.rules.structure.layout import (
    changes_between,
    copied_title,
    free_key,
    lesson_of,
    module_of,
    placed,
    with_manifest,
)
from elearn.authoring.rules.structure.order import renumbered
from elearn.coursepack.yamledit import (
    Data,
    Unreadable,
    decoded,
    plain,
    split_front,
    update_front,
)


def add_lesson(
    files: Files, module_key: str, title: str, published: Collection[str]
) -> tuple[Changes, str]:
    """An empty lesson at the end of a module, in the course's first language; and its key.

    published: keys of every version there has been.
    """
    picture = sketch(files)
    module = module_of(picture, module_key)
    key = free_key(proposed_key(title, "pelajaran"), lesson_keys(picture) | {*published})
    numbers = renumbered([*_numbers(module.lessons), None])
    moves = _moves(module.folder, [*module.lessons, None], numbers)
    language = picture.first_language
    path = f"{module.folder}/{numbers[-1]:02d}-{key}.{language}.md"
    added = {path: new_lesson(title, language)}
    return changes_between(files, {**moved(files, moves), **added}), key


def rename_lesson(files: Files, key: str, titles: Mapping[str, str]) -> dict[str, bytes]:
    """Other titles for the languages that the lesson is there in; its key stays for ever."""
    _module, lesson = lesson_of(sketch(files), key)
    return {
        text.path: _with_title(files[text.path], titles[language])
        for language, text in lesson.texts.items()
        if language in titles and titles[language] != text.title
    }


def move_lesson(files: Files, key: str, module_key: str, place: int) -> Changes:
    """Put a lesson at a place (from 0) of its own or another module."""
    picture = sketch(files)
    _module, lesson = lesson_of(picture, key)
    target = module_of(picture, module_key)
    order = [other for other in target.lessons if other is not lesson]
    order.insert(placed(place, len(order)), lesson)
    numbers = renumbered(
        [int(one.number) if one.folder == target.folder else None for one in order]
    )
    return changes_between(files, moved(files, _moves(target.folder, order, numbers)))


def shift_lesson(files: Files, key: str, by: int) -> Changes:
    """Move a lesson up (by -1) or down (by 1) within its module."""
    module, lesson = lesson_of(sketch(files), key)
    return move_lesson(files, key, module.key, module.lessons.index(lesson) + by)


def place_lesson(files: Files, key: str, place: int) -> Changes:
    """Put a lesson at a place (from 0) of its module."""
    module, _lesson = lesson_of(sketch(files), key)
    return move_lesson(files, key, module.key, place)


def duplicate_lesson(files: Files, key: str, published: Collection[str]) -> tuple[Changes, str]:
    """A copy right behind the lesson, under a key of its own; questions stay with the first."""
    picture = sketch(files)
    module, lesson = lesson_of(picture, key)
    new_key = free_key(key, lesson_keys(picture) | {*published})
    place = module.lessons.index(lesson) + 1
    order: list[LessonSketch | None] = [*module.lessons[:place], None, *module.lessons[place:]]
    numbers = renumbered([int(one.number) if one else None for one in order])
    new = moved(files, _moves(module.folder, order, numbers))
    own = {
        text.path: f"{module.folder}/{numbers[place]:02d}-{new_key}.{language}.md"
        for language, text in lesson.texts.items()
    }
    moves = {**_moves(module.folder, order, numbers), **own}
    for language, text in lesson.texts.items():
        copy = followed(files[text.path], text.path, own[text.path], moves, files)
        new[own[text.path]] = copy
        with suppress(Unreadable):  # what is faulty is copied as it is
            new[own[text.path]] = with_copied_title(copy, language)
    return changes_between(files, new), new_key


def delete_lesson(files: Files, key: str) -> Changes:
    """Take a lesson out. Questions and links that point to it stay, for the check to name."""
    _module, lesson = lesson_of(sketch(files), key)
    changes = with_manifest(files, gone={key})
    return {**changes, **{text.path: None for text in lesson.texts.values()}}


def lesson_keys(picture: Sketch) -> set[str]:
    return {lesson.key for module in picture.modules for lesson in module.lessons}


def with_copied_title(content: bytes, language: str) -> bytes:
    """A lesson file whose title says that it is a copy. Raises Unreadable."""
    title = _front(content).get("title")
    return _with_title(content, copied_title(str(title or ""), language))


def _with_title(content: bytes, title: str) -> bytes:
    text = decoded(content)
    return update_front(text, {**_front(content), "title": title}, split_front(text)[1]).encode()


def _front(content: bytes) -> dict[str, Data]:
    front = split_front(decoded(content))[0]
    fields = plain(front) if front and front.strip() else {}
    return fields if isinstance(fields, dict) else {}


def _numbers(lessons: Sequence[LessonSketch]) -> list[int]:
    return [int(lesson.number) for lesson in lessons]


def _moves(folder: str, order: Sequence[LessonSketch | None], numbers: Sequence[int]) -> Moves:
    """Where the files of these lessons lie from now on; None keeps a place for a new one."""
    moves: dict[str, str] = {}
    for lesson, number in zip(order, numbers, strict=True):
        if lesson is None or (lesson.folder == folder and int(lesson.number) == number):
            continue
        for language, text in lesson.texts.items():
            moves[text.path] = f"{folder}/{number:02d}-{lesson.key}.{language}.md"
    return moves
