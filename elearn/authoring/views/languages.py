"""The languages of a course: one more, or one less."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.rules import languages as rules
from elearn.authoring.rules.facts import MANIFEST
from elearn.authoring.views.arranging import refused
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.i18n import LANGUAGES
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.post("/<code>/languages")
@requires(Action.AUTHORING_DRAFT_WRITE)
def add_language(code: str) -> ResponseReturnValue:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        raise Missing("page-missing")
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            changes = rules.with_language(queries.some_of(draft, [MANIFEST]), language)
            number = service.save(draft, changes, "language-added", language, actor(), clock.now())
    except Unreadable as fault:
        return refused(fault, code)
    return done(
        _("The language was added. Its texts are missing until they are written."),
        code,
        number,
        _back(code),
    )


@bp.get("/<code>/languages/<language>/remove")
@requires(Action.AUTHORING_DRAFT_WRITE)
def language_gone(code: str, language: str) -> ResponseReturnValue:
    """What is lost with a language, before it is removed."""
    place = place_of(queries.own_draft(actor(), code), "facts")
    if language not in place.sketch.languages[1:]:
        raise Missing("page-missing")
    written = rules.written_in(place.sketch, language)
    return render_template(
        "authoring/language_gone.html", place=place, language=language, written=written
    )


@bp.post("/<code>/languages/<language>/remove")
@requires(Action.AUTHORING_DRAFT_WRITE)
def remove_language(code: str, language: str) -> ResponseReturnValue:
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            changes = rules.without_language(queries.texts_of(draft), language)
            number = service.save(
                draft, changes, "language-removed", language, actor(), clock.now()
            )
    except ValueError as fault:  # Unreadable is one, too
        if isinstance(fault, Unreadable):
            return refused(fault, code)
        return redirect(_back(code), 303)  # somebody has removed it already
    return done(
        _("The language and all that was written in it were removed."), code, number, _back(code)
    )


def _back(code: str) -> str:
    return url_for("authoring.facts", code=code, _anchor="languages")
