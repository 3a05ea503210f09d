"""A course as HTML: every unit and question in every language, rendered once, at publish."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from elearn.core.markdown import (
    SHOWN_IMAGE_BYTES,
    Image,
    labels_for,
    plain_text,
    render,
    render_inline,
)
from elearn.core.text import sort_key
from elearn.coursepack import images, model
from elearn.coursepack.links import course_link
from elearn.coursepack.model import Course, Question, Texts


@dataclass(frozen=True)
class UnitHtml:
    """One unit's text in one language."""

    unit_key: str
    language: str
    source_digest: str
    html: str
    headings: str  # JSON list of [level, id, text]
    media_bytes: int


@dataclass(frozen=True)
class QuestionHtml:
    """One question's texts in one language; body is JSON in the shape of `QuestionBody`."""

    question_key: str
    language: str
    body: str


@dataclass(frozen=True)
class CourseHtml:
    units: tuple[UnitHtml, ...]
    questions: tuple[QuestionHtml, ...]


def render_course(course: Course) -> CourseHtml:
    """All of a course as clean HTML. Takes time (about 7 ms per KB): call it before `saving()`."""
    return CourseHtml(tuple(_units(course)), tuple(_questions(course)))


def media_url(digest: str, path: str) -> str:
    """Public address of a media file: by digest, so that a browser may keep it for ever."""
    return f"/media/{digest}/{path.rsplit('/', 1)[-1]}"


class _Renderer:
    """Renders texts of one file of a course in one language, adding up the images that load."""

    def __init__(self, course: Course, path: str, language: str) -> None:
        self.course, self.path, self.language = course, path, language
        self.media: dict[str, int] = {}

    def link(self, target: str) -> str | None:
        if other := course_link(target):
            return f"/courses/{other.slug}/{other.unit_key or ''}"
        key = model.link_target(self.course, self.path, target)
        return f"/courses/{self.course.slug}/{key}" if key else None

    def image(self, target: str) -> Image | None:
        path = model.media_path(self.path, target)
        content = self.course.files.get(path or "")
        if path is None or content is None:
            return None
        size = images.measure(path, content)
        if len(content) <= SHOWN_IMAGE_BYTES:
            self.media[path] = len(content)
        url = media_url(hashlib.sha256(content).hexdigest(), path)
        return Image(url, size.width, size.height, len(content))

    def block(self, source: str, prefix: str) -> tuple[str, list[list[object]]]:
        done = render(
            source, prefix=prefix, link=self.link, image=self.image,
            labels=labels_for(self.language),
        )  # fmt: skip
        return done.html, [[h.level, h.id, h.text] for h in done.headings]

    def text(self, source: str, prefix: str) -> str:
        return self.block(source, prefix)[0]


def _units(course: Course) -> Iterator[UnitHtml]:
    for module in course.modules:
        for lesson in module.lessons:
            for language, version in lesson.versions.items():
                yield _unit(course, lesson.key, version.path, language, version.body)
        if module.activity:
            path = f"{module.folder}/module.yml"
            for language, source in module.activity.texts.items():
                yield _unit(course, f"{module.key}-activity", path, language, source)
    if course.task:
        for language, source in course.task.texts.items():
            text = source + rubric_text(course.task, language)
            yield _unit(course, "task", "task.yml", language, text)


def _unit(course: Course, key: str, path: str, language: str, source: str) -> UnitHtml:
    renderer = _Renderer(course, path, language)
    html, headings = renderer.block(source, "t")
    return UnitHtml(
        key,
        language,
        hashlib.sha256(source.encode()).hexdigest(),
        html,
        json.dumps(headings, ensure_ascii=False),
        sum(renderer.media.values()),
    )


_RUBRIC_WORDS = {
    "id": ("Rubrik penilaian", "Bobot", "Nilai"),
    "en": ("How it is marked", "Weight", "Mark"),
}


def rubric_text(task: model.Task, language: str) -> str:
    """The rubric as Markdown: per criterion a heading with its weight, and the five levels.

    The task may be of a draft: what is not there in the language is empty.
    """
    title, weight, mark = _RUBRIC_WORDS.get(language, _RUBRIC_WORDS["en"])
    parts = [f"\n\n## {title}\n"]
    for criterion in task.rubric:
        name = criterion.title.get(language, "")
        parts.append(f"\n### {name}\n\n{weight}: {criterion.weight} %\n\n")
        parts.extend(
            f"{mark} {number}\n:   {level.get(language, '')}\n\n"
            for number, level in reversed(list(enumerate(criterion.levels)))
        )
    return "".join(parts)


def _questions(course: Course) -> Iterator[QuestionHtml]:
    number = 0
    for module in course.modules:
        for question in module.quiz.questions if module.quiz else ():
            number += 1
            for language in course.languages:
                renderer = _Renderer(course, f"{module.folder}/quiz.yml", language)
                body = question_body(question, number, language, renderer.text)
                yield QuestionHtml(
                    question.key, language, json.dumps(body, ensure_ascii=False, sort_keys=True)
                )


def question_body(
    question: Question, number: int, language: str, render_block: Callable[[str, str], str]
) -> dict[str, object]:
    """The texts of a question as HTML, in the shape of `QuestionBody`.

    number: of the question in its course, for ids; its key may give the answer away.
    render_block: (Markdown, prefix of its ids) -> clean HTML.
    """

    def block(texts: Texts | None, name: str) -> str:
        source = texts.get(language) if texts else None
        return render_block(source, f"bank{number}-{name}") if source else ""

    def inline(texts: Texts | None) -> str:
        source = texts.get(language) if texts else None
        return render_inline(source) if source else ""

    return {
        "text": block(question.text, "text"),
        "feedback": block(question.feedback, "feedback"),
        "options": [[inline(o.text), inline(o.feedback)] for o in question.options],
        "items": [inline(item) for item in question.items],
        "lefts": [inline(pair.left) for pair in question.pairs],
        "rights": [inline(t) for t in (*(p.right for p in question.pairs), *question.extra)],
        "unit": (question.unit or Texts()).get(language, ""),
        "if_true": inline(question.if_true),
        "if_false": inline(question.if_false),
    }


def search_words(course: Course, language: str) -> str:
    """Every word of titles and lessons once, folded: what finding by words looks through."""
    texts = [course.title[language], course.summary[language]]
    texts += [outcome[language] for outcome in course.outcomes]
    for module in course.modules:
        texts += [module.title[language], module.summary[language]]
        for lesson in module.lessons:
            version = lesson.versions.get(language)
            if version:
                texts += [version.title, plain_text(version.body)]
    words = {word.strip(".,;:!?()[]\"'“”‘’") for text in texts for word in sort_key(text).split()}
    return " ".join(sorted(word for word in words if word))
