"""Keeping one person by hand: adding her, correcting what is known, leaving and coming back."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import service
from elearn.accounts.forms import show_fault
from elearn.accounts.models import LoginKind, Person
from elearn.accounts.queries import directory, logins_of, places
from elearn.accounts.service import belonging
from elearn.accounts.service.people import set_logins
from elearn.admin.forms.people import (
    KnownPersonForm,
    LastDayForm,
    MemberForm,
    NewPersonForm,
)
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, people_steps
from elearn.admin.views.people import note_look_at
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Problem
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.route("/admin/people/add", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def add_person() -> ResponseReturnValue:
    """A new person; how she gets in is the next page."""
    form = NewPersonForm()
    if not form.validate_on_submit():
        return _draw_add(form)
    library, now = form.library.node.code, clock.now()
    try:
        with saving():
            person = service.add_person(
                actor(), form.details(), form.username.data, None, places.known_node(library), now
            )
            code = person.code
    except Problem as problem:
        show_fault(form, problem)
        return _draw_add(form)
    flash(_("%(name)s is added. Now make a way in.", name=form.full_name.data), "good")
    return redirect(url_for(".person", code=code), 303)


@bp.route("/admin/people/<code>/edit", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def edit_person(code: str) -> ResponseReturnValue:
    person = another(code)
    form = KnownPersonForm(obj=person, username=logins_of(person.id).get(LoginKind.USERNAME, ""))
    if not form.validate_on_submit():
        return _draw_edit(person, form)
    try:
        with saving():
            found = directory.person_to_change(code)
            service.change_details(actor(), found, form.details(), clock.now())
            set_logins(found, {LoginKind.USERNAME: form.username.data})
    except Problem as problem:
        show_fault(form, problem)
        return _draw_edit(directory.person_by_code(code), form)
    flash(_("Saved."), "good")
    return redirect(url_for(".person", code=code), 303)


@bp.route("/admin/people/<code>/leave", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def leave(code: str) -> ResponseReturnValue:
    person = another(code)
    form = LastDayForm(last_on=clock.day_in(clock.now(), person.time_zone))
    if not form.validate_on_submit():
        return _draw_leave(person, form)
    try:
        with saving():
            found = directory.person_to_change(code)
            belonging.leave(actor(), found, form.last_on.data, clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_leave(directory.person_by_code(code), form)
    flash(_("The account is closed. Records and progress stay."), "good")
    return redirect(url_for(".person", code=code), 303)


@bp.route("/admin/people/<code>/return", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def come_back(code: str) -> ResponseReturnValue:
    """Open the account again for somebody who had left."""
    person, form = another(code), MemberForm()
    del form.on
    if not form.validate_on_submit():
        return _draw_return(person, form)
    library = form.library.node.code
    try:
        with saving():
            found = directory.person_to_change(code)
            belonging.come_back(actor(), found, places.known_node(library), clock.now())
    except Problem as problem:
        show_fault(form, problem)
        return _draw_return(directory.person_by_code(code), form)
    flash(_("The account is open again."), "good")
    return redirect(url_for(".person", code=code), 303)


@bp.post("/admin/people/<code>/unlock")
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def unlock(code: str) -> ResponseReturnValue:
    with saving():
        belonging.unlock(actor(), directory.person_to_change(code), clock.now())
    flash(_("Signing in is possible again at once."), "good")
    return redirect(url_for(".person", code=code), 303)


def another(code: str) -> Person:
    """Somebody else who is there: what concerns herself is another administrator's."""
    person = directory.person_by_code(code)
    if person.id == current_user.person_id:
        raise Conflict("person-yourself")
    directory.refuse_gone(person)
    return person


def _draw_add(form: NewPersonForm) -> ResponseReturnValue:
    return draw_form(form, _("Add a person"), _("Add"), people_steps())


def _draw_edit(person: Person, form: KnownPersonForm) -> ResponseReturnValue:
    note_look_at(person, clock.now())
    lead = [_("Completion records that were issued keep the name that they have.")]
    title = _("Change %(name)s", name=person.full_name)
    return draw_form(form, title, _("Save"), people_steps(person), lead)


def _draw_leave(person: Person, form: LastDayForm) -> ResponseReturnValue:
    lead = [
        _("Every membership and every role ends after this day, and the account closes now."),
        _("Records, JP and progress stay. The account can be opened again."),
    ]
    title = _("%(name)s leaves", name=person.full_name)
    return draw_form(form, title, _("Close the account"), people_steps(person), lead, "danger")


def _draw_return(person: Person, form: MemberForm) -> ResponseReturnValue:
    lead = [_("The former password holds again, and the membership begins today.")]
    title = _("%(name)s comes back", name=person.full_name)
    return draw_form(form, title, _("Open the account"), people_steps(person), lead)
