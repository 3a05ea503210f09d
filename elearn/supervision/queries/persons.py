"""One person of the actor's part: the door to change her row, and what her page says of her."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.permissions import Action, Actor
from elearn.learning.models import Enrolment, Event, Ruling, RulingEnd
from elearn.quizzes.models import Attempt, AttemptState, Regrade
from elearn.quizzes.queries.regrades import NEWEST_REGRADE
from elearn.supervision.models import Contact
from elearn.supervision.queries.stuck import LastContact


def person_to_change(actor: Actor, action: Action, code: str, now: datetime) -> Person:
    """A person within the actor's reach today, locked; Missing when absent or outside of it."""
    found = accounts.person_within(actor, action, code, now)
    return db.session.scalars(
        select(Person)
        .where(Person.id == found.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


@dataclass(frozen=True, slots=True)
class Score:
    """What counts of one attempt, in percent; never what was answered."""

    percent: int
    at: datetime


_SCORES = (
    select(
        Attempt.enrolment_id,
        Attempt.unit_key,
        func.coalesce(Regrade.score_percent, Attempt.score_percent).label("percent"),
        Attempt.submitted_at.label("at"),
    )
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)  # whose a merging may have changed
    .outerjoin(Regrade, Regrade.id == NEWEST_REGRADE)
    .where(Enrolment.person_id == bindparam("person_id"), Attempt.state == AttemptState.SUBMITTED)
    .order_by(Attempt.id)
)


def scores_of(person_id: int) -> Mapping[tuple[int, str], list[Score]]:
    """The attempts that were handed in, by enrolment and unit, in order. One query."""
    found: dict[tuple[int, str], list[Score]] = defaultdict(list)
    for row in db.session.execute(_SCORES, {"person_id": person_id}):
        found[row.enrolment_id, row.unit_key].append(Score(row.percent, row.at))
    return found


_CONTACTS = (
    select(Contact.at, Person.full_name, Contact.reason, Contact.channel)
    .join(Person, Person.id == Contact.by)
    .where(Contact.person_id == bindparam("person_id"))
    .order_by(Contact.at.desc(), Contact.id.desc())
    .limit(bindparam("most"))
)


def contacts_of(person_id: int, most: int) -> list[LastContact]:
    """Who wrote to or talked with her, the latest first. One query."""
    rows = db.session.execute(_CONTACTS, {"person_id": person_id, "most": most})
    return [LastContact(row.at, row.full_name, row.reason, row.channel) for row in rows]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A unit that a supervisor marked as done, or gave a score for."""

    enrolment_id: int
    unit_key: str
    score_percent: int | None
    reason: str
    by: str  # whole name
    at: datetime
    taken_back_at: datetime | None


_By = aliased(Person)
_RULINGS = (
    select(
        Event.enrolment_id,
        Event.unit_key,
        Event.score_percent,
        Ruling.reason,
        _By.full_name,
        Ruling.at,
        RulingEnd.at.label("taken_back_at"),
    )
    .join(Event, Event.id == Ruling.event_id)
    .join(Enrolment, Enrolment.id == Event.enrolment_id)
    .join(_By, _By.id == Ruling.by)
    .outerjoin(RulingEnd, RulingEnd.ruling_id == Ruling.id)
    .where(Enrolment.person_id == bindparam("person_id"))
    .order_by(Ruling.id.desc())
)


def corrections_of(person_id: int) -> list[Corrected]:
    """Every correction by a supervisor, the latest first; also what was taken back. One query."""
    return [Corrected(*row) for row in db.session.execute(_RULINGS, {"person_id": person_id})]
