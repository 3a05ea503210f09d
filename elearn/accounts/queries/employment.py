"""Employment status by the day: which target and cap of JP hold follows from it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Subquery, and_, func, select

from elearn.accounts.models import FormerEmployment, Person
from elearn.core.audit import Audit
from elearn.core.db import db

CHANGE = "accounts:employment:change"  # in the log; its detail is the new status
_FORMER, _PERSON = FormerEmployment.__table__.c, Person.__table__.c


def former_employments(day: date) -> Subquery:
    """(person_id, employment) on that day, of those alone who have had another one since."""
    next_change = (
        select(_FORMER.person_id, func.min(_FORMER.until_on).label("until_on"))
        .where(_FORMER.until_on > day)
        .group_by(_FORMER.person_id)
        .subquery()
    )
    is_it = and_(
        _FORMER.person_id == next_change.c.person_id, _FORMER.until_on == next_change.c.until_on
    )
    return select(_FORMER.person_id, _FORMER.employment).join(next_change, is_it).subquery()


def employment_on_each(person_id: int, days: Collection[date]) -> dict[date, str]:
    """A person's status on each of these days. One query, however many they are."""
    rows = db.session.execute(
        select(_PERSON.employment, _FORMER.until_on, _FORMER.employment.label("former"))
        .outerjoin(FormerEmployment.__table__, _FORMER.person_id == _PERSON.id)
        .where(_PERSON.id == person_id)
        .order_by(_FORMER.until_on)
    ).all()
    former = [row for row in rows if row.until_on is not None]
    return {
        day: next((row.former for row in former if day < row.until_on), rows[0].employment)
        for day in days
    }


@dataclass(frozen=True, slots=True)
class EmploymentChange:
    """Who said that a person has another status, and when."""

    at: datetime
    by_id: int | None  # None: the site itself
    by: str  # name; "" for the site itself


def last_employment_change(person: Person) -> EmploymentChange | None:
    """The newest; None for who has the status that she was entered with. One query."""
    row = db.session.execute(
        select(Audit.at, Audit.actor_id, func.coalesce(Person.full_name, ""))
        .outerjoin(Person, Person.id == Audit.actor_id)
        .where(Audit.subject == person.code, Audit.action == CHANGE)
        .order_by(Audit.at.desc(), Audit.id.desc())
        .limit(1)
    ).one_or_none()
    return EmploymentChange(*row) if row else None
