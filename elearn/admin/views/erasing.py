"""Erasing what is kept of a person who asks the office for it (Law 27/2022)."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts.forms import show_fault
from elearn.accounts.models import Person
from elearn.accounts.queries import directory
from elearn.admin.forms.erasing import ErasePersonForm
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import draw_form, people_steps
from elearn.admin.views.persons import another
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Problem
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.privacy import service
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.route("/admin/people/<code>/erase", methods=["GET", "POST"])
@requires(Action.ACCOUNTS_PEOPLE_MANAGE)
def erase_person(code: str) -> ResponseReturnValue:
    person, form = another(code), ErasePersonForm()
    form.expected_name = person.full_name
    if not form.validate_on_submit():
        return _drawn(person, form)
    try:
        with saving():
            found = directory.person_to_change(code)
            service.forget(found.id, actor(), clock.now(), form.reason.data)
    except Problem as problem:
        show_fault(form, problem)
        return _drawn(another(code), form)
    flash(_("Erased. Completion records stay valid by their number."), "good")
    return redirect(url_for(".people"), 303)


def _drawn(person: Person, form: ErasePersonForm) -> ResponseReturnValue:
    title = _("Erase what is kept of %(name)s", name=person.full_name)
    lead = [
        _("Name, logins, answers, evidence and roles go at once and for ever."),
        _("Records, scores and JP stay as numbers. To end an account only, close it instead."),
    ]
    return draw_form(form, title, _("Erase for ever"), people_steps(person), lead, "danger")
