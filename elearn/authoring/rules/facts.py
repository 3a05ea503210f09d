"""The facts of a course: what course.yml says of it beside its modules and its version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.loose import fields_in, items_in, set_or_drop, whole
from elearn.authoring.rules.words import Words, line, lines_in, rows_with_lines, with_lines
from elearn.authoring.rules.yamlfiles import data_in, saying

MANIFEST = "course.yml"
# The fields that these facts are; modules, version and change note have pages of their own.
OWN = (
    "title",
    "summary",
    "call_code",
    "weave",
    "organiser",
    "outcomes",
    "competencies",
    "completion",
    "pre_test",
    "post_test",
)


@dataclass(frozen=True, slots=True)
class Exam:
    """Pre-test or post-test. pass_percent: of the post-test only, None as the course says."""

    per_module: int | None
    pass_percent: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """None and "": nobody has said. required: keys of units, None when it is all of them.

    task: "shown", "required" or "" when the completion rule does not speak of one.
    """

    title: Words
    summary: Words
    call_code: str
    weave: str
    organiser: str
    outcomes: tuple[Words, ...]
    competencies: tuple[str, ...]
    required: tuple[str, ...] | None
    pass_percent: int | None
    order: str
    task: str
    pre_test: Exam | None
    post_test: Exam | None


def data_of(files: Files) -> dict[str, Any]:
    """What course.yml says, as plain data; nothing when it is not there. Raises Unreadable."""
    return data_in(files, MANIFEST)


def own_of(data: dict[str, Any]) -> dict[str, Any]:
    """The part of the data that is edited as one thing."""
    return {name: data[name] for name in OWN if name in data}


def facts_of(data: dict[str, Any], languages: tuple[str, ...]) -> Facts:
    """The facts as a form shows them, in these languages."""
    completion = fields_in(data.get("completion"))
    required = completion.get("required")
    return Facts(
        title=lines_in(data.get("title"), languages),
        summary=lines_in(data.get("summary"), languages),
        call_code=line(data.get("call_code")),
        weave=line(data.get("weave")),
        organiser=line(data.get("organiser")),
        outcomes=tuple(lines_in(row, languages) for row in items_in(data.get("outcomes"))),
        competencies=tuple(line(row) for row in items_in(data.get("competencies"))),
        required=tuple(map(line, required)) if isinstance(required, list) else None,
        pass_percent=whole(completion.get("pass_percent")),
        order=line(completion.get("order")),
        task=line(completion.get("task")),
        pre_test=_exam(data.get("pre_test")),
        post_test=_exam(data.get("post_test")),
    )


def data_with(data: dict[str, Any], wanted: Facts) -> dict[str, Any]:
    """The data saying what is wanted; what was not changed stays as it is. Empty rows go."""
    languages = tuple(wanted.title)
    shown = facts_of(data, languages)
    new = {**data}
    for name in ("title", "summary"):
        new[name] = with_lines(data.get(name), getattr(wanted, name))
    for name in ("call_code", "weave", "organiser"):
        if getattr(wanted, name) != getattr(shown, name):
            new[name] = getattr(wanted, name)
    outcomes = tuple(row for row in wanted.outcomes if any(row.values()))
    if outcomes != shown.outcomes:
        new["outcomes"] = rows_with_lines(data.get("outcomes"), outcomes)
    competencies = tuple(filter(None, wanted.competencies))
    if competencies != shown.competencies:
        new["competencies"] = list(competencies)
    new["completion"] = _completion_with(data.get("completion"), shown, wanted)
    for name in ("pre_test", "post_test"):
        _put_exam(new, name, getattr(shown, name), getattr(wanted, name))
    return new


def changes_to(files: Files, data: dict[str, Any]) -> Changes:
    """What makes course.yml say these data. Raises Unreadable."""
    return saying(files, MANIFEST, data)


def _completion_with(value: Any, shown: Facts, wanted: Facts) -> Any:
    new = {**fields_in(value)}
    is_said = new.get("required") == "all" or isinstance(new.get("required"), list)
    if not is_said or _in_any_order(wanted.required) != _in_any_order(shown.required):
        new["required"] = "all" if wanted.required is None else list(wanted.required)
    for name in ("pass_percent", "order"):
        if getattr(wanted, name) != getattr(shown, name):
            set_or_drop(new, name, getattr(wanted, name))
    if wanted.task != (shown.task or "shown"):  # a task of which nothing is said is shown
        set_or_drop(new, "task", wanted.task)
    return new


def _put_exam(new: dict[str, Any], name: str, shown: Exam | None, wanted: Exam | None) -> None:
    if wanted is None:
        new.pop(name, None)
    elif wanted != shown:
        exam = {**fields_in(new.get(name))}
        set_or_drop(exam, "per_module", wanted.per_module)
        set_or_drop(exam, "pass_percent", wanted.pass_percent)
        new[name] = exam


def _exam(value: Any) -> Exam | None:
    if value is None:
        return None
    fields = fields_in(value)
    return Exam(whole(fields.get("per_module")), whole(fields.get("pass_percent")))


def _in_any_order(keys: tuple[str, ...] | None) -> list[str] | None:
    return None if keys is None else sorted(keys)
