"""Corrections by a supervisor: as the learner is told of them, and the door to take one back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import aliased

from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.learning.models import Enrolment, Event, Ruling, RulingEnd
from elearn.records.models import Evidence, EvidenceFile


@dataclass(frozen=True, slots=True)
class Told:
    """A unit that a supervisor noted as done, or gave a score for, and whether it still holds."""

    code: str
    enrolment_id: int
    unit_key: str
    score_percent: int | None
    done_at: datetime
    reason: str
    by: str  # whole name
    post: str
    at: datetime
    evidence_code: str | None
    is_evidence_kept: bool
    ended_at: datetime | None
    end_reason: str | None
    ended_by: str | None


_By, _EndedBy = aliased(Person), aliased(Person)
_TOLD: Select[*tuple[Any, ...]] = (
    select(
        Ruling.code,
        Ruling.enrolment_id,
        Event.unit_key,
        Event.score_percent,
        Event.happened_at,
        Ruling.reason,
        _By.full_name,
        _By.post,
        Ruling.at,
        Evidence.code,
        EvidenceFile.evidence_id.is_not(None),
        RulingEnd.at,
        RulingEnd.reason,
        _EndedBy.full_name,
    )
    .join(Event, Event.id == Ruling.event_id)
    .join(_By, _By.id == Ruling.by)
    .outerjoin(Evidence, Evidence.id == Ruling.evidence_id)
    .outerjoin(EvidenceFile, EvidenceFile.evidence_id == Ruling.evidence_id)
    .outerjoin(RulingEnd, RulingEnd.ruling_id == Ruling.id)
    .outerjoin(_EndedBy, _EndedBy.id == RulingEnd.by)
    .where(Ruling.enrolment_id.in_(bindparam("enrolment_ids", expanding=True)))
    .order_by(Ruling.id.desc())
)


def rulings_of(enrolment_ids: Iterable[int]) -> list[Told]:
    """Every correction in these enrolments, also what was taken back, the latest first.

    One query; the caller has come to the enrolments through a door.
    """
    wanted = list(enrolment_ids)
    if not wanted:
        return []
    return [Told(*row) for row in db.session.execute(_TOLD, {"enrolment_ids": wanted})]


def ruling_to_change(person_id: int, code: str) -> tuple[Ruling, Enrolment]:
    """A correction in an enrolment of this person, the enrolment locked; Missing when absent."""
    row = db.session.execute(
        select(Ruling, Enrolment)
        .join(Enrolment, Enrolment.id == Ruling.enrolment_id)
        .where(Ruling.code == code, Enrolment.person_id == person_id)
        .with_for_update(of=Enrolment)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        raise Missing("ruling-missing")
    return row[0], row[1]
