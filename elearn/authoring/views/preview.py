"""Preview: the draft as its learners will see it, for its authors, with what was said of it."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.review import CommentForm
from elearn.authoring.models import Draft
from elearn.authoring.rules.pictures import MEDIA
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.units import DraftUnit
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import ended_of, place_of
from elearn.authoring.views.reading import Reading, reading_of, shown
from elearn.authoring.views.reading_page import contents, neighbours
from elearn.authoring.views.talk import Talk, anchor, kept_comment, place_in
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Action
from elearn.web.carried import Carrier, Form, Values, carry_for, carrying
from elearn.web.guard import requires
from elearn.web.messages import sentence
from elearn.web.redirects import safe_path
from elearn.web.session import actor


@bp.get("/<code>/preview")
@requires(Action.AUTHORING_DRAFT_WRITE)
def preview(code: str) -> ResponseReturnValue:
    return _draw(code, "")


@bp.get("/<code>/preview/<key>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def preview_unit(code: str, key: str) -> ResponseReturnValue:
    return _draw(code, key)


@bp.post("/<code>/preview", defaults={"key": ""})
@bp.post("/<code>/preview/<key>")
@carrying("authoring.comment")
@requires(Action.AUTHORING_DRAFT_WRITE)
def comment(code: str, key: str) -> ResponseReturnValue:
    return _comment({"code": code, "key": key}, request.form)


@bp.post("/<code>/comments/<int:number>/settle")
@requires(Action.AUTHORING_DRAFT_WRITE)
def settle_comment(code: str, number: int) -> ResponseReturnValue:
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        service.settle(draft, number, actor(), clock.now())
    return _back_to(code, number)


@bp.post("/<code>/comments/<int:number>/reopen")
@requires(Action.AUTHORING_DRAFT_WRITE)
def reopen_comment(code: str, number: int) -> ResponseReturnValue:
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        service.reopen(draft, number, actor(), clock.now())
    return _back_to(code, number)


def _comment(values: Values, sent: Form) -> ResponseReturnValue:
    try:
        return _say(values, sent)
    except Missing as gone:
        return kept_comment(gone, sent, url_for("authoring.mine")), 404
    except Conflict as ended:
        return kept_comment(ended, sent, _page(values)), 409


def _say(values: Values, sent: Form) -> ResponseReturnValue:
    code, form = values["code"], CommentForm(sent)
    if not form.validate():
        return _draw(code, values["key"], form), 422
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        place = place_in(sketch(queries.texts_of(draft)), form)
        text, now = form.text.data, clock.now()
        number = service.comment(draft, draft.saves, place, text, actor(), now)
    return redirect(_page(values, _anchor=anchor(number)), 303)


def _draw(code: str, key: str, form: CommentForm | None = None, why: str = "") -> str:
    draft = queries.own_draft(actor(), code)
    reading = _reading(draft)
    action = _page({"code": code, "key": key})
    is_open = draft.version_id is None
    said = queries.comments_of(draft)
    talk = Talk(said, action, can_settle=is_open, is_closed=not is_open, form=form, why=why)
    if not key:
        place = place_of(draft, "preview")
        return render_template(
            "authoring/preview.html", place=place, parts=contents(reading, talk), talk=talk,
            reading=reading,
        )  # fmt: skip
    unit = reading.unit(key)
    found = shown(reading, unit)
    return render_template(
        "authoring/preview_unit.html",
        reading=reading,
        shown=found,
        talk=talk,
        neighbours=neighbours(reading, unit),
        contents_url=url_for("authoring.preview", code=code),
        question_editor=partial(url_for, "authoring.question", code=code),
        editor=editor_of(draft, unit, found.text.language if found.text else reading.language),
        draft=draft,
        ended=ended_of(draft),
    )


def _reading(draft: Draft) -> Reading:
    asked = {"lang": request.args["lang"]} if "lang" in request.args else {}
    return reading_of(
        queries.tree_of(draft),
        lambda key: url_for("authoring.preview_unit", code=draft.code, key=key, **asked),  # type: ignore[arg-type]
        lambda path: url_for("authoring.picture", code=draft.code, name=path.removeprefix(MEDIA)),
    )


def editor_of(draft: Draft, unit: DraftUnit, language: str) -> str:
    """Where a unit is written."""
    module = unit.module.key if unit.module else ""
    pages: dict[str, tuple[str, dict[str, Any]]] = {
        "lesson": ("lesson", {"key": unit.key, "language": language}),
        "activity": ("module", {"key": module, "_anchor": "activity"}),
        "quiz": ("questions", {"key": module}),
        "task": ("task", {}),
    }
    page, values = pages[unit.kind]
    return url_for(f"authoring.{page}", code=draft.code, **values)


def _page(values: Values, **more: Any) -> str:
    if values["key"]:
        return url_for("authoring.preview_unit", **values, **more)  # type: ignore[arg-type]
    return url_for("authoring.preview", code=values["code"], **more)


def _back_to(code: str, number: int) -> ResponseReturnValue:
    back = safe_path(request.form.get("back"), url_for(".preview", code=code))
    return redirect(f"{back}#{anchor(number)}", 303)


carry_for(
    "authoring.comment",
    Carrier(
        back=_page,
        accept=_comment,
        redraw=lambda values, sent: (
            _draw(values["code"], values["key"], CommentForm(sent), sentence("page-old")),
            400,
        ),
    ),
)
