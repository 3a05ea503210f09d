"""What holds a site up for a while: a worker that stands still, a lock that another process holds,
a PostgreSQL that is restarted. Learners wait or are told so; what they were told is saved stays.
"""

import os
import signal
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from sqlalchemy import text

from tests.bench.faults.ledger import Wrong, compare_all
from tests.bench.faults.place import Place
from tests.bench.faults.served import Served, serving
from tests.bench.faults.students import Student, studying, written

_WARM_SECONDS = 1.0
_ADVICE = b"This was not saved yet"

Trouble = Callable[[Served, Sequence[Student]], Iterator[str]]


def held_up(place: Place, log: Path, trouble: Trouble) -> tuple[str, bool]:
    """Learners at work while the trouble happens, and afterwards; what became of their work."""
    wrong = Wrong()
    with serving(place, log) as served:
        with studying(served) as students:
            time.sleep(_WARM_SECONDS)
            told = list(trouble(served, students))
            back = _until_all_save(students)
        compare_all(place.engine(), [student.ledger for student in students], wrong)
    verdict = place.verdict()
    browsers = [student.browser for student in students]
    refused = sum((browser.refused for browser in browsers), start=Counter[int]())
    slowest = max(browser.slowest_seconds for browser in browsers)
    is_advised = all(_ADVICE in browser.busy_page for browser in browsers if browser.refused[503])
    line = (
        f"{'; '.join(told)}; {written(students)} acknowledged writes: {wrong}; refused "
        f"{dict(refused) or 'none'}{'' if is_advised else ' WITHOUT ADVICE'}; slowest answer "
        f"{slowest:.1f} s; all save again after {back:.1f} s; {verdict}"
    )
    is_good = wrong.count == 0 and is_advised and "whole" in verdict and not set(refused) - {0, 503}
    return line, is_good


def stopped_workers(place: Place, log: Path, chance: Random) -> tuple[str, bool]:
    """SIGSTOP of a worker for some seconds, and of one that never goes on by itself."""

    def trouble(served: Served, _: Sequence[Student]) -> Iterator[str]:
        for _number in range(5):
            worker = chance.choice(served.workers())
            os.kill(worker, signal.SIGSTOP)
            time.sleep(3)
            os.kill(worker, signal.SIGCONT)
            time.sleep(1)
        yield "5 workers stood still for 3 s"
        worker, began = chance.choice(served.workers()), time.monotonic()
        os.kill(worker, signal.SIGSTOP)
        while worker in served.workers():
            time.sleep(0.1)
        yield f"one for good, replaced after {time.monotonic() - began:.0f} s"

    return held_up(place, log, trouble)


def locked(place: Place, log: Path, seconds: float) -> tuple[str, bool]:
    """Another process holds what every answer needs."""

    def trouble(served: Served, students: Sequence[Student]) -> Iterator[str]:
        before = written(students)
        with _lock_of(place):
            began, pages = time.monotonic(), 0
            while time.monotonic() - began < seconds:
                pages += served.status("/login") == 200
                time.sleep(0.5)
            after = written(students)
        yield f"locked for {seconds:.0f} s, {after - before} writes and {pages} pages meanwhile"

    return held_up(place, log, trouble)


@contextmanager
def _lock_of(place: Place) -> Iterator[None]:
    if place.url:
        with place.engine().begin() as connection:
            connection.execute(text("LOCK TABLE quizzes_answer IN ACCESS EXCLUSIVE MODE"))
            yield
        return
    connection = sqlite3.connect(place.data / "elearn.sqlite", isolation_level=None, timeout=30)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def restarted(place: Place, log: Path, restart: Callable[[str], None]) -> tuple[str, bool]:
    """PostgreSQL goes away and comes back, in order and as in a crash."""

    def trouble(_: Served, __: Sequence[Student]) -> Iterator[str]:
        for mode in ("fast", "immediate", "fast", "immediate"):
            began = time.monotonic()
            restart(mode)
            yield f"{mode} restart {time.monotonic() - began:.1f} s"
            time.sleep(2)

    return held_up(place, log, trouble)


def _until_all_save(students: Sequence[Student]) -> float:
    """Seconds until every learner has had something saved again."""
    began, before = time.monotonic(), [student.ledger.writes for student in students]
    while any(s.ledger.writes == b for s, b in zip(students, before, strict=True)):
        if time.monotonic() - began > 60:
            raise RuntimeError("not everybody can save again")
        time.sleep(0.02)
    return time.monotonic() - began
