"""Noting that somebody was written to, called or visited. Called inside `saving()`."""

from datetime import datetime

from elearn.accounts.models import Person
from elearn.accounts.queries.directory import refuse_gone
from elearn.core import audit, clock
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor
from elearn.core.policy import Policy
from elearn.supervision import queries
from elearn.supervision.models import Contact
from elearn.supervision.rules.reminding import REMINDERS, Channel, next_reminder_on
from elearn.supervision.service.own_case import refuse_own_case


def note_contact(
    actor: Actor, person: Person, channel: Channel, reason: str, office: Policy, now: datetime
) -> Contact:
    """Note a contact. The person is locked, so that of two supervisors the second one is told.

    reason: code of what it was about, "" when it was about nothing in particular.
    Raises Conflict: person-merged, person-erased; contact-too-early, with who wrote last and from
    which day on one may again.
    """
    by = refuse_own_case(actor, person.id)
    refuse_gone(person)
    last = queries.last_contacts([person.id]).get(person.id)
    next_on = next_reminder_on(last.at if last else None, office.reminder_days, person.time_zone)
    if last and next_on and channel in REMINDERS and clock.day_in(now, person.time_zone) < next_on:
        raise Conflict("contact-too-early", by=last.by, at=last.at, from_on=next_on)
    contact = Contact(person_id=person.id, by=by, at=now, channel=channel, reason=reason)
    db.session.add(contact)
    audit.note(actor, "supervision:person:remind", person.code, now, f"{channel}/{reason}")
    return contact
