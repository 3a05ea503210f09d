"""Every route says who may ask: `@public` or `@requires(Action...)`; a house test walks the map."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from elearn.core.errors import Forbidden
from elearn.core.permissions import Action, may
from elearn.web.messages import sentence

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    view.rule = "public"  # type: ignore[attr-defined]
    return view


def requires(action: Action) -> Callable[[View], View]:
    """Open to whoever may do this anywhere; the door in `queries` then asks about the row."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return sign_in_first()
            if not may(current_user.actor, action):
                raise Forbidden("page-forbidden")
            return view(*args, **kwargs)

        guarded.rule = action  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def is_for_members_only() -> bool:
    """Whether what was asked for needs a session and has none."""
    view = current_app.view_functions.get(request.endpoint or "")
    return isinstance(getattr(view, "rule", None), Action) and not current_user.is_authenticated


def sign_in_first() -> ResponseReturnValue:
    """Sign-in, and then the page that was asked for. A form is not repeated, and that is said."""
    if request.method in ("GET", "HEAD"):
        back: str | None = request.full_path.rstrip("?")
    else:
        flash(sentence("csrf-invalid"), "warning")
        back = _page_of_the_form()
    return redirect(url_for("accounts.sign_in", next=back), 303)


def _page_of_the_form() -> str | None:
    """Most forms are sent to the address of the page that they stand on."""
    adapter = current_app.create_url_adapter(request)
    is_page = adapter is not None and adapter.test(request.path, "GET")
    return request.path if is_page else None
