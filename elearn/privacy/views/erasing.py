"""Erasing my data, at my own word: what goes and what stays is said first."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts import queries as accounts
from elearn.accounts import rules
from elearn.accounts.service import credentials
from elearn.core import clock, policy
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, TooMany
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.privacy import service
from elearn.privacy.forms import EraseForm
from elearn.privacy.views.blueprint import bp
from elearn.web import session as web_session
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor


@bp.get("/my-data/erase")
@requires(Action.PRIVACY_PERSON_ERASE)
def ask_to_erase() -> ResponseReturnValue:
    return _draw(EraseForm(formdata=None))


@bp.post("/my-data/erase")
@requires(Action.PRIVACY_PERSON_ERASE)
def erase() -> ResponseReturnValue:
    form = EraseForm()
    if not form.validate():
        return _draw(form), 422
    try:
        is_right = _is_own_password(form.password.data)
    except TooMany as problem:
        form.form_errors.append(sentence("sign-in-too-often"))
        return _draw(form), 429, {"Retry-After": str(problem.retry_after_seconds)}
    if not is_right:
        form.password.errors = [sentence("password-not-present")]
        return _draw(form), 422
    try:
        with saving():
            service.forget(current_user.person_id, actor(), clock.now(), "own wish")
    except Conflict as conflict:
        form.form_errors.append(sentence_for(conflict))
        return _draw(form), 409
    web_session.sign_out()
    flash(_("Your account and what named you are erased."), "good")
    response = redirect(url_for("accounts.sign_in"), 303)
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _is_own_password(password: str) -> bool:
    """Judged and counted like a sign-in; hashing happens outside any transaction."""
    key = accounts.any_login_of(current_user.person_id)
    with saving():
        made = credentials.begin_try(key, rules.address_group(request.remote_addr), clock.now())
    facts = accounts.sign_in_facts(made.key)
    db.session.rollback()
    if not credentials.is_right(facts, password):
        return False
    with saving():
        credentials.end_try(made)
    return True


def _draw(form: EraseForm) -> str:
    today = clock.day_in(clock.now(), current_user.time_zone)
    names_stay = policy.on(today).keep_holder_names == "yes"
    return render_template("privacy/erase.html", form=form, names_stay=names_stay)
