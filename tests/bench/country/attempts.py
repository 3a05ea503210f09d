"""Attempts and their answers, in the order in which the database lets them be written.

Every attempt has all its answers, about eight: they are the largest table of a real site, too, and
without them no attempt would have earned its score.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random

from sqlalchemy import bindparam, update

from elearn.core.db import db
from elearn.quizzes.models import Answer, Attempt, AttemptState
from tests.bench.country.chance import Codes
from tests.bench.country.plan import Run
from tests.bench.country.span import moment
from tests.bench.country.walks import MINUTE, Sitting
from tests.bench.country.writing import Writer

_ATTEMPT = (
    "id", "code", "person_id", "enrolment_id", "version_id", "unit_key", "number", "state", "seed",
    "drawn", "pass_percent", "language", "started_at", "points",
)  # fmt: skip
_ANSWER = ("attempt_id", "question_key", "given", "counter", "writer", "saved_at")
_HAND_IN = (
    update(Attempt)
    .where(Attempt.id == bindparam("attempt"))
    .values(
        state=AttemptState.SUBMITTED,
        submitted_at=bindparam("at"),
        score_percent=bindparam("score"),
        is_passed=bindparam("passed"),
        points=bindparam("earned"),
    )
)


@dataclass(frozen=True, slots=True)
class Sat:
    """One attempt with where and when it was; times are seconds since the epoch."""

    sitting: Sitting
    run: Run
    enrolment_id: int
    version_id: int
    started: float
    submitted: float


def sat(
    sittings: Sequence[Sitting],
    moments: Sequence[float],
    run: Run,
    enrolment_id: int,
    version_id: int,
    chance: Random,
) -> list[Sat]:
    """The attempts of one run. moments: of its steps."""
    found = []
    for one in sittings:
        before = moments[one.after]
        submitted = before if one.is_open else moments[one.after + 1]
        started = max(before, submitted - chance.uniform(4, 25) * MINUTE)
        found.append(Sat(one, run, enrolment_id, version_id, started, submitted))
    return found


def write(found: list[Sat], writer: Writer, codes: Codes) -> None:
    """Insert attempts in the order in which they began, with their answers.

    Answers are refused once their attempt is handed in, and a quiz has one open attempt at most:
    so attempts are written open, answered and handed in, everybody's first ones first.
    """
    found.sort(key=lambda one: one.started)
    waves: dict[int, list[tuple[int, Sat]]] = defaultdict(list)
    for one in found:
        waves[one.sitting.number].append((writer.next_id(Attempt), one))
    for _, wave in sorted(waves.items()):
        writer.add(Attempt, _ATTEMPT, (_row(number, one, codes) for number, one in wave))
        writer.add(Answer, _ANSWER, _answers(wave, codes))
        handed_in = [_result(number, one) for number, one in wave if not one.sitting.is_open]
        if handed_in:
            db.session.connection().execute(_HAND_IN, handed_in)


def _row(number: int, one: Sat, codes: Codes) -> tuple[object, ...]:
    unit, paper, learner = one.sitting.unit, one.sitting.paper, one.run.learner
    return (
        number, codes.code(), learner.person_id, one.enrolment_id, one.version_id, unit.key,
        one.sitting.number, "open", paper.seed, paper.drawn, unit.pass_percent, learner.language,
        moment(one.started), "",
    )  # fmt: skip


def _answers(
    wave: Sequence[tuple[int, Sat]], codes: Codes
) -> Iterator[tuple[int, str, str, int, str, datetime]]:
    """Of an open attempt only the first half is answered."""
    for number, one in wave:
        given, page = one.sitting.paper.answers, codes.code()
        if one.sitting.is_open:
            given = given[: len(given) // 2]
        at = moment((one.started + one.submitted) / 2)
        for count, (key, text) in enumerate(given, 1):
            yield number, key, text, count, page, at


def _result(number: int, one: Sat) -> dict[str, object]:
    paper = one.sitting.paper
    return {
        "attempt": number,
        "at": moment(one.submitted),
        "score": paper.score_percent,
        "passed": paper.is_passed,
        "earned": paper.points,
    }
