"""The practical task of a course and the criteria that it is marked by."""

from __future__ import annotations

from typing import Any

from flask import jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.rows import offered, rearranged
from elearn.authoring.forms.task import LISTS, MOST_CRITERIA, TaskForm, shown_in, task_form
from elearn.authoring.models import Draft
from elearn.authoring.rules import Files
from elearn.authoring.rules import task as rules
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.facts import MANIFEST
from elearn.authoring.rules.lessons import raised, taken_back
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views.arranging import refused
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import kept
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.filing import Form, Page, Values
from elearn.authoring.views.located import shown_on
from elearn.authoring.views.places import place_of
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable, emit
from elearn.courses import queries as courses
from elearn.web.guard import requires
from elearn.web.session import actor

_LONG_TEXTS = {
    "text-id": _l("What to make and hand in, in Indonesian"),
    "text-en": _l("What to make and hand in, in English"),
}


@bp.get("/<code>/task")
@requires(Action.AUTHORING_DRAFT_WRITE)
def task(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    try:
        form = _form_of(draft)
    except Unreadable as fault:
        return _draw(draft, {"code": code}, None, fault=unreadable(fault))
    return _draw(draft, {"code": code}, form)


@bp.post("/<code>/task")
@kept("authoring.save_task", _LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_task(code: str) -> ResponseReturnValue:
    return _page.save({"code": code}, request.form)


@bp.post("/<code>/task/preview")
@requires(Action.AUTHORING_DRAFT_WRITE)
def preview_task(code: str) -> ResponseReturnValue:
    """What the page says of the weights while they are typed. Nothing is saved."""
    form = _read(queries.own_draft(actor(), code), {"code": code}, request.form)
    return jsonify(sum=_sum(form))


@bp.post("/<code>/task/remove")
@requires(Action.AUTHORING_DRAFT_WRITE)
def remove_task(code: str) -> ResponseReturnValue:
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            changes = rules.removed(_files(draft))
            number = service.save(draft, changes, "task-removed", "", actor(), clock.now())
    except Unreadable as fault:
        return refused(fault, code)
    words = _("The course has no practical task now.")
    return done(words, code, number, url_for("authoring.task", code=code))


def _form_of(draft: Draft) -> TaskForm:
    """The form with what is there. Raises Unreadable."""
    files = _files(draft)
    data, languages = rules.data_of(files), sketch(files).languages
    shown = rules.task_of(data, languages)
    rows = min(len(shown.rubric) + 1, max(MOST_CRITERIA, len(shown.rubric)))
    published = _published(draft)
    values = {
        **shown_in(shown),
        "base": fingerprint(data),
        "is_new_meaning": published is not None and shown.edition > published,
    }
    return task_form(languages, rows)(formdata=None, data=values)


def _read(draft: Draft, _values: Values, sent: Form) -> TaskForm:
    sent, row = rearranged(sent, LISTS)
    rows = offered(sent, "rubric", MOST_CRITERIA)
    form = task_form(sketch(_files(draft)).languages, rows)(formdata=sent)
    form.focus = row
    return form


def _write(draft: Draft, _values: Values, form: TaskForm) -> Outcome:
    """draft: locked."""
    files = _files(draft)
    data = rules.data_of(files)
    settle = raised if form.is_new_meaning.data else taken_back
    edition = settle(rules.task_of(data, form.languages).edition, _published(draft))
    wanted = rules.data_with(data, form.wanted(edition))
    edit = Edit(form.base.data or "", data, wanted, "task-edited", "")
    return service.edit(draft, edit, rules.changes_to(files, wanted), actor(), clock.now())


def _texts(_draft: Draft, form: TaskForm, there: Any) -> tuple[str, str]:
    edition = rules.task_of(there, form.languages).edition
    return emit(rules.data_with(there, form.wanted(edition))), emit(there)


def _draw(draft: Draft, _values: Values, form: TaskForm | None, **notes: Any) -> str:
    """form: None when task.yml cannot be read. notes: why what was typed is not saved."""
    return render_template(
        "authoring/task.html",
        place=place_of(draft, "facts"),
        form=form,
        sum=_sum(form) if form else "",
        is_spoken_of=_is_spoken_of(draft),
        published=_published(draft),
        findings=shown_on(draft, rules.TASK),
        **notes,
    )


def _sum(form: TaskForm) -> str:
    """What the weights make together."""
    weight = form.wanted(1).weight
    if weight == 100:
        return _("The weights make 100 percent together.")
    return _("The weights make %(sum)s percent together; they must make 100.", sum=weight)


def _is_spoken_of(draft: Draft) -> bool:
    """Whether the course has a task, or its completion speaks of one."""
    try:
        return bool(rules.removed(_files(draft)))
    except Unreadable:
        return False


def _published(draft: Draft) -> int | None:
    """Edition of the task in the version that the draft stands on."""
    unit = courses.outline(draft.base_id).unit("task") if draft.base_id else None
    return unit.edition if unit else None


def _files(draft: Draft) -> Files:
    return queries.some_of(draft, [MANIFEST, rules.TASK])


def _back(values: Values) -> str:
    return url_for("authoring.task", code=values["code"])


_page = Page("authoring.save_task", _LONG_TEXTS, _read, _write, _draw, _texts, _back).carried()
