"""Completed enrolments without a record: nobody could sign it on that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.learning.models import Enrolment, Progress
from elearn.records.models import Record


@dataclass(frozen=True, slots=True)
class Recordless:
    """Somebody who has completed a course and holds no record of it."""

    enrolment_id: int
    code: str
    person_code: str
    name: str
    version_id: int
    completed_at: datetime


def count_recordless() -> int:
    """How many completed enrolments have no record."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Enrolment).join(Enrolment.progress).where(_lacks())
        )
        or 0
    )


def recordless(most: int, after_id: int = 0) -> list[Recordless]:
    """At most so many of them, in the order of the enrolments, behind that of this number."""
    rows: Iterable[Any] = db.session.execute(
        select(
            Enrolment.id, Enrolment.code, Person.code, Person.full_name,
            Enrolment.version_id, Progress.completed_at,
        )
        .join(Enrolment.progress)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.id > after_id, _lacks())
        .order_by(Enrolment.id)
        .limit(most)
    )  # fmt: skip
    return [Recordless(*row) for row in rows]


def _lacks() -> ColumnElement[bool]:
    has_record = exists().where(Record.enrolment_id == Enrolment.id)
    return and_(Progress.completed_at.is_not(None), ~has_record)
