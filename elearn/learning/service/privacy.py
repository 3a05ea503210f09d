"""A person's rights over what this room keeps of her."""

from datetime import datetime

from sqlalchemy import select, update

from elearn.core.db import db
from elearn.core.i18n import page_language
from elearn.core.text import ERASED
from elearn.courses import queries as courses
from elearn.learning import queries
from elearn.learning.models import Enrolment, Progress, Ruling, RulingEnd


def personal_data(person_id: int) -> dict[str, object]:
    """Everything that this room keeps about a person, for the person."""
    runs = db.session.execute(
        select(Enrolment, Progress.percent, Progress.completed_at)
        .join(Progress, Progress.enrolment_id == Enrolment.id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    ).all()
    rulings = queries.rulings_of(enrolment.id for enrolment, _, _ in runs)
    return {
        "enrolments": [
            {
                **_run(enrolment),
                "percent": percent,
                "completed_at": completed_at,
                "events": _events(enrolment),
                "corrections": _corrections(enrolment, rulings),
            }
            for enrolment, percent, completed_at in runs
        ]
    }


def _run(enrolment: Enrolment) -> dict[str, object]:
    outline = courses.outline(enrolment.version_id)
    return {
        "course": outline.title_in(page_language()),
        "slug": outline.slug,
        "run": enrolment.run,
        "version": outline.number,
        "enrolled_at": enrolment.enrolled_at,
    }


def _events(enrolment: Enrolment) -> list[dict[str, object]]:
    return [
        {
            "kind": event.kind,
            "source": event.source,
            "unit": _unit_title(enrolment, event.unit_key),
            "unit_key": event.unit_key,
            "score_percent": event.score_percent,
            "language": event.language,
            "happened_at": event.happened_at,
        }
        for event in queries.events_of(enrolment)
    ]


def _corrections(enrolment: Enrolment, rulings: list[queries.Told]) -> list[dict[str, object]]:
    return [
        {
            "unit": _unit_title(enrolment, told.unit_key),
            "unit_key": told.unit_key,
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
    ]


def _unit_title(enrolment: Enrolment, key: str) -> str:
    """In the reader's language; the key of a unit that a newer version has no more."""
    outline = courses.outline(enrolment.version_id)
    unit = outline.unit(key)
    return courses.unit_title(outline, unit, page_language()) if unit else key


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
