"""A forgotten password: a link by e-mail where there is an address, a printed code where not."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import passwords, queries, rules
from elearn.accounts.forms import ForgottenForm, NewPasswordByMailForm, show_fault
from elearn.accounts.models import Person
from elearn.accounts.service import mailed_reset
from elearn.accounts.views import bp
from elearn.accounts.views.session import enter, too_often
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing, Problem, TooMany
from elearn.core.i18n import gettext as _
from elearn.web.guard import public


@bp.get("/forgotten")
@public
def forgotten() -> ResponseReturnValue:
    return _draw_forgotten(ForgottenForm())


@bp.post("/forgotten")
@public
def ask_for_link() -> ResponseReturnValue:
    """The same answer for everybody: whether an account is known is nobody else's business."""
    form = ForgottenForm()
    if not form.validate():
        return _draw_forgotten(form), 422
    key, place = rules.login_key(form.login.data), rules.address_group(request.remote_addr)
    try:
        with saving():
            mailed_reset.ask(key, place, current_app.config["SETTINGS"].site_url, clock.now())
    except TooMany as problem:
        return too_often(form, _draw_forgotten, problem)
    return redirect(url_for(".link_asked"), 303)


@bp.get("/forgotten/asked")
@public
def link_asked() -> ResponseReturnValue:
    return render_template("accounts/link_asked.html")


@bp.get("/reset/<token>")
@public
def reset_by_mail(token: str) -> ResponseReturnValue:
    """Opening the link spends nothing: programs that look for harm in mail open every link."""
    try:
        mailed_reset.person_of(token, clock.now())
    except Missing as problem:
        return _draw_expired(problem)
    return _draw_new_password(NewPasswordByMailForm())


@bp.post("/reset/<token>")
@public
def use_link(token: str) -> ResponseReturnValue:
    form = NewPasswordByMailForm()
    try:
        person = mailed_reset.person_of(token, clock.now())
        form.own = _own_words(person)
        if not form.validate():
            return _draw_new_password(form), 422
        fresh = passwords.hashed(form.new_password.data)
        with saving():
            person_id, generation = mailed_reset.use(token, fresh, clock.now())
    except Missing as problem:
        return _draw_expired(problem)
    enter(person_id, generation, keep=False)
    flash(_("Your new password holds from now on. All other devices are signed out."), "good")
    return redirect("/", 303)


def _own_words(person: Person) -> tuple[str, ...]:
    return (*queries.logins_of(person.id).values(), person.full_name)


def _draw_forgotten(form: ForgottenForm) -> str:
    return render_template("accounts/forgotten.html", form=form)


def _draw_new_password(form: NewPasswordByMailForm) -> str:
    return render_template("accounts/new_password.html", form=form)


def _draw_expired(problem: Missing) -> ResponseReturnValue:
    form = ForgottenForm(formdata=None)
    show_fault(form, Problem(problem.code))
    return _draw_forgotten(form), 404
