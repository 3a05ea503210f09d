"""The way into administration: finding somebody or some place, the areas, and what waits."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.admin.views.blueprint import bp
from elearn.core import clock
from elearn.core.permissions import Action
from elearn.web.guard import requires


@bp.get("/admin/")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def home() -> ResponseReturnValue:
    return render_template("admin/home.html", now=clock.now())
