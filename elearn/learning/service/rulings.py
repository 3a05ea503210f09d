"""A supervisor's correction: work done on paper, or lost by a bad line. Called inside `saving()`.

It counts like the learner's own act and is none: when and where she last studied stays. Whether the
actor may do this for this person is asked above, where the tree is known.
"""

from dataclasses import dataclass
from datetime import datetime

from elearn.accounts import queries as accounts
from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.permissions import Actor
from elearn.core.text import tidy
from elearn.learning import rules
from elearn.learning.models import Enrolment, Ruling, RulingEnd
from elearn.learning.service.study import Study


@dataclass(frozen=True, slots=True)
class Correction:
    """What is noted, and why it is true."""

    unit_key: str
    score_percent: int | None  # of a quiz on paper, 0 to 100; None: done
    done_at: datetime
    reason: str
    evidence_id: int | None


def correct(actor: Actor, enrolment: Enrolment, given: Correction, now: datetime) -> Ruling:
    """Note a unit as done, or the score of a quiz on paper; the pass mark decides as always.

    The last requirement completes the course and issues its record. The order of a sequential
    course does not bind: what is done on paper is done. Raises Conflict or Invalid with a code of
    `rules.fault_in_ruling`; ruling-after-completion, ruling-later, reason-missing.
    """
    study = Study.of(enrolment, rules.SUPERVISOR)
    unit = study.outline.unit(given.unit_key)
    reason = tidy(given.reason)
    if unit is None:
        raise Missing("unit-missing", unit=given.unit_key)
    if study.row.completed_at is not None:
        raise Conflict("ruling-after-completion")
    if fault := rules.fault_in_ruling(unit, study.state(unit), given.score_percent):
        raise (Conflict if fault == "ruling-unit-done" else Invalid)(fault)
    if given.done_at > now:
        raise Invalid("ruling-later")
    if not reason:
        raise Invalid("reason-missing")
    person = accounts.person(enrolment.person_id)
    score = given.score_percent
    event = study.note(
        "done" if score is None else "scored",
        unit,
        person.language,
        now,
        score_percent=score,
        is_passed=None if score is None else score >= (unit.pass_percent or 0),
        happened_at=given.done_at,
    )
    db.session.flush()
    ruling = Ruling(
        enrolment_id=enrolment.id,
        event_id=event.id,
        reason=reason,
        evidence_id=given.evidence_id,
        by=actor.person_id,
        at=now,
    )
    db.session.add(ruling)
    subject, detail = person.code, f"{study.outline.slug}/{unit.key}"
    audit.note(actor, "learning:progress:correct", subject, now, detail)
    study.complete_when_met(person.language, now)
    db.session.flush()
    return ruling


def take_back(
    actor: Actor, enrolment: Enrolment, ruling: Ruling, reason: str, now: datetime
) -> None:
    """The correction does not count any more; what the learner has done herself stays.

    Raises Conflict: ruling-complete once the course is completed (then the record is revoked),
    ruling-ended; Invalid: reason-missing.
    """
    study = Study.of(enrolment, rules.SUPERVISOR)
    reason = tidy(reason)
    if study.row.completed_at is not None:
        raise Conflict("ruling-complete")
    if db.session.get(RulingEnd, ruling.id) is not None:
        raise Conflict("ruling-ended")
    if not reason:
        raise Invalid("reason-missing")
    db.session.add(RulingEnd(ruling_id=ruling.id, reason=reason, by=actor.person_id, at=now))
    study.recount()
    person = accounts.person(enrolment.person_id)
    audit.note(actor, "learning:progress:restore", person.code, now, study.outline.slug)
    db.session.flush()
