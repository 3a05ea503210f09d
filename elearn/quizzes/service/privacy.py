"""A person's rights over what this room keeps of her."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from elearn.core.db import db
from elearn.core.i18n import page_language
from elearn.courses import queries as courses
from elearn.courses.models import Course
from elearn.learning.models import Enrolment
from elearn.quizzes import queries, rules
from elearn.quizzes.formats.papers import drawn_from
from elearn.quizzes.models import (
    Allowance,
    Answer,
    Attempt,
    AttemptState,
    Correction,
    Regrade,
)
from elearn.quizzes.queries import Kept
from elearn.quizzes.rules import Given


def personal_data(person_id: int) -> dict[str, object]:
    """Everything that this room keeps about a person, for the person."""
    return {"attempts": _attempts(person_id), "more_attempts_granted": _allowances(person_id)}


def _attempts(person_id: int) -> list[dict[str, object]]:
    """Three queries, however many attempts."""
    attempts = db.session.execute(
        select(Attempt, Course.slug)
        .join(Enrolment, Enrolment.id == Attempt.enrolment_id)
        .join(Course, Course.id == Enrolment.course_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Attempt.id)
    ).all()
    regrades = queries.regrades_of_person(person_id)
    saved = queries.answers_of_person(person_id)
    return [
        {
            "code": attempt.code,
            "course": courses.outline(attempt.version_id).title_in(page_language()),
            "slug": slug,
            "unit": _unit_title(attempt),
            "unit_key": attempt.unit_key,
            "number": attempt.number,
            "started_at": attempt.started_at,
            "submitted_at": attempt.submitted_at,
            "score_percent": attempt.score_percent,
            "is_passed": attempt.is_passed,
            "raised": [_raised(*each) for each in regrades.get(attempt.id, ())],
            "answers": _answers(attempt, saved.get(attempt.id, {})),
        }
        for attempt, slug in attempts
    ]


def _raised(regrade: Regrade, correction: Correction) -> dict[str, object]:
    return {
        "at": regrade.at,
        "score_percent": regrade.score_percent,
        "is_passed": regrade.is_passed,
        "question": correction.question_key,
        "reason": correction.reason,
    }


def _allowances(person_id: int) -> list[dict[str, object]]:
    granted = db.session.scalars(
        select(Allowance)
        .join(Enrolment, Enrolment.id == Allowance.enrolment_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Allowance.id)
    )
    return [
        {"unit": one.unit_key, "reason": one.reason, "granted_at": one.granted_at}
        for one in granted
    ]


def _unit_title(attempt: Attempt) -> str:
    """In the reader's language; the key of a unit that the version has not."""
    outline = courses.outline(attempt.version_id)
    unit = outline.unit(attempt.unit_key)
    return courses.unit_title(outline, unit, page_language()) if unit else attempt.unit_key


def _answers(attempt: Attempt, saved: Mapping[str, Kept]) -> list[dict[str, object]]:
    """What was answered. Before the hand-in nothing that may tell what is right.

    File positions do, and so may the key that an author has made up: the number as shown does not.
    """
    if attempt.state == AttemptState.SUBMITTED:
        return [_told(key, rules.encode(one.given), one) for key, one in saved.items()]
    numbers = {one.key: number for number, one in enumerate(drawn_from(attempt.drawn), start=1)}
    return [_told(numbers[key], _typed(one.given), one) for key, one in saved.items()]


def _told(question: str | int, given: str | None, kept: Kept) -> dict[str, object]:
    return {"question": question, "given": given, "saved_at": kept.saved_at}


def _typed(given: Given) -> str | None:
    """None for what is kept by file positions."""
    return None if isinstance(given, tuple) or type(given) is int else rules.encode(given)


def forget(person_id: int, now: datetime) -> None:  # noqa: ARG001  (the same in every room)
    """Delete what the person answered and why she got more attempts; scores stay as numbers."""
    own_enrolments = select(Enrolment.id).where(Enrolment.person_id == person_id)
    own_attempts = select(Attempt.id).where(Attempt.enrolment_id.in_(own_enrolments))
    db.session.execute(delete(Answer).where(Answer.attempt_id.in_(own_attempts)))
    db.session.execute(delete(Allowance).where(Allowance.enrolment_id.in_(own_enrolments)))
