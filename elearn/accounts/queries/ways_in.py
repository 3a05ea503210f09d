"""Invitations and setup codes, as far as they are open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearn.accounts import rules
from elearn.accounts.models import Invitation, Node, Person
from elearn.core.db import db
from elearn.core.errors import Missing


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """What the holder of a code is told before they accept."""

    library: str
    course_slug: str | None
    expires_at: datetime


def open_invitation(code: str, now: datetime) -> OpenInvitation:
    """The invitation with this code; Missing when it is unknown, used up or over. One query."""
    row = db.session.execute(
        select(Invitation, Node.name)
        .outerjoin(Node, Node.id == Invitation.node_id)
        .where(
            Invitation.code_digest == rules.code_digest("invitation", code),
            Invitation.uses_left > 0,
            Invitation.expires_at > now,
        )
    ).one_or_none()
    if row is None:
        raise Missing("invitation-expired")
    return OpenInvitation(row[1] or "", row[0].course_slug, row[0].expires_at)


def invitation_to_use(purpose: str, code: str, now: datetime) -> Invitation:
    """The same, locked: of two who come for the last use at once, one gets it."""
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.code_digest == rules.code_digest(purpose, code))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None or found.uses_left < 1 or found.expires_at <= now:
        raise Missing("invitation-expired")
    return found


def invitations_of(node_id: int, limit: int) -> list[tuple[Invitation, str]]:
    """The newest invitations into this library, each with who made it ("" when not known)."""
    rows = db.session.execute(
        select(Invitation, Person.full_name)
        .outerjoin(Person, Person.id == Invitation.created_by)
        .where(Invitation.node_id == node_id)
        .order_by(Invitation.id.desc())
        .limit(limit)
    )
    return [(row, name or "") for row, name in rows]


def invitation_to_end(node_id: int, number: int) -> Invitation:
    """One of them, locked; Missing when it is of another library."""
    found = db.session.scalar(
        select(Invitation)
        .where(Invitation.id == number, Invitation.node_id == node_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("invitation-expired")
    return found
