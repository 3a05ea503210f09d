"""A sample learner's way through a course, by the real services, at moments of the past."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from elearn.core.db import saving
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses.rules import OutlineUnit, QuestionFacts
from elearn.demo.cast import Stop
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.learning.models import Enrolment
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service as quiz
from elearn.quizzes.rules import Given, Mark, TypedNumber

_TESTED = ("quiz", "pre-test", "post-test")


def go_through(
    actor: Actor, slug: str, language: str, reach: float, from_at: datetime, now: datetime,
    chance: Random, stop: Stop | None = None,
) -> None:  # fmt: skip
    """Enrol and do the first part (reach, 0 to 1) of what the course requires, spread over time.

    Whoever reaches 1 completes the course and holds a record at the end. What takes weeks in life
    is one transaction here. stop: what it ends with.
    """
    with saving():
        enrolment = study.enrol(actor, slug, language, from_at)
        if stop is not Stop.NEVER_BEGUN:
            _study(enrolment, language, reach, from_at, now, chance)
        if stop is Stop.FAILS:
            _fail_twice(enrolment, language, now - timedelta(days=2), chance)


def _fail_twice(enrolment: Enrolment, language: str, from_at: datetime, chance: Random) -> None:
    """Two attempts at the next quiz in which most answers are wrong."""
    standing = learning.standing(enrolment)
    quizzes_left = (u for u in standing.outline.required if u.kind == "quiz")
    unit = next(unit for unit in quizzes_left if not standing.units[unit.key].done)
    for hours in (0, 1):
        _sit(enrolment, unit, language, 0.4, from_at + timedelta(hours=hours), chance)


def _study(
    enrolment: Enrolment, language: str, reach: float, from_at: datetime, now: datetime,
    chance: Random,
) -> None:  # fmt: skip
    todo = list(_first_part(courses.outline(enrolment.version_id).units, reach))
    moments = _moments(from_at, now, len(todo), chance)
    for unit, moment in zip(todo, moments, strict=True):
        if unit.kind in _TESTED:
            share = 0.45 if unit.kind == "pre-test" else 0.75 + chance.random() * 0.25
            _sit(enrolment, unit, language, share, moment, chance)
            state = learning.standing(enrolment).units.get(unit.key)
            if unit.is_required and not (state and state.done):
                _sit(enrolment, unit, language, 1.0, moment + timedelta(hours=1), chance)
        else:
            study.open_unit(enrolment, unit.key, language, moment)
            study.finish_unit(enrolment, unit.key, language, moment + timedelta(minutes=9))


def _first_part(units: tuple[OutlineUnit, ...], reach: float) -> Iterator[OutlineUnit]:
    left = round(reach * sum(unit.is_required for unit in units))
    for unit in units:
        if unit.kind == "task" or (left <= 0 and unit.kind != "pre-test"):
            continue
        yield unit
        left -= unit.is_required


def _moments(from_at: datetime, now: datetime, count: int, chance: Random) -> list[datetime]:
    """Moments in order, from the enrolment to some hours ago at the latest."""
    latest = now - timedelta(hours=5)
    span = (latest - from_at) * 0.8
    shares = sorted(chance.random() for _ in range(count))
    return [from_at + span * share + timedelta(minutes=5 * i) for i, share in enumerate(shares)]


def _sit(
    enrolment: Enrolment, unit: OutlineUnit, language: str, share: float, moment: datetime,
    chance: Random,
) -> None:  # fmt: skip
    """One attempt in which about this share of the answers is right."""
    attempt = quiz.begin(enrolment, unit.key, language, moment)
    edits = [
        quiz.Edit(
            asked,
            right_answer(asked.facts) if chance.random() < share else wrong_answer(asked.facts),
            Mark("demo", 1),
            frozenset(),
        )
        for asked in quizzes.paper_of(attempt).asked
    ]
    quiz.save(attempt, edits, moment + timedelta(minutes=7))
    quiz.submit(attempt, enrolment, language, moment + timedelta(minutes=8))


def right_answer(facts: QuestionFacts) -> Given:
    """An answer that earns all points."""
    answers: dict[str, Given] = {
        "single": facts.rights.index(True) if True in facts.rights else None,
        "several": tuple(place for place, right in enumerate(facts.rights) if right),
        "true-false": facts.answer if isinstance(facts.answer, bool) else None,
        "ordering": tuple(range(1, facts.item_count + 1)),
        "matching": tuple(range(facts.pair_count)),
        "text": facts.accepted[0] if facts.accepted else None,
        "number": TypedNumber(str(facts.answer), facts.answer)
        if facts.answer is not None and not isinstance(facts.answer, bool)
        else None,
    }
    return answers[facts.kind]


def wrong_answer(facts: QuestionFacts) -> Given:
    """An answer that fits the question and earns nothing, or not everything."""
    answers: dict[str, Given] = {
        "single": facts.rights.index(False) if False in facts.rights else None,
        "several": tuple(place for place, right in enumerate(facts.rights) if not right),
        "true-false": facts.answer is False,
        "ordering": (2, 1, *range(3, facts.item_count + 1)),
        "matching": tuple(reversed(range(facts.pair_count))),
        "text": "belum tahu",
        "number": None,
    }
    return answers[facts.kind]
