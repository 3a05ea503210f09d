"""Many attempts with known answers, written at once, so that what is said of them is known."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import insert

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.learning import service as learning
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import drawn_text, points_text
from elearn.quizzes.models import Answer, Attempt, AttemptState
from elearn.quizzes.rules import Drawn, Given

Paper = Mapping[str, Given]  # question key -> answer; None: it was asked and left empty


def hand_in(version_id: int, unit_key: str, person_id: int, papers: Sequence[Paper]) -> None:
    """One submitted attempt of one person for each paper, in their order."""
    facts, outline, now = courses.questions(version_id), courses.outline(version_id), clock.now()
    unit = outline.unit(unit_key)
    assert unit is not None
    with saving():
        enrolment = learning.enrol(Actor(person_id), outline.slug, "id", now)
        for number, given in enumerate(papers, start=1):
            attempt = Attempt(
                person_id=person_id,
                enrolment_id=enrolment.id,
                version_id=version_id,
                unit_key=unit_key,
                number=number,
                state=AttemptState.OPEN,
                seed="-",
                drawn=drawn_text(Drawn(key) for key in given),
                pass_percent=unit.pass_percent,
                language="id",
                started_at=now - timedelta(minutes=9),
            )
            db.session.add(attempt)
            db.session.flush()
            answers = [_answer(attempt.id, key, one) for key, one in given.items()]
            db.session.execute(insert(Answer), [one for one in answers if one["given"] != "null"])
            grade = rules.grade([facts[key] for key in given], given)
            attempt.state, attempt.submitted_at = AttemptState.SUBMITTED, now
            attempt.score_percent = grade.score_percent
            attempt.is_passed = rules.is_passed(grade.score_percent, unit.pass_percent)
            attempt.points = points_text(grade.points)
            db.session.flush()


def _answer(attempt_id: int, key: str, given: Given) -> dict[str, object]:
    return {
        "attempt_id": attempt_id,
        "question_key": key,
        "given": rules.encode(given),
        "counter": 1,
        "writer": "aaaaaaaaaaaa",
        "saved_at": clock.now(),
    }
