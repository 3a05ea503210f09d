"""Where a person belongs, from when until when: another library keeps records and progress."""

from datetime import date

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import service
from elearn.accounts.forms import show_fault
from elearn.accounts.models import Person
from elearn.accounts.queries import directory, places
from elearn.accounts.service import belonging
from elearn.admin.forms.people import LastDayForm, MemberForm
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, people_steps
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Problem
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.route("/admin/people/<code>/memberships/add", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def add_membership(code: str) -> ResponseReturnValue:
    person = _anybody(code)
    form = MemberForm(on=_today(person))
    if not form.validate_on_submit():
        return _draw_add(person, form)
    library, on = form.library.node.code, form.on.data
    try:
        with saving():
            found = directory.person_to_change(code)
            service.add_member(actor(), found, places.known_node(library), on, clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_add(directory.person_by_code(code), form)
    return _saved(code)


@bp.route("/admin/people/<code>/memberships/<int:number>/move", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def move_membership(code: str, number: int) -> ResponseReturnValue:
    """The end here and the beginning there, in one act on one day."""
    person = _anybody(code)
    form = MemberForm(on=_today(person))
    if not form.validate_on_submit():
        return _draw_move(person, form)
    library, on = form.library.node.code, form.on.data
    try:
        with saving():
            found, there = directory.person_to_change(code), places.known_node(library)
            belonging.move_member(actor(), found, number, there, on, clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_move(directory.person_by_code(code), form)
    return _saved(code)


@bp.route("/admin/people/<code>/memberships/<int:number>/end", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def end_membership(code: str, number: int) -> ResponseReturnValue:
    person = _anybody(code)
    form = LastDayForm(last_on=_today(person))
    if not form.validate_on_submit():
        return _draw_end(person, form)
    try:
        with saving():
            found = directory.person_to_change(code)
            belonging.end_member(actor(), found, number, form.until(), clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_end(directory.person_by_code(code), form)
    return _saved(code)


def _anybody(code: str) -> Person:
    """Also herself: where she works is no right that she could give herself."""
    person = directory.person_by_code(code)
    directory.refuse_gone(person)
    return person


def _today(person: Person) -> date:
    return clock.day_in(clock.now(), person.time_zone)


def _saved(code: str) -> ResponseReturnValue:
    flash(_("Saved."), "good")
    return redirect(url_for(".person", code=code), 303)


def _draw_add(person: Person, form: MemberForm) -> ResponseReturnValue:
    title = _("%(name)s also belongs to", name=person.full_name)
    return draw_form(form, title, _("Save"), people_steps(person))


def _draw_move(person: Person, form: MemberForm) -> ResponseReturnValue:
    lead = [_("Records, JP and progress move along. The supervisor there sees them from this day.")]
    title = _("Move %(name)s to another library", name=person.full_name)
    return draw_form(form, title, _("Move"), people_steps(person), lead)


def _draw_end(person: Person, form: LastDayForm) -> ResponseReturnValue:
    lead = [_("The account stays open. Records, JP and progress stay.")]
    return draw_form(form, _("End this membership"), _("End"), people_steps(person), lead)
