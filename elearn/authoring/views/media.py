"""Pictures of a draft: uploaded, looked at, put into lessons, deleted; and their own door."""

from __future__ import annotations

import mimetypes
from collections.abc import Collection

from flask import Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.forms.lesson import PutPictureForm, UploadPicturesForm
from elearn.authoring.models import Draft
from elearn.authoring.queries.pictures import picture_in, pictures_of
from elearn.authoring.rules import Changes
from elearn.authoring.rules.lessons import lesson_changes, with_picture
from elearn.authoring.rules.pictures import MEDIA, is_picture, name_for, uses_of
from elearn.authoring.views.answers import is_script
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.desk import desk_for, unreadable
from elearn.authoring.views.media_page import draw
from elearn.authoring.views.picture_files import Good, prepared_files
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.courses.limits import course_limits
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.security import PICTURE_POLICY
from elearn.web.session import actor


@bp.get("/<code>/media")
@requires(Action.AUTHORING_DRAFT_WRITE)
def media(code: str) -> ResponseReturnValue:
    return draw(queries.own_draft(actor(), code), new=request.args.getlist("new"))


@bp.get("/<code>/media/<path:name>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def picture(code: str, name: str) -> ResponseReturnValue:
    path = MEDIA + name
    if not is_picture(path):
        raise Missing("picture-missing", picture=path)
    found = picture_in(queries.own_draft(actor(), code), path)
    response = Response(found.content, mimetype=mimetypes.guess_type(path)[0])
    response.headers["Cache-Control"] = "private, no-cache"  # kept, and asked about each time
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.set_etag(found.digest)
    return response.make_conditional(request)


@bp.post("/<code>/media")
@requires(Action.AUTHORING_DRAFT_WRITE)
def upload_pictures(code: str) -> ResponseReturnValue:
    """Those of the pictures that can be used are kept; of the others the page says why."""
    draft, form = queries.own_draft(actor(), code), UploadPicturesForm()
    if not form.validate():
        return draw(draft, form=form), 422
    sent = prepared_files(form.files.data)  # before `saving()`: pictures take their time
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        new, too_many = _keep(draft, sent.good)
    form.files.errors = [*sent.refused, *too_many]
    status = 422 if form.files.errors else 200
    if is_script():
        return jsonify(names=new, text=" ".join([*form.files.errors, *sent.notes])), status
    if form.files.errors or sent.notes:
        return draw(draft, form=form, new=new, notes=sent.notes), status
    flash(ngettext("One picture was added.", "%(num)d pictures were added.", len(new)), "good")
    return redirect(url_for(".media", code=code, new=new), 303)


def _keep(draft: Draft, good: list[Good]) -> tuple[list[str], list[str]]:
    """Names of the pictures that were kept; why they were not, when they are too many."""
    limits = course_limits()
    there = sum(one.size_bytes for one in pictures_of(draft))
    if there + sum(len(one.content) for one in good) > limits.total_bytes:
        return [], [sentence("pictures-many", {"most": limits.total_bytes >> 20})]
    taken, changes = frozenset(queries.tree_of(draft)), Changes()
    for one in good:
        changes[name_for(one.name, one.suffix, taken | changes.keys())] = one.content
    if changes:
        service.save(draft, changes, "pictures-added", "", actor(), clock.now())
    return [path.removeprefix(MEDIA) for path in changes], []


@bp.post("/<code>/media/put")
@requires(Action.AUTHORING_DRAFT_WRITE)
def put_picture(code: str) -> ResponseReturnValue:
    """Put a picture at the end of a lesson, from where its author moves it to its place."""
    form = PutPictureForm()
    if not form.validate():
        return draw(queries.own_draft(actor(), code), put=form), 422
    key, _mark, language = (form.lesson.data or "").partition("/")
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            desk = desk_for(draft, key, language)
            path = _path(form.picture.data, desk.paths)
            if not desk.is_there:
                raise Missing("lesson-missing", lesson=key)
            wanted = with_picture(desk.lesson, path, form.alt.data)
            changes = lesson_changes(desk.files, key, language, wanted)
            service.save(
                draft, changes, "lesson-written", f"{key}/{language}", actor(), clock.now()
            )
    except Unreadable as fault:
        form.lesson.errors = [unreadable(fault)]
        return draw(queries.own_draft(actor(), code), put=form), 422
    flash(_("The picture stands at the end of the text. Move its line to its place."), "good")
    last = len((changes[desk.spot.path] or b"").splitlines())
    back = url_for("authoring.lesson", code=code, key=key, language=language, line=last)
    return redirect(back, 303)


@bp.post("/<code>/media/delete")
@requires(Action.AUTHORING_DRAFT_WRITE)
def delete_picture(code: str) -> ResponseReturnValue:
    """Only one that no text shows."""
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            path = _path(request.form.get("name", ""), queries.tree_of(draft))
            name = path.removeprefix(MEDIA)
            if path in uses_of(queries.texts_of(draft)):
                raise Conflict("picture-used", picture=name)
            service.save(draft, {path: None}, "picture-deleted", name, actor(), clock.now())
    except Conflict as refusal:
        return draw(queries.own_draft(actor(), code), why=sentence_for(refusal)), 409
    flash(_("The picture was deleted. The history of the draft can bring it back."), "good")
    return redirect(url_for(".media", code=code), 303)


def _path(name: str, paths: Collection[str]) -> str:
    """The path of a picture that is in the draft. Raises Missing."""
    path = MEDIA + name
    if path not in paths or not is_picture(path):
        raise Missing("picture-missing", picture=name)
    return path
