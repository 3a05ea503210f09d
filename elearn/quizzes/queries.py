"""Reading attempts. What is not the actor's own does not exist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit, QuestionFacts
from elearn.learning.models import Enrolment
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import drawn_from
from elearn.quizzes.models import Allowance, Answer, Attempt, AttemptState
from elearn.quizzes.rules import Drawn, Given, Mark, Sitting, Terms

KINDS = ("quiz", "pre-test", "post-test")

# Made once: every saved answer asks them, and making them costs as much as answering them.
_OWN = select(Attempt).where(
    Attempt.code == bindparam("code"), Attempt.person_id == bindparam("person_id")
)
_OWN_TO_CHANGE = _OWN.with_for_update().execution_options(populate_existing=True)
_FACTS = Attempt.__table__.c
_OWN_TO_SAVE_IN = (
    select(
        _FACTS.id, _FACTS.state, _FACTS.submitted_at, _FACTS.version_id, _FACTS.unit_key,
        _FACTS.seed, _FACTS.drawn,
    )
    .where(_FACTS.code == bindparam("code"), _FACTS.person_id == bindparam("person_id"))
    .with_for_update()
)  # fmt: skip
_ROW = Answer.__table__.c
_ANSWERS = select(_ROW.question_key, _ROW.given, _ROW.writer, _ROW.counter, _ROW.saved_at).where(
    _ROW.attempt_id == bindparam("attempt_id")
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a paper, with its place from 1 as shown."""

    number: int
    drawn: Drawn
    facts: QuestionFacts
    seed: str  # of the attempt; never sent

    def print_of(self, given: Given) -> str:
        """Fingerprint of an answer to it, for the page to send back; it tells nothing."""
        return rules.print_of(given, f"{self.seed}\n{self.facts.key}")


@dataclass(frozen=True, slots=True)
class Paper:
    """What an attempt asks: fixed when it began, read from the published version."""

    outline: Outline
    unit: OutlineUnit
    asked: tuple[Asked, ...]

    def question(self, number: int) -> Asked:
        """The question at this place; Missing when the paper has none."""
        if not 1 <= number <= len(self.asked):
            raise Missing("question-missing", number=number)
        return self.asked[number - 1]


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


def quiz_of(outline: Outline, key: str) -> OutlineUnit:
    """The quiz or test of this key; Missing when the version has none."""
    unit = outline.unit(key)
    if unit is None or unit.kind not in KINDS:
        raise Missing("unit-missing", unit=key)
    return unit


def paper_of(attempt: Attempt | Begun) -> Paper:
    """What the attempt asks. No query once the version is in the process's memory."""
    outline = courses.outline(attempt.version_id)
    facts = courses.questions(attempt.version_id)
    return Paper(
        outline,
        quiz_of(outline, attempt.unit_key),
        tuple(
            Asked(number, drawn, facts[drawn.key], attempt.seed)
            for number, drawn in enumerate(drawn_from(attempt.drawn), start=1)
        ),
    )


def answers_of(attempt: Attempt | Begun) -> dict[str, Kept]:
    """What is saved, by question key. One query."""
    rows = db.session.execute(_ANSWERS, {"attempt_id": attempt.id})
    return {
        key: Kept(rules.decode(given), Mark(writer, counter), saved_at)
        for key, given, writer, counter, saved_at in rows
    }


def answered_count(kept: Iterable[Kept]) -> int:
    return sum(one.given is not None for one in kept)


def attempts_of(enrolment: Enrolment) -> list[Attempt]:
    """All attempts of a run, at all its quizzes and tests, in the order they began. One query."""
    return list(
        db.session.scalars(
            select(Attempt).where(Attempt.enrolment_id == enrolment.id).order_by(Attempt.id)
        )
    )


def open_attempt(attempts: Sequence[Attempt], unit_key: str) -> Attempt | None:
    """The attempt at this unit that is not handed in; there is at most one."""
    return next(
        (a for a in attempts if a.unit_key == unit_key and a.state == AttemptState.OPEN), None
    )


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
    enrolment: Enrolment, unit: OutlineUnit, attempts: Sequence[Attempt], now: datetime
) -> Terms:
    """What holds for the next attempt. One query, none when there is no limit."""
    is_limited = bool(unit.attempt_limit) or unit.kind == "pre-test"
    return rules.terms(
        kind=unit.kind,
        limit=unit.attempt_limit or 0,
        allowances=allowances(enrolment, unit.key) if is_limited else 0,
        wait_minutes=unit.wait_minutes or 0,
        sittings=[
            Sitting(a.submitted_at, a.score_percent) for a in attempts if a.unit_key == unit.key
        ],
        is_course_tested=any(_counts(a) for a in attempts),
        now=now,
    )


def pre_test_percent(outline: Outline, attempts: Sequence[Attempt]) -> int | None:
    """The score of the pre-test, when it was taken."""
    keys = {unit.key for unit in outline.units if unit.kind == "pre-test"}
    scores = (a.score_percent for a in attempts if a.unit_key in keys)
    return next((score for score in scores if score is not None), None)


def _counts(attempt: Attempt) -> bool:
    """Whether it was at a quiz or the post-test: those have a pass mark, the pre-test has none."""
    return attempt.pass_percent is not None
