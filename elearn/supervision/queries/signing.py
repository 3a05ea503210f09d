"""Who signs the papers of a place: the one who oversees it and prints them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import aliased

from elearn.accounts import queries as accounts
from elearn.accounts.models import GrantRow, Person
from elearn.core.db import db
from elearn.core.permissions import Actor, Role


@dataclass(frozen=True, slots=True)
class Signer:
    """As on the paper; acting_for: the post of the one whose office is held for a time, or ''."""

    name: str
    nip: str
    post: str
    acting_for: str


_HELD_FOR = aliased(Person)


def signer(actor: Actor, node_id: int, on: date) -> Signer | None:
    """The actor, where she oversees the place or one above it on that day. Two queries."""
    above = [node.id for node in accounts.path(node_id, on)]
    row = db.session.execute(
        select(Person.full_name, Person.nip, Person.post, _HELD_FOR.post)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .outerjoin(_HELD_FOR, _HELD_FOR.id == GrantRow.acting_for_id)
        .where(
            Person.id == actor.person_id,
            GrantRow.role == Role.SUPERVISOR,
            GrantRow.node_id.in_(above),
            GrantRow.from_on <= on,
            or_(GrantRow.to_on.is_(None), GrantRow.to_on > on),
        )
        .order_by(GrantRow.acting_for_id.is_not(None), GrantRow.id)
        .limit(1)
    ).one_or_none()
    return Signer(row[0], row[1] or "", row[2], row[3] or "") if row else None
