"""Correcting the progress of somebody who is overseen. Called inside `saving()`."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from elearn.accounts.models import Person
from elearn.core import clock
from elearn.core.errors import Invalid
from elearn.core.permissions import Actor
from elearn.learning import queries as learning
from elearn.learning import service as studying
from elearn.learning.models import Ruling
from elearn.records import service as records
from elearn.records.formats.evidence import Prepared
from elearn.supervision.service.own_case import refuse_own_case

_NOON = time(12)  # of a day without an hour: in every zone of the country it is the same day


@dataclass(frozen=True, slots=True)
class Noted:
    """What a supervisor states, and what shows it."""

    unit_key: str
    score_percent: int | None
    done_on: date
    reason: str
    evidence: Prepared | None
    file_name: str


def correct_progress(
    actor: Actor, person: Person, slug: str, noted: Noted, now: datetime
) -> Ruling:
    """Note it in the person's latest run of the course, with the evidence kept.

    Raises Conflict: supervision-own-case; Missing when she has not joined; Invalid: ruling-later;
    and what `learning.service.correct` raises.
    """
    refuse_own_case(actor, person.id)
    if noted.done_on > clock.day_in(now, person.time_zone):
        raise Invalid("ruling-later")
    enrolment = learning.own_enrolment_to_change(Actor(person.id), slug)
    noon = datetime.combine(noted.done_on, _NOON, ZoneInfo(person.time_zone))
    evidence_id = None
    if noted.evidence is not None:
        kept = records.keep_evidence(actor, person.id, noted.evidence, noted.file_name, now)
        evidence_id = kept.id
    given = studying.Correction(
        unit_key=noted.unit_key,
        score_percent=noted.score_percent,
        done_at=min(noon, now),
        reason=noted.reason,
        evidence_id=evidence_id,
    )
    return studying.correct(actor, enrolment, given, now)


def take_correction_back(
    actor: Actor, person: Person, code: str, reason: str, now: datetime
) -> None:
    """The correction with this code does not count any more.

    Raises Conflict: supervision-own-case, and what `learning.service.take_back` raises; Missing
    when she has none such.
    """
    refuse_own_case(actor, person.id)
    ruling, enrolment = learning.ruling_to_change(person.id, code)
    studying.take_back(actor, enrolment, ruling, reason, now)
