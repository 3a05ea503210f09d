"""kill -9 of the server and of single workers while learners save."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from sqlalchemy import Engine

from tests.bench.faults.ledger import Ledger, Wrong, compare_all, compare_last
from tests.bench.faults.place import Place
from tests.bench.faults.served import Served, serving
from tests.bench.faults.students import Student, quiet, studying, written

LEARNERS, COURSES = 8, 12
WRITES_BETWEEN = 100  # acknowledged writes from one kill to the next, on average
BACK_SECONDS = 3.0  # how long a restart may take


@dataclass
class Back:
    """How long it took until the site answered again."""

    seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.seconds:
            return "none"
        ordered = sorted(self.seconds)
        middle, late = ordered[len(ordered) // 2], sum(one > BACK_SECONDS for one in ordered)
        return (
            f"{len(ordered)}, back after {middle:.2f} s, at most {ordered[-1]:.2f} s, {late} late"
        )


def kills(place: Place, log: Path, count: int, chance: Random) -> tuple[str, bool]:
    """Every other one of the whole process group, the others of one worker."""
    engine, wrong, whole, single = place.engine(), Wrong(), Back(), Back()
    with serving(place, log) as served:
        with studying(served.port, LEARNERS, COURSES) as students:
            for number in range(count):
                _wait_for_writes(students, chance)
                one, many = _once(served, students, engine, wrong, number, chance)
                single.seconds += one
                whole.seconds += many
        compare_all(engine, _ledgers(students), wrong)
    verdict = place.verdict()
    line = (
        f"{written(students)} acknowledged writes: {wrong}; kills of the server {whole}; of a worker {single}; "
        f"{verdict}"
    )
    return line, wrong.count == 0 and "whole" in verdict


def _once(
    served: Served, students: Sequence[Student], engine: Engine, wrong: Wrong, number: int,
    chance: Random,
) -> tuple[list[float], list[float]]:  # fmt: skip
    """One kill; then everybody stands still and what they were told is looked up."""
    if number % 2:
        one = [served.kill_worker(chance.choice(served.workers()))]
        with quiet(students):
            compare_last(engine, _ledgers(students), wrong)
        return one, []
    served.kill()
    with quiet(students):
        compare_last(engine, _ledgers(students), wrong)
        return [], [served.start()]


def _wait_for_writes(students: Sequence[Student], chance: Random) -> None:
    until = written(students) + chance.randrange(2 * WRITES_BETWEEN)
    while written(students) < until:
        time.sleep(0.002)
    time.sleep(chance.random() / 100)


def _ledgers(students: Sequence[Student]) -> list[Ledger]:
    return [student.ledger for student in students]
