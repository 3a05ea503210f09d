"""What hangs on one entry for a person, so that two can be told apart before they are merged."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CompoundSelect, func, select

from elearn.accounts import queries as accounts
from elearn.accounts.models import Node, Person
from elearn.core import clock
from elearn.core.db import db
from elearn.courses import queries as courses
from elearn.courses.models import Course
from elearn.courses.rules import Outline
from elearn.learning.models import Enrolment, Progress
from elearn.records import queries as records
from elearn.records.models import Activity, Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A person with the sums of what is kept of her."""

    person: Person
    logins: dict[str, str]
    libraries: tuple[Node, ...]
    courses: tuple[tuple[Outline, int], ...]  # with percent
    record_count: int
    activity_count: int
    jp_of_year: int
    year: int


def entry_of(person: Person, now: datetime) -> Entry:
    """The entry as it stands today. Six queries."""
    today = clock.day_in(now, person.time_zone)
    own = accounts.with_former(person.id)
    return Entry(
        person=person,
        logins=accounts.logins_of(person.id),
        libraries=accounts.places_of(person.id, today),
        courses=_courses(person.id),
        record_count=_count(Record, own),
        activity_count=_count(Activity, own),
        jp_of_year=records.credit_of_year(person.id, today.year),
        year=today.year,
    )


def _courses(person_id: int) -> tuple[tuple[Outline, int], ...]:
    rows = db.session.execute(
        select(Enrolment.version_id, Progress.percent)
        .join(Progress, Progress.enrolment_id == Enrolment.id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Course.slug, Enrolment.run)
    )
    return tuple((courses.outline(version_id), percent) for version_id, percent in rows)


def _count(table: type[Record] | type[Activity], own: CompoundSelect[int]) -> int:
    return (
        db.session.scalar(select(func.count()).select_from(table).where(table.person_id.in_(own)))
        or 0
    )
