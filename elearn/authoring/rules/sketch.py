"""The picture of a draft that every page of the room starts from.

A draft is often half finished or faulty, so this reads leniently: what is missing is empty, what
cannot be read is named. `coursepack` alone decides whether a course is right.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

from elearn.authoring.rules import Files
from elearn.authoring.rules.loose import fields_in, whole
from elearn.coursepack.fields import LANGUAGE
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.manifest import MODULE_FOLDER
from elearn.coursepack.yamledit import Unreadable, plain, split_front

Words = Mapping[str, str]  # language -> text
State = Literal["fine", "missing", "older"]
_WORD = re.compile(r"\w+")
_NO_WORDS: Words = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson in one language. edition: of its own in the first language, else the one it
    translates."""

    path: str
    title: str
    edition: int
    words: int


@dataclass(frozen=True, slots=True)
class LessonSketch:
    key: str
    folder: str
    number: str  # as in its file names
    minutes: int
    texts: Mapping[str, LessonText]

    def state(self, language: str, first: str) -> State:
        """How a translation stands to the text in the course's first language."""
        text, source = self.texts.get(language), self.texts.get(first)
        if text is None:
            return "missing"
        if language != first and source is not None and text.edition < source.edition:
            return "older"
        return "fine"

    def title(self, language: str) -> str:
        """In this language, else in any, else the key."""
        found = self.texts.get(language) or next(iter(self.texts.values()), None)
        return (found.title if found else "") or self.key


@dataclass(frozen=True, slots=True)
class QuestionSketch:
    key: str
    kind: str
    pool: str
    lesson: str
    text: Words
    languages: frozenset[str]  # in which all of its texts are there


@dataclass(frozen=True, slots=True)
class ModuleSketch:
    folder: str
    key: str
    titles: Words
    jp: int
    quiz_minutes: int
    activity_minutes: int
    draw: int  # questions of one try
    has_activity: bool
    lessons: tuple[LessonSketch, ...]
    questions: tuple[QuestionSketch, ...]
    has_quiz: bool
    activity_titles: Words = field(default_factory=dict)

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()), "") or self.key

    @property
    def minutes(self) -> int:
        """Planned for its lessons, its activity and its quiz."""
        lessons = sum(lesson.minutes for lesson in self.lessons)
        return lessons + self.activity_minutes + self.quiz_minutes

    @property
    def lesson_count(self) -> int:
        return len(self.lessons)

    @property
    def question_count(self) -> int:
        return len(self.questions)

    def pool(self, name: str) -> tuple[QuestionSketch, ...]:
        return tuple(question for question in self.questions if question.pool == name)


@dataclass(frozen=True, slots=True)
class Sketch:
    """unreadable: files whose YAML cannot be read, with the line and the reason."""

    slug: str
    version: int
    languages: tuple[str, ...]  # the first one is the course's own
    titles: Words
    modules: tuple[ModuleSketch, ...]
    has_task: bool
    test_per_module: int  # questions that pre-test or post-test draw from a module; 0: no test
    media: tuple[str, ...]
    unreadable: Mapping[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def first_language(self) -> str:
        return self.languages[0]

    @property
    def question_keys(self) -> set[str]:
        """Keys of all questions of the course."""
        return {question.key for module in self.modules for question in module.questions}

    def title(self, language: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()), "") or self.slug

    def module(self, key: str) -> ModuleSketch | None:
        return next((module for module in self.modules if module.key == key), None)

    def lesson(self, key: str) -> tuple[ModuleSketch, LessonSketch] | None:
        for module in self.modules:
            for lesson in module.lessons:
                if lesson.key == key:
                    return module, lesson
        return None

    def question(self, key: str) -> tuple[ModuleSketch, QuestionSketch] | None:
        for module in self.modules:
            for question in module.questions:
                if question.key == key:
                    return module, question
        return None

    def gaps(self) -> Mapping[str, int]:
        """Language -> lessons and questions that are missing in it or older than their source."""
        return {language: self._gaps(language) for language in self.languages}

    def _gaps(self, language: str) -> int:
        lessons = (lesson for module in self.modules for lesson in module.lessons)
        questions = (question for module in self.modules for question in module.questions)
        found = sum(lesson.state(language, self.first_language) != "fine" for lesson in lessons)
        return found + sum(language not in question.languages for question in questions)


@dataclass(frozen=True, slots=True)
class Cover:
    """What a list of drafts shows of one: kept beside the draft, so that a list reads no files."""

    languages: tuple[str, ...]
    titles: Words
    gaps: Mapping[str, int]

    def title(self, language: str, default: str) -> str:
        return self.titles.get(language) or next(iter(self.titles.values()), "") or default

    def text(self) -> str:
        """As kept in the database."""
        kept = {"languages": self.languages, "titles": {**self.titles}, "gaps": {**self.gaps}}
        return json.dumps(kept, ensure_ascii=False)


def cover_of(drawn: Sketch) -> Cover:
    return Cover(drawn.languages, drawn.titles, drawn.gaps())


def cover_from(text: str) -> Cover:
    """The cover that `Cover.text` has written."""
    kept = json.loads(text)
    return Cover(tuple(kept["languages"]), kept["titles"], kept["gaps"])


def sketch(files: Files, paths: tuple[str, ...] = ()) -> Sketch:
    """The picture of these files. paths: of files beside them whose bytes are not needed."""
    course, unreadable = _plain_of(files, "course.yml")
    codes = (code for code in _strings(course.get("languages")) if LANGUAGE.fullmatch(code))
    languages = tuple(dict.fromkeys(codes)) or ("id",)
    every = sorted({*files, *paths})
    folders = {path.partition("/")[0] for path in every if "/" in path}
    wanted = [name for name in _strings(course.get("modules")) if name in folders]
    others = sorted(f for f in folders - set(wanted) if MODULE_FOLDER.fullmatch(f))
    modules = []
    for folder in dict.fromkeys([*wanted, *others]):
        module, faults = _module(files, folder, languages)
        modules.append(module)
        unreadable |= faults
    return Sketch(
        slug=_text(course.get("slug")),
        version=whole(course.get("version")) or 1,
        languages=languages,
        titles=_words(course.get("title")),
        modules=tuple(modules),
        has_task="task.yml" in files,
        test_per_module=max(_per_module(course.get(t)) for t in ("pre_test", "post_test")),
        media=tuple(path for path in every if path.startswith("media/")),
        unreadable=MappingProxyType(unreadable),
    )


def _module(
    files: Files, folder: str, languages: tuple[str, ...]
) -> tuple[ModuleSketch, dict[str, tuple[int, str]]]:
    head, unreadable = _plain_of(files, f"{folder}/module.yml")
    activity = fields_in(head.get("activity"))
    match = MODULE_FOLDER.fullmatch(folder)
    bank_path = f"{folder}/quiz.yml"
    draw, questions = 0, tuple[QuestionSketch, ...]()
    if bank_path in files:
        try:
            draw, questions = _bank(files[bank_path], languages)
        except Unreadable as fault:
            unreadable[bank_path] = (fault.line, fault.reason)
    return (
        ModuleSketch(
            folder=folder,
            key=match[2] if match else folder,
            titles=_words(head.get("title")),
            jp=whole(head.get("jp")) or 0,
            quiz_minutes=whole(head.get("quiz_minutes")) or 0,
            activity_minutes=whole(activity.get("minutes")) or 0,
            draw=draw,
            has_activity=bool(activity),
            lessons=tuple(_lessons(files, folder, unreadable)),
            questions=questions,
            has_quiz=bank_path in files,
            activity_titles=_words(activity.get("title")),
        ),
        unreadable,
    )


def _lessons(
    files: Files, folder: str, unreadable: dict[str, tuple[int, str]]
) -> Iterator[LessonSketch]:
    found: dict[tuple[int, str], dict[str, LessonText]] = {}
    numbers: dict[tuple[int, str], str] = {}
    minutes: dict[str, int] = {}
    for path in files:
        name = path.removeprefix(f"{folder}/")
        match = LESSON_FILE.fullmatch(name) if name != path else None
        if match is None:
            continue
        try:
            title, edition, planned, words = _lesson_head(files[path])
        except Unreadable as fault:
            unreadable[path] = (fault.line, fault.reason)
            title, edition, planned, words = "", 1, 0, 0
        place = int(match["number"]), match["key"]
        found.setdefault(place, {})[match["language"]] = LessonText(path, title, edition, words)
        numbers[place] = match["number"]
        minutes[match["key"]] = max(minutes.get(match["key"], 0), planned)
    for place in sorted(found):
        key = place[1]
        texts = MappingProxyType(found[place])
        yield LessonSketch(key, folder, numbers[place], minutes[key], texts)


# Read once each: a page shows all files of a course, and hardly any has changed since the last one.
@lru_cache(maxsize=2_000)
def _lesson_head(content: bytes) -> tuple[str, int, int, int]:
    """Title, edition (of_edition in a translation), minutes, words of the body."""
    front, body, _line = split_front(content.decode(errors="replace"))
    data = plain(front) if front else {}
    fields = data if isinstance(data, dict) else {}
    edition = whole(fields.get("edition", fields.get("of_edition"))) or 1
    words = len(_WORD.findall(body))
    return _text(fields.get("title")), edition, whole(fields.get("minutes")) or 0, words


@lru_cache(maxsize=200)
def _bank(content: bytes, languages: tuple[str, ...]) -> tuple[int, tuple[QuestionSketch, ...]]:
    """How many are drawn, and of what."""
    bank = fields_in(plain(content.decode(errors="replace")))
    questions = bank.get("questions")
    return whole(bank.get("draw")) or 0, tuple(
        QuestionSketch(
            key=_text(one.get("key")),
            kind=_text(one.get("kind")),
            pool=_text(one.get("pool")) or "quiz",
            lesson=_text(one.get("lesson")),
            text=_words(one.get("text")),
            languages=_complete_languages(one, languages),
        )
        for one in (questions if isinstance(questions, list) else [])
        if isinstance(one, dict)
    )


def _complete_languages(data: Any, languages: tuple[str, ...]) -> frozenset[str]:
    """The languages that every text below has; a text is a mapping of nothing but languages."""
    complete = set(languages)
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            if one and set(one) <= set(languages):
                complete &= {language for language, text in one.items() if text}
            else:
                waiting.extend(one.values())
    return frozenset(complete)


@lru_cache(maxsize=500)
def _yaml(content: bytes) -> Any:
    return plain(content.decode(errors="replace"))


def _plain_of(files: Files, path: str) -> tuple[dict[str, Any], dict[str, tuple[int, str]]]:
    """The fields of a YAML file; none of them, and why, when it cannot be read."""
    if path not in files:
        return {}, {}
    try:
        data = _yaml(files[path])
    except Unreadable as fault:
        return {}, {path: (fault.line, fault.reason)}
    return (data if isinstance(data, dict) else {}), {}


def _per_module(test: Any) -> int:
    return whole(fields_in(test).get("per_module")) or 0


def _words(value: Any) -> Words:
    if not isinstance(value, dict):
        return _NO_WORDS
    return MappingProxyType({str(language): _text(text) for language, text in value.items()})


def _strings(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return "" if value is None else str(value)
