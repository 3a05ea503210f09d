"""A person's rights over what this room keeps of her."""

from datetime import datetime

from sqlalchemy import select, update

from elearn.core.db import db
from elearn.core.text import ERASED
from elearn.courses import queries as courses
from elearn.courses.models import Course
from elearn.learning import queries
from elearn.learning.models import Enrolment, Ruling, RulingEnd


def personal_data(person_id: int) -> dict[str, object]:
    """Everything that this room keeps about a person, for the person."""
    runs = db.session.execute(
        select(Enrolment, Course.slug)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    ).all()
    rulings = queries.rulings_of(enrolment.id for enrolment, _slug in runs)
    return {
        "enrolments": [
            {
                "course": slug,
                "run": enrolment.run,
                "version": courses.outline(enrolment.version_id).number,
                "enrolled_at": enrolment.enrolled_at,
                "events": [
                    {
                        "kind": event.kind,
                        "source": event.source,
                        "unit": event.unit_key,
                        "score_percent": event.score_percent,
                        "language": event.language,
                        "happened_at": event.happened_at,
                    }
                    for event in queries.events_of(enrolment)
                ],
                "corrections": [
                    {
                        "unit": told.unit_key,
                        "score_percent": told.score_percent,
                        "done_at": told.done_at,
                        "reason": told.reason,
                        "by": told.by,
                        "at": told.at,
                        "taken_back_at": told.ended_at,
                        "taken_back_because": told.end_reason,
                    }
                    for told in rulings
                    if told.enrolment_id == enrolment.id
                ],
            }
            for enrolment, slug in runs
        ]
    }


def forget(person_id: int, now: datetime) -> None:  # noqa: ARG001  (the same in every room)
    """Strike out why supervisors corrected her progress: a reason names whom it is about.

    What was corrected, when and by whom stays, as do enrolments and events, so that totals and
    issued records stay true: they hold a number, and `accounts` takes the name away from it.
    """
    own = select(Ruling.id).join(Enrolment, Enrolment.id == Ruling.enrolment_id)
    rulings = own.where(Enrolment.person_id == person_id)
    db.session.execute(update(Ruling).where(Ruling.id.in_(rulings)).values(reason=ERASED))
    ends = update(RulingEnd).where(RulingEnd.ruling_id.in_(rulings))
    db.session.execute(ends.values(reason=ERASED))
