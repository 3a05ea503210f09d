"""A wrong key, found later: what it would change, putting it right, and marking attempts anew.

The attempts are as they were handed in, for ever; what counts of them can only rise
(docs/decisions/015-wrong-keys.md).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Forbidden, Invalid, Missing
from elearn.core.permissions import Action, Actor, may
from elearn.courses import queries as courses
from elearn.courses.models import Version
from elearn.courses.rules import Outline, QuestionFacts
from elearn.learning import queries as learning_queries
from elearn.learning import service as learning
from elearn.quizzes import queries, rules
from elearn.quizzes.formats.papers import points_text
from elearn.quizzes.models import Attempt, Correction, Regrade
from elearn.quizzes.rules import Result

BATCH = 50  # attempts that are locked together: whoever answers one of them waits so long


@dataclass(frozen=True, slots=True)
class Change:
    """What the corrected key makes of one attempt that is in."""

    attempt_code: str
    person_id: int
    person_name: str
    unit_key: str
    before: Result
    after: Result


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction would do. kept: they would fall, and stay; others: nothing changes."""

    raised: tuple[Change, ...]
    kept: tuple[Change, ...]
    others: int


@dataclass(frozen=True, slots=True)
class _Marked:
    """An attempt that is in, by the key that counted so far and by the corrected one."""

    attempt: Attempt
    person_name: str
    before: Result
    after: Result
    step: int  # 1: the question earns more than before, -1: less, 0: the same


def dry_run(actor: Actor, version_id: int, question_key: str, from_version_id: int) -> Effect:
    """What `correct` would do with what is handed in now; raises what it would raise.

    Three queries for every BATCH attempts that asked the question.
    """
    _require(actor)
    newer = _newer_key(version_id, question_key, from_version_id)
    raised: list[Change] = []
    kept: list[Change] = []
    others = after_id = 0
    while True:
        rows = db.session.execute(
            queries.attempts_that_asked(version_id, question_key, after_id, BATCH)
        ).all()
        if not rows:
            return Effect(tuple(raised), tuple(kept), others)
        for marked in _marked(newer, rows):
            if marked.step > 0:
                raised.append(_change(marked))
            elif marked.step < 0:
                kept.append(_change(marked))
            else:
                others += 1
        after_id = rows[-1][0].id


def correct(
    actor: Actor,
    version_id: int,
    question_key: str,
    from_version_id: int,
    reason: str,
    now: datetime,
) -> Correction:
    """Put a wrong key right: from here on the question is marked by its key in the newer version.

    What is handed in is marked anew by `regrade`, batch by batch, each in a transaction of its
    own after this one. The same correction again is the same row: that goes on after a stop.
    Raises Forbidden; Missing: version-missing, question-unknown; Invalid: reason-missing,
    correction-version, -shape, -empty; Conflict: correction-older.
    """
    _require(actor)
    if actor.person_id is None or not reason.strip():
        raise Invalid("reason-missing")
    # Two corrections at once are two in a row; learners are not kept waiting by this lock.
    db.session.execute(
        select(Version.id).where(Version.id == version_id).with_for_update(key_share=True)
    )
    done = _newest(version_id, question_key)
    if done is not None and done.from_version_id == from_version_id:
        return done
    outline, theirs = _outlines(version_id, from_version_id)
    _newer_key(version_id, question_key, from_version_id)
    correction = Correction(
        version_id=version_id,
        question_key=question_key,
        from_version_id=from_version_id,
        reason=reason.strip(),
        at=now,
        by=actor.person_id,
    )
    db.session.add(correction)
    db.session.flush()
    subject = f"{outline.slug}/{outline.number}/{question_key}"
    detail = f"{theirs.number}: {correction.reason}"
    audit.note(actor, "quizzes:question:correct", subject, now, detail)
    return correction


def regrade(correction_id: int, after_id: int, now: datetime, most: int = BATCH) -> int | None:
    """Mark a batch of attempts anew: the first ones above the number after_id that asked for it.

    The number to go on after; None when that was the last batch. What was marked before is found
    marked. An attempt that is being handed in right now is waited for: it may have read the key
    before it was corrected.
    """
    correction = queries.correction(correction_id)
    version_id, key = correction.version_id, correction.question_key
    newest = _newest(version_id, key)
    if newest is None or newest.id != correction.id:
        return None  # a newer correction of the same question has taken over
    statement = queries.attempts_that_asked(version_id, key, after_id, most)
    rows = db.session.execute(
        statement.with_for_update(of=Attempt).execution_options(populate_existing=True)
    ).all()
    risen = [one for one in _marked(queries.corrected_question(correction), rows) if one.step > 0]
    if risen:
        _raise(risen, correction, now)
    return rows[-1][0].id if len(rows) == most else None


def _raise(risen: Sequence[_Marked], correction: Correction, now: datetime) -> None:
    """Note what has risen, and tell `learning`: who has passed by it goes on by it."""
    outline = courses.outline(correction.version_id)
    numbers = {one.attempt.enrolment_id for one in risen}
    enrolments = learning_queries.enrolments_to_change(numbers)
    for one in risen:
        attempt, after = one.attempt, one.after
        db.session.add(
            Regrade(
                attempt_id=attempt.id,
                correction_id=correction.id,
                score_percent=after.score_percent,
                is_passed=after.is_passed,
                points=points_text(after.points),
                at=now,
            )
        )
        db.session.flush()
        learning.note_corrected_score(
            enrolments[attempt.enrolment_id],
            queries.quiz_of(outline, attempt.unit_key),
            after.score_percent,
            after.is_passed,
            attempt.language,
            now,
        )


def _marked(newer: QuestionFacts, rows: Sequence[Row[Attempt, str]]) -> Iterator[_Marked]:
    """Those of the attempts that are in, marked by the newer key. Two queries, however many.

    newer: the question with that key. rows: attempts that asked it, with the person's name.
    """
    numbers = [attempt.id for attempt, _ in rows]
    regrades = queries.newest_regrades(numbers)
    given = queries.given_to(newer.key, numbers)
    for attempt, name in rows:
        before = queries.result_of(attempt, regrades.get(attempt.id))
        if before is None:
            continue  # it is open, and will be marked by the key that counts then
        questions = {**courses.questions(attempt.version_id), newer.key: newer}
        answer = given.get(attempt.id)
        after = rules.marked_anew(questions, newer.key, answer, before, attempt.pass_percent)
        earned, would = before.points[newer.key], after.points[newer.key]
        # Points without an answer: it was erased with everything that she had written.
        step = 0 if earned and answer is None else (would > earned) - (would < earned)
        yield _Marked(attempt, name, before, after, step)


def _newer_key(version_id: int, question_key: str, from_version_id: int) -> QuestionFacts:
    """The question with the key of the newer version. Raises what forbids taking that one."""
    outline, theirs = _outlines(version_id, from_version_id)
    published = _question(outline, question_key)
    newer = _question(theirs, question_key)
    done = _newest(version_id, question_key)
    if done is not None and done.from_version_id == from_version_id:
        return queries.corrected_question(done)
    if done is not None and done.from_version_id > from_version_id:
        raise Conflict("correction-older", key=question_key, at=done.at)
    places = queries.places_between(version_id, from_version_id, published)
    now = queries.corrected_question(done) if done else published
    fault = rules.fault_in_key(now, newer, places)
    if fault:
        raise Invalid(fault, key=question_key, number=theirs.number)
    return rules.with_key_of(published, newer, places or ())


def _question(outline: Outline, key: str) -> QuestionFacts:
    found = courses.questions(outline.version_id).get(key)
    if found is None:
        raise Missing("question-unknown", key=key, number=outline.number)
    return found


def _newest(version_id: int, question_key: str) -> Correction | None:
    """The correction of this question that counts."""
    found = (c for c in queries.corrections_of(version_id) if c.question_key == question_key)
    return max(found, key=lambda one: one.id, default=None)


def _outlines(version_id: int, from_version_id: int) -> tuple[Outline, Outline]:
    """Both versions, where the second is a newer one of the same course."""
    try:
        outline, theirs = courses.outline(version_id), courses.outline(from_version_id)
    except LookupError:
        raise Missing("page-missing") from None
    if outline.course_id != theirs.course_id or theirs.number <= outline.number:
        raise Invalid("correction-version", number=outline.number)
    return outline, theirs


def _change(marked: _Marked) -> Change:
    attempt = marked.attempt
    return Change(
        attempt_code=attempt.code,
        person_id=attempt.person_id,
        person_name=marked.person_name,
        unit_key=attempt.unit_key,
        before=marked.before,
        after=marked.after,
    )


def _require(actor: Actor) -> None:
    if not may(actor, Action.QUIZZES_QUESTION_CORRECT):
        raise Forbidden("page-forbidden")
