"""The page between sign-in and all others, when a text on personal data is to be agreed to."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.accounts.forms import ConsentForm
from elearn.accounts.queries.consents import Text, text_to_agree
from elearn.accounts.service.consents import agree
from elearn.accounts.views import bp
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.redirects import safe_path
from elearn.web.session import actor


@bp.get("/consent")
@requires(Action.ACCOUNTS_PROFILE_CHANGE)
def consent() -> ResponseReturnValue:
    target, text = safe_path(request.args.get("next")), _wanted()
    if text is None:
        return redirect(target, 303)
    return _draw(text, ConsentForm(formdata=None, version=text.version, next=target))


@bp.post("/consent")
@requires(Action.ACCOUNTS_PROFILE_CHANGE)
def give_consent() -> ResponseReturnValue:
    form, text = ConsentForm(), _wanted()
    target = safe_path(form.next.data)
    if text is None:
        return redirect(target, 303)
    if not form.validate():
        return _draw(text, form), 422
    try:
        with saving():
            agree(actor(), form.version.data, clock.now())
    except Conflict as conflict:
        fresh = ConsentForm(formdata=None, version=text.version, next=target)
        fresh.form_errors.append(sentence_for(conflict))
        return _draw(text, fresh), 409
    return redirect(target, 303)


def onward(target: str) -> str:
    """Where somebody who has just come in goes: to the text first, when there is one for her."""
    if current_user.is_authenticated and _wanted() is not None:
        return url_for("accounts.consent", next=target)
    return target


def _wanted() -> Text | None:
    today = clock.day_in(clock.now(), current_user.time_zone)
    return text_to_agree(current_user.person_id, today)


def _draw(text: Text, form: ConsentForm) -> str:
    return render_template(
        "accounts/consent.html", form=form, text=text, words=text.said_in(page_language())
    )
