"""The attendance list of an event: looked at first, then written once, approved for everybody."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy import insert, select

from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.permissions import Actor
from elearn.records import queries, rules
from elearn.records.models import Activity, Attendance, Credit, Decision
from elearn.records.rules import Verdict
from elearn.records.rules.attendance import Attendee, Match, matched
from elearn.records.service.activities import lock_ledgers


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
    Raises Conflict: attendance-there when this list was imported before, attendance-changed when
    one of them has the event by now.
    """
    for fault in rules.faults_in(event, today).values():
        raise Invalid(fault.code, **fault.values)
    if not person_ids:
        raise Invalid("attendance-empty")
    lock_ledgers(person_ids)
    digest = _digest(event, person_ids)
    before = queries.attendance_by_digest(digest)
    if before is not None:
        raise Conflict("attendance-there", at=before.at)
    if queries.people_with_activity(person_ids, event.title, event.last_on):
        raise Conflict("attendance-changed")
    imported = Attendance(digest=digest, title=event.title, at=now, by=actor.person_id)
    db.session.add(imported)
    db.session.flush()
    _enter(imported, event, person_ids)
    audit.note(
        actor, "records:attendance:import", imported.code, now, f"{len(person_ids)} x {event.jp} JP"
    )
    db.session.flush()
    return imported


def _enter(imported: Attendance, event: rules.Claim, person_ids: frozenset[int]) -> None:
    """Activity, approval and line for everybody; all rows of a table go in one statement."""
    made = {"at": imported.at, "by": imported.by}
    facts = {
        "category": event.category,
        "role": event.role,
        "title": event.title,
        "organiser": event.organiser,
        "first_on": event.first_on,
        "last_on": event.last_on,
        "jp_claimed": event.jp,
        "list_id": imported.id,
    }
    activities = [{**facts, **made, "person_id": person_id} for person_id in sorted(person_ids)]
    db.session.execute(insert(Activity), activities)
    mine = Activity.list_id == imported.id
    approved = {"kind": Verdict.APPROVED, "jp": event.jp, **made}
    decisions = [
        {**approved, "activity_id": activity_id}
        for activity_id in db.session.scalars(select(Activity.id).where(mine))
    ]
    db.session.execute(insert(Decision), decisions)
    line = {
        "kind": "activity",
        "category": event.category,
        "credit_year": event.last_on.year,
        "jp": event.jp,
        "title": event.title,
        "at": imported.at,
    }
    lines = [
        {**line, "person_id": person_id, "decision_id": decision_id}
        for person_id, decision_id in db.session.execute(
            select(Activity.person_id, Decision.id)
            .join(Decision, Decision.activity_id == Activity.id)
            .where(mine)
        )
    ]
    db.session.execute(insert(Credit), lines)


def _digest(event: rules.Claim, person_ids: frozenset[int]) -> str:
    """Of the event and its people: the same list in another order is the same."""
    named = {**asdict(event), "people": sorted(person_ids)}
    return hashlib.sha256(rules.canonical(named).encode()).hexdigest()
