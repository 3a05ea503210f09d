"""Reading attempts. What is not the actor's own does not exist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor
from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning.models import Enrolment
from elearn.quizzes import rules
from elearn.quizzes.models import Allowance, Answer, Attempt, AttemptState, Regrade
from elearn.quizzes.queries.regrades import NEWEST_REGRADE, newest_regrades, result_of
from elearn.quizzes.rules import Given, Mark, Result, Sitting, Terms

# Made once: every saved answer asks them, and making them costs as much as answering them.
# Whose an attempt is, its enrolment says: who sat there may have been found to be somebody else.
_OWN = (
    select(Attempt)
    .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    .where(Attempt.code == bindparam("code"), Enrolment.person_id == bindparam("person_id"))
)
_OWN_TO_CHANGE = _OWN.with_for_update(of=Attempt).execution_options(populate_existing=True)
_FACTS, _RUN = Attempt.__table__.c, Enrolment.__table__.c
_OWN_TO_SAVE_IN = (
    select(
        _FACTS.id, _FACTS.state, _FACTS.submitted_at, _FACTS.version_id, _FACTS.unit_key,
        _FACTS.seed, _FACTS.drawn,
    )
    .join(Enrolment.__table__, _RUN.id == _FACTS.enrolment_id)
    .where(_FACTS.code == bindparam("code"), _RUN.person_id == bindparam("person_id"))
    .with_for_update(of=Attempt.__table__)
)  # fmt: skip
_OF_ENROLMENT = (
    select(Attempt, Regrade)
    .outerjoin(Regrade, Regrade.id == NEWEST_REGRADE)
    .where(Attempt.enrolment_id == bindparam("enrolment_id"))
    .order_by(Attempt.id)
)
_ROW = Answer.__table__.c
_ANSWERS = select(_ROW.question_key, _ROW.given, _ROW.writer, _ROW.counter, _ROW.saved_at).where(
    _ROW.attempt_id == bindparam("attempt_id")
)


@dataclass(frozen=True, slots=True)
class Begun:
    """What saving an answer needs of an attempt. Nothing of the attempt itself changes then."""

    id: int
    state: str
    submitted_at: datetime | None
    version_id: int
    unit_key: str
    seed: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved answer: what, when, and which change of which page."""

    given: Given
    mark: Mark
    saved_at: datetime


def own_attempt(actor: Actor, code: str) -> Attempt:
    """The actor's own attempt; Missing when absent or someone else's."""
    attempt = db.session.scalar(_OWN, {"code": code, "person_id": actor.person_id})
    if attempt is None:
        raise Missing("attempt-missing", attempt=code)
    return attempt


def own_attempt_to_change(actor: Actor, code: str) -> Attempt:
    """The actor's own attempt, locked; Missing when absent or someone else's."""
    attempt = db.session.scalar(_OWN_TO_CHANGE, {"code": code, "person_id": actor.person_id})
    if attempt is None:
        raise Missing("attempt-missing", attempt=code)
    return attempt


def own_attempt_to_save_in(actor: Actor, code: str) -> Begun:
    """As own_attempt_to_change, as plain values: every answer comes through this door."""
    values = {"code": code, "person_id": actor.person_id}
    row = db.session.execute(_OWN_TO_SAVE_IN, values).one_or_none()
    if row is None:
        raise Missing("attempt-missing", attempt=code)
    return Begun(*row)


def answers_of(attempt: Attempt | Begun) -> dict[str, Kept]:
    """What is saved, by question key. One query."""
    rows = db.session.execute(_ANSWERS, {"attempt_id": attempt.id})
    return {
        key: Kept(rules.decode(given), Mark(writer, counter), saved_at)
        for key, given, writer, counter, saved_at in rows
    }


def answers_of_person(person_id: int) -> dict[int, dict[str, Kept]]:
    """All that a person has saved: by attempt, then by question key. One query."""
    rows = db.session.scalars(
        select(Answer)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Answer.attempt_id, Answer.question_key)
    )
    found: dict[int, dict[str, Kept]] = {}
    for one in rows:
        kept = Kept(rules.decode(one.given), Mark(one.writer, one.counter), one.saved_at)
        found.setdefault(one.attempt_id, {})[one.question_key] = kept
    return found


def answered_count(kept: Iterable[Kept]) -> int:
    return sum(one.given is not None for one in kept)


@dataclass(frozen=True, slots=True)
class Taken:
    """An attempt with what counts of it now. result: none while it is open."""

    attempt: Attempt
    result: Result | None
    regraded_at: datetime | None  # when a corrected key raised it last


def taken(attempt: Attempt) -> Taken:
    """What counts of this attempt now. One query."""
    return _taken(attempt, newest_regrades([attempt.id]).get(attempt.id))


def attempts_of(enrolment_id: int) -> list[Taken]:
    """All attempts of a run, at all its quizzes and tests, in the order they began. One query."""
    rows = db.session.execute(_OF_ENROLMENT, {"enrolment_id": enrolment_id})
    return [_taken(attempt, regrade) for attempt, regrade in rows]


def _taken(attempt: Attempt, regrade: Regrade | None) -> Taken:
    return Taken(attempt, result_of(attempt, regrade), regrade.at if regrade else None)


def open_attempt(attempts: Iterable[Taken], unit_key: str) -> Attempt | None:
    """The attempt at this unit that is not handed in; there is at most one."""
    found = (taken.attempt for taken in attempts)
    return next((a for a in found if a.unit_key == unit_key and a.state == AttemptState.OPEN), None)


def allowances(enrolment: Enrolment, unit_key: str) -> int:
    """How many attempts were granted beyond the limit. One query."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Allowance)
            .where(Allowance.enrolment_id == enrolment.id, Allowance.unit_key == unit_key)
        )
        or 0
    )


def terms_of(
    enrolment: Enrolment, unit: OutlineUnit, attempts: Sequence[Taken], now: datetime
) -> Terms:
    """What holds for the next attempt. One query, none when there is no limit."""
    is_limited = bool(unit.attempt_limit) or unit.kind == "pre-test"
    return rules.terms(
        kind=unit.kind,
        limit=unit.attempt_limit or 0,
        allowances=allowances(enrolment, unit.key) if is_limited else 0,
        wait_minutes=unit.wait_minutes or 0,
        sittings=[
            Sitting(one.attempt.submitted_at, one.result.score_percent if one.result else None)
            for one in attempts
            if one.attempt.unit_key == unit.key
        ],
        is_course_tested=any(_counts(one.attempt) for one in attempts),
        now=now,
    )


def pre_test_percent(outline: Outline, attempts: Sequence[Taken]) -> int | None:
    """The score of the pre-test, when it was taken."""
    keys = {unit.key for unit in outline.units if unit.kind == "pre-test"}
    results = (one.result for one in attempts if one.attempt.unit_key in keys)
    return next((result.score_percent for result in results if result is not None), None)


def _counts(attempt: Attempt) -> bool:
    """Whether it was at a quiz or the post-test: those have a pass mark, the pre-test has none."""
    return attempt.pass_percent is not None
