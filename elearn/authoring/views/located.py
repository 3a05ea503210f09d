"""Problems of a draft as a page shows them: in words, with the way to the field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from elearn.authoring import queries
from elearn.authoring.models import Draft
from elearn.authoring.rules.fields import Located, Part, Spot, located
from elearn.authoring.rules.file_findings import findings_of
from elearn.authoring.rules.sketch import Sketch, sketch
from elearn.authoring.rules.source import text_of
from elearn.authoring.rules.starting import as_if_announced
from elearn.authoring.rules.strays import is_stray
from elearn.authoring.views.plain_words import said
from elearn.authoring.views.sentences import name_of
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.coursepack.problems import Problem
from elearn.courses.limits import course_limits


@dataclass(frozen=True, slots=True)
class Shown:
    """One problem. address: of its field, None when no page has it. line: of its file, 0: none.

    stray: path of the file that has no place in a course, "" when it is none.
    """

    text: str
    is_error: bool
    address: str | None
    line: int = 0
    stray: str = ""


def shown(one: Located, code: str) -> Shown:
    """code: of the draft."""
    problem = one.problem
    is_stray_file = one.part.kind in ("file", "picture") and is_stray(problem.path)
    is_shown = not is_stray_file or text_of(problem.path, b"") is not None
    return Shown(
        said(problem, one.spot.anchor),
        problem.severity == "error",
        address_of(one.spot, code) if is_shown else None,
        problem.line,
        problem.path if is_stray_file else "",
    )


def words_of(problem: Problem) -> str:
    """The very sentence of `elearn courses check`, in the reader's language."""
    return problem.sentence("id" if page_language() == "id" else "en")


def address_of(spot: Spot, code: str) -> str:
    values = {**spot.values, **({"_anchor": spot.anchor} if spot.anchor else {})}
    return url_for(f"authoring.{spot.page}", code=code, **values)  # type: ignore[arg-type]


def shown_on(draft: Draft, path: str) -> list[Shown]:
    """What the check says of course.yml or task.yml alone: it need not read the whole course."""
    tree = queries.tree_of(draft)
    files = as_if_announced(queries.some_of(draft, {"course.yml", path}))
    if path not in files:
        return []
    languages = sketch(files).languages
    problems = findings_of(path, files[path], languages, tuple(tree), course_limits())
    return [shown(one, draft.code) for one in errors_first(located(problems, files))]


def errors_first(found: Iterable[Located]) -> list[Located]:
    return sorted(found, key=lambda one: one.problem.severity != "error")


def name_of_part(part: Part, drawn: Sketch) -> str:
    """What people call the thing that a problem is in."""
    if part.kind in ("course", "draft"):
        return _("About the course")
    if part.kind == "task":
        return _("Practical task")
    if part.kind == "question":
        return _("Question: %(words)s", words=name_of(drawn, "question", part.name))
    if part.kind == "lesson":
        return _name_of_lesson(part, drawn)
    if part.kind in ("module", "bank"):
        return _name_of_module(part, drawn)
    if part.kind == "picture":
        return _("Picture %(name)s", name=part.name.removeprefix("media/"))
    return _("File %(name)s", name=part.name)


def _name_of_lesson(part: Part, drawn: Sketch) -> str:
    found = drawn.lesson(part.name)
    if found is None:
        return _("Lesson: %(title)s", title=part.name)
    module, lesson = found
    number = f"{drawn.modules.index(module) + 1}.{module.lessons.index(lesson) + 1}"
    return _(
        "Lesson %(number)s: %(title)s, %(language)s",
        number=number,
        title=lesson.title(page_language()),
        language=_language(part.language),
    )


def _name_of_module(part: Part, drawn: Sketch) -> str:
    module = drawn.module(part.name)
    if module is None:
        return _("Module: %(title)s", title=part.name)
    number, title = drawn.modules.index(module) + 1, module.title(page_language())
    if part.kind == "bank":
        return _("Questions of module %(number)s: %(title)s", number=number, title=title)
    return _("Module %(number)s: %(title)s", number=number, title=title)


def _language(code: str) -> str:
    return {"id": _("in Indonesian"), "en": _("in English")}.get(code, code)
