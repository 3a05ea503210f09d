"""Who acts in a command."""

from sqlalchemy import select

from elearn.accounts.models import Credential, Login
from elearn.accounts.queries.people import session_user
from elearn.accounts.rules import login_key
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor


def actor_named(username: str) -> Actor:
    """The actor of `--as USERNAME`, with today's grants; Missing when unknown or closed."""
    row = db.session.execute(
        select(Login.person_id, Credential.generation)
        .join(Credential, Credential.person_id == Login.person_id)
        .where(Login.key == login_key(username))
    ).one_or_none()
    found = session_user(*row) if row else None
    if found is None:
        raise Missing("person-missing", username=username)
    return found.actor
