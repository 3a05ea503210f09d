"""Who issues completion records and who signs them, from when until when."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import service
from elearn.accounts.forms import show_fault
from elearn.accounts.queries import all_organisers, organiser_on, organiser_rows, places
from elearn.accounts.rules import last_day
from elearn.accounts.service.organisers import end_organiser
from elearn.admin.forms.organisers import OrganiserForm
from elearn.admin.forms.people import LastDayForm
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, home_step
from elearn.admin.views.planned import readers_today
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing, Problem
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/admin/organisers/")
@requires(Action.ACCOUNTS_TREE_MANAGE)
def organisers() -> ResponseReturnValue:
    return render_template(
        "admin/organisers.html",
        steps=[home_step()],
        rows=all_organisers(),
        today=readers_today(),
        last_day=last_day,
    )


@bp.route("/admin/organisers/add", methods=["GET", "POST"], defaults={"code": ""})
@bp.route("/admin/organisers/<code>/change", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def set_organiser(code: str) -> ResponseReturnValue:
    """A new organiser, or what one is from a day on: another signatory, another name."""
    form = _form(code)
    if not form.validate_on_submit():
        return _draw_set(form)
    node_code = form.node.node.code if form.node.node else None
    try:
        with saving():
            node = places.known_node(node_code) if node_code else None
            service.add_organiser(
                actor(), form.code.data, form.words(), node, form.on.data, clock.now()
            )
    except Problem as problem:
        show_fault(form, problem)
        return _draw_set(form)
    flash(_("Saved."), "good")
    return redirect(url_for(".organisers"), 303)


@bp.route("/admin/organisers/<code>/end", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_TREE_MANAGE)
def finish_organiser(code: str) -> ResponseReturnValue:
    present = organiser_on(code, readers_today())
    if present is None:
        raise Missing("organiser-not-today")
    name, form = present.name, LastDayForm(last_on=readers_today())
    if form.validate_on_submit():
        try:
            with saving():
                end_organiser(actor(), code, form.until(), clock.now())
        except Problem as problem:
            show_fault(form, problem)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for(".organisers"), 303)
    lead = [_("Courses that name it issue no record after that day. Issued ones stay as they are.")]
    title = _("%(name)s issues no more records", name=name)
    return draw_form(form, title, _("End"), _steps(), lead, "danger")


def _form(code: str) -> OrganiserForm:
    """Filled with what the organiser is today; empty for a new one."""
    present, kept = organiser_on(code, readers_today()), organiser_rows(code)
    node = next((row.node_code for row in kept if present and row.id == present.id), None)
    return OrganiserForm(obj=present, on=readers_today(), node=node, kept=kept)


def _steps() -> list[tuple[str, str]]:
    return [home_step(), (_("Organisers"), url_for(".organisers"))]


def _draw_set(form: OrganiserForm) -> ResponseReturnValue:
    lead = [_("What held before ends the day before. Records that were issued keep what they say.")]
    return draw_form(form, _("Organiser and signatory"), _("Save"), _steps(), lead)
