"""Another employment status from a day on: what was before stays known. Inside `saving()`."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import delete, insert, select

from elearn.accounts.models import FormerEmployment, Person
from elearn.accounts.queries.employment import CHANGE, employment_on_each
from elearn.accounts.service.bulk import note_all
from elearn.core import audit, clock
from elearn.core.db import db
from elearn.core.errors import Invalid
from elearn.core.permissions import Actor

_DAY = timedelta(days=1)


def change_employment(
    actor: Actor, person: Person, employment: str, from_on: date | None, now: datetime
) -> None:
    """From that day on, or today, the person has this status; what was kept of later ones goes.

    Her target of JP follows from it, so the log says who made the change: it may be herself.
    Raises Invalid (employment-to-come) for a day that is still to come.
    """
    today = clock.day_in(now, person.time_zone)
    from_on = from_on or today
    if from_on > today:
        raise Invalid("employment-to-come", field="employment_from")
    before = employment_on_each(person.id, [from_on - _DAY])[from_on - _DAY]
    db.session.execute(
        delete(FormerEmployment).where(
            FormerEmployment.person_id == person.id, FormerEmployment.until_on >= from_on
        )
    )
    if before != employment:
        row = {"person_id": person.id, "until_on": from_on, "employment": before}
        db.session.execute(insert(FormerEmployment), [row])
    person.employment = employment
    audit.note(actor, CHANGE, person.code, now, employment)


def keep_former_employments(actor: Actor, wanted: Mapping[int, str], now: datetime) -> None:
    """Before these persons get other statuses from today on: what they have had until now."""
    changed = db.session.execute(
        select(Person.id, Person.code, Person.employment, Person.time_zone).where(
            Person.id.in_(wanted)
        )
    ).all()
    changed = [row for row in changed if row.employment != wanted[row.id]]
    if not changed:
        return
    note_all(actor, CHANGE, [(row.code, wanted[row.id]) for row in changed], now)
    rows = {(row.id, clock.day_in(now, row.time_zone)): row.employment for row in changed}
    # Changed twice on one day: the first of the two was never anybody's status at midnight.
    there = select(FormerEmployment.person_id, FormerEmployment.until_on).where(
        FormerEmployment.person_id.in_(number for number, _ in rows)
    )
    for person_id, until_on in db.session.execute(there):
        rows.pop((person_id, until_on), None)
    kept = [
        {"person_id": person_id, "until_on": until_on, "employment": employment}
        for (person_id, until_on), employment in rows.items()
    ]
    if kept:
        db.session.execute(insert(FormerEmployment), kept)
