"""An enrolment while one act changes it: its events, its sum, its completion and the record."""

import logging
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from elearn.core import clock, policy
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing, Problem, Unavailable
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import queries, rules
from elearn.learning.formats import states as kept
from elearn.learning.models import Enrolment, Event, Progress
from elearn.learning.rules import UnitState
from elearn.records import service as records

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Study:
    """An enrolment with its progress row locked, while one act changes it."""

    enrolment: Enrolment
    row: Progress
    outline: Outline
    states: dict[str, UnitState]
    source: str = rules.WEB

    @classmethod
    def of(cls, enrolment: Enrolment, source: str = rules.WEB) -> "Study":
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
        score_percent: int | None = None,
        is_passed: bool | None = None,
        happened_at: datetime | None = None,
    ) -> Event:
        """Write an event and add it to the progress row. It happened now, if not said otherwise."""
        event = Event(
            enrolment_id=self.enrolment.id,
            kind=kind,
            source=self.source,
            unit_key=unit.key if unit else "",
            edition=unit.edition if unit else None,
            version_id=self.enrolment.version_id,
            score_percent=score_percent,
            is_passed=is_passed,
            language=language,
            happened_at=happened_at or now,
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
        return event

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

    def have_record_issued(self, now: datetime) -> Problem | None:
        """Issue the record; where nobody can sign it now, the completion stands without: why."""
        if self.row.completed_at is None:
            return None
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
            return refusal
        return None
