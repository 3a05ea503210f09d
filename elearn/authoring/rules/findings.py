"""What the check finds in one lesson file by itself, without reading the rest of the course."""

from __future__ import annotations

from collections.abc import Collection

from elearn.coursepack.advice import advise
from elearn.coursepack.checks import check_markdown, scan
from elearn.coursepack.fields import Context
from elearn.coursepack.lesson import LESSON_FILE, read_lesson
from elearn.coursepack.limits import Limits
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.yamlnodes import Allowance


def findings_in(
    path: str, content: bytes, *, is_translation: bool, paths: Collection[str], limits: Limits
) -> tuple[Problem, ...]:
    """Problems of the file `path`, sorted. paths: of all files of the draft, for its links."""
    report = Report(limits.problems)
    context = Context(path, (), report, [])
    allowance = Allowance(limits.yaml_depth, limits.yaml_nodes, limits.all_yaml_bytes)
    text = content.decode("utf-8-sig", "replace")
    read_lesson(text, context, allowance, translation=is_translation)
    lessons = {one for one in paths if LESSON_FILE.fullmatch(one.rpartition("/")[2])}
    media = {one for one in paths if one.startswith("media/")}
    found = scan(context.texts, report)
    check_markdown(found, lessons, media, report)
    advise(found, {}, report)
    return report.sorted()
