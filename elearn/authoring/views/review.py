"""Review: links that authors make and end, and the pages that a colleague reads under one."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.authoring import queries, service
from elearn.authoring.forms.review import AskForm, CommentForm
from elearn.authoring.models import Draft, Review
from elearn.authoring.queries import Reviewed
from elearn.authoring.rules.pictures import MEDIA, is_picture
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.authoring.views.reading import Reading, reading_of, shown
from elearn.authoring.views.reading_page import contents, neighbours
from elearn.authoring.views.talk import Talk, anchor, kept_comment, place_in
from elearn.core import clock, throttle
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.carried import Carrier, Form, Values, carry_for, carrying
from elearn.web.guard import requires
from elearn.web.messages import sentence
from elearn.web.security import PICTURE_POLICY
from elearn.web.session import actor

# Per person: enough for links that were copied badly, too few to try them all.
GUESSES = throttle.Limit("review:person", 20, 15 * 60)


@dataclass(frozen=True, slots=True)
class ShownLink:
    """state: open, ended or expired. asked_by: a name, "" when it is no longer known."""

    id: int
    asked_at: datetime
    asked_by: str
    expires_at: datetime
    state: str
    is_overtaken: bool


@bp.get("/<code>/review")
@requires(Action.AUTHORING_DRAFT_WRITE)
def review(code: str) -> ResponseReturnValue:
    return _draw_links(queries.own_draft(actor(), code), AskForm())


@bp.post("/<code>/review")
@requires(Action.AUTHORING_DRAFT_WRITE)
def ask_for_review(code: str) -> ResponseReturnValue:
    """Make a link. It is shown in the answer itself, since nothing keeps it."""
    form = AskForm()
    if not form.validate():
        return _draw_links(queries.own_draft(actor(), code), form), 422
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            token = service.ask_for_review(draft, form.days.data, actor(), clock.now())
    except Conflict:  # it has been published: the page says so
        return _draw_links(queries.own_draft(actor(), code), form), 409
    site = current_app.config["SETTINGS"].site_url
    new = f"{site}{url_for('.reviewed', token=token)}"
    return _draw_links(queries.own_draft(actor(), code), form, new), 201


@bp.post("/<code>/review/<int:number>/end")
@requires(Action.AUTHORING_DRAFT_WRITE)
def end_review(code: str, number: int) -> ResponseReturnValue:
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        service.end_review(draft, number, actor(), clock.now())
    flash(_("The link leads nowhere from now on."), "good")
    return redirect(url_for(".review", code=code), 303)


@bp.get("/review/<token>/")
@requires(Action.AUTHORING_DRAFT_REVIEW)
def reviewed(token: str) -> ResponseReturnValue:
    return _draw(token, "")


@bp.get("/review/<token>/<key>")
@requires(Action.AUTHORING_DRAFT_REVIEW)
def reviewed_unit(token: str, key: str) -> ResponseReturnValue:
    return _draw(token, key)


@bp.get("/review/<token>/media/<path:name>")
@requires(Action.AUTHORING_DRAFT_REVIEW)
def reviewed_picture(token: str, name: str) -> ResponseReturnValue:
    under, path = _opened(token), MEDIA + name
    digest = queries.tree_at(under.draft, under.save_number).get(path)
    if digest is None or not is_picture(path):
        raise Missing("picture-missing", picture=path)
    content = queries.bytes_of({path: digest})[path]
    response = Response(content, mimetype=mimetypes.guess_type(path)[0])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.set_etag(digest)
    return response.make_conditional(request)


@bp.post("/review/<token>/", defaults={"key": ""})
@bp.post("/review/<token>/<key>")
@carrying("authoring.comment_on_reviewed")
@requires(Action.AUTHORING_DRAFT_REVIEW)
def comment_on_reviewed(token: str, key: str) -> ResponseReturnValue:
    return _comment({"token": token, "key": key}, request.form)


def _comment(values: Values, sent: Form) -> ResponseReturnValue:
    try:
        return _say(values, sent)
    except Missing as gone:
        return kept_comment(gone, sent, _page(values)), 404
    except Conflict as ended:
        return kept_comment(ended, sent, _page(values)), 409


def _say(values: Values, sent: Form) -> ResponseReturnValue:
    token, form = values["token"], CommentForm(sent)
    if not form.validate():
        return _draw(token, values["key"], form), 422
    under = _opened(token)
    place = place_in(_reading(token, under).sketch, form)
    with saving():
        under = queries.draft_under_review(token, clock.now())
        text, now = form.text.data, clock.now()
        number = service.comment(under.draft, under.save_number, place, text, actor(), now)
    return redirect(_page(values, _anchor=anchor(number)), 303)


def _opened(token: str) -> Reviewed:
    """What the link shows; wrong ones are counted, so that nobody can try them all."""
    now, subject = clock.now(), str(current_user.person_id)
    throttle.refuse_when_full(GUESSES, subject, now)
    try:
        return queries.draft_under_review(token, now)
    except Missing:
        with saving():
            throttle.claim(now, (GUESSES, subject))
        raise


def _draw(token: str, key: str, form: CommentForm | None = None, why: str = "") -> str:
    under = _opened(token)
    reading = _reading(token, under)
    action = _page({"token": token, "key": key})
    said = queries.comments_of(under.draft)
    is_closed = under.draft.version_id is not None
    talk = Talk(said, action, can_settle=False, is_closed=is_closed, form=form, why=why)
    found: dict[str, Any] = {"reviewed": under, "reading": reading, "talk": talk}
    if not key:
        parts = contents(reading, talk)
        return render_template("authoring/reviewed.html", parts=parts, **found)
    unit = reading.unit(key)
    return render_template(
        "authoring/reviewed_unit.html",
        shown=shown(reading, unit),
        neighbours=neighbours(reading, unit),
        contents_url=url_for("authoring.reviewed", token=token),
        **found,
    )


def _reading(token: str, under: Reviewed) -> Reading:
    asked = {"lang": request.args["lang"]} if "lang" in request.args else {}
    return reading_of(
        queries.tree_at(under.draft, under.save_number),
        lambda key: url_for("authoring.reviewed_unit", token=token, key=key, **asked),  # type: ignore[arg-type]
        lambda path: url_for(
            "authoring.reviewed_picture", token=token, name=path.removeprefix(MEDIA)
        ),
    )


def _page(values: Values, **more: Any) -> str:
    if values["key"]:
        return url_for("authoring.reviewed_unit", **values, **more)  # type: ignore[arg-type]
    return url_for("authoring.reviewed", token=values["token"], **more)


def _draw_links(draft: Draft, form: AskForm, new: str = "") -> str:
    now = clock.now()
    links = [_link(draft, one, name, now) for one, name in queries.reviews_of(draft)]
    return render_template(
        "authoring/review.html", place=place_of(draft, "preview"), form=form, links=links, new=new
    )


def _link(draft: Draft, one: Review, name: str | None, now: datetime) -> ShownLink:
    state = "ended" if one.ended_at else "open" if one.expires_at > now else "expired"
    is_overtaken = state == "open" and draft.saves > one.save_number
    return ShownLink(one.id, one.asked_at, name or "", one.expires_at, state, is_overtaken)


carry_for(
    "authoring.comment_on_reviewed",
    Carrier(
        back=_page,
        accept=_comment,
        redraw=lambda values, sent: (
            _draw(values["token"], values["key"], CommentForm(sent), sentence("page-old")),
            400,
        ),
    ),
)
