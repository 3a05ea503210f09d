"""What is mine: see it, change it."""

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import queries, service
from elearn.accounts.forms import ProfileForm, show_fault
from elearn.accounts.views import bp
from elearn.accounts.views.names import warn_if_unprintable
from elearn.accounts.views.session import judge, too_often
from elearn.core import clock, throttle
from elearn.core.db import saving
from elearn.core.errors import Problem, TooMany
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.language import keep_language
from elearn.web.session import actor

# "Another account has it" tells who is here: enough for a typing error, too few to go through NIPs.
TAKEN = throttle.Limit("profile:taken", 5, 60 * 60)


@bp.get("/profile")
@requires(Action.ACCOUNTS_PROFILE_CHANGE)
def profile() -> ResponseReturnValue:
    return _draw(ProfileForm(obj=queries.person(current_user.person_id)))


@bp.post("/profile")
@requires(Action.ACCOUNTS_PROFILE_CHANGE)
def change_profile() -> ResponseReturnValue:
    form = ProfileForm()
    if not form.validate():
        return _draw(form), 422
    if form.changes_logins_of(queries.person(current_user.person_id)):
        try:
            throttle.refuse_when_full(TAKEN, str(current_user.person_id), clock.now())
            shown = judge(queries.any_login_of(current_user.person_id), form.password.data or "")
        except TooMany as problem:
            return too_often(form, _draw, problem)
        if shown is None:
            show_fault(form, Problem("password-not-present", field="password"))
            return _draw(form), 422
    try:
        with saving():
            person = queries.own_person_to_change(actor())
            service.change_details(actor(), person, form.details(), clock.now())
    except Problem as problem:
        if problem.code == "login-taken":
            with saving():
                throttle.strike(TAKEN, str(current_user.person_id), clock.now())
        show_fault(form, problem)
        return _draw(form), 422
    flash(_("Your profile is saved."), "good")
    warn_if_unprintable(form.full_name.data)
    response = make_response(redirect(url_for(".profile"), 303))
    keep_language(response, form.language.data)
    return response


def _draw(form: ProfileForm) -> str:
    today = clock.day_in(clock.now(), current_user.time_zone)
    return render_template(
        "accounts/profile.html",
        form=form,
        logins=queries.logins_of(current_user.person_id),
        places=queries.places_of(current_user.person_id, today),
    )
