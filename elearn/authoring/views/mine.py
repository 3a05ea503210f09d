"""My courses: drafts and published versions."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.views.blueprint import bp
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/")
@requires(Action.AUTHORING_DRAFT_WRITE)
def mine() -> ResponseReturnValue:
    return render_template("authoring/mine.html", drafts=queries.drafts_for(actor()))
