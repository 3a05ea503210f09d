"""Joining a course, studying it, finishing it. Called inside `saving()`.

Each act writes its events and brings the progress row up to date in the same transaction; the
act that meets the last requirement completes the enrolment and has the record issued.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from elearn.core import clock, policy
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing, Unavailable
from elearn.core.ids import new_uuid
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses.models import Course
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import queries, rules
from elearn.learning.formats import states as kept
from elearn.learning.models import Enrolment, Event, Progress
from elearn.learning.rules import UnitState
from elearn.records import service as records

_log = logging.getLogger(__name__)


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


def issue_late(enrolment: Enrolment, now: datetime) -> None:
    """Have the record issued that could not be issued when the course was completed."""
    _Study.of(enrolment).have_record_issued(now)


def open_unit(enrolment: Enrolment, unit_key: str, language: str, now: datetime) -> None:
    """Note that a unit was opened. Only the first opening is an event."""
    study = _Study.of(enrolment)
    unit = study.unit_to_work_on(unit_key)
    if not study.state(unit).opened:
        study.note("opened", unit, language, now)


def finish_unit(
    enrolment: Enrolment, unit_key: str, language: str, now: datetime, uuid: str | None = None
) -> None:
    """Mark a lesson, an activity or an optional task as done, at the learner's own word.

    A unit that is done, or an event whose uuid has arrived before, changes nothing.
    """
    study = _Study.of(enrolment)
    unit = study.unit_to_work_on(unit_key)
    if rules.needs_marking(unit):
        raise Conflict("task-needs-marking")
    if not rules.is_self_declared(unit):
        raise Conflict("unit-by-score")
    if study.state(unit).done or (uuid is not None and _has_happened(uuid)):
        return
    study.note("done", unit, language, now, uuid=uuid)
    study.complete_when_met(language, now)


def note_score(
    enrolment: Enrolment,
    unit: OutlineUnit,
    score_percent: int,
    is_passed: bool | None,
    language: str,
    now: datetime,
) -> None:
    """Note the result of an attempt; passing it (or taking the pre-test at all) finishes the unit.

    unit: of the version that the attempt was on. After a move it may be one that the enrolment's
    version does not have in this edition: the event is kept, progress does not change.
    """
    study = _Study.of(enrolment)
    study.note_score(unit, score_percent, is_passed, language, now)


def note_corrected_score(
    enrolment: Enrolment,
    unit: OutlineUnit,
    score_percent: int,
    is_passed: bool | None,
    language: str,
    now: datetime,
) -> None:
    """As `note_score`, for an attempt that was marked anew by a corrected key.

    It counts as any other, but the learner has done nothing: where she was last, and when, stays.
    """
    study = _Study.of(enrolment, rules.CORRECTION)
    study.note_score(unit, score_percent, is_passed, language, now)


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
    study = _Study.of(enrolment)
    study.note("moved", None, language, now)
    study.recount()
    study.complete_when_met(language, now)


def rebuild(enrolment_ids: Sequence[int]) -> dict[int, tuple[queries.Difference, ...]]:
    """Make progress rows anew from the events; what was different in them, by enrolment.

    The rows are locked before the events are read: what a learner does meanwhile comes after.
    Three queries, however many enrolments, and one for all that is written.
    """
    rows = queries.many_progress_to_change(enrolment_ids)
    mended = {}
    for number, recounted in queries.recounts(enrolment_ids).items():
        row = rows.get(number)
        found = queries.differences(row, recounted)
        if found:
            row = row or Progress(enrolment_id=number)
            for name, value in recounted.values().items():
                setattr(row, name, value)
            db.session.add(row)
            mended[number] = found
    return mended


def personal_data(person_id: int) -> dict[str, object]:
    """Everything that this room keeps about a person, for the person."""
    runs = db.session.execute(
        select(Enrolment, Course.slug)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Enrolment.enrolled_at, Enrolment.id)
    ).all()
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
                        "unit": event.unit_key,
                        "score_percent": event.score_percent,
                        "language": event.language,
                        "happened_at": event.happened_at,
                    }
                    for event in queries.events_of(enrolment)
                ],
            }
            for enrolment, slug in runs
        ]
    }


def forget(person_id: int, now: datetime) -> None:
    """Nothing to delete: enrolments and events hold a number and no words about anybody.

    They stay, so that totals and issued records stay true; `accounts` takes the name away from
    the number.
    """


@dataclass(slots=True)
class _Study:
    """An enrolment with its progress row locked, while one act changes it."""

    enrolment: Enrolment
    row: Progress
    outline: Outline
    states: dict[str, UnitState]
    source: str = rules.WEB

    @classmethod
    def of(cls, enrolment: Enrolment, source: str = rules.WEB) -> "_Study":
        row = queries.progress_to_change(enrolment)
        outline = courses.outline(enrolment.version_id)
        return cls(enrolment, row, outline, kept.from_text(outline, row.units), source)

    def unit_to_work_on(self, unit_key: str) -> OutlineUnit:
        unit = self.outline.unit(unit_key)
        if unit is None:
            raise Missing("unit-missing", unit=unit_key)
        if rules.missing_before(self.outline, self.states, unit_key):
            raise Conflict("unit-locked", unit=unit_key)
        return unit

    def state(self, unit: OutlineUnit) -> UnitState:
        return self.states.get(unit.key, rules.UNTOUCHED)

    def has_done_event(self, unit: OutlineUnit) -> bool:
        return bool(
            db.session.scalar(
                select(Event.id)
                .where(
                    Event.enrolment_id == self.enrolment.id,
                    Event.kind == "done",
                    Event.unit_key == unit.key,
                    Event.edition == unit.edition,
                )
                .limit(1)
            )
        )

    def note_score(
        self,
        unit: OutlineUnit,
        score_percent: int,
        is_passed: bool | None,
        language: str,
        now: datetime,
    ) -> None:
        self.note("scored", unit, language, now, score_percent=score_percent, is_passed=is_passed)
        finished = is_passed or unit.kind == rules.PRE_TEST
        if finished and not self.has_done_event(unit):
            self.note("done", unit, language, now)
        self.complete_when_met(language, now)

    def note(
        self,
        kind: str,
        unit: OutlineUnit | None,
        language: str,
        now: datetime,
        *,
        uuid: str | None = None,
        score_percent: int | None = None,
        is_passed: bool | None = None,
    ) -> None:
        """Write an event and add it to the progress row."""
        event = Event(
            uuid=uuid or new_uuid(),
            enrolment_id=self.enrolment.id,
            kind=kind,
            source=self.source,
            unit_key=unit.key if unit else "",
            edition=unit.edition if unit else None,
            version_id=self.enrolment.version_id,
            score_percent=score_percent,
            is_passed=is_passed,
            language=language,
            happened_at=now,
            recorded_at=now,
        )
        db.session.add(event)
        happening = queries.happening(event)
        self.states = rules.after(self.outline, self.states, happening)
        self.row.last_unit_key = rules.last_place(self.outline, self.row.last_unit_key, happening)
        if happening.is_own_act:
            self.row.last_event_at = now
            if kind in rules.ACTS_OF_STUDY:
                self.row.started_at = self.row.started_at or now
        if kind == "completed":
            self.row.completed_at = now
        self.write()

    def recount(self) -> None:
        """Read all events again: the version has changed, and with it what counts."""
        db.session.flush()
        for name, value in queries.recount(self.enrolment).values().items():
            setattr(self.row, name, value)
        self.states = kept.from_text(self.outline, self.row.units)

    def write(self) -> None:
        counted = rules.progress(self.outline, self.states)
        self.row.version_id = self.outline.version_id
        self.row.done_count = counted.done_count
        self.row.required_count = counted.required_count
        self.row.percent = counted.percent
        self.row.units = kept.as_text(self.outline, self.states)
        seen = rules.overview(self.outline, self.states)
        self.row.failed_unit_key, self.row.failed_count = seen.failed_unit_key, seen.failed_count
        self.row.pre_percent, self.row.post_percent = seen.pre_percent, seen.post_percent

    def complete_when_met(self, language: str, now: datetime) -> None:
        if self.row.completed_at is not None or not rules.is_complete(self.outline, self.states):
            return
        self.note("completed", None, language, now)
        db.session.flush()
        self.have_record_issued(now)

    def have_record_issued(self, now: datetime) -> None:
        """Issue the record; where nobody can sign it now, the completion stands without."""
        if self.row.completed_at is None:
            return
        evidence = rules.evidence(
            self.outline,
            self.states,
            enrolment_id=self.enrolment.id,
            person_id=self.enrolment.person_id,
            minutes_per_jp=policy.on(
                clock.day_in(self.row.completed_at, clock.DEFAULT_ZONE)
            ).minutes_per_jp,
            enrolled_at=self.enrolment.enrolled_at,
            completed_at=self.row.completed_at,
        )
        try:
            records.issue(evidence, now)
        except (Invalid, Unavailable) as refusal:  # raised before anything is written
            _log.warning("No record for enrolment %s: %s", self.enrolment.id, refusal.code)


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
    row = Progress(enrolment_id=enrolment.id, last_unit_key="", last_event_at=now)
    db.session.add(row)
    study = _Study(enrolment, row, outline, {})
    study.note("enrolled", None, language, now)
    return enrolment


def _offered(slug: str) -> Outline:
    newest = courses.newest(slug)
    if newest is None:
        raise Missing("course-missing", slug=slug)
    return newest


def _has_happened(uuid: str) -> bool:
    return db.session.scalar(select(Event.id).where(Event.uuid == uuid)) is not None
