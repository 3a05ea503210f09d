"""Modules of a draft: added, moved, doubled, deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.sketch import ModuleSketch, Sketch, sketch
from elearn.authoring.rules.starting import proposed_key
from elearn.authoring.rules.structure.following import Moves, followed, moved
from elearn.authoring.rules.structure.layout import (
    changes_between,
    copied_title,
    free_key,
    module_of,
    modules_in,
    placed,
    with_manifest,
)
from elearn.authoring.rules.structure.lessons import lesson_keys, with_copied_title
from elearn.authoring.rules.structure.order import renumbered
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.yamledit import Unreadable, decoded, emit, plain, update

QUIZ_MINUTES = 10
WAIT_MINUTES = 5


def add_module(
    files: Files, title: str, jp: int, draw: int | None, published: Collection[str]
) -> tuple[Changes, str]:
    """An empty module at the end; and its key. draw: questions of a try, None for no quiz."""
    picture = sketch(files)
    key = free_key(proposed_key(title, "modul"), _module_keys(picture) | {*published})
    order = modules_in(picture)
    moves, folders = _refoldered([*order, None], key)
    new = _refiled(files, moves)
    new[f"{folders[-1]}/module.yml"] = _module_file(title, jp, draw, picture.languages)
    if draw is not None:
        attempts = {"limit": 0, "wait_minutes": WAIT_MINUTES}
        bank: dict[str, Any] = {"draw": draw, "attempts": attempts, "questions": []}
        new[f"{folders[-1]}/quiz.yml"] = emit(bank).encode()
    return _listed(files, new, folders), key


def move_module(files: Files, key: str, place: int) -> Changes:
    """Put a module at a place (from 0) of the course."""
    picture = sketch(files)
    module = module_of(picture, key)
    order = [other for other in modules_in(picture) if other is not module]
    order.insert(placed(place, len(order)), module)
    moves, folders = _refoldered(order, "")
    return _listed(files, _refiled(files, moves), folders)


def shift_module(files: Files, key: str, by: int) -> Changes:
    """Move a module up (by -1) or down (by 1)."""
    picture = sketch(files)
    return move_module(files, key, modules_in(picture).index(module_of(picture, key)) + by)


def duplicate_module(files: Files, key: str, published: Collection[str]) -> tuple[Changes, str]:
    """A copy behind the module: its own keys everywhere, its links and questions among itself."""
    picture = sketch(files)
    module = module_of(picture, key)
    new_key = free_key(key, _module_keys(picture) | {*published})
    order: list[ModuleSketch | None] = []
    for other in modules_in(picture):
        order += [other, None] if other is module else [other]
    moves, folders = _refoldered(order, new_key)
    new = _refiled(files, moves)
    keys = _new_keys([lesson.key for lesson in module.lessons], lesson_keys(picture) | {*published})
    folder = folders[order.index(None)]
    own = {path: f"{folder}/{_rekeyed(path, keys)}" for path in _files_in(files, module.folder)}
    everywhere = {**_paths(files, moves), **own}
    questions = picture.question_keys | {*published}
    for path, now in own.items():
        new[now] = followed(files[path], path, now, everywhere, files)
        with suppress(Unreadable):  # what is faulty is copied as it is
            new[now] = _as_copy(now, new[now], keys, questions)
    return _listed(files, new, folders), new_key


def delete_module(files: Files, key: str) -> Changes:
    """Take a module out with all that is in it."""
    picture = sketch(files)
    module = module_of(picture, key)
    gone = {lesson.key for lesson in module.lessons} | {f"{key}-quiz", f"{key}-activity"}
    left = [other.folder for other in modules_in(picture) if other is not module]
    changes = with_manifest(files, modules=left, gone=gone)
    return {**changes, **dict.fromkeys(_files_in(files, module.folder))}


def _refoldered(order: Sequence[ModuleSketch | None], key: str) -> tuple[Moves, list[str]]:
    """Former folder -> folder, and all folders in order; None keeps a place for a new module."""
    numbers = renumbered([_number(one.folder) if one else None for one in order])
    folders = [
        one.folder
        if one and _number(one.folder) == number
        else f"{number:02d}-{one.key if one else key}"
        for one, number in zip(order, numbers, strict=True)
    ]
    moves = {
        one.folder: folder
        for one, folder in zip(order, folders, strict=True)
        if one and one.folder != folder
    }
    return moves, folders


def _refiled(files: Files, folders: Moves) -> dict[str, bytes]:
    return moved(files, _paths(files, folders))


def _paths(files: Files, folders: Moves) -> Moves:
    return {
        path: folders[folder] + path[len(folder) :]
        for path in files
        if (folder := path.partition("/")[0]) in folders
    }


def _listed(files: Files, new: dict[str, bytes], folders: Sequence[str]) -> Changes:
    return {**changes_between(files, new), **with_manifest(new, modules=folders)}


def _files_in(files: Files, folder: str) -> list[str]:
    return [path for path in files if path.startswith(f"{folder}/")]


def _number(folder: str) -> int:
    return int(folder.partition("-")[0])


def _module_keys(picture: Sketch) -> set[str]:
    return {module.key for module in picture.modules}


def _new_keys(keys: Sequence[str], taken: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in keys:
        found[key] = free_key(key, taken | {*found.values()})
    return found


def _rekeyed(path: str, keys: Mapping[str, str]) -> str:
    """The name of a file in a copied module."""
    name = path.partition("/")[2]
    match = LESSON_FILE.fullmatch(name)
    if match is None:
        return name
    return f"{match['number']}-{keys[match['key']]}.{match['language']}.md"


def _module_file(title: str, jp: int, draw: int | None, languages: Sequence[str]) -> bytes:
    first = languages[0]
    head: dict[str, Any] = {
        "title": {language: title if language == first else "" for language in languages},
        "summary": dict.fromkeys(languages, ""),
        "jp": jp,
    }
    if draw is not None:
        head["quiz_minutes"] = QUIZ_MINUTES
    return emit(head).encode()


def _as_copy(path: str, content: bytes, lessons: Mapping[str, str], taken: set[str]) -> bytes:
    """A file of a copied module with titles and keys of its own."""
    name = path.rpartition("/")[2]
    match = LESSON_FILE.fullmatch(name)
    if match:
        return with_copied_title(content, match["language"])
    if name == "module.yml":
        return _with_copied_titles(content)
    return _with_new_questions(content, lessons, taken) if name == "quiz.yml" else content


def _with_copied_titles(content: bytes) -> bytes:
    head: Any = plain(decoded(content))
    if not isinstance(head, dict) or not isinstance(head.get("title"), dict):
        return content
    titles: dict[str, Any] = {
        language: copied_title(str(words), language) for language, words in head["title"].items()
    }
    return update(decoded(content), {**head, "title": titles}).encode()


def _with_new_questions(content: bytes, lessons: Mapping[str, str], taken: set[str]) -> bytes:
    """A copied bank. The keys come first, alone: so each question is known to be the same one."""
    text = decoded(content)
    bank: Any = plain(text)
    questions: Any = bank.get("questions") if isinstance(bank, dict) else None
    if not isinstance(questions, list):
        return content
    keys = _new_keys([one["key"] for one in questions if _has(one, "key")], taken)
    renamed = [{**one, "key": keys[one["key"]]} if _has(one, "key") else one for one in questions]
    text = update(text, {**bank, "questions": renamed})
    pointing = [
        {**one, "lesson": lessons.get(one["lesson"], one["lesson"])} if _has(one, "lesson") else one
        for one in renamed
    ]
    return update(text, {**bank, "questions": pointing}).encode()


def _has(question: Any, name: str) -> bool:
    return isinstance(question, dict) and isinstance(question.get(name), str)
