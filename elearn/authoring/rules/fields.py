"""From a problem of the check to the page and the very field where its words are mended.

A field of a page is named from its place in the file, joined by hyphens: `outcomes-2-en`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from elearn.authoring.rules import Files
from elearn.authoring.rules.lessons import first_line_of_body
from elearn.authoring.rules.sketch import sketch
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.manifest import MODULE_FOLDER
from elearn.coursepack.problems import Problem
from elearn.coursepack.quizfile import KINDS
from elearn.coursepack.yamledit import Data, Place, Unreadable, place_at, plain, split_front

# Fields of each page: place in the file -> id, where that is another. #: number, @: language.
_COURSE = {
    "title @": "",
    "summary @": "",
    "outcomes # @": "",
    "competencies": "",
    "call_code": "",
    "weave": "",
    "organiser": "",
    "languages": "",
    "completion required": "",
    "completion pass_percent": "",
    "completion order": "",
    "completion task": "",
    "pre_test per_module": "",
    "post_test per_module": "",
    "post_test pass_percent": "",
}
_TASK = {
    "title @": "",
    "minutes": "",
    "text @": "",
    "rubric # weight": "",
    "rubric # title @": "",
    "rubric # levels # @": "",
}
_MODULE = {
    "title @": "",
    "summary @": "",
    "jp": "",
    "quiz_minutes": "",
    "activity title @": "",
    "activity minutes": "",
    "activity text @": "",
}
_BANK = {"draw": "", "pass_percent": "", "attempts limit": "", "attempts wait_minutes": ""}
_QUESTION = {
    "text @": "",
    "feedback @": "",
    "options": "",
    "items": "",
    "pairs": "",
    "extra": "",
    "accepted": "",
    "options # right @": "options-#-text-@",
    "options # wrong @": "options-#-text-@",
    "options # feedback @": "",
    "items # @": "",
    "pairs # left @": "",
    "pairs # right @": "",
    "extra # @": "",
    "accepted #": "",
    "answer": "",
    "tolerance": "",
    "unit @": "",
    "if_true @": "",
    "if_false @": "",
    "pool": "",
    "lesson": "",
    "points": "",
    "edition": "",
}
# What no form shows: it is mended in the file itself.
_IN_FILE = frozenset(
    {
        "key-unknown",
        "key-unknown-near",
        "text-comma",
        "text-encoding",
        "format-unknown",
        "criterion-twice",
        "question-twice",
        "lesson-front",
    }
)
_IN_OUTLINE = frozenset({"jp-minutes", "list-count", "key-missing", "value-list"})
_LESSON_FIELDS = ("title", "minutes", "sources")


@dataclass(frozen=True, slots=True)
class Part:
    """What people call the thing that a problem is in.

    kind: draft, course, module, lesson, bank, question, task, picture or file. name: its key;
    the path of a picture or file.
    """

    kind: str
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A field: page is the endpoint that has it, values what its address names, anchor its id."""

    page: str
    values: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Located:
    problem: Problem
    part: Part
    spot: Spot


def located(problems: Iterable[Problem], files: Files) -> tuple[Located, ...]:
    """Each problem with its field. files: the texts of the draft that was checked."""
    head = {path: content for path, content in files.items() if path == "course.yml"}
    atlas = _Atlas(files, sketch(head).languages)
    return tuple(Located(problem, *atlas.of(problem)) for problem in problems)


def field_at(content: bytes, line: int) -> tuple[str, int | None]:
    """The field of the editor that a line of a lesson's file is in, and the line in that field."""
    first = first_line_of_body(content)
    if line >= first - 1:
        return "body", max(line - first + 1, 1)
    front = split_front(content.decode(errors="replace"))[0] or ""
    try:
        step = next(iter(place_at(front, line - 1)), "title")
    except Unreadable:
        return "title", None
    return (str(step) if step in _LESSON_FIELDS else "title"), None


@dataclass(frozen=True, slots=True)
class _Atlas:
    files: Files
    languages: tuple[str, ...]
    banks: dict[str, Data] = field(default_factory=dict)  # read once each

    def of(self, problem: Problem) -> tuple[Part, Spot]:
        path = problem.path
        folder, _, name = path.rpartition("/")
        if not path:
            return Part("draft"), Spot("outline")
        if path == "course.yml":
            return self._course(problem)
        if path == "task.yml":
            return Part("task"), self._in_yaml(problem, _TASK, Spot("task"))
        if path.startswith("media/"):
            return Part("picture", path), Spot("media", anchor=path.replace("/", "-"))
        if MODULE_FOLDER.fullmatch(path):
            return Part("module", _key(path)), Spot("outline", anchor=f"module-{_key(path)}")
        if MODULE_FOLDER.fullmatch(folder):
            return self._in_module(problem, _key(folder), name)
        return Part("file", path), _source(problem)

    def _course(self, problem: Problem) -> tuple[Part, Spot]:
        step = self._place(problem)[:1]
        if problem.code == "task-missing":
            return Part("course"), Spot("task", anchor=f"title-{self.languages[0]}")
        if step == ("modules",) and problem.code in _IN_OUTLINE:
            return Part("course"), Spot("outline", anchor="add-module")
        # What is missing at the top is told at the line of the first field, which is blameless.
        is_about_it = problem.code != "key-missing"
        if is_about_it and step and step[0] in ("format", "slug", "version", "modules"):
            return Part("course"), _source(problem)
        return Part("course"), self._in_yaml(problem, _COURSE, Spot("facts"))

    def _in_module(self, problem: Problem, key: str, name: str) -> tuple[Part, Spot]:
        if name == "module.yml":
            page = Spot("module", {"key": key})
            return Part("module", key), self._in_yaml(problem, _MODULE, page)
        if name == "quiz.yml":
            return self._bank(problem, key)
        lesson = LESSON_FILE.fullmatch(name)
        if lesson is None or problem.code in ("lesson-twice", "lesson-number"):
            return Part("file", problem.path), _source(problem)
        return self._lesson(problem, lesson["key"], lesson["language"])

    def _lesson(self, problem: Problem, key: str, language: str) -> tuple[Part, Spot]:
        values = dict(problem.values)
        if problem.code == "language-unlisted":
            return Part("lesson", key, language), Spot("facts", anchor="languages")
        if problem.code == "lesson-missing":
            missing = LESSON_FILE.fullmatch(values.get("file", "").rpartition("/")[2])
            language = missing["language"] if missing else language
        part = Part("lesson", key, language)
        if problem.code in _IN_FILE or problem.code.startswith("yaml-"):
            return part, _source(problem)
        if problem.code in ("lesson-order", "lesson-key-reserved", "key-form", "key-taken"):
            return part, Spot("outline", anchor=f"lesson-{key}")
        content = self.files.get(problem.path, b"")
        anchor, line = field_at(content, problem.line) if problem.line else ("title", None)
        where = {"key": key, "language": language}
        if problem.code == "translation-behind":
            return part, Spot("lesson", where, "is_up_to_date")
        return part, Spot("lesson", where | ({"line": str(problem.line)} if line else {}), anchor)

    def _bank(self, problem: Problem, key: str) -> tuple[Part, Spot]:
        place = self._place(problem)
        question = self._question_at(problem.path, place)
        if question is None and place[:1] == ("title",):
            return Part("bank", key), _source(problem)
        if question is None:
            page = Spot("questions", {"key": key})
            return Part("bank", key), self._in_yaml(problem, _BANK, page)
        name, kind = str(question["key"]), question.get("kind")
        part = Part("question", name)
        if problem.code in _IN_FILE or kind not in KINDS:  # no editor can show another kind
            return part, _source(problem)
        if problem.code == "language-unlisted":
            return part, Spot("facts", anchor="languages")
        anchor = self._nearest(_QUESTION, place[2:], problem)
        return part, Spot("question", {"key": name}, anchor)

    def _question_at(self, path: str, place: Place) -> Mapping[str, Any] | None:
        """The question that a place is in, when it has a key to be called by."""
        if len(place) < 2 or place[0] != "questions" or not isinstance(place[1], int):
            return None
        if path not in self.banks:
            self.banks[path] = plain(self._text(path))
        data = self.banks[path]
        entries = data.get("questions") if isinstance(data, dict) else None
        one = entries[place[1]] if isinstance(entries, list) else None
        return one if isinstance(one, dict) and isinstance(one.get("key"), str) else None

    def _in_yaml(self, problem: Problem, fields: Mapping[str, str], page: Spot) -> Spot:
        """The field of the page, or the file itself where that must be mended first."""
        if problem.code == "language-unlisted":
            return Spot("facts", anchor="languages")
        if problem.code in _IN_FILE or problem.code.startswith("yaml-"):
            return _source(problem)
        anchor = self._nearest(fields, self._place(problem), problem)
        return Spot(page.page, page.values, anchor)

    def _place(self, problem: Problem) -> Place:
        """Where the problem is in the data of its file; () where that cannot be told."""
        try:
            return place_at(self._text(problem.path), problem.line) if problem.line else ()
        except Unreadable:
            return ()

    def _text(self, path: str) -> str:
        return self.files.get(path, b"").decode("utf-8-sig", "replace")

    def _nearest(self, fields: Mapping[str, str], place: Place, problem: Problem) -> str:
        """The id of the field that the problem speaks of, else of the one nearest to its place."""
        for tail in (*_tails(problem), ()):
            for length in range(len(place), -1, -1):
                found = self._id(fields, (*place[:length], *tail))
                if found and (tail or length or not place):
                    return found
        return self._id(fields, ()) or ""

    def _id(self, fields: Mapping[str, str], place: Place) -> str | None:
        """The id of the first field at this place or below it."""
        for shape, other in fields.items():
            parts = shape.split()
            if len(place) <= len(parts) and all(map(self._fits, parts, place)):
                names = iter([*place, *map(self._default, parts[len(place) :])])
                by_part = [(part, str(name)) for part, name in zip(parts, names, strict=True)]
                if not other:
                    return "-".join(name for _part, name in by_part)
                for part, name in by_part:
                    other = other.replace(part, name, 1) if part in "#@" else other
                return other
        return None

    def _fits(self, part: str, step: str | int) -> bool:
        if part == "#":
            return isinstance(step, int)
        return step in self.languages if part == "@" else step == part

    def _default(self, part: str) -> str:
        return {"#": "0", "@": self.languages[0]}.get(part, part)


def _tails(problem: Problem) -> Iterator[Place]:
    """What a problem says of its field beside its line, the most exact first."""
    values = dict(problem.values)
    named: Sequence[str] = values.get("key", "").split(".") if values.get("key") else ()
    language = (values["language"],) if "language" in values else ()
    if named and language:
        yield (*named, *language)
        yield language
    if named:
        yield tuple(named)
        yield (named[-1],)


def _source(problem: Problem) -> Spot:
    line = {"line": str(problem.line)} if problem.line else {}
    return Spot("source", {"path": problem.path, **line}, "text")


def _key(folder: str) -> str:
    match = MODULE_FOLDER.fullmatch(folder)
    return match[2] if match else folder
