"""The page before all others, when a text on personal data is to be agreed to."""

from datetime import date

from flask import redirect, render_template, request, session, url_for
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
from elearn.web.session import actor, is_plain_request

_ASKED = "text"  # in the session: the version of the text for which nothing is left to ask
_OPEN = (None, "accounts.consent", "language.switch", "web.help", "web.privacy")
_OPEN_ROOMS = ("privacy",)  # seeing and erasing one's data


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


@bp.before_app_request
def ask_first() -> ResponseReturnValue | None:
    """A text that she has not agreed to comes before the next page she opens, whichever it is.

    What she sends goes through: nothing that was typed is lost. Whether the text has changed since
    this session last looked is known without a query of its own.
    """
    if not _is_page() or not current_user.is_authenticated:
        return None
    since: date | None = current_user.text_since
    if since is None or session.get(_ASKED) == since.isoformat():
        return None
    if _wanted() is not None:
        return redirect(url_for("accounts.consent", next=request.full_path.rstrip("?")), 303)
    if since <= clock.day_in(clock.now(), current_user.time_zone):
        session[_ASKED] = since.isoformat()
    return None


def _is_page() -> bool:
    """Whether this opens a page, and not one that must be there for whoever does not agree."""
    return (
        request.method in ("GET", "HEAD")
        and request.headers.get("Sec-Fetch-Dest", "document") == "document"  # else by a script
        and request.endpoint not in _OPEN
        and request.blueprint not in _OPEN_ROOMS
        and not is_plain_request()
    )


def _wanted() -> Text | None:
    today = clock.day_in(clock.now(), current_user.time_zone)
    return text_to_agree(current_user.person_id, today)


def _draw(text: Text, form: ConsentForm) -> str:
    return render_template(
        "accounts/consent.html", form=form, text=text, words=text.said_in(page_language())
    )
