"""Lesson files: front matter between `---` lines, then Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from elearn.coursepack.fields import Context, Fields, MarkdownText
from elearn.coursepack.model import LessonText
from elearn.coursepack.yamlnodes import Allowance, parse

LESSON_FILE = re.compile(
    r"(?P<number>[0-9]{1,3})-(?P<key>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<language>[a-z]{2,3})\.md"
)


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
    front, body, body_line = _split(source)
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
    text = LessonText(title, body, edition, sources, context.path, body_line)
    return LessonFile(text, edition, minutes, fields.line_of(edition_name))


def _split(source: str) -> tuple[str | None, str, int]:
    """Front matter (None when there is none), body, line of the body's first line."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].rstrip() != "---":
        return None, source, 1
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :]), number + 2
    return None, source, 1
