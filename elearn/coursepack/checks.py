"""Checks that need more than one file: links, questions and their lessons, tests, JP."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from elearn.core import markdown
from elearn.core.markdown.allow import HAS_SCHEME, is_safe_address
from elearn.coursepack.fields import MarkdownText
from elearn.coursepack.limits import Limits
from elearn.coursepack.links import course_link, is_course_link
from elearn.coursepack.manifest import Head
from elearn.coursepack.model import (
    Completion,
    Module,
    Task,
    Test,
    media_path,
    outline,
    planned_minutes,
    resolved,
)
from elearn.coursepack.problems import Report
from elearn.coursepack.quizfile import Located

LEAST_TEST_POOL = 4


def required_units(
    head: Head, modules: tuple[Module, ...], task: Task | None, report: Report
) -> Completion:
    """The completion rule with its unit keys resolved."""
    units = outline(modules, task, head.pre_test, head.post_test)
    task_required = head.task == "required"
    if head.required is None:
        chosen = {unit.key for unit in units if unit.kind in ("lesson", "quiz", "post-test")}
    else:
        chosen = _chosen(head, {unit.key for unit in units}, report)
    if task_required and task is not None:
        chosen.add("task")
    required = tuple(unit.key for unit in units if unit.key in chosen)
    return Completion(required, head.pass_percent, head.sequential, task_required)


def _chosen(head: Head, known: set[str], report: Report) -> set[str]:
    chosen: set[str] = set()
    for key, line in head.required or ():
        if key == "pre-test":
            report.add("course.yml", line, "required-pre-test")
        elif key == "task" and head.task != "required":
            report.add("course.yml", line, "required-task")
        elif key not in known:
            report.add("course.yml", line, "required-unknown", value=key)
        elif key in chosen:
            report.add("course.yml", line, "required-twice", value=key)
        chosen.add(key)
    return chosen


def check_questions(questions: Sequence[Located], lessons: Collection[str], report: Report) -> None:
    """Question keys are unique in the course; each question names a lesson that is there."""
    seen: dict[str, str] = {}
    for located in questions:
        question = located.question
        if question.key in seen:
            report.add(
                located.path,
                located.line,
                "question-twice",
                question=question.key,
                first=seen[question.key],
            )
        seen.setdefault(question.key, f"{located.path}:{located.line}")
        if question.lesson and question.lesson not in lessons:
            report.add(
                located.path,
                located.lesson_line,
                "question-lesson",
                question=question.key,
                lesson=question.lesson,
            )


def check_pools(
    head: Head, modules: tuple[Module, ...], draw_lines: Mapping[str, int], report: Report
) -> None:
    """Each draw finds enough questions in its pool."""
    per_module = max(test.per_module for test in tests) if (tests := _tests(head)) else 0
    for module in modules:
        path = f"{module.folder}/quiz.yml"
        line = draw_lines.get(module.folder, 0)
        pool = len(module.quiz.pool("quiz")) if module.quiz else 0
        if module.quiz and module.quiz.draw > pool:
            report.add(path, line, "draw-large", draw=str(module.quiz.draw), count=str(pool))
        test_pool = len(module.quiz.pool("test")) if module.quiz else 0
        needed = max(per_module, LEAST_TEST_POOL)
        if per_module and test_pool < needed:
            report.add(path, 0, "test-pool-small", count=str(test_pool), needed=str(needed))
        elif test_pool and not per_module:
            report.add(path, 0, "test-pool-unused", count=str(test_pool))


def check_jp(head: Head, modules: tuple[Module, ...], limits: Limits, report: Report) -> None:
    """JP against the planned minutes: far apart is worth a look."""
    jp, planned = sum(module.jp for module in modules), planned_minutes(modules)
    stated = jp * limits.minutes_per_jp
    if modules and abs(stated - planned) * 4 > stated:
        report.add(
            "course.yml",
            head.line("modules"),
            "jp-minutes",
            jp=str(jp),
            stated=str(stated),
            planned=str(planned),
        )


def scan(
    texts: Sequence[MarkdownText], report: Report
) -> list[tuple[MarkdownText, markdown.Found]]:
    """What the texts hold; one that would be slow to read is reported and left out."""
    found: list[tuple[MarkdownText, markdown.Found]] = []
    for text in texts:
        try:
            markdown.refuse_when_slow(text.text)
        except markdown.Refused as refused:
            line = text.line + max(refused.line - 1, 0)
            report.add(text.path, line, "markdown-slow", reason=refused.reason)
            continue
        found.append((text, markdown.scan(text.text)))
    return found


def check_markdown(
    found: Sequence[tuple[MarkdownText, markdown.Found]],
    lesson_files: Collection[str],
    media: Collection[str],
    report: Report,
) -> set[str]:
    """Check links, images and headings of all texts; tells which media files they show."""
    anchors = {
        text.path: {heading.id for heading in one.headings} for text, one in found if text.is_lesson
    }
    used: set[str] = set()
    for text, one in found:
        own = {heading.id for heading in one.headings}
        for link in one.links:
            _check_link(text, link, own, anchors, lesson_files, report)
        for image in one.images:
            _check_image(text, image, media, used, report)
        if text.is_lesson:
            _check_headings(text, one, report)
        if one.tags:
            tag = one.tags[0]
            report.add(text.path, text.line + tag.line - 1, "html-shown", tag=tag.target)
    return used


def _check_link(
    text: MarkdownText,
    link: markdown.FoundTarget,
    own: set[str],
    anchors: Mapping[str, set[str]],
    lesson_files: Collection[str],
    report: Report,
) -> None:
    target, line = link.target, text.line + link.line - 1
    anchor = target.partition("#")[2]
    if target.startswith("#"):
        code = None if anchor in own else "anchor-missing"
    elif is_course_link(target):
        code = None if course_link(target) else "link-course"
    elif HAS_SCHEME.match(target):
        code = None if is_safe_address(target) else "link-form"
    elif target.startswith(("/", "\\")) or not target:
        code = "link-form"
    else:
        path = resolved(text.path, target) or ""
        code = None if path in lesson_files else "link-missing"
        if code is None and anchor and path in anchors and anchor not in anchors[path]:
            code = "anchor-missing"
    if code is not None:
        report.add(text.path, line, code, target=target)


def _check_image(
    text: MarkdownText,
    image: markdown.FoundTarget,
    media: Collection[str],
    used: set[str],
    report: Report,
) -> None:
    line = text.line + image.line - 1
    if not image.text.strip():
        report.add(text.path, line, "image-alt", target=image.target)
    if HAS_SCHEME.match(image.target) or image.target.startswith(("/", "\\")):
        report.add(text.path, line, "image-outside", target=image.target)
        return
    path = media_path(text.path, image.target)
    if path is None or path not in media:
        report.add(text.path, line, "image-missing", target=image.target)
    else:
        used.add(path)


def _check_headings(text: MarkdownText, found: markdown.Found, report: Report) -> None:
    level = 1
    for heading in found.headings:
        line = text.line + heading.line - 1
        if heading.level == 1:
            report.add(text.path, line, "heading-top", heading=heading.text)
        elif heading.level > level + 1:
            report.add(
                text.path, line, "heading-skip", heading=heading.text, marks="#" * (level + 1)
            )
        level = max(heading.level, 1)


def _tests(head: Head) -> list[Test]:
    return [test for test in (head.pre_test, head.post_test) if test is not None]
