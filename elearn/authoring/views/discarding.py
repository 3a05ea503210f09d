"""Discarding a draft: what is lost and what stays is said before."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/<code>/discard")
@requires(Action.AUTHORING_DRAFT_WRITE)
def discard(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    others = [name for person_id, name in queries.authors_of(draft.slug) if not _is_me(person_id)]
    return render_template(
        "authoring/discard.html",
        place=place_of(draft, "outline"),
        base=courses.outline(draft.base_id).number if draft.base_id else None,
        others=others,
    )


@bp.post("/<code>/discard")
@requires(Action.AUTHORING_DRAFT_WRITE)
def save_discard(code: str) -> ResponseReturnValue:
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        service.discard(draft, actor(), clock.now())
    flash(_("The draft has been discarded."), "good")
    return redirect(url_for(".mine"), 303)


def _is_me(person_id: int) -> bool:
    return person_id == actor().person_id
