"""In and out: sign-in, sign-out, a new password by one's own wish or by a printed code."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import passwords, queries, rules, service
from elearn.accounts.forms import ChangePasswordForm, ResetForm, SignInForm, show_fault
from elearn.accounts.queries.people import SignInFacts
from elearn.accounts.queries.ways_in import ways_in_of
from elearn.accounts.service import credentials
from elearn.accounts.views import bp
from elearn.accounts.words import way_in_in_words
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Problem, TooMany
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web import carried
from elearn.web import session as web_session
from elearn.web.guard import public, requires
from elearn.web.messages import sentence
from elearn.web.navigation import first_page
from elearn.web.redirects import safe_path
from elearn.web.session import actor

NEWS = timedelta(days=14)  # how long a code that was made for somebody is told at sign-in
MOST_NEWS = 3  # they travel in the session's cookie


@bp.get("/login")
@public
def sign_in() -> ResponseReturnValue:
    target = safe_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target, 303)
    return _draw_sign_in(SignInForm(next=target))


@bp.post("/login")
@public
def begin_session() -> ResponseReturnValue:
    form = SignInForm()
    if not form.validate():
        return _draw_sign_in(form), 422
    try:
        facts = judge(form.login.data, form.password.data)
    except TooMany as problem:
        return too_often(form, _draw_sign_in, problem)
    if facts is None:
        form.form_errors.append(sentence("sign-in-failed"))
        return _draw_sign_in(form), 422
    enter(facts.person_id, facts.generation, keep=form.remember.data)
    _tell_of_ways_in(facts.person_id)
    target = safe_path(form.next.data)
    asked = target if target != "/" else first_page(actor())
    return carried.deliver(form.carried.data) or redirect(asked, 303)


def _tell_of_ways_in(person_id: int) -> None:
    """Whoever signs in learns of every code that somebody else has lately made for her.

    At each sign-in of some days, not once: who came in by such a code must not be the only one who
    read it.
    """
    now, where = clock.now(), _("If you did not ask for it, look at “My data”.")
    for way in ways_in_of([person_id], now - NEWS)[:MOST_NEWS]:
        flash(f"{way_in_in_words(way, now)} {where}", "warning")


def sign_in_again(token: str, back: str) -> ResponseReturnValue:
    """Sign-in in the place of an answer whose session has ended; the form travels in the page."""
    form = SignInForm(formdata=None, next=safe_path(back), carried=token)
    return _draw_sign_in(form), 401


carried.sign_in_with(sign_in_again)


def _draw_sign_in(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form)


def judge(login: str, password: str) -> SignInFacts | None:
    """The account when login and password are right; hashing happens outside any transaction."""
    address = rules.address_group(request.remote_addr)
    with saving():
        made = credentials.begin_try(rules.login_key(login), address, clock.now())
    facts = queries.sign_in_facts(made.key)
    db.session.rollback()
    if not credentials.is_right(facts, password) or facts is None or not facts.password_hash:
        return None
    former = facts.password_hash
    stronger = passwords.hashed(password) if passwords.is_outdated(former) else None
    with saving():
        credentials.end_try(made)
        if stronger:
            credentials.keep_stronger_hash(facts.person_id, former, stronger)
    return facts


def enter(person_id: int, generation: int, keep: bool) -> None:
    """Begin a session of this person in this browser."""
    user = queries.session_user(person_id, generation)
    if user is not None:
        web_session.sign_in(user, keep)


def too_often(form: Any, draw: Callable[[Any], str], problem: TooMany) -> ResponseReturnValue:
    """The form again, with how long to wait; the same for known and unknown accounts."""
    form.form_errors.append(sentence("sign-in-too-often"))
    return draw(form), 429, {"Retry-After": str(problem.retry_after_seconds)}


@bp.post("/logout")
@public
def sign_out() -> ResponseReturnValue:
    """End the session. Answers that could not be sent leave the browser with the person."""
    web_session.sign_out()
    flash(_("You are signed out."), "good")
    response = redirect(url_for(".sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.get("/profile/password")
@requires(Action.ACCOUNTS_PROFILE_CHANGE)
def change_password() -> ResponseReturnValue:
    return _draw_change(ChangePasswordForm())


@bp.post("/profile/password")
@requires(Action.ACCOUNTS_PROFILE_CHANGE)
def set_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    login = queries.any_login_of(current_user.person_id)
    form.own = (login, current_user.full_name)
    if not form.validate():
        return _draw_change(form), 422
    try:
        judged = judge(login, form.password.data)
    except TooMany as problem:
        return too_often(form, _draw_change, problem)
    if judged is None:
        show_fault(form, Problem("password-not-present", field="password"))
        return _draw_change(form), 422
    fresh = passwords.hashed(form.new_password.data)
    keep = web_session.is_kept()
    with saving():
        generation = service.change_password(
            actor(), judged.person_id, judged.password_hash, fresh, clock.now()
        )
    enter(judged.person_id, generation, keep)
    flash(_("Your password is changed. All other devices are signed out."), "good")
    return redirect(url_for(".profile"), 303)


def _draw_change(form: ChangePasswordForm) -> str:
    return render_template("accounts/change_password.html", form=form)


@bp.get("/reset")
@public
def reset() -> ResponseReturnValue:
    return _draw_reset(ResetForm())


@bp.post("/reset")
@public
def use_reset() -> ResponseReturnValue:
    form = ResetForm()
    if not form.validate():
        return _draw_reset(form), 422
    key, address = rules.login_key(form.login.data), rules.address_group(request.remote_addr)
    try:
        with saving():
            made = credentials.begin_reset_try(key, address, clock.now())
    except TooMany as problem:
        return too_often(form, _draw_reset, problem)
    fresh = passwords.hashed(form.new_password.data)
    try:
        with saving():
            person_id, generation = service.use_reset(key, form.code.data, fresh, clock.now())
            credentials.end_try(made)
    except Problem as problem:
        show_fault(form, problem)
        return _draw_reset(form), 422
    enter(person_id, generation, keep=False)
    flash(_("Your new password holds from now on. All other devices are signed out."), "good")
    return redirect("/", 303)


def _draw_reset(form: ResetForm) -> str:
    return render_template("accounts/reset.html", form=form)
