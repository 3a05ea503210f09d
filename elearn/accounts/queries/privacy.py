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
    memberships = db.session.execute(
        select(Membership, Node)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.from_on)
    )
    grants = db.session.execute(
        select(GrantRow, Node)
        .outerjoin(Node, Node.id == GrantRow.node_id)
        .where(GrantRow.person_id == person_id)
        .order_by(GrantRow.from_on, GrantRow.id)
    )
    former = db.session.scalars(
        select(FormerEmployment)
        .where(FormerEmployment.person_id == person_id)
        .order_by(FormerEmployment.until_on)
    )
    aliases = db.session.scalars(
        select(PersonAlias.merged_at).where(PersonAlias.person_id == person_id)
    )
    acts = db.session.scalars(
        select(Audit)
        .where((Audit.actor_id == person_id) | (Audit.subject == found.code))
        .order_by(Audit.at, Audit.id)
    )
    consents = db.session.execute(
        select(Consent.version, Consent.at).where(Consent.person_id == person_id)
    )
    return {
        "name": found.full_name,
        "post": found.post,
        "nip": found.nip,
        "email": found.email,
        "phone": found.phone,
        "employment": found.employment,
        "employment_before": [
            {"employment": row.employment, "until": _day(row.until_on)} for row in former
        ],
        "language": found.language,
        "time_zone": found.time_zone,
        "show_nip": found.show_nip,
        "created_at": found.created_at.isoformat(),
        "logins": logins_of(person_id),
        "password_changed_at": credential.changed_at.isoformat() if credential else None,
        "memberships": [
            {"library": node.name, "from": _day(row.from_on), "until": _day(row.to_on)}
            for row, node in memberships
        ],
        "roles": [
            {
                "role": row.role, "place": node.name if node else None,
                "from": _day(row.from_on), "until": _day(row.to_on),
            }
            for row, node in grants
        ],
        "agreed_to": [
            {"text_of": row.version.isoformat(), "at": row.at.isoformat()} for row in consents
        ],
        "ways_in": [asdict(way) for way in ways_in_of([person_id])],
        "merged_at": [moment.isoformat() for moment in aliases],
        "letters": _letters(person_id),
        "lists_brought": _lists_brought(person_id),
        "acts": [{"at": act.at.isoformat(), "act": act.action} for act in acts],
    }  # fmt: skip


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
