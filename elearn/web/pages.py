"""Pages that belong to no room: help, and what is kept of a person."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearn.web.guard import public

bp = Blueprint("web", __name__)


@bp.get("/help", endpoint="help")
@public
def help_page() -> ResponseReturnValue:
    return render_template("help.html")


@bp.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    return render_template("privacy.html")
