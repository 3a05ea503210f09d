"""Joining a course, taking it again, moving to a newer version."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from elearn.core.db import db
from elearn.core.errors import Conflict, Missing, Problem
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses.rules import Outline
from elearn.learning import queries
from elearn.learning.models import Enrolment, Progress
from elearn.learning.service.following import follow
from elearn.learning.service.study import Study


def enrol(actor: Actor, slug: str, language: str, now: datetime) -> Enrolment:
    """Join a course in its newest version. Who has joined already keeps the run she is in."""
    joined = queries.find_own_enrolment(actor, slug)
    if joined is not None:
        return joined
    if actor.person_id is None:
        raise Missing("person-missing")
    return _begin(actor.person_id, _offered(slug), 1, language, now)


def retake(enrolment: Enrolment, language: str, now: datetime) -> Enrolment:
    """Begin the course anew, in its newest version. The completed run and its record stay."""
    standing = queries.standing(enrolment)
    if not standing.is_complete:
        raise Conflict("enrolment-open")
    newest = _offered(standing.outline.slug)
    return _begin(enrolment.person_id, newest, enrolment.run + 1, language, now)


def issue_late(enrolment: Enrolment, now: datetime) -> Problem | None:
    """Have the record issued that could not be issued at completion; why not, if still not."""
    return Study.of(enrolment).have_record_issued(now)


@dataclass(frozen=True, slots=True)
class IssuedLate:
    """Of enrolments whose record was missing: how many have it now, and why the others do not."""

    count: int
    refusals: dict[int, Problem]  # by enrolment


def issue_missing(enrolment_ids: Collection[int], now: datetime) -> IssuedLate:
    """`issue_late` for many; what one lacks does not keep the others waiting."""
    refusals = {}
    enrolments = queries.enrolments_to_change(enrolment_ids)
    for number, enrolment in enrolments.items():
        if refusal := issue_late(enrolment, now):
            refusals[number] = refusal
    return IssuedLate(len(enrolments) - len(refusals), refusals)


def move_to_newest(enrolment: Enrolment, language: str, now: datetime) -> None:
    """Go on in the newest version, at the learner's own wish.

    What is done stays done where the new version has the unit in the same edition.
    """
    standing = queries.standing(enrolment)
    newest = _offered(standing.outline.slug)
    if standing.is_complete:
        raise Conflict("enrolment-complete")
    if newest.number <= standing.outline.number:
        raise Conflict("version-newest")
    enrolment.version_id = newest.version_id
    study = Study.of(enrolment)
    study.note("moved", None, language, now)
    study.recount()
    study.complete_when_met(language, now)


def _begin(person_id: int, outline: Outline, run: int, language: str, now: datetime) -> Enrolment:
    """A run of a course; of two requests at once, both get the same one."""
    enrolment = Enrolment(
        person_id=person_id,
        course_id=outline.course_id,
        run=run,
        version_id=outline.version_id,
        enrolled_at=now,
    )
    try:
        with db.session.begin_nested():
            db.session.add(enrolment)
    except IntegrityError:
        return db.session.scalars(
            select(Enrolment).where(
                Enrolment.person_id == person_id,
                Enrolment.course_id == outline.course_id,
                Enrolment.run == run,
            )
        ).one()
    row = Progress(
        enrolment_id=enrolment.id,
        last_unit_key="",
        last_event_at=now,
        person_id=person_id,
        course_id=outline.course_id,
        enrolled_at=now,
        is_latest=True,
    )
    db.session.add(row)
    study = Study(enrolment, row, outline, {})
    study.note("enrolled", None, language, now)
    if run > 1:
        follow((person_id,))
    return enrolment


def _offered(slug: str) -> Outline:
    newest = courses.newest(slug)
    if newest is None:
        raise Missing("course-missing", slug=slug)
    return newest
