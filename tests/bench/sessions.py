"""Sessions as sign-in makes them, without the cost of hashing a password for each."""

from dataclasses import dataclass

from flask import Flask, session
from flask_wtf.csrf import generate_csrf

from elearn.accounts.queries import session_user
from elearn.core.db import db
from elearn.web.session import sign_in

NEW = 1  # generation of a login that was just made


@dataclass(frozen=True)
class Session:
    """What a signed-in browser sends: its cookie, and the token of its forms."""

    cookie: str
    token: str


def session_of(app: Flask, person_id: int) -> Session:
    """Call it outside of any context: a token is kept for as long as one lasts."""
    with app.test_request_context():
        user = session_user(person_id, NEW)
        db.session.remove()
        if user is None:
            raise RuntimeError(f"person {person_id} cannot sign in")
        sign_in(user, keep=False)
        token = generate_csrf()
        name = app.config["SESSION_COOKIE_NAME"]
        signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return Session(f"{name}={signer.dumps(dict(session))}", token)
