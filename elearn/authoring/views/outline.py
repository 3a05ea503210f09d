"""The contents of a draft: its modules, lessons and questions."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.places import place_of
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/<code>/")
@requires(Action.AUTHORING_DRAFT_WRITE)
def outline(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    return render_template("authoring/outline.html", place=place_of(draft, "outline"))
