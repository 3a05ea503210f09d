"""A course as frozen values, and the questions everybody asks of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import unquote


@dataclass(frozen=True, eq=False)
class Texts(Mapping[str, str]):
    """One text in several languages; equal to any mapping of the same words."""

    pairs: tuple[tuple[str, str], ...] = ()

    def __getitem__(self, language: str) -> str:
        for name, text in self.pairs:
            if name == language:
                return text
        raise KeyError(language)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def best(self, language: str, default: str) -> str:
        """The text in a language, else in the default language, else nothing."""
        return self.get(language) or self.get(default) or ""


NO_TEXTS = Texts()


@dataclass(frozen=True)
class Completion:
    """What completes the course; required are unit keys, resolved and in course order."""

    required: tuple[str, ...]
    pass_percent: int
    sequential: bool
    task_required: bool


@dataclass(frozen=True)
class Test:
    """Pre-test or post-test: questions drawn per module from the pool `test`."""

    per_module: int
    pass_percent: int | None


@dataclass(frozen=True)
class LessonText:
    """A lesson in one language."""

    title: str
    body: str
    of_edition: int
    sources: tuple[str, ...]
    path: str


@dataclass(frozen=True)
class Lesson:
    key: str
    edition: int
    minutes: int
    versions: Mapping[str, LessonText]


@dataclass(frozen=True)
class Activity:
    title: Texts
    minutes: int
    edition: int
    texts: Texts


@dataclass(frozen=True)
class Option:
    text: Texts
    right: bool
    feedback: Texts | None


@dataclass(frozen=True)
class Pair:
    left: Texts
    right: Texts


@dataclass(frozen=True)
class Question:
    """One question; which of the later fields are filled depends on its kind."""

    key: str
    edition: int
    kind: str
    pool: str
    lesson: str
    points: int
    text: Texts
    feedback: Texts | None
    options: tuple[Option, ...] = ()
    items: tuple[Texts, ...] = ()
    pairs: tuple[Pair, ...] = ()
    extra: tuple[Texts, ...] = ()
    accepted: tuple[str, ...] = ()
    answer: Decimal | bool | None = None
    tolerance: Decimal = Decimal(0)
    unit: Texts | None = None
    if_true: Texts | None = None
    if_false: Texts | None = None


@dataclass(frozen=True)
class Quiz:
    title: Texts | None
    draw: int
    pass_percent: int | None
    attempt_limit: int
    wait_minutes: int
    questions: tuple[Question, ...]

    def pool(self, name: str) -> tuple[Question, ...]:
        """Questions of the pool `quiz` or `test`."""
        return tuple(question for question in self.questions if question.pool == name)


@dataclass(frozen=True)
class Module:
    key: str
    folder: str
    title: Texts
    summary: Texts
    jp: int
    quiz_minutes: int
    activity: Activity | None
    lessons: tuple[Lesson, ...]
    quiz: Quiz | None


@dataclass(frozen=True)
class Criterion:
    key: str
    weight: int
    title: Texts
    levels: tuple[Texts, ...]


@dataclass(frozen=True)
class Task:
    title: Texts
    minutes: int
    edition: int
    texts: Texts
    rubric: tuple[Criterion, ...]


@dataclass(frozen=True)
class Unit:
    """One step of a course: pre-test, lesson, activity, quiz, task or post-test."""

    key: str
    kind: str
    module_key: str | None
    edition: int
    minutes: int
    required: bool
    titles: Texts


@dataclass(frozen=True)
class Course:
    """A course folder without faults; files hold its original bytes."""

    slug: str
    version: int
    languages: tuple[str, ...]
    title: Texts
    summary: Texts
    call_code: str
    weave: str
    organiser: str
    outcomes: tuple[Texts, ...]
    competencies: tuple[str, ...]
    completion: Completion
    pre_test: Test | None
    post_test: Test | None
    modules: tuple[Module, ...]
    task: Task | None
    change_note: Texts
    files: Mapping[str, bytes] = field(repr=False)
    digest: str

    @property
    def jp(self) -> int:
        return sum(module.jp for module in self.modules)

    @property
    def default_language(self) -> str:
        return self.languages[0]


def planned_minutes(modules: tuple[Module, ...]) -> int:
    """Minutes of lessons, activities and quizzes; the task is beside the plan."""
    total = 0
    for module in modules:
        total += module.quiz_minutes + sum(lesson.minutes for lesson in module.lessons)
        total += module.activity.minutes if module.activity else 0
    return total


def units(course: Course) -> tuple[Unit, ...]:
    """The units of a course in their order."""
    required = frozenset(course.completion.required)
    found = outline(course.modules, course.task, course.pre_test, course.post_test)
    return tuple(
        Unit(u.key, u.kind, u.module_key, u.edition, u.minutes, u.key in required, u.titles)
        for u in found
    )


def outline(
    modules: tuple[Module, ...], task: Task | None, pre_test: Test | None, post_test: Test | None
) -> tuple[Unit, ...]:
    """The units in order, before it is known which are required (all False)."""
    found: list[Unit] = []
    if pre_test is not None:
        found.append(Unit("pre-test", "pre-test", None, 1, 0, False, NO_TEXTS))
    for module in modules:
        found.extend(_units_of(module))
    if task is not None:
        found.append(Unit("task", "task", None, task.edition, task.minutes, False, task.title))
    if post_test is not None:
        found.append(Unit("post-test", "post-test", None, 1, 0, False, NO_TEXTS))
    return tuple(found)


def _units_of(module: Module) -> Iterator[Unit]:
    for lesson in module.lessons:
        titles = Texts(tuple((name, text.title) for name, text in lesson.versions.items()))
        yield Unit(lesson.key, "lesson", module.key, lesson.edition, lesson.minutes, False, titles)
    if (activity := module.activity) is not None:
        yield Unit(
            f"{module.key}-activity",
            "activity",
            module.key,
            activity.edition,
            activity.minutes,
            False,
            activity.title,
        )
    if module.quiz is not None:
        titles = module.quiz.title or NO_TEXTS
        yield Unit(f"{module.key}-quiz", "quiz", module.key, 1, module.quiz_minutes, False, titles)


def link_target(course: Course, from_path: str, target: str) -> str | None:
    """Unit key of the lesson that a relative link in the file `from_path` means, else None."""
    return lesson_paths(course.modules).get(resolved(from_path, target) or "")


def media_path(from_path: str, target: str) -> str | None:
    """Path "media/..." that an image target in the file `from_path` means, else None."""
    path = resolved(from_path, target)
    return path if path is not None and path.startswith("media/") else None


def lesson_paths(modules: tuple[Module, ...]) -> dict[str, str]:
    """File of each lesson in each language -> unit key."""
    return {
        text.path: lesson.key
        for module in modules
        for lesson in module.lessons
        for text in lesson.versions.values()
    }


def resolved(from_path: str, target: str) -> str | None:
    """Path in the course of a relative target; None when it is none or leaves the course."""
    target = unquote(target.partition("#")[0])
    if not target or target.startswith(("/", "\\")) or ":" in target or "\\" in target:
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), target))
    return None if path.startswith("..") or path == "." else path
