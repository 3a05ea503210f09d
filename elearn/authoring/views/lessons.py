"""The editor of a lesson in one language."""

from __future__ import annotations

from flask import jsonify, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from elearn.authoring import queries, service
from elearn.authoring.forms.lesson import LessonForm
from elearn.authoring.models import Draft
from elearn.authoring.rules.edits import differences, fingerprint
from elearn.authoring.rules.lessons import Lesson, lesson_changes, lesson_of, text_of
from elearn.authoring.service import Edit, Outcome
from elearn.authoring.views import lesson_page
from elearn.authoring.views.answers import answer, is_script, refusal
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.carriage import copy_first, kept
from elearn.authoring.views.desk import Desk, desk_for, unreadable
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.courses.limits import course_limits
from elearn.web.carried import Carrier, carry_for
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

Form = MultiDict[str, str]
Values = dict[str, str]
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
    return _save(code, key, language, request.form)


@bp.post("/<code>/lessons/<key>/<language>/preview")
@requires(Action.AUTHORING_DRAFT_WRITE)
def preview_lesson(code: str, key: str, language: str) -> ResponseReturnValue:
    """What the page shows of a text while it is typed. Nothing is saved."""
    desk = desk_for(queries.own_draft(actor(), code), key, language)
    return jsonify(lesson_page.live(desk, _form(request.form)))


def _save(code: str, key: str, language: str, sent: Form) -> ResponseReturnValue:
    form = _form(sent)
    try:
        if not form.validate():
            texts = [str(text) for errors in form.errors.values() for text in errors]
            return refusal(texts, lambda: _redraw(code, key, language, form))
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            outcome = _edit(draft, key, language, form)
    except Unreadable as fault:
        return refusal([unreadable(fault)], lambda: _redraw(code, key, language, form))
    except Conflict as refused:
        if is_script():
            raise
        return _redraw(code, key, language, form, sentence_for(refused)), 409
    except Missing:
        if is_script():
            raise
        why = _("This lesson is no longer there. Somebody else may have moved or deleted it.")
        return copy_first(why, sent, _LONG_TEXTS, url_for("authoring.mine")), 404
    return answer(
        outcome,
        _back({"code": code, "key": key, "language": language}, sent),
        lambda outcome: _redraw_overtaken(code, key, language, form, outcome),
    )


def _edit(draft: Draft, key: str, language: str, form: LessonForm) -> Outcome:
    """draft: locked."""
    desk = desk_for(draft, key, language)
    changes = lesson_changes(desk.files, key, language, lesson_page.wanted(desk, form))
    path, there = desk.spot.path, text_of(desk.files, desk.spot.path)
    wanted = there if path not in changes else (changes[path] or b"").decode()
    edit = Edit(form.base.data or "", there, wanted, "lesson-written", f"{key}/{language}")
    return service.edit(draft, edit, changes, actor(), clock.now())


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


def _redraw(code: str, key: str, language: str, form: LessonForm, why: str = "") -> str:
    desk = desk_for(queries.own_draft(actor(), code), key, language)
    return lesson_page.draw(desk, form, is_unsaved=True, why=why)


def _redraw_overtaken(
    code: str, key: str, language: str, form: LessonForm, outcome: Outcome
) -> str:
    """Both versions, and the base that lets the next Save replace the other one knowingly."""
    desk = desk_for(queries.own_draft(actor(), code), key, language)
    form.base.data = outcome.base
    theirs = _in_words(lesson_of(outcome.there.encode())) if outcome.there else ""
    mine = _in_words(lesson_page.wanted(desk, form))
    return lesson_page.draw(
        desk, form, is_unsaved=True, pieces=differences(mine, theirs), theirs=theirs
    )


def _in_words(one: Lesson) -> str:
    """A lesson as one text that two people can compare, without the marks of its file."""
    lines = [_("Title: %(title)s", title=one.title)]
    lines += [_("Minutes: %(minutes)s", minutes=one.minutes)] if one.minutes else []
    lines += [_("Source: %(source)s", source=source) for source in one.sources]
    return "\n".join([*lines, "", one.body.replace("\r\n", "\n")])


def _back(values: Values, sent: Form | None = None) -> str:
    """The page of the form; at its preview when that was asked for."""
    anchor = "preview" if sent and "preview" in sent else None
    asked = {"preview": "1"} if anchor else {}
    return url_for("authoring.lesson", **values, **asked, _anchor=anchor)  # type: ignore[arg-type]


def _redraw_stale(values: Values, sent: Form) -> ResponseReturnValue:
    """For a form whose page is older than the session that sends it."""
    return _redraw(**values, form=_form(sent), why=sentence("page-old")), 400


carry_for(
    "authoring.save_lesson",
    Carrier(
        back=_back, accept=lambda values, sent: _save(**values, sent=sent), redraw=_redraw_stale
    ),
)
