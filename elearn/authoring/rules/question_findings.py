"""What the check finds in questions by themselves, without reading the rest of the course."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from elearn.coursepack.advice import advise
from elearn.coursepack.checks import check_markdown, check_questions, scan
from elearn.coursepack.fields import Context
from elearn.coursepack.lesson import LESSON_FILE
from elearn.coursepack.limits import DEFAULT_LIMITS
from elearn.coursepack.model import Question
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.quizfile import read_quiz
from elearn.coursepack.yamledit import Place, emit, place_at
from elearn.coursepack.yamlnodes import Allowance, parse

_MOST = 100  # problems of one bank that are looked at, so that a bank of nothing else stays quick


@dataclass(frozen=True, slots=True)
class Finding:
    """field: id of its place in the editor of a question."""

    problem: Problem
    field: str

    @property
    def is_error(self) -> bool:
        return self.problem.severity == "error"


@dataclass(frozen=True, slots=True)
class Judged:
    """question: None when something stands against it."""

    question: Question | None
    findings: tuple[Finding, ...]


def judged(
    question: Mapping[str, Any], folder: str, languages: Sequence[str], paths: Collection[str]
) -> Judged:
    """One question as the check sees it. paths: of all files of the draft."""
    text = emit({"draw": 1, "questions": [dict(question)]})
    report = Report(_MOST)
    context = Context(f"{folder}/quiz.yml", tuple(languages), report, [])
    quiz, located, _line = read_quiz(_parsed(text, report), context)
    lessons = {path for path in paths if _is_lesson(path)}
    check_questions(located, {_key(path) for path in lessons}, report)
    found = scan(context.texts, report)
    check_markdown(found, lessons, {path for path in paths if path.startswith("media/")}, report)
    advise(found, {}, report)
    problems = report.sorted()
    findings = tuple(
        Finding(one, field_of(place_at(text, one.line)[2:], one, languages)) for one in problems
    )
    is_good = not report.has_errors and bool(quiz.questions)
    return Judged(quiz.questions[0] if is_good else None, findings)


def field_of(place: Place, problem: Problem, languages: Sequence[str]) -> str:
    """The id of the field for a place in a question: ("options", 2, "wrong", "id") is
    "options-2-text-id".

    Where the problem names a language that stands on no line of its own, the field of that one.
    """
    values = dict(problem.values)
    language = values.get("language") or values.get("key", "").rpartition(".")[2]
    steps = [str(step) for step in place]
    if steps[:1] == ["options"] and steps[2:3] in (["right"], ["wrong"]):
        steps[2] = "text"
    if language in languages and steps:
        steps = [*(steps[:-1] if steps[-1] in languages else steps), language]
    return "-".join(steps) or "text"


@lru_cache(maxsize=32)
def faulty_keys(
    content: bytes, languages: tuple[str, ...], lessons: frozenset[str]
) -> frozenset[str]:
    """Keys of the questions of a bank that a check would refuse. lessons: keys, in the course."""
    text = content.decode("utf-8-sig", "replace")
    report = Report(_MOST)
    context = Context("", languages, report, [])
    _quiz, located, _line = read_quiz(_parsed(text, report), context)
    check_questions(located, lessons, report)
    lines = sorted((one.line, one.question.key) for one in located)
    faulty = set()
    for problem in report.sorted():
        before = [key for line, key in lines if line <= problem.line]
        if problem.severity == "error" and before:
            faulty.add(before[-1])
    return frozenset(faulty)


def _parsed(text: str, report: Report) -> Any:
    limits = DEFAULT_LIMITS
    allowance = Allowance(limits.yaml_depth, limits.yaml_nodes, limits.all_yaml_bytes)
    return parse(text, "", 1, allowance, report)


def _is_lesson(path: str) -> bool:
    return "/" in path and LESSON_FILE.fullmatch(path.rpartition("/")[2]) is not None


def _key(path: str) -> str:
    match = LESSON_FILE.fullmatch(path.rpartition("/")[2])
    return match["key"] if match else ""
