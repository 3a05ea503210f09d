"""What waits for a decision, and what was decided: for those who decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased

from elearn.accounts import queries as people
from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.permissions import Action, Actor, is_everywhere
from elearn.core.text import ERASED
from elearn.records.models import Activity, Decision
from elearn.records.queries.activities import Logged, is_undecided, logged, people_within
from elearn.records.rules import Verdict


@dataclass(frozen=True, slots=True)
class Case:
    """An activity as who decides sees it."""

    logged: Logged
    person_code: str
    name: str
    library: str  # "" when she belongs to none today

    @property
    def activity(self) -> Activity:
        return self.logged.activity

    @property
    def is_erased(self) -> bool:
        return self.name == ERASED


def waiting_cases(actor: Actor, now: datetime, page: int, size: int) -> tuple[list[Case], int]:
    """One page of what waits for the actor's decision, the oldest first; and how many in all."""
    mine = select(Activity).where(is_undecided(), _is_of_others(actor, now))
    return _cases(mine.order_by(Activity.at, Activity.id), now, page, size), _count(mine)


def decided_cases(actor: Actor, now: datetime, page: int, size: int) -> tuple[list[Case], int]:
    """One page of what was decided about those within the actor's reach, the latest first."""
    later = aliased(Decision)
    is_last = ~exists().where(later.activity_id == Decision.activity_id, later.id > Decision.id)
    mine = (
        select(Activity)
        .join(Decision, Decision.activity_id == Activity.id)
        .where(Decision.kind != Verdict.WITHDRAWN, is_last, _is_of_others(actor, now))
    )
    return _cases(mine.order_by(Decision.id.desc()), now, page, size), _count(mine)


def case_of(found: Logged, now: datetime) -> Case:
    """One activity with the person and her library."""
    return _with_people([found], now)[0]


def _is_of_others(actor: Actor, now: datetime) -> ColumnElement[bool]:
    """Whether an activity is of somebody about whom the actor decides."""
    is_hers = Activity.person_id.in_(people.with_former(actor.person_id or 0))
    if is_everywhere(actor, Action.RECORDS_ACTIVITY_DECIDE):
        return ~is_hers  # everybody: to look each of them up would cost more than the page
    return and_(~is_hers, Activity.person_id.in_(people_within(actor, now)))


def _count(mine: Select[Activity]) -> int:
    return db.session.scalar(mine.with_only_columns(func.count())) or 0


def _cases(ordered: Select[Activity], now: datetime, page: int, size: int) -> list[Case]:
    rows = db.session.scalars(ordered.limit(size).offset((page - 1) * size)).all()
    return _with_people(logged(rows), now)


def _with_people(found: Sequence[Logged], now: datetime) -> list[Case]:
    """With who each person is today: what somebody logged before she was merged is hers, too."""
    if not found:
        return []
    present = people.present_persons({one.activity.person_id for one in found})
    numbers = set(present.values())
    named = select(Person.id, Person.code, Person.full_name).where(Person.id.in_(numbers))
    persons = {row.id: row for row in db.session.execute(named)}
    places = people.places_of_each(numbers, now)
    cases = []
    for one in found:
        person = persons[present[one.activity.person_id]]
        library = next((place.name for place in places.get(person.id, ())), "")
        cases.append(Case(one, person.code, person.full_name, library))
    return cases
