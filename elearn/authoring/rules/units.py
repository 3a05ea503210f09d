"""What there is to read in a draft, in a learner's order, however unfinished the draft is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearn.authoring.rules import Files
from elearn.authoring.rules.sketch import ModuleSketch, Sketch
from elearn.coursepack.fields import Context
from elearn.coursepack.limits import Limits
from elearn.coursepack.manifest import read_module, read_task
from elearn.coursepack.model import Activity, Quiz, Task
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.quizfile import read_quiz
from elearn.coursepack.yamlnodes import Allowance, Node, parse

TASK = "task.yml"


@dataclass(frozen=True, slots=True)
class DraftUnit:
    """One page of a draft. titles: language -> title, empty where the product words it.

    path: of its file; of a lesson, in each language. module: None for the task.
    """

    key: str
    kind: str  # lesson, activity, quiz, task
    module: ModuleSketch | None
    minutes: int
    titles: Mapping[str, str]
    paths: Mapping[str, str]  # language -> path; one path for all languages: ""

    @property
    def path(self) -> str:
        return next(iter(self.paths.values()))


@dataclass(frozen=True, slots=True)
class Read:
    """A part of a draft as far as it can be read; faults: the errors that its file has."""

    part: Activity | Quiz | Task | None
    faults: tuple[Problem, ...]


def units_of(sketch: Sketch) -> tuple[DraftUnit, ...]:
    """The pages of a draft in order."""
    found: list[DraftUnit] = []
    for module in sketch.modules:
        for lesson in module.lessons:
            titles = {language: text.title for language, text in lesson.texts.items()}
            paths = {language: text.path for language, text in lesson.texts.items()}
            found.append(DraftUnit(lesson.key, "lesson", module, lesson.minutes, titles, paths))
        if module.has_activity:
            paths = {"": f"{module.folder}/module.yml"}
            found.append(
                DraftUnit(
                    f"{module.key}-activity",
                    "activity",
                    module,
                    module.activity_minutes,
                    module.activity_titles,
                    paths,
                )
            )
        if module.has_quiz:
            paths = {"": f"{module.folder}/quiz.yml"}
            found.append(
                DraftUnit(f"{module.key}-quiz", "quiz", module, module.quiz_minutes, {}, paths)
            )
    if sketch.has_task:
        found.append(DraftUnit("task", "task", None, 0, {}, {"": TASK}))
    return tuple(found)


def places_of(sketch: Sketch) -> frozenset[str]:
    """Keys of units and questions: what somebody can comment on."""
    questions = {question.key for module in sketch.modules for question in module.questions}
    return frozenset({unit.key for unit in units_of(sketch)} | questions)


def read_unit(files: Files, unit: DraftUnit, languages: tuple[str, ...], limits: Limits) -> Read:
    """The activity, the quiz or the task of a unit; a lesson is read by `rules.lessons`."""
    report = Report(limits.problems)
    context = Context(unit.path, languages, report, [])
    allowance = Allowance(limits.yaml_depth, limits.yaml_nodes, limits.all_yaml_bytes)
    text = files[unit.path].decode("utf-8-sig", "replace")
    node = parse(text, unit.path, 1, allowance, report)
    part = None if node is None else _part(unit.kind, node, context)
    faults = (problem for problem in report.sorted() if problem.severity == "error")
    return Read(part, tuple(faults))


def _part(kind: str, node: Node, context: Context) -> Activity | Quiz | Task | None:
    if kind == "activity":
        return read_module(node, context).activity
    if kind == "task":
        return read_task(node, context)
    return read_quiz(node, context)[0]
