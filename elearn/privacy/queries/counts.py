"""How much is kept of a person: one statement, whatever there is."""

from dataclasses import dataclass

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import InstrumentedAttribute

from elearn.accounts.queries import with_former
from elearn.core.db import db
from elearn.learning.models import Enrolment, Event
from elearn.quizzes.models import Answer, Attempt
from elearn.records.models import Activity, Credit, Evidence, Record
from elearn.supervision.models import Contact


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of each kind that stand under the person's number."""

    courses: int
    events: int
    attempts: int
    answers: int
    records: int
    credits: int
    activities: int
    evidence: int
    contacts: int


def counts(person_id: int) -> Counts:
    """How many rows of each kind are kept of the person, those merged into her included."""
    attempts = select(Attempt.id).where(Attempt.person_id.in_(with_former(person_id)))
    runs = select(Enrolment.id).where(Enrolment.person_id.in_(with_former(person_id)))

    def of(owner: InstrumentedAttribute[int]) -> ScalarSelect[int]:
        return select(func.count()).where(owner.in_(with_former(person_id))).scalar_subquery()

    row = db.session.execute(
        select(
            of(Enrolment.person_id),
            select(func.count()).where(Event.enrolment_id.in_(runs)).scalar_subquery(),
            of(Attempt.person_id),
            select(func.count()).where(Answer.attempt_id.in_(attempts)).scalar_subquery(),
            of(Record.person_id),
            of(Credit.person_id),
            of(Activity.person_id),
            of(Evidence.person_id),
            of(Contact.person_id),
        )
    ).one()
    return Counts(*row)
