"""Beginning attempts, saving answers, handing in. Called inside `saving()`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, update

from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.ids import new_code
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.learning import queries as learning_queries
from elearn.learning import service as learning
from elearn.learning.models import Enrolment
from elearn.quizzes import queries, rules
from elearn.quizzes.formats.papers import drawn_text, points_text
from elearn.quizzes.models import Allowance, Answer, Attempt, AttemptState
from elearn.quizzes.queries import Asked, Begun, Kept
from elearn.quizzes.rules import Given, Mark, Verdict

# Made once, and without the unit of work: this is the write that everybody waits for.
_WRITTEN: dict[str, Any] = {
    name: bindparam(name) for name in ("given", "writer", "counter", "saved_at")
}
_INSERT = insert(Answer.__table__).values(
    attempt_id=bindparam("of_attempt"), question_key=bindparam("of_question"), **_WRITTEN
)
_UPDATE = (
    update(Answer.__table__)
    .where(
        Answer.__table__.c.attempt_id == bindparam("of_attempt"),
        Answer.__table__.c.question_key == bindparam("of_question"),
    )
    .values(_WRITTEN)
)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a page sent for one question. fault: code, when it could not be read at all."""

    asked: Asked
    given: Given
    sent: Mark
    seen: frozenset[Mark]
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an edit. kept: what is saved now, if anything is."""

    edit: Edit
    verdict: Verdict | None  # None: refused because of its fault
    fault: str | None
    kept: Kept | None

    @property
    def is_safe(self) -> bool:
        """Whether what was sent, or something newer of the same page, is saved."""
        return self.fault is None and self.verdict is not Verdict.STALE


def begin(enrolment: Enrolment, unit_key: str, language: str, now: datetime) -> Attempt:
    """Begin an attempt, or go on with the open one. The enrolment is locked.

    Raises Conflict: unit-locked, attempts-used-up, attempt-too-early, pre-test-taken, -over.
    """
    attempts = queries.attempts_of(enrolment.id)
    running = queries.open_attempt(attempts, unit_key)
    if running is not None:
        return running
    outline = courses.outline(enrolment.version_id)
    unit = queries.quiz_of(outline, unit_key)
    learning.open_unit(enrolment, unit_key, language, now)
    terms = queries.terms_of(enrolment, unit, attempts, now)
    if terms.refusal:
        raise Conflict(terms.refusal, from_at=terms.from_at)
    seed = new_code()
    drawn = rules.draw(
        courses.questions(outline.version_id), unit, [m.key for m in outline.modules], seed
    )
    if not drawn:
        raise Missing("unit-missing", unit=unit_key)
    attempt = Attempt(
        person_id=enrolment.person_id,
        enrolment_id=enrolment.id,
        version_id=outline.version_id,
        unit_key=unit.key,
        number=terms.used + 1,
        seed=seed,
        drawn=drawn_text(drawn),
        pass_percent=unit.pass_percent,
        language=language,
        started_at=now,
    )
    db.session.add(attempt)
    db.session.flush()
    return attempt


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of all edits, by question number; answered: saved answers of the attempt."""

    receipts: dict[int, Receipt]
    answered: int


def save(attempt: Attempt | Begun, edits: Iterable[Edit], now: datetime) -> Saved:
    """Save answers one by one; what was refused is said in its receipt.

    The attempt is locked, so that of two pages each sees what the other has saved.
    """
    if attempt.state != AttemptState.OPEN:
        raise Conflict("attempt-closed", submitted_at=attempt.submitted_at)
    saved = queries.answers_of(attempt)
    receipts = {edit.asked.number: _save_one(attempt, edit, saved, now) for edit in edits}
    return Saved(receipts, queries.answered_count(saved.values()))


def _save_one(
    attempt: Attempt | Begun, edit: Edit, saved: dict[str, Kept], now: datetime
) -> Receipt:
    key = edit.asked.facts.key
    kept = saved.get(key)
    fault = edit.fault or rules.fault_in_answer(edit.asked.facts, edit.given)
    if fault:
        return Receipt(edit, None, fault, kept)
    verdict = rules.judge(
        kept.mark if kept else None,
        edit.sent,
        edit.seen,
        equals_present=kept is not None and kept.given == edit.given,
    )
    if verdict is not Verdict.WRITE:
        return Receipt(edit, verdict, "answer-stale" if verdict is Verdict.STALE else None, kept)
    written = saved[key] = Kept(edit.given, edit.sent, now)
    values = {
        "of_attempt": attempt.id,
        "of_question": key,
        "given": rules.encode(edit.given),
        "writer": edit.sent.writer,
        "counter": edit.sent.counter,
        "saved_at": now,
    }
    db.session.execute(_INSERT if kept is None else _UPDATE, values)
    return Receipt(edit, verdict, None, written)


def submit(attempt: Attempt, enrolment: Enrolment, language: str, now: datetime) -> None:
    """Hand in: mark the attempt and tell `learning`. Handing in again changes nothing.

    Both rows are locked: of eight equal requests one marks, seven find it marked.
    """
    if attempt.state == AttemptState.SUBMITTED:
        return
    paper = queries.marked_paper_of(attempt)
    given = {key: kept.given for key, kept in queries.answers_of(attempt).items()}
    grade = rules.grade((asked.facts for asked in paper.asked), given)
    attempt.state = AttemptState.SUBMITTED
    attempt.submitted_at = now
    attempt.score_percent = grade.score_percent
    attempt.is_passed = rules.is_passed(grade.score_percent, attempt.pass_percent)
    attempt.points = points_text(grade.points)
    db.session.flush()
    learning.note_score(
        enrolment, paper.unit, grade.score_percent, attempt.is_passed, language, now
    )


def grant_attempt(
    actor: Actor, person_id: int, slug: str, unit_key: str, reason: str, now: datetime
) -> Allowance:
    """Allow one more attempt than the quiz does; the reason is kept with it.

    Raises Invalid: reason-missing; Conflict: attempts-not-limited; attempts-left, so that a second
    press grants nothing more; pre-test-over, for one more would not be let begin.
    """
    if actor.person_id is None or not reason.strip():
        raise Invalid("reason-missing")
    enrolment = learning_queries.own_enrolment_to_change(Actor(person_id), slug)
    unit = queries.quiz_of(courses.outline(enrolment.version_id), unit_key)
    attempts = queries.attempts_of(enrolment.id)
    terms = queries.terms_of(enrolment, unit, attempts, now)
    if terms.left is None:
        raise Conflict("attempts-not-limited")
    if terms.left:
        raise Conflict("attempts-left", left=terms.left)
    allowance = Allowance(
        enrolment_id=enrolment.id,
        unit_key=unit.key,
        reason=reason.strip(),
        granted_at=now,
        granted_by=actor.person_id,
    )
    db.session.add(allowance)
    db.session.flush()
    if queries.terms_of(enrolment, unit, attempts, now).refusal == "pre-test-over":
        raise Conflict("pre-test-over")
    audit.note(actor, "quizzes:attempt:grant", f"{enrolment.code}/{unit.key}", now)
    return allowance
