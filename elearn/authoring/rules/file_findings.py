"""What the check finds in course.yml or task.yml alone, without the rest of the course."""

from __future__ import annotations

from collections.abc import Collection

from elearn.coursepack.advice import advise
from elearn.coursepack.checks import check_markdown, scan
from elearn.coursepack.fields import Context
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.limits import Limits
from elearn.coursepack.manifest import read_head, read_task
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.yamlnodes import Allowance, parse

_READERS = {"course.yml": read_head, "task.yml": read_task}


def findings_of(
    path: str,
    content: bytes,
    languages: tuple[str, ...],
    paths: Collection[str],
    limits: Limits,
) -> tuple[Problem, ...]:
    """Problems of one of these two files, sorted. paths: of all files of the draft."""
    report = Report(limits.problems)
    context = Context(path, languages, report, [])
    allowance = Allowance(limits.yaml_depth, limits.yaml_nodes, limits.all_yaml_bytes)
    node = parse(content.decode("utf-8-sig", "replace"), path, 1, allowance, report)
    if node is None:
        return report.sorted()
    _READERS[path](node, context)
    lessons = {one for one in paths if LESSON_FILE.fullmatch(one.rpartition("/")[2])}
    found = scan(context.texts, report)
    check_markdown(found, lessons, {p for p in paths if p.startswith("media/")}, report)
    advise(found, {}, report)
    return report.sorted()
