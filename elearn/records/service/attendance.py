"""The attendance list of an event: looked at first, then written once, approved for everybody."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import text

from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.permissions import Actor
from elearn.records import queries, rules
from elearn.records.models import Activity, Attendance, Credit, Decision
from elearn.records.rules import Verdict
from elearn.records.rules.attendance import Attendee, Match, matched

_LOCK = 0x61747465  # "atte": PostgreSQL's lock of all lists


def judge(
    actor: Actor, event: rules.Claim, attendees: Sequence[Attendee], now: datetime
) -> tuple[Match, ...]:
    """What would become of each row. Writes nothing."""
    known = queries.known_to(actor, attendees, event.title, event.last_on, now)
    return matched(attendees, known, actor.person_id)


def import_list(
    actor: Actor, event: rules.Claim, person_ids: frozenset[int], today: date, now: datetime
) -> Attendance:
    """The event counts for all of these people: activity, approval and a line in each ledger.

    person_ids: as `judge` has matched them in this very transaction. today: where the event was.
    Raises Conflict("attendance-there") when this list was imported before.
    """
    for fault in rules.faults_in(event, today).values():
        raise Invalid(fault.code, **fault.values)
    if not person_ids:
        raise Invalid("attendance-empty")
    _one_list_at_a_time()
    digest = _digest(event, person_ids)
    before = queries.attendance_by_digest(digest)
    if before is not None:
        raise Conflict("attendance-there", at=before.at)
    imported = Attendance(digest=digest, title=event.title, at=now, by=actor.person_id)
    db.session.add(imported)
    db.session.flush()
    activities = [
        Activity(
            person_id=person_id,
            category=event.category,
            role=event.role,
            title=event.title,
            organiser=event.organiser,
            first_on=event.first_on,
            last_on=event.last_on,
            jp_claimed=event.jp,
            list_id=imported.id,
            at=now,
            by=actor.person_id,
        )
        for person_id in sorted(person_ids)
    ]
    _approve(actor, activities, now)
    audit.note(
        actor, "records:attendance:import", imported.code, now, f"{len(activities)} x {event.jp} JP"
    )
    db.session.flush()
    return imported


def _approve(actor: Actor, activities: list[Activity], now: datetime) -> None:
    """All rows of a table in one statement: a hundred and fifty people are no matter."""
    db.session.add_all(activities)
    db.session.flush()
    decisions = [
        Decision(
            activity_id=activity.id,
            kind=Verdict.APPROVED,
            jp=activity.jp_claimed,
            by=actor.person_id,
            at=now,
        )
        for activity in activities
    ]
    db.session.add_all(decisions)
    db.session.flush()
    db.session.add_all(
        Credit(
            person_id=activity.person_id,
            kind="activity",
            decision_id=decision.id,
            category=activity.category,
            credit_year=activity.last_on.year,
            jp=decision.jp,
            title=activity.title,
            at=now,
        )
        for activity, decision in zip(activities, decisions, strict=True)
    )


def _digest(event: rules.Claim, person_ids: frozenset[int]) -> str:
    """Of the event and its people: the same list in another order is the same."""
    named = {**asdict(event), "people": sorted(person_ids)}
    return hashlib.sha256(rules.canonical(named).encode()).hexdigest()


def _one_list_at_a_time() -> None:
    """Who sends the same list at the same moment waits here, then finds it.

    SQLite needs no lock: `saving()` lets one writer in at a time.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:room)"), {"room": _LOCK})
