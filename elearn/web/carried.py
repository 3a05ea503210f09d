"""A form that arrives after its session has ended is carried over the sign-in, not lost.

The fields travel in the sign-in page itself, signed and with the time, and are handed to the room
they were meant for once somebody has signed in. That room asks its own doors as usual: what is
not the person's own is neither saved nor shown.

Rooms register with `carry_for`; `accounts` registers its sign-in page with `sign_in_with` and
calls `deliver` after a sign-in. A view that is `carrying` checks its CSRF token itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import current_app, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from elearn.core.errors import Missing
from elearn.core.i18n import gettext as _
from elearn.web.guard import View
from elearn.web.security import csrf

Values = dict[str, str]
Form = MultiDict[str, str]

LIMIT_BYTES = 60_000  # of the fields; a quiz of eight long texts is a third of this
MAX_AGE_SECONDS = 12 * 3600
_NOT_CARRIED = ("csrf_token",)


@dataclass(frozen=True, slots=True)
class Carrier:
    """What a room does with a form of its own. back: the page that the form came from.

    accept: do what the form asked, for whoever is signed in now. redraw: show the page again with
    what was typed and nothing done, for a form whose token is not of this session.
    """

    back: Callable[[Values], str]
    accept: Callable[[Values, Form], ResponseReturnValue]
    redraw: Callable[[Values, Form], ResponseReturnValue]


_carriers: dict[str, Carrier] = {}
_sign_in_page: Callable[[str, str], ResponseReturnValue] | None = None


def carry_for(endpoint: str, carrier: Carrier) -> None:
    """Register what happens to the forms of this endpoint."""
    _carriers[endpoint] = carrier


def sign_in_with(page: Callable[[str, str], ResponseReturnValue]) -> None:
    """Register how sign-in is shown: page(token to put into the form, path to return to)."""
    global _sign_in_page
    _sign_in_page = page


def carry(endpoint: str, values: Values, form: Form) -> str:
    """The form as a token; "" when it is too large to travel."""
    fields = [(name, v) for name, v in form.items(multi=True) if name not in _NOT_CARRIED]
    if sum(len(name) + len(value) for name, value in fields) > LIMIT_BYTES:
        return ""
    return str(_signer().dumps([endpoint, values, fields]))


def deliver(token: str | None) -> ResponseReturnValue | None:
    """Hand a carried form to its room, for the person who has just signed in.

    None when there is nothing to hand over: no token, an old or a changed one, or a form that is
    another person's.
    """
    if not token:
        return None
    try:
        endpoint, values, fields = _signer().loads(token, max_age=MAX_AGE_SECONDS)
    except BadData:
        return None
    carrier = _carriers.get(endpoint)
    if carrier is None:  # the site was renewed meanwhile, and its forms with it
        return None
    try:
        return carrier.accept(values, MultiDict([(n, v) for n, v in fields]))
    except Missing:
        return None


def carrying(endpoint: str) -> Callable[[View], View]:
    """For the view of a form: without a session show sign-in, with a stale token the page again."""

    def wrap(view: View) -> View:
        @wraps(view)
        def carried(**values: Any) -> Any:
            carrier = _carriers[endpoint]
            if not current_user.is_authenticated:
                if _sign_in_page is None:
                    raise RuntimeError("no room has registered its sign-in page")
                return _sign_in_page(carry(endpoint, values, request.form), carrier.back(values))
            if not _is_token_right():
                return carrier.redraw(values, request.form)
            return view(**values)

        csrf.exempt(carried)
        return carried  # type: ignore[return-value]

    return wrap


def answering(endpoint: str) -> Callable[[View], View]:
    """For the same form sent by a script: says in JSON where to go, and the script keeps it."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(**values: Any) -> Any:
            back = _carriers[endpoint].back(values)
            if not current_user.is_authenticated:
                message = _("Your session has ended. Sign in again; what you typed is kept.")
                sign_in = url_for("accounts.sign_in", next=back)
                return jsonify(error="session-ended", message=message, sign_in=sign_in), 401
            if not _is_token_right():
                message = _("You have signed in again since. Open this page again to go on.")
                return jsonify(error="csrf-invalid", message=message, sign_in=back), 401
            return view(**values)

        csrf.exempt(answered)
        return answered  # type: ignore[return-value]

    return wrap


def _is_token_right() -> bool:
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return True
    try:
        csrf.protect()
    except CSRFError:
        return False
    return True


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="elearn.web.carried")
