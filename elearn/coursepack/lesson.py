"""Lesson files: front matter between `---` lines, then Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from elearn.core.text import with_newlines
from elearn.coursepack.fields import Context, Fields, MarkdownText
from elearn.coursepack.model import LessonText
from elearn.coursepack.yamlnodes import Allowance, parse

LESSON_FILE = re.compile(
    r"(?P<number>[0-9]{1,3})-(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[a-z]{2,3})\.md"
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")


@dataclass(frozen=True)
class LessonFile:
    """One lesson in one language; minutes is None in a translation, edition is then of_edition."""

    text: LessonText
    edition: int
    minutes: int | None
    edition_line: int


def read_lesson(
    source: str, context: Context, allowance: Allowance, *, translation: bool
) -> LessonFile:
    """Read a lesson file; what is missing is reported and stood in for."""
    front, body, body_line = split_front(source)
    if front is None:
        context.problem(1, "lesson-front")
        front, body, body_line = "", source, 1
        fields = Fields(None, context)
    else:
        node = parse(front, context.path, 2, allowance, context.report) if front.strip() else None
        if not front.strip():
            context.problem(1, "lesson-front")
        fields = Fields(node, context, 2)
    title = fields.plain("title", 120) if fields.usable else ""
    edition, minutes, edition_name = 1, None, "of_edition" if translation else "edition"
    sources: tuple[str, ...] = ()
    if fields.usable:
        edition = fields.whole(edition_name, 1, 1_000)
        if not translation:
            minutes = fields.whole("minutes", 1, 90)
        nodes = fields.items_or_none("sources", 0, 30)
        sources = tuple(fields.plain_of(node, "sources", 400) for node in nodes)
        fields.finish()
    if not body.strip():
        context.problem(body_line, "lesson-empty")
    context.texts.append(MarkdownText(context.path, body_line, body, is_lesson=True))
    text = LessonText(title, body, edition, sources, context.path)
    return LessonFile(text, edition, minutes, fields.line_of(edition_name))


def split_front(source: str) -> tuple[str | None, str, int]:
    """Front matter (None when there is none), body, line of the body's first line."""
    span = front_span(source)
    if span is None:
        return None, with_newlines(source), 1
    front, body = source[span.start : span.end], source[span.body :]
    line = with_newlines(source[: span.body]).count("\n") + 1
    return with_newlines(front).removesuffix("\n"), with_newlines(body), line


@dataclass(frozen=True)
class FrontSpan:
    """Where the front matter of a file starts and ends, and where the body starts: offsets."""

    start: int
    end: int
    body: int


def front_span(source: str) -> FrontSpan | None:
    """The lines between the first line `---` and the next one; None when there are none."""
    lines = _LINE.finditer(source)  # one by one: the head ends early, and the body may be long
    first = next(lines)
    if first.group().rstrip() != "---":
        return None
    for line in lines:
        if line.group().rstrip() == "---":
            return FrontSpan(first.end(), line.start(), line.end())
    return None
