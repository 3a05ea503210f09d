"""Two entries for one person become one, with what is needed to undo it for a while.

The former's number stays in rows that nobody may change (records, the ledger, activities): they are
read through the alias. Everything here is put back exactly, but for what has changed since.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from elearn.accounts import queries
from elearn.accounts.models import Credential, GrantRow, Login, Merge, Person, PersonAlias
from elearn.accounts.queries.people import credential_to_change
from elearn.accounts.rules import MERGE_UNDO_DAYS
from elearn.accounts.service import mailed_reset, uniting
from elearn.core import audit, clock
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.permissions import Actor, Role

Moved = Mapping[str, Any]  # what a room needs to put everything back, as JSON knows it

# What the former tells of the person where her own entry says nothing.
_FILLED = ("nip", "email", "phone", "post")


def refuse_merge(actor: Actor, former: Person, person: Person, now: datetime) -> None:
    """Raise when the two cannot be merged, or not this way round."""
    if former.id == person.id:
        raise Invalid("merge-oneself")
    if actor.person_id in (former.id, person.id):
        raise Conflict("person-yourself")
    for one in (former, person):
        if queries.merge_of(one.id) is not None:
            raise Conflict("person-merged")
    if _administers(former, now) and not _administers(person, now):
        raise Conflict("merge-administrator")


def merge(actor: Actor, former: Person, person: Person, now: datetime) -> Moved:
    """The former's logins, libraries and roles become the person's; her entry closes.

    A login of a kind that the person has already stays where it is and lets nobody in: so it is
    still the former's when this is undone.
    """
    refuse_merge(actor, former, person, now)
    moved = {
        "logins": _move_logins(former, person),
        "words": _fill(former, person),
        "memberships": uniting.unite_memberships(former.id, person.id),
        "grants": uniting.unite_grants(former.id, person.id),
        "aliases": _alias(former, person, now),
        "was_active": _close(former),
    }
    audit.note(actor, "accounts:person:merge", person.code, now, former.code)
    audit.note(actor, "accounts:person:merge", former.code, now, person.code)
    return moved


def keep(
    actor: Actor,
    former: Person,
    person: Person,
    moved: Mapping[str, Moved | Sequence[int]],
    now: datetime,
) -> Merge:
    """Keep what every room has moved, for the time in which it can be undone."""
    if actor.person_id is None:
        raise Missing("person-missing")
    row = Merge(
        former_id=former.id, person_id=person.id, at=now, by=actor.person_id,
        moved=json.dumps(moved),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def begin_undo(actor: Actor, person: Person, code: str, now: datetime) -> tuple[Merge, Moved]:
    """The merging that is to be undone, locked, with what the rooms have kept for it.

    Conflict when it is too late, or the person was merged into somebody else since.
    """
    row = db.session.scalar(
        select(Merge)
        .where(Merge.code == code, Merge.person_id == person.id, Merge.undone_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise Missing("merge-missing")
    if not can_be_undone(row, now):
        raise Conflict("merge-too-late", days=MERGE_UNDO_DAYS)
    if queries.merge_of(person.id) is not None:
        raise Conflict("person-merged")
    if actor.person_id in (row.former_id, row.person_id):
        raise Conflict("person-yourself")
    return row, json.loads(row.moved)


def can_be_undone(row: Merge, now: datetime) -> bool:
    """Whether the days for it are not over, and what was kept for it is still there."""
    return bool(row.moved) and now < row.at + timedelta(days=MERGE_UNDO_DAYS)


def unmerge(actor: Actor, row: Merge, moved: Moved, now: datetime) -> None:
    """Two entries again. What has changed since then stays with the person."""
    former, person = queries.person(row.former_id), queries.person(row.person_id)
    db.session.execute(delete(PersonAlias).where(PersonAlias.former_id == former.id))
    _place_aliases(moved["aliases"], former.id)
    uniting.part_grants(moved["grants"], former.id)
    uniting.part_memberships(moved["memberships"], former.id)
    for name, (before, after) in moved["words"].items():
        if getattr(person, name) == after:
            setattr(person, name, before)
    if "email" in moved["words"]:
        mailed_reset.end_links([person.id])
    db.session.execute(
        update(Login)
        .where(Login.key.in_(moved["logins"]), Login.person_id == person.id)
        .values(person_id=former.id)
    )
    credential = db.session.get(Credential, former.id)
    if credential is not None:
        credential.is_active = moved["was_active"]
    row.undone_at, row.undone_by = now, actor.person_id
    audit.note(actor, "accounts:person:unmerge", person.code, now, former.code)
    audit.note(actor, "accounts:person:unmerge", former.code, now, person.code)


def _administers(person: Person, now: datetime) -> bool:
    """Whether somebody has, or is planned to have, the whole site or a part of it in hand."""
    held = select(GrantRow.id).where(
        GrantRow.person_id == person.id,
        GrantRow.role == Role.ADMINISTRATOR,
        or_(GrantRow.to_on.is_(None), GrantRow.to_on > clock.day_in(now, person.time_zone)),
    )
    return db.session.scalar(held.limit(1)) is not None


def _move_logins(former: Person, person: Person) -> list[str]:
    present = set(queries.logins_of(person.id))
    keys = [key for kind, key in queries.logins_of(former.id).items() if kind not in present]
    db.session.execute(update(Login).where(Login.key.in_(keys)).values(person_id=person.id))
    return sorted(keys)


def _fill(former: Person, person: Person) -> dict[str, tuple[Any, Any]]:
    filled = {}
    for name in _FILLED:
        before, other = getattr(person, name), getattr(former, name)
        if not before and other:
            setattr(person, name, other)
            filled[name] = (before, other)
    return filled


def _alias(former: Person, person: Person, now: datetime) -> list[int]:
    """Aliases stay flat: whoever had been merged into the former points to the person from now."""
    earlier = list(
        db.session.scalars(
            select(PersonAlias.former_id).where(PersonAlias.person_id == former.id).order_by(
                PersonAlias.former_id
            )
        )
    )  # fmt: skip
    _place_aliases(earlier, person.id)
    db.session.add(PersonAlias(former_id=former.id, person_id=person.id, merged_at=now))
    db.session.flush()
    return earlier


def _place_aliases(former_ids: list[int], person_id: int) -> None:
    db.session.execute(
        update(PersonAlias).where(PersonAlias.former_id.in_(former_ids)).values(person_id=person_id)
    )


def _close(former: Person) -> bool:
    """No session of the former goes on. Its generation stays: undone, everything is as before."""
    if db.session.get(Credential, former.id) is None:
        return False
    credential = credential_to_change(former.id)
    was_active, credential.is_active = credential.is_active, False
    return was_active
