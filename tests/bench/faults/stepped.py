"""The server's clock goes wrong by an hour, forward and back, and is right again.

The time that the product reads is shifted from outside: by a `sitecustomize` on PYTHONPATH, which
Python runs before anything else. The product has no switch for it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from elearn.accounts.queries.actors import actor_named
from elearn.records import rules
from tests.bench.faults.browser import Browser, signed_in
from tests.bench.faults.issues import LAST, all_but_the_last
from tests.bench.faults.place import Place, join, publish, slug, username
from tests.bench.faults.served import Served
from tests.bench.faults.students import typed_places
from tests.bench.server import ROOT

HOUR = 3600
WAIT_MINUTES = 15  # between two attempts, as the page says
_CLOSED_SECONDS = 15 * 60  # an account after so many wrong passwords, as the page says
_TRIES = 5
_LONGEST_SECONDS = 60 * 24 * HOUR  # longer than any session may live
_COURSE = "menunggu"
_QUIZ = f"/quizzes/{_COURSE}/satu-quiz"
_RIGHT_SECONDS = 60  # a record's date may be off by so much
_SHIFTED = """
import os, time
from datetime import UTC, datetime

right = time.time

def shifted():
    with open(os.environ["SHIFTED_BY"]) as file:
        return right() + float(file.read() or 0)

time.time = shifted
from elearn.core import clock
clock.now = lambda: datetime.fromtimestamp(shifted(), UTC)
"""


class _Clock:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.step(0)

    def step(self, seconds: int) -> None:
        """Off by so much from now on. A reader sees the old or the new, and never half of it."""
        fresh = self.file.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self.file)


def stepped_clock(place: Place, log: Path) -> tuple[str, bool]:
    with place.app():
        publish(_COURSE, wait_minutes=WAIT_MINUTES)
        for number in range(place.learners):
            join(actor_named(username(number)), _COURSE)
            all_but_the_last(username(number))
    folder = place.data.parent / "shift"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(_SHIFTED)
    clock = _Clock(folder / "shifted-by")
    served = Served(place, log)
    served.more = {"PYTHONPATH": f"{folder}:{ROOT}", "SHIFTED_BY": str(clock.file)}
    try:
        served.start()
        said = [*_off(served, clock, HOUR, 0), *_off(served, clock, -HOUR, 3)]
        said += _after(served, clock, place)
    finally:
        served.stop()
    verdict = place.verdict()
    wrong = [name for name, is_so in said if not is_so]
    line = f"{len(said)} things looked at, not so: {'; '.join(wrong) or 'none'}; {verdict}"
    return line, not wrong and "whole" in verdict


def _off(served: Served, clock: _Clock, seconds: int, first: int) -> Iterator[tuple[str, bool]]:
    """Three learners, from the number `first` on, while the clock is wrong and after that."""
    off = f"an hour {'fast' if seconds > 0 else 'slow'}"
    learner = signed_in(username(first), served.port)
    guesser = Browser(username(first + 1), served.port)
    address = learner.send("POST", _QUIZ, {})[1]
    yield f"{off}: an answer before it is saved", _answer(learner, address, 1)
    clock.step(seconds)
    yield f"{off}: who signed in before goes on or signs in again", _goes_on(learner)
    yield f"{off}: an answer is saved", _answer(learner, address, 2)
    yield f"{off}: an attempt is handed in", learner.send("POST", f"{address}/submit", {})[0] == 303
    guesses = [guesser.sign_in("salah sekali") for _ in range(_TRIES + 1)]
    yield f"{off}: too many wrong passwords close an account", guesses[-1] == 429
    newcomer = signed_in(username(first + 2), served.port)
    yield f"{off}: a record is issued", _completes(newcomer)
    clock.step(0)
    yield f"{off}, then right: who signed in before goes on", _goes_on(learner)
    yield f"{off}, then right: who signed in meanwhile goes on", _goes_on(newcomer)
    clock.step(_CLOSED_SECONDS + 60)
    yield f"{off}, then right: an account opens again when it was said", guesser.sign_in() == 303
    yield (
        f"{off}, then right: the next attempt begins when it was said",
        _goes_on(learner) and learner.send("POST", _QUIZ, {})[0] == 303,
    )
    clock.step(0)


def _after(served: Served, clock: _Clock, place: Place) -> Iterator[tuple[str, bool]]:
    last = signed_in(username(1), served.port)
    yield "a record after it is issued", _completes(last)
    query = text("SELECT payload FROM records_record ORDER BY id DESC LIMIT 1")
    with place.engine().connect() as connection:
        stated = rules.read(connection.execute(query).scalar_one())
    off = abs((datetime.now(UTC) - stated.issued_at).total_seconds())
    yield "a record after it is dated right", off < _RIGHT_SECONDS
    clock.step(_LONGEST_SECONDS)
    yield "no session lives for ever", last.send("GET", "/records/")[0] != 200
    clock.step(0)


def _goes_on(browser: Browser) -> bool:
    """The session holds, or signing in again works."""
    return browser.send("GET", "/records/")[0] == 200 or browser.sign_in() == 303


def _answer(browser: Browser, address: str, change: int) -> bool:
    browser.send("GET", address)
    number = typed_places(browser.body)[0]
    form = {"writer": "jamberubah0", "counter": str(change), f"q{number}": str(change)}
    if change > 1:
        form[f"seen-{number}"] = f"jamberubah0.{change - 1}"
    return browser.send("POST", f"{address}/answers/{number}", form)[0] == 200


def _completes(browser: Browser) -> bool:
    """The last requirement leads to the record."""
    status, location = browser.send("POST", f"/courses/{slug(0)}/{LAST}", {})
    return status == 303 and "/records/" in location
