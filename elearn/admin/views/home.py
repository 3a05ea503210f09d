"""The way into administration: finding somebody or some place, the areas, and what waits."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.admin.views.blueprint import bp
from elearn.core import clock, jobs, outbox
from elearn.core.permissions import Action
from elearn.learning import queries as learning
from elearn.web.guard import requires

MOST = 100  # beyond it the number does not matter: there are many


@bp.get("/admin/")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def home() -> ResponseReturnValue:
    """Three small counts; who looks every day sees at once whether anything waits."""
    return render_template(
        "admin/home.html",
        missing_count=len(learning.recordless(MOST)),
        mail_count=len(outbox.unsent(MOST)),
        job_count=jobs.count_running(clock.now()),
        most=MOST,
    )
