"""Who is asking: Flask-Login on top of our own persons, actors and rotatable sessions.

`accounts` registers the loader, so that this floor knows no tables.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask import Flask, g, request, session
from flask_login import AnonymousUserMixin, LoginManager, current_user, login_user, logout_user

from elearn.core import clock
from elearn.core.config import Settings
from elearn.core.i18n import LANGUAGES
from elearn.core.permissions import NOBODY, Actor, SessionUser

LANGUAGE_COOKIE = "elearn_language"  # the reader's switch in this browser, before the profile
_login = LoginManager()
_login.session_protection = None  # phones change their address; generations end stolen sessions
_loader: Callable[[int, int], SessionUser | None] | None = None


class _Stranger(AnonymousUserMixin):
    actor = NOBODY
    full_name = ""
    person_id = None


def load_people_with(loader: Callable[[int, int], SessionUser | None]) -> None:
    """Register how a person is loaded: loader(person_id, generation) or None when it has ended."""
    global _loader
    _loader = loader


def actor() -> Actor:
    """Who acts in this request."""
    found: Actor = current_user.actor
    return found


def sign_in(user: SessionUser, keep: bool) -> None:
    """Begin a session: everything of the session before goes, so that none can be planted."""
    session.clear()
    login_user(replace(user, since=int(clock.now().timestamp())), remember=keep)
    session.permanent = True
    g.time_zone = user.time_zone
    if request.cookies.get(LANGUAGE_COOKIE) not in LANGUAGES:
        g.language = user.language


def sign_out() -> None:
    """End this session and the remembered one; nothing of the person stays in the browser."""
    logout_user()
    remembered = session.get("_remember")
    session.clear()
    if remembered:
        session["_remember"] = remembered  # flask-login's order to drop its cookie


def is_kept() -> bool:
    """Whether this browser is to stay signed in: it holds the cookie of "keep me signed in"."""
    return "elearn_keep" in request.cookies


def register_sessions(app: Flask, settings: Settings) -> None:
    app.config.update(
        SESSION_COOKIE_NAME="elearn",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_secure,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        SESSION_REFRESH_EACH_REQUEST=False,
        REMEMBER_COOKIE_NAME="elearn_keep",
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=settings.is_secure,
        REMEMBER_COOKIE_DURATION=timedelta(days=settings.remember_days),
    )
    _login.anonymous_user = _Stranger
    _login.init_app(app)

    @_login.user_loader
    def load(session_id: str) -> SessionUser | None:
        parts = session_id.split(".")
        if _loader is None or len(parts) != 3 or not all(part.isdecimal() for part in parts):
            return None
        person_id, generation, since = map(int, parts)
        # The browser is told to drop the cookie then; a copy of it must not outlive that.
        if clock.now().timestamp() - since > app.config["REMEMBER_COOKIE_DURATION"].total_seconds():
            return None
        user = _loader(person_id, generation)
        return replace(user, since=since) if user else None


def is_plain_request() -> bool:
    """A request that shows nobody anything of a person: probes and media."""
    return request.endpoint in ("health.healthz", "health.readyz", "courses.media")
