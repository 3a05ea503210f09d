"""Invitations and setup codes, as far as they are open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, select

from elearn.accounts import rules
from elearn.accounts.models import Invitation, Node, Person, Reset
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


_EVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WayIn:
    """A one-time code for a new password that somebody else has made for a person."""

    by: str | None  # whole name; None for an act of the site itself
    post: str | None
    made_at: datetime
    until: datetime
    used_at: datetime | None


_WAYS_IN = (
    select(Person.full_name, Person.post, Reset.created_at, Reset.expires_at, Reset.used_at)
    .outerjoin(Person, Person.id == Reset.created_by)
    .where(
        Reset.person_id.in_(bindparam("person_ids", expanding=True)),
        Reset.created_by.is_distinct_from(Reset.person_id),  # else she asked herself, by e-mail
        Reset.created_at > bindparam("after"),
    )
    .order_by(Reset.id.desc())
)


def ways_in_of(person_ids: Iterable[int], after: datetime = _EVER) -> list[WayIn]:
    """Codes that others made for the person behind these entries, the newest first. One query."""
    wanted = {"person_ids": list(person_ids), "after": after}
    return [WayIn(*row) for row in db.session.execute(_WAYS_IN, wanted)]
