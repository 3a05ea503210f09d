"""The editor of a lesson in one language."""

from __future__ import annotations

from typing import Any

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.lesson import LessonForm
from elearn.authoring.models import Draft
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.lessons import Lesson, lesson_changes, lesson_of, text_of
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views import lesson_page
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import kept
from elearn.authoring.views.desk import Desk, desk_for
from elearn.authoring.views.filing import Form, Page, Values
from elearn.core import clock
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.courses.limits import course_limits
from elearn.web.guard import requires
from elearn.web.session import actor

_LONG_TEXTS = {"body": _l("Text"), "title": _l("Title"), "sources": _l("Sources")}


@bp.get("/<code>/lessons/<key>/<language>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def lesson(code: str, key: str, language: str) -> ResponseReturnValue:
    desk = desk_for(queries.own_draft(actor(), code), key, language)
    return lesson_page.draw(desk, _form_of(desk))


@bp.post("/<code>/lessons/<key>/<language>")
@kept("authoring.save_lesson", _LONG_TEXTS)
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_lesson(code: str, key: str, language: str) -> ResponseReturnValue:
    values = {"code": code, "key": key, "language": language}
    asked = {"preview": "1"} if "preview" in request.form else {}
    return _page.save({**values, **asked}, request.form)


@bp.post("/<code>/lessons/<key>/<language>/preview")
@requires(Action.AUTHORING_DRAFT_WRITE)
def preview_lesson(code: str, key: str, language: str) -> ResponseReturnValue:
    """What the page shows of a text while it is typed. Nothing is saved."""
    desk = desk_for(queries.own_draft(actor(), code), key, language)
    return jsonify(lesson_page.live(desk, _form(request.form)))


def _form(sent: Form) -> LessonForm:
    return LessonForm(formdata=sent, text_bytes=course_limits().text_bytes)


def _form_of(desk: Desk) -> LessonForm | None:
    """The form with what is there; None when that cannot be read."""
    try:
        there, is_raised = desk.lesson, desk.is_raised
    except Unreadable:
        return None
    return LessonForm(
        formdata=None,
        title=there.title,
        minutes=there.minutes,
        body=there.body,
        sources="\n".join(there.sources),
        is_new_meaning=is_raised,
        base=fingerprint(text_of(desk.files, desk.spot.path)),
    )


def _read(_draft: Draft, _values: Values, sent: Form) -> LessonForm:
    return _form(sent)


def _write(draft: Draft, values: Values, form: LessonForm) -> Outcome:
    """draft: locked."""
    key, language = values["key"], values["language"]
    desk = desk_for(draft, key, language)
    changes = lesson_changes(desk.files, key, language, lesson_page.wanted(desk, form))
    path, there = desk.spot.path, text_of(desk.files, desk.spot.path)
    wanted = there if path not in changes else (changes[path] or b"").decode()
    edit = Edit(form.base.data or "", there, wanted, "lesson-written", f"{key}/{language}")
    return service.edit(draft, edit, changes, actor(), clock.now())


def _draw(draft: Draft, values: Values, form: LessonForm, **notes: Any) -> str:
    """notes: why what was typed is not saved."""
    return lesson_page.draw(desk_for(draft, values["key"], values["language"]), form, **notes)


def _texts(_draft: Draft, form: LessonForm, there: Any) -> tuple[str, str]:
    theirs = _in_words(lesson_of(there.encode())) if there else ""
    return _in_words(form.wanted(edition=1)), theirs


def _in_words(one: Lesson) -> str:
    """A lesson as one text that two people can compare, without the marks of its file."""
    lines = [_("Title: %(title)s", title=one.title)]
    lines += [_("Minutes: %(minutes)s", minutes=one.minutes)] if one.minutes else []
    lines += [_("Source: %(source)s", source=source) for source in one.sources]
    return "\n".join([*lines, "", one.body.replace("\r\n", "\n")])


def _back(values: Values) -> str:
    """The page of the form; at its preview when that was asked for."""
    anchor = "preview" if "preview" in values else None
    return url_for("authoring.lesson", **values, _anchor=anchor)  # type: ignore[arg-type]


_page = Page("authoring.save_lesson", _LONG_TEXTS, _read, _write, _draw, _texts, _back).carried()
