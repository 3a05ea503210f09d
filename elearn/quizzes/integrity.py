"""What can be wrong with attempts that were handed in, for `elearn db check`."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from elearn.accounts.models import Person
from elearn.accounts.service.privacy import ERASED_NAME
from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.learning.models import Enrolment, Event
from elearn.quizzes import queries, rules
from elearn.quizzes.formats.papers import points_from
from elearn.quizzes.models import Answer, Attempt, AttemptState
from elearn.quizzes.rules import Given

_RESTORE = "restore its answers and its score from a backup"
_Scores = Counter[tuple[int, str, int | None, bool | None]]


@dataclass(frozen=True, slots=True)
class _Batch:
    """The attempts of some runs, and what else says how they went. given: by attempt."""

    attempts: list[Attempt]
    given: Mapping[int, Mapping[str, Given]]
    scored: _Scores  # how often learning was told of this score
    erased: frozenset[int]  # attempts of people who asked to be forgotten, answers and all


def _attempts() -> Iterator[Findings]:
    for enrolment_ids in batches(Enrolment.id):
        batch = _read(enrolment_ids)
        for attempt in batch.attempts:
            yield [
                Finding(f"attempt {attempt.code}: {fault}", _RESTORE)
                for fault in _faults(attempt, batch)
            ]


def _read(enrolment_ids: list[int]) -> _Batch:
    """Three statements, however many attempts."""
    rows = db.session.execute(
        select(Attempt, Person.full_name == ERASED_NAME)
        .join(Person, Person.id == Attempt.person_id)
        .where(Attempt.enrolment_id.in_(enrolment_ids), Attempt.state == AttemptState.SUBMITTED)
        .order_by(Attempt.id)
    ).all()
    given: dict[int, dict[str, Given]] = defaultdict(dict)
    answers = (
        select(Answer.attempt_id, Answer.question_key, Answer.given)
        .join(Attempt, Attempt.id == Answer.attempt_id)
        .where(Attempt.enrolment_id.in_(enrolment_ids), Attempt.state == AttemptState.SUBMITTED)
    )
    for attempt_id, key, text in db.session.execute(answers):
        given[attempt_id][key] = rules.decode(text)
    events = select(Event.enrolment_id, Event.unit_key, Event.score_percent, Event.is_passed).where(
        Event.enrolment_id.in_(enrolment_ids), Event.kind == "scored"
    )
    return _Batch(
        attempts=[attempt for attempt, _ in rows],
        given=given,
        scored=Counter(tuple(row) for row in db.session.execute(events)),
        erased=frozenset(attempt.id for attempt, is_erased in rows if is_erased),
    )


def _faults(attempt: Attempt, batch: _Batch) -> Iterator[str]:
    given = batch.given.get(attempt.id, {})
    if given or attempt.id not in batch.erased:
        facts = (asked.facts for asked in queries.paper_of(attempt).asked)
        grade = rules.grade(facts, given)
        if (grade.score_percent, dict(grade.points)) != (
            attempt.score_percent,
            points_from(attempt.points),
        ):
            yield (
                f"it was given {attempt.score_percent} %, its answers earn {grade.score_percent} %"
            )
    if attempt.is_passed != rules.is_passed(attempt.score_percent or 0, attempt.pass_percent):
        yield "whether it was passed does not follow from its score"
    told = (attempt.enrolment_id, attempt.unit_key, attempt.score_percent, attempt.is_passed)
    if not batch.scored[told]:
        yield "no event in the learner's course says that it was handed in with this score"
    batch.scored[told] -= 1


PARTS = (Part("attempts handed in", lambda: count(Attempt.submitted_at), _attempts),)
