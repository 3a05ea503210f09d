"""What a person logs herself: an activity with its evidence, and taking it back."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select

from elearn.accounts import queries as people
from elearn.accounts.models import Person
from elearn.core import audit, clock
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.permissions import Actor
from elearn.records import queries, rules
from elearn.records.models import Activity, Decision, Evidence, Reading
from elearn.records.rules import ActivityState, Verdict

_MAY_BE_LOGGED_AGAIN = (ActivityState.REFUSED, ActivityState.WITHDRAWN)


def log_activity(
    actor: Actor, claim: rules.Claim, evidence: Evidence, replaces: str, now: datetime
) -> Activity:
    """The actor states an activity of her own; it waits for a decision from now on.

    evidence: her own. replaces: code of an activity of hers that was refused or withdrawn, or "".
    Raises Invalid with the first fault of the claim, Conflict("activity-there") when it counts or
    waits already.
    """
    person_id = actor.person_id or 0
    for fault in rules.faults_in(claim, own_day(actor, now)).values():
        raise Invalid(fault.code, **fault.values)
    lock_ledgers([person_id])
    _refuse_second(person_id, claim)
    activity = Activity(
        person_id=person_id,
        category=claim.category,
        role=claim.role,
        title=claim.title,
        organiser=claim.organiser,
        first_on=claim.first_on,
        last_on=claim.last_on,
        jp_claimed=claim.jp,
        evidence_id=evidence.id,
        replaces_id=_replaced(actor, replaces).id if replaces else None,
        at=now,
        by=person_id,
    )
    db.session.add(activity)
    db.session.flush()
    audit.note(actor, "records:activity:log", activity.code, now, f"{claim.jp} JP")
    return activity


def lock_ledgers(person_ids: Iterable[int]) -> None:
    """From here to the end of the transaction nobody else enters anything for these people.

    A button that was pressed twice waits here, and then finds what is there. In one order for
    everybody, and so that decisions about them need not wait.
    """
    rows = select(Person.id).where(Person.id.in_(person_ids)).order_by(Person.id)
    db.session.execute(rows.with_for_update(key_share=True))


def withdraw(actor: Actor, activity: Activity, now: datetime) -> None:
    """The person takes back what still waits. It can be logged again, changed."""
    if queries.decisions_of(activity):
        raise Conflict("activity-decided-meanwhile")
    db.session.add(
        Decision(activity_id=activity.id, kind=Verdict.WITHDRAWN, jp=0, by=actor.person_id, at=now)
    )
    audit.note(actor, "records:activity:withdraw", activity.code, now)
    db.session.flush()


def withdraw_waiting(person_id: int, now: datetime) -> None:
    """All that waits of somebody who is erased is taken back: nobody decides about it any more."""
    lock_ledgers([person_id])
    mine = select(Activity.id).where(Activity.person_id == person_id).order_by(Activity.id)
    db.session.execute(mine.with_for_update())  # who decides about one right now is waited for
    db.session.add_all(
        Decision(activity_id=number, kind=Verdict.WITHDRAWN, jp=0, by=person_id, at=now)
        for number in db.session.scalars(mine.where(queries.is_undecided()))
    )
    db.session.flush()


def mark_read(actor: Actor) -> None:
    """All that was decided about the actor's activities so far is no news to her any more."""
    person_id = actor.person_id or 0
    lock_ledgers([person_id])  # of two pages that open at once the second finds the first's row
    newest = db.session.scalar(
        select(func.max(Decision.id))
        .join(Activity, Activity.id == Decision.activity_id)
        .where(Activity.person_id.in_(people.with_former(person_id)))
    )
    if newest is not None:
        db.session.merge(Reading(person_id=person_id, decision_id=newest))
        db.session.flush()


def own_day(actor: Actor, now: datetime) -> date:
    """The calendar day at the actor's library: what is today there."""
    person_id = actor.person_id or 0
    person = people.holder_at(person_id, now)
    return clock.day_in(now, person.time_zone)


def _refuse_second(person_id: int, claim: rules.Claim) -> None:
    """A button that was pressed twice, or a seminar that the attendance list has brought."""
    if queries.people_with_activity([person_id], claim.title, claim.last_on):
        raise Conflict("activity-there", title=claim.title, day=claim.last_on)


def _replaced(actor: Actor, code: str) -> Activity:
    former = queries.own_activity(actor, code)
    if former.standing.state not in _MAY_BE_LOGGED_AGAIN:
        raise Conflict("activity-stands")
    return former.activity
