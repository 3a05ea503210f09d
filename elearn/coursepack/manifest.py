"""course.yml, module.yml and task.yml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from elearn.coursepack.fields import LANGUAGE, Context, Fields
from elearn.coursepack.model import NO_TEXTS, Activity, Criterion, Task, Test, Texts
from elearn.coursepack.yamlnodes import Node, Scalar

FORMAT = 1
WEAVES = ("tumpal", "wajik", "anyam", "ceplok")
LONGEST_TITLE = 120
LONGEST_SUMMARY = 400
LONGEST_CHANGE_NOTE = 600
LONGEST_TEXT = 20_000
MODULE_FOLDER = re.compile(r"([0-9]{1,3})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_CALL_CODE = re.compile(r"[A-Z]{2,6}")


@dataclass(frozen=True)
class Head:
    """What course.yml says, before the rest of the folder is known; lines for later checks."""

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
    required: tuple[tuple[str, int], ...] | None  # None = all; else unit keys with their lines
    pass_percent: int
    sequential: bool
    task: str | None
    pre_test: Test | None
    post_test: Test | None
    modules: tuple[tuple[str, int], ...]  # folders with their lines
    change_note: Texts
    lines: dict[str, int]

    def line(self, name: str) -> int:
        return self.lines.get(name, 1)


@dataclass(frozen=True)
class ModuleHead:
    title: Texts
    summary: Texts
    jp: int
    quiz_minutes: int
    activity: Activity | None


def read_head(node: Node | None, context: Context) -> Head:
    """course.yml; sets the languages of the context, which all other files are read with."""
    fields = Fields(node, context)
    if fields.whole("format", 1, 999) != FORMAT:
        fields.problem("format", "format-unknown", known=FORMAT)
    context.languages = _languages(fields)
    completion = fields.fields("completion")
    lines = dict(fields.lines)
    lines.update({f"completion.{name}": line for name, line in completion.lines.items()})
    head = Head(
        slug=fields.key("slug"),
        version=fields.whole("version", 1, 100_000),
        languages=context.languages,
        title=fields.texts("title", LONGEST_TITLE),
        summary=fields.texts("summary", LONGEST_SUMMARY),
        call_code=_call_code(fields),
        weave=fields.choice("weave", WEAVES),
        organiser=fields.key("organiser"),
        outcomes=tuple(
            fields.texts_of(item, "outcomes", LONGEST_SUMMARY)
            for item in fields.items("outcomes", 1, 12)
        ),
        competencies=tuple(
            fields.plain_of(item, "competencies", 200)
            for item in fields.items_or_none("competencies", 0, 30)
        ),
        required=_required(completion),
        pass_percent=completion.whole("pass_percent", 1, 100),
        sequential=completion.choice("order", ("free", "sequential")) == "sequential",
        task=completion.choice("task", ("shown", "required")) if completion.has("task") else None,
        pre_test=_test(fields, "pre_test"),
        post_test=_test(fields, "post_test"),
        modules=_modules(fields),
        change_note=fields.texts("change_note", LONGEST_CHANGE_NOTE),
        lines=lines,
    )
    completion.optional("task")
    completion.finish()
    fields.finish()
    return head


def read_module(node: Node | None, context: Context) -> ModuleHead:
    """module.yml."""
    fields = Fields(node, context)
    head = ModuleHead(
        title=fields.texts("title", LONGEST_TITLE),
        summary=fields.texts("summary", LONGEST_SUMMARY),
        jp=fields.whole("jp", 0, 40),
        quiz_minutes=fields.whole_or("quiz_minutes", 0, 600, 0),
        activity=_activity(fields.fields_or_none("activity")),
    )
    fields.finish()
    return head


def read_task(node: Node | None, context: Context) -> Task:
    """task.yml."""
    fields = Fields(node, context)
    rubric: list[Criterion] = []
    lines: dict[str, int] = {}
    for item in fields.items("rubric", 1, 12):
        criterion = Fields(item, context)
        key = criterion.key("key")
        if key in lines:
            criterion.problem("key", "criterion-twice", value=key, first=lines[key])
        lines.setdefault(key, criterion.line_of("key"))
        rubric.append(
            Criterion(
                key=key,
                weight=criterion.whole("weight", 1, 100),
                title=criterion.texts("title", LONGEST_TITLE),
                levels=tuple(
                    criterion.texts_of(level, "levels", LONGEST_SUMMARY)
                    for level in criterion.items("levels", 5, 5)
                ),
            )
        )
        criterion.finish()
    total = sum(criterion.weight for criterion in rubric)
    if rubric and total != 100:
        fields.problem("rubric", "rubric-weights", total=total)
    task = Task(
        title=fields.texts("title", LONGEST_TITLE),
        minutes=fields.whole("minutes", 1, 6_000),
        edition=fields.whole("edition", 1, 1_000),
        texts=fields.markdown("text", LONGEST_TEXT),
        rubric=tuple(rubric),
    )
    fields.finish()
    return task


def _activity(fields: Fields | None) -> Activity | None:
    if fields is None:
        return None
    activity = Activity(
        title=fields.texts("title", LONGEST_TITLE),
        minutes=fields.whole("minutes", 1, 600),
        edition=fields.whole("edition", 1, 1_000),
        texts=fields.markdown("text", LONGEST_TEXT),
    )
    fields.finish()
    return activity if activity.title is not NO_TEXTS else None


def _languages(fields: Fields) -> tuple[str, ...]:
    found: list[str] = []
    for item in fields.items("languages", 1, 10):
        value = item.value if isinstance(item, Scalar) else ""
        if not LANGUAGE.fullmatch(value):
            fields.context.problem(item.line, "language-form", value=value)
        elif value in found:
            fields.context.problem(item.line, "language-twice", value=value)
        else:
            found.append(value)
    return tuple(found)


def _call_code(fields: Fields) -> str:
    code = fields.plain("call_code", 100)
    if code and not _CALL_CODE.fullmatch(code):
        fields.problem("call_code", "call-code-form", value=code)
    return code


def _required(completion: Fields) -> tuple[tuple[str, int], ...] | None:
    node = completion.node("required")
    if node is None or (isinstance(node, Scalar) and node.value == "all"):
        return None
    if isinstance(node, Scalar):
        completion.problem("required", "required-form")
        return None
    items = completion.items("required", 1, 500)
    return tuple((item.value, item.line) for item in items if isinstance(item, Scalar))


def _test(fields: Fields, name: str) -> Test | None:
    test = fields.fields_or_none(name)
    if test is None:
        return None
    per_module = test.whole("per_module", 1, 50)
    percent = test.whole_or_none("pass_percent", 1, 100) if name == "post_test" else None
    test.finish()
    return Test(per_module, percent)


def _modules(fields: Fields) -> tuple[tuple[str, int], ...]:
    found: dict[str, int] = {}
    keys: dict[str, str] = {}
    for item in fields.items("modules", 1, 60):
        value = item.value if isinstance(item, Scalar) else ""
        match = MODULE_FOLDER.fullmatch(value)
        if match is None:
            fields.context.problem(item.line, "module-form", value=value)
        elif value in found:
            fields.context.problem(item.line, "module-twice", value=value)
        elif match[2] in keys:
            fields.context.problem(item.line, "key-taken", key=match[2], first=keys[match[2]])
        else:
            found[value] = item.line
            keys[match[2]] = value
    numbers = [int(value.partition("-")[0]) for value in found]
    if numbers != sorted(set(numbers)):
        fields.problem("modules", "modules-order")
    return tuple(found.items())
