"""What a person may do, where, and from when until when; heads who act for somebody."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import service
from elearn.accounts.forms import show_fault
from elearn.accounts.models import Person
from elearn.accounts.queries import directory, places
from elearn.admin.forms.people import ROLES, LastDayForm, RoleForm
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, people_steps
from elearn.admin.views.persons import another
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Problem
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action, Role
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.route("/admin/people/<code>/roles/add", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def add_role(code: str) -> ResponseReturnValue:
    person = another(code)
    form = RoleForm(on=clock.day_in(clock.now(), person.time_zone), role=Role.SUPERVISOR)
    if not form.validate_on_submit():
        return _draw_add(person, form)
    node_code = form.node.node.code if form.node.node else None
    acting_code = form.acting_for.person.code if form.acting_for.person else None
    try:
        with saving():
            service.grant(
                actor(),
                directory.person_to_change(code),
                Role(form.role.data),
                places.known_node(node_code) if node_code else None,
                form.on.data,
                clock.now(),
                form.until(),
                directory.person_by_code(acting_code) if acting_code else None,
            )
    except Problem as problem:
        show_fault(form, problem)
        return _draw_add(directory.person_by_code(code), form)
    flash(_("Saved."), "good")
    return redirect(url_for(".person", code=code), 303)


@bp.route("/admin/people/<code>/roles/<int:number>/end", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def end_role(code: str, number: int) -> ResponseReturnValue:
    person = another(code)
    held = directory.role_of(person.id, number)
    form = LastDayForm(last_on=clock.day_in(clock.now(), person.time_zone))
    if not form.validate_on_submit():
        return _draw_end(person, held, form)
    role, node_code = Role(held.row.role), held.node.code if held.node else None
    try:
        with saving():
            found = directory.person_to_change(code)
            node = places.known_node(node_code) if node_code else None
            service.end_grant(actor(), found, role, node, form.until(), clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_end(directory.person_by_code(code), directory.role_of(person.id, number), form)
    flash(_("Saved."), "good")
    return redirect(url_for(".person", code=code), 303)


def _draw_add(person: Person, form: RoleForm) -> ResponseReturnValue:
    title = _("A role for %(name)s", name=person.full_name)
    lead = [_("The role is seen at the next page opened.")]
    return draw_form(form, title, _("Save"), people_steps(person), lead)


def _draw_end(person: Person, held: directory.Held, form: LastDayForm) -> ResponseReturnValue:
    where = held.node.name if held.node else _("the whole site")
    lead = [f"{ROLES[Role(held.row.role)]}: {where}"]
    title = _("End a role of %(name)s", name=person.full_name)
    return draw_form(form, title, _("End"), people_steps(person), lead)
