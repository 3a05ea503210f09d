"""kill -9 of the server and of single workers while learners save."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.bench.faults.ledger import Wrong, compare_all, compare_last
from tests.bench.faults.place import Place
from tests.bench.faults.served import Served, serving
from tests.bench.faults.students import Student, quiet, studying, written

_WRITES_BETWEEN = 105  # acknowledged writes from one kill to the next, on average
_BACK_SECONDS = 3.0  # how long a restart may take


@dataclass
class Back:
    """How long it took until the site answered again, and the processor time of a start.

    Where a machine has other work, too, the latter says more.
    """

    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.seconds:
            return "none"
        ordered = sorted(self.seconds)
        late = sum(one > _BACK_SECONDS for one in ordered)
        told = f"{len(ordered)}, back after {ordered[len(ordered) // 2]:.2f} s (middle), "
        told += f"{ordered[-1]:.2f} s at most, {late} later than {_BACK_SECONDS:.0f} s"
        if self.cpu_seconds:
            told += f", {sum(self.cpu_seconds) / len(self.cpu_seconds):.2f} s of CPU each"
        return told


@dataclass
class Killing:
    """A served site, its learners, and what was found so far."""

    served: Served
    students: Sequence[Student]
    wrong: Wrong = field(default_factory=Wrong)
    of_server: Back = field(default_factory=Back)
    of_worker: Back = field(default_factory=Back)

    def kill_server(self) -> None:
        self.served.kill()
        with quiet(self.students):
            self._compare_last()
            self.of_server.seconds.append(self.served.start())
            self.of_server.cpu_seconds.append(self.served.cpu_seconds())

    def kill_worker(self, worker: int) -> None:
        """Everybody stands still at once: a later answer would hide that one before it is lost."""
        back = self.served.kill_worker(worker)
        with quiet(self.students):
            self._compare_last()
            self.of_worker.seconds.append(back())

    def _compare_last(self) -> None:
        ledgers = [student.ledger for student in self.students]
        compare_last(self.served.place.engine(), ledgers, self.wrong)


def kills(place: Place, log: Path, count: int, chance: Random) -> tuple[str, bool]:
    """Every other one of the whole process group, the others of one worker."""
    with serving(place, log) as served:
        with studying(served) as students:
            killing = Killing(served, students)
            for number in range(count):
                _wait_for_writes(students, chance)
                if number % 2:
                    killing.kill_worker(chance.choice(served.workers()))
                else:
                    killing.kill_server()
        wrong = killing.wrong
        compare_all(place.engine(), [student.ledger for student in students], wrong)
    verdict = place.verdict()
    line = (
        f"{written(students)} acknowledged writes: {wrong}; kills of the server "
        f"{killing.of_server}; of a worker {killing.of_worker}; {verdict}"
    )
    return line, wrong.count == 0 and "whole" in verdict


def _wait_for_writes(students: Sequence[Student], chance: Random) -> None:
    until = written(students) + chance.randrange(2 * _WRITES_BETWEEN)
    while written(students) < until:
        time.sleep(0.002)
    time.sleep(chance.random() / 100)
