"""What this room keeps about a person, for that person."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from elearn.accounts.models import (
    Consent,
    Credential,
    FormerEmployment,
    GrantRow,
    Membership,
    Node,
    PersonAlias,
    Upload,
)
from elearn.accounts.queries.people import logins_of, person
from elearn.accounts.queries.ways_in import ways_in_of
from elearn.core.audit import Audit
from elearn.core.db import db
from elearn.core.outbox import Mail


def personal_data(person_id: int) -> dict[str, Any]:
    """Everything in this room's tables about the person, as plain values; no hash, no code."""
    found = person(person_id)
    credential = db.session.get(Credential, person_id)
    return {
        "name": found.full_name,
        "post": found.post,
        "nip": found.nip,
        "email": found.email,
        "phone": found.phone,
        "employment": found.employment,
        "employment_before": _former_employments(person_id),
        "language": found.language,
        "time_zone": found.time_zone,
        "show_nip": found.show_nip,
        "created_at": found.created_at.isoformat(),
        "logins": logins_of(person_id),
        "password_changed_at": credential.changed_at.isoformat() if credential else None,
        "memberships": _memberships(person_id),
        "roles": _roles(person_id),
        "agreed_to": _agreed_to(person_id),
        "ways_in": [asdict(way) for way in ways_in_of([person_id])],
        "merged_at": _merged_at(person_id),
        "letters": _letters(person_id),
        "lists_brought": _lists_brought(person_id),
        "acts": _acts(person_id),
    }


def _former_employments(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(FormerEmployment)
        .where(FormerEmployment.person_id == person_id)
        .order_by(FormerEmployment.until_on)
    )
    return [{"employment": row.employment, "until": _day(row.until_on)} for row in rows]


def _memberships(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Membership, Node.name)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.from_on, Membership.id)
    )
    return [
        {"library": name, "from": _day(row.from_on), "until": _day(row.to_on)} for row, name in rows
    ]


def _roles(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(GrantRow, Node.name)
        .outerjoin(Node, Node.id == GrantRow.node_id)
        .where(GrantRow.person_id == person_id)
        .order_by(GrantRow.from_on, GrantRow.id)
    )
    return [
        {"role": row.role, "place": name, "from": _day(row.from_on), "until": _day(row.to_on)}
        for row, name in rows
    ]


def _agreed_to(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Consent.version, Consent.at)
        .where(Consent.person_id == person_id)
        .order_by(Consent.at)
    )
    return [{"text_of": row.version.isoformat(), "at": row.at.isoformat()} for row in rows]


def _merged_at(person_id: int) -> list[str]:
    moments = db.session.scalars(
        select(PersonAlias.merged_at)
        .where(PersonAlias.person_id == person_id)
        .order_by(PersonAlias.merged_at)
    )
    return [moment.isoformat() for moment in moments]


def _acts(person_id: int) -> list[dict[str, Any]]:
    """What she did. What others did about her is told by who can gather it over all rooms."""
    rows = db.session.scalars(
        select(Audit).where(Audit.actor_id == person_id).order_by(Audit.at, Audit.id)
    )
    return [{"at": act.at.isoformat(), "did": act.action} for act in rows]


def _letters(person_id: int) -> list[dict[str, Any]]:
    """Letters to her; their text is kept until they leave, and may hold a code."""
    rows = db.session.scalars(select(Mail).where(Mail.person_id == person_id).order_by(Mail.id))
    return [
        {
            "at": row.created_at,
            "recipient": row.recipient,
            "about": row.subject,
            "sent_at": row.sent_at,
        }
        for row in rows
    ]


def _lists_brought(person_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Upload).where(Upload.person_id == person_id).order_by(Upload.id)
    )
    return [
        {"at": row.at, "kind": row.kind, "file_name": row.file_name, "written_at": row.written_at}
        for row in rows
    ]


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
