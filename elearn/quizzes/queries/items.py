"""Answers as item analysis reads them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Select, exists, func, or_, select

from elearn.core.db import db
from elearn.courses.queries.kept import kept
from elearn.learning.models import Enrolment
from elearn.quizzes import rules
from elearn.quizzes.formats.papers import drawn_from
from elearn.quizzes.models import Answer, Attempt, AttemptState, Correction
from elearn.quizzes.queries.corrections import corrected_questions, corrections_of
from elearn.quizzes.rules import Given, Item, Try

MOST = 2000  # attempts: more say nothing new about a question, and all are in memory at once


@dataclass(frozen=True, slots=True)
class Sample:
    """The attempts that `responses` counts, and when the first and the last were handed in.

    sum_of_ids: with the times, no two samples are taken for the same.
    """

    attempts: int
    first_at: datetime | None
    last_at: datetime | None
    sum_of_ids: int


@dataclass(frozen=True, slots=True)
class Analysis:
    """items: by question, in file order. corrections: of the version's keys, the oldest first."""

    sample: Sample
    corrections: tuple[Correction, ...]
    items: Mapping[str, Item]


def analysis(version_id: int) -> Analysis:
    """What the newest attempts say about every question, by the keys that count now.

    Adding it up takes half a second for MOST attempts of ten questions, so it is kept until
    somebody hands in, is forgotten, or a key is corrected. Two queries then, else five.
    """
    found, corrections = sample(version_id), tuple(corrections_of(version_id))
    key = ("items", version_id, found, tuple(one.id for one in corrections))
    return Analysis(found, corrections, kept(key, lambda: _items(version_id, corrections)) or {})


def _items(version_id: int, corrections: Iterable[Correction]) -> Mapping[str, Item]:
    questions = corrected_questions(version_id, corrections)
    tries = responses(version_id)
    return MappingProxyType({key: rules.item_of(questions[key], tries[key]) for key in tries})


def sample(version_id: int, most: int = MOST) -> Sample:
    """Which attempts `responses` counts. One query."""
    newest = _newest(version_id, most).subquery()
    times = newest.c.submitted_at
    row = db.session.execute(
        select(func.count(), func.min(times), func.max(times), func.sum(newest.c.id))
    ).one()
    return Sample(row[0], row[1], row[2], int(row[3] or 0))


def responses(version_id: int, most: int = MOST) -> dict[str, list[Try]]:
    """The newest submitted attempts of a version, by question, in file order of the questions.

    Marked by the keys that count now. Of people who were forgotten nothing is left to read. Three
    queries, however many questions, once the versions are in the process's memory.
    """
    newest = _newest(version_id, most)
    of_whom = newest.join(Enrolment, Enrolment.id == Attempt.enrolment_id)
    attempts = db.session.execute(of_whom.add_columns(Enrolment.person_id)).all()
    chosen = newest.subquery()
    given: dict[int, dict[str, Given]] = defaultdict(dict)
    answers = select(Answer.attempt_id, Answer.question_key, Answer.given).join(
        chosen, chosen.c.id == Answer.attempt_id
    )
    for attempt_id, key, text in db.session.execute(answers):
        given[attempt_id][key] = rules.decode(text)
    questions = corrected_questions(version_id, corrections_of(version_id))
    tries: dict[str, list[Try]] = {key: [] for key in questions}
    for attempt_id, drawn, _at, person in attempts:
        keys = (one.key for one in drawn_from(drawn))
        for key, one in rules.tries_of(questions, given[attempt_id], keys, person).items():
            tries[key].append(one)
    return tries


def _newest(version_id: int, most: int) -> Select[int, str, datetime | None]:
    """Submitted attempts, the newest ones. Points without an answer: those answers are erased."""
    is_answered = exists().where(Answer.attempt_id == Attempt.id).correlate(Attempt)
    return (
        select(Attempt.id, Attempt.drawn, Attempt.submitted_at)
        .where(
            Attempt.version_id == version_id,
            Attempt.state == AttemptState.SUBMITTED,
            or_(Attempt.score_percent == 0, is_answered),
        )
        .order_by(Attempt.id.desc())
        .limit(most)
    )
