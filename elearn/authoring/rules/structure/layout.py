"""Where the modules and lessons of a draft lie, and what is written into course.yml."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.sketch import LessonSketch, ModuleSketch, Sketch
from elearn.coursepack.fields import MAX_KEY_CHARACTERS
from elearn.coursepack.manifest import LONGEST_TITLE, MODULE_FOLDER
from elearn.coursepack.yamledit import decoded, plain, update

MANIFEST = "course.yml"
RESERVED = frozenset({"pre-test", "post-test", "task"})
_RESERVED_END = re.compile(r"(?:-(?:quiz|activity))+$")
# What a copy is called until its author gives it a title of its own.
_COPY = {"id": "salinan", "en": "copy"}


class Unknown(LookupError):
    """There is no such module or lesson: somebody else may have deleted it. args: its key."""


def module_of(picture: Sketch, key: str) -> ModuleSketch:
    found = picture.module(key)
    if found is None or not MODULE_FOLDER.fullmatch(found.folder):
        raise Unknown(key)
    return found


def lesson_of(picture: Sketch, key: str) -> tuple[ModuleSketch, LessonSketch]:
    found = picture.lesson(key)
    if found is None:
        raise Unknown(key)
    return found


def modules_in(picture: Sketch) -> list[ModuleSketch]:
    """The modules in their order, without folders that could not be one."""
    return [module for module in picture.modules if MODULE_FOLDER.fullmatch(module.folder)]


def free_key(wanted: str, taken: Collection[str]) -> str:
    """This key, or the first one like it that nothing else has."""
    key = _RESERVED_END.sub("", wanted)
    number, free = 1, key
    while free in taken or free in RESERVED:
        number += 1
        ending = f"-{number}"
        free = key[: MAX_KEY_CHARACTERS - len(ending)].rstrip("-") + ending
    return free


def placed(place: int, count: int) -> int:
    """A place from 0 in a list of this length, however far away the wish is."""
    return max(0, min(place, count))


def copied_title(title: str, language: str) -> str:
    ending = f" ({_COPY.get(language, _COPY['en'])})"
    return title[: LONGEST_TITLE - len(ending)] + ending


def with_manifest(
    files: Files, *, modules: Sequence[str] | None = None, gone: Collection[str] = ()
) -> Changes:
    """course.yml with another list of modules and without units that are gone."""
    text = decoded(files.get(MANIFEST, b""), MANIFEST)
    course = plain(text)
    if not isinstance(course, dict):
        course = {}
    wanted: dict[str, Any] = dict(course)
    if modules is not None:
        wanted["modules"] = list(modules)
    completion = course.get("completion")
    required = completion.get("required") if isinstance(completion, dict) else None
    if isinstance(completion, dict) and isinstance(required, list):
        left = [key for key in required if key not in gone]
        wanted["completion"] = {**completion, "required": left or "all"}
    return {MANIFEST: update(text, wanted).encode()}


def changes_between(old: Files, new: Files) -> Changes:
    """What makes the old files the new ones."""
    changes: Changes = {path: None for path in old if path not in new}
    changes |= {path: content for path, content in new.items() if old.get(path) != content}
    return changes
