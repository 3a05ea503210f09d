"""A draft as somebody reads it, author or reviewer: each page through the pipeline of publishing.

Only the page that is wanted is rendered. What cannot be read says why, and the rest is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from markupsafe import Markup

from elearn.authoring import queries
from elearn.authoring.formats.preview import UNIT_PREFIX, Around, pictures_named_in, rendered
from elearn.authoring.queries.files import Tree
from elearn.authoring.rules import Files
from elearn.authoring.rules.lessons import lesson_of
from elearn.authoring.rules.pictures import MEDIA
from elearn.authoring.rules.sketch import Sketch, sketch
from elearn.authoring.rules.units import DraftUnit, read_unit, units_of
from elearn.authoring.views.answer_keys import key_of
from elearn.authoring.views.desk import lesson_keys, too_long, unreadable
from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.markdown import Refused, stored
from elearn.coursepack.model import Activity, Question, Quiz, Task
from elearn.coursepack.yamledit import Unreadable
from elearn.courses import queries as courses
from elearn.courses.formats.html import question_body, rubric_text
from elearn.courses.limits import course_limits
from elearn.courses.rules import QuestionBody, facts_in
from elearn.quizzes.queries import Asked
from elearn.quizzes.rules import KINDS, Drawn
from elearn.quizzes.views.findings import Line
from elearn.quizzes.views.sheets import sheet


@dataclass(frozen=True, slots=True)
class Reading:
    """One state of a draft, and where its pages are for whoever reads it.

    files: all texts. unit_url, picture_url: the address of a unit's key, of a picture's path.
    """

    tree: Tree
    files: Files
    sketch: Sketch
    unit_url: Callable[[str], str]
    picture_url: Callable[[str], str]

    @property
    def language(self) -> str:
        """That the texts are shown in: the one asked for, else the reader's, else the first."""
        for wanted in (request.args.get("lang", ""), page_language()):
            if wanted in self.sketch.languages:
                return wanted
        return self.sketch.first_language

    @property
    def units(self) -> tuple[DraftUnit, ...]:
        return units_of(self.sketch)

    def unit(self, key: str) -> DraftUnit:
        """The unit of this key. Raises Missing."""
        for unit in self.units:
            if unit.key == key:
                return unit
        raise Missing("unit-missing", unit=key)


@dataclass(frozen=True, slots=True)
class Text:
    """As `learning/_text.html` takes it."""

    html: Markup
    headings: tuple[tuple[int, str, str], ...]
    language: str


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """sheet: as components/question.html takes it, as before anybody has answered."""

    key: str
    pool: str
    sheet: dict[str, Any]
    answers: list[Line]
    feedback: Markup
    lesson: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One unit as it is read. faults: why it, or a part of it, is not shown."""

    unit: DraftUnit
    title: str
    title_language: str
    text: Text | None = None
    sources: tuple[str, ...] = ()
    quiz: Quiz | None = None
    questions: tuple[ShownQuestion, ...] = ()
    faults: tuple[str, ...] = ()


def reading_of(
    tree: Tree, unit_url: Callable[[str], str], picture_url: Callable[[str], str]
) -> Reading:
    """One query: all texts of this state."""
    texts = {path: digest for path, digest in tree.items() if not path.startswith(MEDIA)}
    files = queries.bytes_of(texts)
    return Reading(tree, files, sketch(files, tuple(tree)), unit_url, picture_url)


def shown(reading: Reading, unit: DraftUnit) -> Shown:
    """One unit, rendered. At most one query: the pictures that it names."""
    return _lesson(reading, unit) if unit.kind == "lesson" else _other(reading, unit)


def title_of(unit: DraftUnit, language: str) -> tuple[str, str]:
    """A unit's title and its language; "" where it is the product's words."""
    named = {name: title for name, title in unit.titles.items() if title}
    if named:
        chosen = language if language in named else next(iter(named))
        return named[chosen], chosen
    if unit.kind == "quiz" and unit.module:
        return _("Quiz: %(module)s", module=unit.module.title(language)), ""
    words = {"activity": _("Activity"), "task": _("Practical task")}
    return words.get(unit.kind, unit.key), ""


def _lesson(reading: Reading, unit: DraftUnit) -> Shown:
    wanted = reading.language
    language = wanted if wanted in unit.paths else next(iter(unit.paths))
    title, title_language = title_of(unit, language)
    path = unit.paths[language]
    try:
        lesson = lesson_of(reading.files[path], path)
        text = _text(reading, lesson.body, path, language)
    except Unreadable as fault:
        return Shown(unit, title, title_language, faults=(unreadable(fault),))
    except Refused as refused:
        return Shown(unit, title, title_language, faults=(too_long(refused),))
    return Shown(unit, title, title_language, text=text, sources=lesson.sources)


def _other(reading: Reading, unit: DraftUnit) -> Shown:
    language = reading.language
    read = read_unit(reading.files, unit, reading.sketch.languages, course_limits())
    title, title_language = title_of(unit, language)
    words = "id" if page_language() == "id" else "en"
    faults = tuple(dict.fromkeys(fault.sentence(words) for fault in read.faults))  # type: ignore[arg-type]
    named = read.part.title.get(language) if read.part and read.part.title else None
    if named:
        title, title_language = named, language
    try:
        if isinstance(read.part, Quiz):
            questions = _questions(reading, unit, read.part, language)
            return Shown(
                unit, title, title_language, quiz=read.part, questions=questions, faults=faults
            )
        source = _source(read.part, language)
        text = _text(reading, source, unit.path, language) if source else None
    except Refused as refused:
        return Shown(unit, title, title_language, faults=(*faults, too_long(refused)))
    return Shown(unit, title, title_language, text=text, faults=faults)


def _source(part: Activity | Task | None, language: str) -> str:
    if part is None:
        return ""
    source = part.texts.get(language, "")
    return source + rubric_text(part, language) if isinstance(part, Task) else source


def _text(reading: Reading, source: str, path: str, language: str) -> Text:
    done = rendered(source, path, language, _around(reading, source), UNIT_PREFIX)
    headings = tuple((one.level, one.id, one.text) for one in done.headings)
    return Text(stored(done.html), headings, language)


def _questions(
    reading: Reading, unit: DraftUnit, quiz: Quiz, language: str
) -> tuple[ShownQuestion, ...]:
    source = reading.files[unit.path].decode(errors="replace")
    around = _around(reading, source)

    def block(text: str, prefix: str) -> str:
        return rendered(text, unit.path, language, around, prefix).html

    bodies = [
        courses.body_from(question_body(question, number, language, block))
        for number, question in enumerate(quiz.questions, start=1)
    ]
    return tuple(
        _question(question, number, len(bodies), body, unit)
        for number, (question, body) in enumerate(zip(quiz.questions, bodies, strict=True), start=1)
    )


def _question(
    question: Question, number: int, total: int, body: QuestionBody, unit: DraftUnit
) -> ShownQuestion:
    facts = facts_in(question, unit.module.key if unit.module else "", number)
    drawn = Drawn(question.key, KINDS[question.kind].order(facts, tuple))  # not shuffled
    return ShownQuestion(
        key=question.key,
        pool=question.pool,
        sheet=sheet(Asked(number, drawn, facts, ""), total, body, None, None),
        answers=key_of(facts, body),
        feedback=body.feedback,
        lesson=question.lesson,
    )


def _around(reading: Reading, source: str) -> Around:
    media = tuple(path for path in reading.tree if path.startswith(MEDIA))
    named = pictures_named_in(source, media)
    return Around(
        lessons=lesson_keys(tuple(reading.tree)),
        pictures=queries.bytes_of({path: reading.tree[path] for path in named}),
        lesson_url=reading.unit_url,
        picture_url=reading.picture_url,
    )
