"""Employment status by the day: which target and cap of JP hold follows from it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import ColumnElement, func, select

from elearn.accounts.models import FormerEmployment, Person
from elearn.core.db import db

_FORMER, _PERSON = FormerEmployment.__table__.c, Person.__table__.c


def employment_on(day: date) -> ColumnElement[str]:
    """The status of a person of the statement on that day; of no use for a day to come."""
    former = (
        select(_FORMER.employment)
        .where(_FORMER.person_id == _PERSON.id, _FORMER.until_on > day)
        .order_by(_FORMER.until_on)
        .limit(1)
        .correlate(Person.__table__)
        .scalar_subquery()
    )
    return func.coalesce(former, _PERSON.employment)


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
