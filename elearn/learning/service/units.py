"""Studying: opening a unit, finishing it, and the scores that `quizzes` hands down."""

from datetime import datetime

from elearn.core.errors import Conflict
from elearn.courses.rules import OutlineUnit
from elearn.learning import rules
from elearn.learning.models import Enrolment
from elearn.learning.service.study import Study


def open_unit(enrolment: Enrolment, unit_key: str, language: str, now: datetime) -> None:
    """Note that a unit was opened. Only the first opening is an event."""
    study = Study.of(enrolment)
    unit = study.unit_to_work_on(unit_key)
    if not study.state(unit).opened:
        study.note("opened", unit, language, now)


def finish_unit(enrolment: Enrolment, unit_key: str, language: str, now: datetime) -> None:
    """Mark a lesson, an activity or an optional task as done, at the learner's own word.

    Once is enough: what is done already changes nothing.
    """
    study = Study.of(enrolment)
    unit = study.unit_to_work_on(unit_key)
    if rules.needs_marking(unit):
        raise Conflict("task-needs-marking")
    if not rules.is_self_declared(unit):
        raise Conflict("unit-by-score")
    if study.state(unit).done:
        return
    study.note("done", unit, language, now)
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
    study = Study.of(enrolment)
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
    study = Study.of(enrolment, rules.CORRECTION)
    study.note_score(unit, score_percent, is_passed, language, now)
