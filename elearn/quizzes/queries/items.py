"""Answers as item analysis reads them."""

from collections import defaultdict

from sqlalchemy import select

from elearn.core.db import db
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import drawn_from
from elearn.quizzes.models import Answer, Attempt, AttemptState
from elearn.quizzes.queries.corrections import corrected_questions, corrections_of
from elearn.quizzes.rules import Given, Try

MOST = 2000  # attempts: more say nothing new about a question, and all are in memory at once


def responses(version_id: int, most: int = MOST) -> dict[str, list[Try]]:
    """The newest submitted attempts of a version, by question, in file order of the questions.

    Marked by the keys that count now. Of people who were forgotten nothing is left to read. Three
    queries, however many questions, once the versions are in the process's memory.
    """
    newest = (
        select(Attempt.id, Attempt.drawn, Attempt.score_percent)
        .where(Attempt.version_id == version_id, Attempt.state == AttemptState.SUBMITTED)
        .order_by(Attempt.id.desc())
        .limit(most)
    )
    attempts = db.session.execute(newest).all()
    chosen = newest.subquery()
    given: dict[int, dict[str, Given]] = defaultdict(dict)
    answers = select(Answer.attempt_id, Answer.question_key, Answer.given).join(
        chosen, chosen.c.id == Answer.attempt_id
    )
    for attempt_id, key, text in db.session.execute(answers):
        given[attempt_id][key] = rules.decode(text)
    questions = corrected_questions(version_id, corrections_of(version_id))
    tries: dict[str, list[Try]] = {key: [] for key in questions}
    for attempt_id, drawn, score_percent in attempts:
        if score_percent and attempt_id not in given:
            continue  # her answers are erased, and were not none
        keys = (one.key for one in drawn_from(drawn))
        for key, one in rules.tries_of(questions, given.get(attempt_id, {}), keys).items():
            tries[key].append(one)
    return tries
