"""One lesson in one language: read out of its file, and written back with only what was changed."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.loose import items_in, set_or_drop, whole
from elearn.authoring.rules.pictures import shown_as
from elearn.authoring.rules.sketch import sketch
from elearn.core.text import with_newlines
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.problems import Problem
from elearn.coursepack.yamledit import Data, Unreadable, decoded, plain, split_front, update_front

LEAST_WORDS, MOST_WORDS = 500, 900  # what is read on a phone in a quarter of an hour
_WORD = re.compile(r"\w+")
_MANIFEST = "course.yml"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in one language, as an editor has it.

    edition: its own in the course's first language, else the one that it translates.
    minutes: None in a translation, and where nobody has said.
    body: lines end with \\n; without the empty lines at its beginning and end.
    """

    title: str
    minutes: int | None
    edition: int
    sources: tuple[str, ...]
    body: str


NOTHING_YET = Lesson("", None, 1, (), "")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a lesson stands in the files of a draft.

    path: of its file in the language, whether it is there or not. source: in the first language.
    """

    path: str
    source: str
    languages: Mapping[str, str]  # language -> path of a file that is there

    @property
    def is_translation(self) -> bool:
        return self.path != self.source


def spot(paths: Iterable[str], key: str, language: str, first_language: str) -> Spot | None:
    """Where the lesson of this key stands; None when it is in no language at all."""
    found: dict[str, str] = {}
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        match = LESSON_FILE.fullmatch(name)
        if folder and match and match["key"] == key:
            found.setdefault(match["language"], path)
    if not found:
        return None
    beside = found.get(first_language) or next(iter(found.values()))
    stem = beside.rsplit(".", 2)[0]
    return Spot(
        path=found.get(language, f"{stem}.{language}.md"),
        source=found.get(first_language, f"{stem}.{first_language}.md"),
        languages=MappingProxyType(found),
    )


def paths_needed(paths: Iterable[str], key: str) -> tuple[str, ...]:
    """The files that `lesson_changes` reads: the lesson's, and what says the course's languages."""
    return (_MANIFEST, *(path for path in paths if _key_of(path) == key))


def lesson_of(content: bytes, path: str = "") -> Lesson:
    """What a lesson file says. Raises Unreadable for front matter that no editor can change."""
    _text, fields, body = _parts(content, path)
    return Lesson(
        title=_words(fields.get("title")),
        minutes=whole(fields.get("minutes")),
        edition=whole(fields.get("edition", fields.get("of_edition"))) or 1,
        sources=tuple(words for one in items_in(fields.get("sources")) if (words := _words(one))),
        body=body.strip("\n"),
    )


def text_of(files: Files, path: str) -> str:
    """A file as one text, "" when it is not there: what an edit of it is judged by."""
    return files.get(path, b"").decode(errors="replace")


def first_line_of_body(content: bytes) -> int:
    """The line of a lesson file that the editor's first line of text is."""
    _front, body, line = split_front(content.decode("utf-8-sig", "replace"))
    return line + len(body) - len(body.lstrip("\n"))


def lesson_changes(files: Files, key: str, language: str, wanted: Lesson) -> Changes:
    """What makes the lesson say this in this language. A translation is made beside its source.

    files: at least `paths_needed`. Raises Unreadable when its file cannot be changed, KeyError
    when there is no such lesson.
    """
    head = {path: files[path] for path in files if path == _MANIFEST}
    place = spot(files, key, language, sketch(head).first_language)
    if place is None:
        raise KeyError(key)
    changes: Changes = {}
    wanted = replace(wanted, minutes=None) if place.is_translation else wanted
    _write(files, place.path, "of_edition" if place.is_translation else "edition", wanted, changes)
    if not place.is_translation:
        # When a raised edition is taken back, no translation can be of an edition that never was.
        for other in place.languages.values():
            if other != place.path and other in files:
                lesson = lesson_of(files[other], other)
                if lesson.edition > wanted.edition:
                    lowered = replace(lesson, edition=wanted.edition)
                    _write(files, other, "of_edition", lowered, changes)
    return changes


def raised(edition: int, published: int | None) -> int:
    """The edition of a source whose meaning has changed: once above the published one.

    published: None when no version of the course has the lesson; nobody need read it again then.
    """
    return edition if published is None else max(edition, published + 1)


def taken_back(edition: int, published: int | None) -> int:
    """The edition of a source that still means what the published one does."""
    return edition if published is None else min(edition, published)


def with_picture(lesson: Lesson, picture: str, alt: str) -> Lesson:
    """The lesson with a picture below its text."""
    shown = shown_as(picture, alt)
    return replace(lesson, body=f"{lesson.body}\n\n{shown}" if lesson.body else shown)


def words_in(body: str) -> int:
    return len(_WORD.findall(body))


def _write(files: Files, path: str, edition: str, wanted: Lesson, changes: Changes) -> None:
    content = files.get(path)
    if content is None:
        text, body, shown = "", "\n", None
        fields: dict[str, Any] = {}
    else:
        text, fields, body = _parts(content, path)
        shown = lesson_of(content, path)
    new = dict(fields)
    if shown is None or wanted.title.strip() != shown.title.strip():
        new["title"] = wanted.title.strip()
    if wanted.minutes != (shown.minutes if shown else None):
        set_or_drop(new, "minutes", wanted.minutes)
    if shown is None or wanted.edition != shown.edition:
        new[edition] = wanted.edition
    if wanted.sources != (shown.sources if shown else ()):
        former = {_words(one): one for one in items_in(fields.get("sources"))}
        set_or_drop(new, "sources", [former.get(one, one) for one in wanted.sources])
    framed = _framed(wanted.body, body)
    if content is None or (new, framed) != (fields, body):
        mark = codecs.BOM_UTF8 if content and content.startswith(codecs.BOM_UTF8) else b""
        changes[path] = mark + update_front(text, new, framed).encode()


def _parts(content: bytes, path: str) -> tuple[str, dict[str, Data], str]:
    """The text of a file, the fields of its front matter, its body with \\n."""
    text = decoded(content.removeprefix(codecs.BOM_UTF8), path)
    front, body, _line = split_front(text)
    fields = plain(front) if front and front.strip() else {}
    if fields is None:
        fields = {}
    if not isinstance(fields, dict):
        raise Unreadable(Problem(path, 1, "value-fields", (), "error"))
    return text, fields, body


def _framed(typed: str, there: str) -> str:
    """What was typed, between the empty lines that the file begins and ends its text with."""
    middle = with_newlines(typed).strip("\n")
    inner = there.strip("\n")
    if not inner:
        return f"{middle}\n" if middle else there
    start = there.index(inner)
    return there[:start] + middle + there[start + len(inner) :]


def _key_of(path: str) -> str | None:
    match = LESSON_FILE.fullmatch(path.rpartition("/")[2])
    return match["key"] if match and "/" in path else None


def _words(value: Data) -> str:
    """A text as one line, which is how its field shows it."""
    return "" if value is None or isinstance(value, (dict, list)) else " ".join(str(value).split())
