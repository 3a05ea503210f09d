"""Reading persons, the tree and organisers."""

from sqlalchemy import and_, or_, select

from elearn.accounts.models import Credential, GrantRow, Person
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Actor, Grant, Role
from elearn.web.session import SessionUser


def session_user(person_id: int, generation: int) -> SessionUser | None:
    """The person of a session with today's grants; None when the session has ended. One query."""
    today = clock.now().date()
    rows = db.session.execute(
        select(Person, GrantRow.role, GrantRow.node_id)
        .join(Credential, Credential.person_id == Person.id)
        .outerjoin(
            GrantRow,
            and_(
                GrantRow.person_id == Person.id,
                GrantRow.from_on <= today,
                or_(GrantRow.to_on.is_(None), GrantRow.to_on > today),
            ),
        )
        .where(
            Person.id == person_id,
            Credential.generation == generation,
            Credential.is_active.is_(True),
        )
    ).all()
    if not rows:
        return None
    person = rows[0][0]
    grants = frozenset(Grant(Role(role), node_id) for _, role, node_id in rows if role)
    return SessionUser(
        person_id=person.id,
        generation=generation,
        full_name=person.full_name,
        language=person.language,
        time_zone=person.time_zone,
        actor=Actor(person.id, grants),
    )
