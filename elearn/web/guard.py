"""Every route says who may ask: `@public` or `@requires(Action...)`; a house test walks the map."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import redirect, request, url_for
from flask_login import current_user

from elearn.core.errors import Forbidden
from elearn.core.permissions import Action, may

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
                return redirect(url_for("accounts.sign_in", next=_way_back()), 303)
            if not may(current_user.actor, action):
                raise Forbidden("page-forbidden")
            return view(*args, **kwargs)

        guarded.rule = action  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def _way_back() -> str | None:
    """The page to return to after sign-in; a form that was sent is not repeated."""
    return request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else None
