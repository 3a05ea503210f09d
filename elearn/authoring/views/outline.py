"""The contents of a draft: its modules, lessons and questions."""

from collections import Counter
from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.forms.outline import AddLessonForm, AddModuleForm
from elearn.authoring.models import Draft
from elearn.authoring.rules import structure
from elearn.authoring.views.arranging import made
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import Place, place_of
from elearn.core.permissions import Action
from elearn.courses.limits import course_limits
from elearn.web.guard import requires
from elearn.web.session import actor

QUESTIONS_DRAWN = 5  # of a new bank; its author changes it when the questions are there
GOOD_BANK = 12  # questions a module: enough for a second try that is not the first again

# About half a second each, at the first look after each change.
MOST_LESSONS_CHECKED = 60
MOST_QUESTIONS_CHECKED = 500


@bp.get("/<code>/")
@requires(Action.AUTHORING_DRAFT_WRITE)
def outline(code: str) -> ResponseReturnValue:
    return _draw(queries.own_draft(actor(), code), AddModuleForm(formdata=None), {})


@bp.post("/<code>/modules")
@requires(Action.AUTHORING_DRAFT_WRITE)
def add_module(code: str) -> ResponseReturnValue:
    form = AddModuleForm()
    if not form.validate():
        return _draw(queries.own_draft(actor(), code), form, {}), 422
    title, jp = form.title.data, form.jp.data or 0
    draw = QUESTIONS_DRAWN if form.has_quiz.data else None
    return made(
        code,
        "module-added",
        lambda files, published: structure.add_module(files, title, jp, draw, published),
    )


@bp.post("/<code>/modules/<key>/lessons")
@requires(Action.AUTHORING_DRAFT_WRITE)
def add_lesson(code: str, key: str) -> ResponseReturnValue:
    form = AddLessonForm(prefix=key)
    if not form.validate():
        draft = queries.own_draft(actor(), code)
        return _draw(draft, AddModuleForm(formdata=None), {key: form}), 422
    title = form.title.data
    return made(
        code,
        "lesson-added",
        lambda files, published: structure.add_lesson(files, key, title, published),
        back=url_for(".outline", code=code, more=key),
    )


def _draw(draft: Draft, new_module: AddModuleForm, faulty: Mapping[str, AddLessonForm]) -> str:
    """faulty: module key -> the form that could not be used."""
    place = place_of(draft, "outline")
    new_lessons = {
        module.key: faulty.get(module.key) or AddLessonForm(formdata=None, prefix=module.key)
        for module in place.sketch.modules
    }
    return render_template(
        "authoring/outline.html",
        place=place,
        new_module=new_module,
        new_lessons=new_lessons,
        good_bank=GOOD_BANK,
        minutes_per_jp=course_limits().minutes_per_jp,
        findings=_findings(place),
        open_comments=queries.open_comments(draft),
        more=request.args.get("more"),
    )


def _findings(place: Place) -> Counter[str] | None:
    """How many errors and warnings the check has; None in a course that takes seconds to check."""
    modules = place.sketch.modules
    if sum(module.lesson_count for module in modules) > MOST_LESSONS_CHECKED:
        return None
    if sum(module.question_count for module in modules) > MOST_QUESTIONS_CHECKED:
        return None
    found = queries.findings_of(place.draft, course_limits())
    return Counter(one.problem.severity for one in found)
