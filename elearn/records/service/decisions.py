"""Deciding about activities. Each decision is a row, each change of JP a line in the ledger."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from elearn.accounts import queries as people
from elearn.accounts.models import Person
from elearn.accounts.queries.directory import refuse_gone
from elearn.accounts.rules import Fault
from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.permissions import Actor
from elearn.core.text import tidy
from elearn.records import queries, rules
from elearn.records.models import Activity, Credit, Decision
from elearn.records.rules import Verdict

MOST_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Approved:
    """How many of those that were chosen are approved now, and why the others are not.

    refusals: title of the activity, and who was faster. gone: how many are not hers to decide.
    """

    count: int
    refusals: tuple[tuple[str, Conflict], ...]
    gone: int


def approve(actor: Actor, activity: Activity, now: datetime) -> None:
    """The activity counts as it was claimed. Conflict, naming who, when it was decided already."""
    _refuse_decided(activity)
    _end_waiting(actor, activity, Verdict.APPROVED, activity.jp_claimed, "", now)


def approve_all(actor: Actor, codes: Iterable[str], now: datetime) -> Approved:
    """Approve those of the chosen that still wait; what somebody else has decided stays so.

    Raises Invalid when none or more than MOST_AT_ONCE are chosen, Missing when none is hers.
    """
    wanted = set(codes)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise Invalid("activities-chosen", most=MOST_AT_ONCE)
    found = queries.activities_within_to_change(actor, wanted, now)
    if not found:
        raise Missing("activity-missing")
    count, refusals = 0, []
    for activity in found:
        try:
            approve(actor, activity, now)
        except Conflict as conflict:
            refusals.append((activity.title, conflict))
        else:
            count += 1
    return Approved(count, tuple(refusals), len(wanted) - len(found))


def correct(actor: Actor, activity: Activity, jp: int, reason: str, now: datetime) -> None:
    """The activity counts with other JP than were claimed, for a reason that the person reads."""
    _refuse_decided(activity)
    reason = tidy(reason)
    _refuse_fault(rules.fault_in_correction(activity.jp_claimed, jp, reason))
    _end_waiting(actor, activity, Verdict.APPROVED, jp, reason, now)


def refuse(actor: Actor, activity: Activity, reason: str, now: datetime) -> None:
    """The activity does not count, for a reason that the person reads."""
    _refuse_decided(activity)
    reason = tidy(reason)
    _refuse_fault(rules.fault_in_reason(reason))
    _end_waiting(actor, activity, Verdict.REFUSED, 0, reason, now)


def amend(actor: Actor, activity: Activity, jp: int, reason: str, now: datetime) -> None:
    """What was approved counts with other JP from now on; the difference is a line of its own."""
    decisions = queries.decisions_of(activity)
    standing = rules.activity_standing((row.kind, row.jp) for row in decisions)
    reason = tidy(reason)
    _refuse_fault(rules.fault_in_amendment(standing, jp, reason))
    decision = _decide(actor, activity, Verdict.AMENDED, jp, reason, now)
    _enter(activity, decision, "correction", jp - standing.jp)


def _end_waiting(
    actor: Actor, activity: Activity, verdict: Verdict, jp: int, reason: str, now: datetime
) -> None:
    decision = _decide(actor, activity, verdict, jp, reason, now)
    if verdict is Verdict.APPROVED:
        _enter(activity, decision, "activity", jp)


def _decide(
    actor: Actor, activity: Activity, verdict: Verdict, jp: int, reason: str, now: datetime
) -> Decision:
    person_id = people.present_person(activity.person_id)
    if person_id == actor.person_id:
        raise Conflict("activity-own")
    refuse_gone(people.person(person_id))
    decision = Decision(
        activity_id=activity.id, kind=verdict, jp=jp, reason=reason, by=actor.person_id, at=now
    )
    db.session.add(decision)
    db.session.flush()
    audit.note(actor, f"records:activity:{_ACTS[verdict]}", activity.code, now, f"{jp} JP")
    return decision


_ACTS = {Verdict.APPROVED: "approve", Verdict.REFUSED: "refuse", Verdict.AMENDED: "amend"}


def _enter(activity: Activity, decision: Decision, kind: str, jp: int) -> None:
    """A line in the ledger, in the year of the activity's last day."""
    db.session.add(
        Credit(
            person_id=activity.person_id,
            kind=kind,
            decision_id=decision.id,
            category=activity.category,
            credit_year=activity.last_on.year,
            jp=jp,
            title=activity.title,
            at=decision.at,
        )
    )
    db.session.flush()


def _refuse_decided(activity: Activity) -> None:
    """Somebody was faster: say who, and what it is now."""
    decisions = queries.decisions_of(activity)
    if decisions:
        state = rules.activity_standing((row.kind, row.jp) for row in decisions).state
        first = decisions[0]
        by = db.session.get_one(Person, first.by).full_name
        raise Conflict(f"activity-{state}-already", by=by, at=first.at)


def _refuse_fault(fault: Fault | None) -> None:
    if fault is not None:
        raise (Conflict if fault.code == "activity-not-approved" else Invalid)(
            fault.code, **fault.values
        )
