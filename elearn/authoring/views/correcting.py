"""A wrong key, put right from a newer version: what it would change, and the act."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.forms.correcting import CorrectForm
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.correction_page import correction_page
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import ngettext
from elearn.core.permissions import Action
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/courses/<slug>/<int:number>/items/<key>/correct")
@requires(Action.QUIZZES_QUESTION_CORRECT)
def correct(slug: str, number: int, key: str) -> ResponseReturnValue:
    return _draw(slug, number, key, CorrectForm(newer=request.args.get("newer", "")))


@bp.post("/courses/<slug>/<int:number>/items/<key>/correct")
@requires(Action.QUIZZES_QUESTION_CORRECT)
def mark_anew(slug: str, number: int, key: str) -> ResponseReturnValue:
    form = CorrectForm()
    found_id = queries.own_version(actor(), slug, number).id
    newer_id = queries.own_version(actor(), slug, form.number()).id
    if not form.validate():
        return _draw(slug, number, key, form), 422
    try:
        risen = _correct(found_id, key, newer_id, form.reason.data)
    except (Invalid, Conflict) as refusal:  # the page says why
        return _draw(slug, number, key, form), 409 if isinstance(refusal, Conflict) else 422
    flash(
        ngettext(
            "The key is corrected. %(num)d result has risen by it, and none has fallen.",
            "The key is corrected. %(num)d results have risen by it, and none has fallen.",
            risen,
        ),
        "good",
    )
    back = url_for(".correct", slug=slug, number=number, key=key, newer=form.number())
    return redirect(back, 303)


def _correct(version_id: int, key: str, newer_id: int, reason: str) -> int:
    """Correct and mark anew, each batch for itself: who answers meanwhile waits for one only.

    How many results have risen by it. What is stopped in between goes on when it is sent again.
    """
    now = clock.now()
    with saving():
        correction = service.correct(actor(), version_id, key, newer_id, reason, now).id
    after: int | None = 0
    while after is not None:
        with saving():
            after = service.regrade(correction, after, now)
    return quizzes.raised_by([correction])[correction]


def _draw(slug: str, number: int, key: str, form: CorrectForm) -> str:
    versions = queries.own_versions(actor(), slug)
    found = queries.own_version(actor(), slug, number)
    page = correction_page(actor(), found, versions, key, form.number())
    return render_template("authoring/correct.html", page=page, form=form)
