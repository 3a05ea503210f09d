"""One person of the actor's part: the doors."""

from datetime import datetime

from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.permissions import Action, Actor


def person_to_change(actor: Actor, action: Action, code: str, now: datetime) -> Person:
    """A person within the actor's reach today, locked; Missing when absent or outside of it."""
    found = accounts.person_within(actor, action, code, now)
    return db.session.scalars(
        select(Person)
        .where(Person.id == found.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
