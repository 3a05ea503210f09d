"""Learners who save without a pause, each with a ledger of what she was told is saved."""

import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from tests.bench.faults.browser import signed_in
from tests.bench.faults.ledger import Ledger, Sheet
from tests.bench.faults.place import slug, username
from tests.bench.faults.served import Served

UNITS = ("mulai", "folder", "internet", "lanjut", "satu-activity", "dua-activity", "task")
_QUIZZES = ("satu-quiz", "dua-quiz")
_WRITER = "kesalahan0"
_CHANGES = 24  # answers in an attempt before it is handed in
_DONE_EVERY = 8  # answers between two lessons that are marked as done
_PAUSE_SECONDS = 0.02  # after a refusal: the script of the page waits longer
_TYPED = re.compile(rb'<input[^>]*\bname="q(\d+)"[^>]*>')
_TICKED = re.compile(rb'<input type="(?:radio|checkbox)" name="q(\d+)"')


class Student(threading.Thread):
    """A learner who begins quizzes, answers, hands in, and marks lessons as done.

    turn: held while a request is under way. What was not acknowledged is sent again, unchanged.
    """

    def __init__(self, number: int, port: int, course_count: int) -> None:
        super().__init__(daemon=True)
        self.browser = signed_in(username(number), port)
        self.ledger = Ledger(self.browser.who)
        self.turn, self.stopped = threading.Lock(), threading.Event()
        self._courses = [slug(n) for n in range(course_count)]
        self._units = iter([(name, unit) for unit in UNITS for name in self._courses])

    def run(self) -> None:
        while not self.stopped.is_set():
            for quiz in _QUIZZES:
                for name in self._courses:
                    self._sit(f"/quizzes/{name}/{quiz}")

    def _sit(self, quiz: str) -> None:
        attempt = self._until(303, "POST", quiz).partition("/attempts/")[2]
        self._until(200, "GET", f"/attempts/{attempt}")
        sheets = [Sheet(attempt, place) for place in typed_places(self.browser.body)]
        self.ledger.sheets += sheets
        for change in range(1, _CHANGES + 1):
            if self.stopped.is_set():
                return
            self._answer(sheets[change % len(sheets)], change)
            if change % _DONE_EVERY == 0:
                self._mark_next_unit()
        if self._until(303, "POST", f"/attempts/{attempt}/submit"):
            self.ledger.handed_in.append(attempt)

    def _answer(self, sheet: Sheet, change: int) -> None:
        value = sheet.sent[change] = str(change * 1000 + sheet.number)
        form = {"writer": _WRITER, "counter": str(change), f"q{sheet.number}": value}
        if self._until(200, "POST", f"/attempts/{sheet.attempt}/answers/{sheet.number}", form):
            sheet.acknowledged = change
            self.ledger.answers += 1

    def _mark_next_unit(self) -> None:
        unit = next(self._units, None)
        if unit and self._until(303, "POST", f"/courses/{unit[0]}/{unit[1]}"):
            self.ledger.done.append(unit)

    def _until(
        self, wanted: int, method: str, path: str, form: dict[str, str] | None = None
    ) -> str:
        """Send it until it is acknowledged; where that leads, or the path. '' when stopped."""
        while not self.stopped.is_set():
            with self.turn:
                sent = form if method == "GET" else form or {}
                status, location = self.browser.send(method, path, sent)
            if status == wanted:
                return location or path
            time.sleep(_PAUSE_SECONDS)
        return ""


def typed_places(page: bytes) -> list[int]:
    """Places of the questions that take any number as an answer, since it is typed."""
    return sorted(map(int, set(_TYPED.findall(page)) - set(_TICKED.findall(page))))


@contextmanager
def studying(served: Served) -> Iterator[list[Student]]:
    """All learners of a site at work; they stop at the end."""
    place = served.place
    students = [Student(number, served.port, place.courses) for number in range(place.learners)]
    for student in students:
        student.start()
    try:
        yield students
    finally:
        for student in students:
            student.stopped.set()
        for student in students:
            student.join()
            student.browser.close()


@contextmanager
def quiet(students: Sequence[Student]) -> Iterator[None]:
    """Nobody sends anything inside; what was under way has ended, one way or the other."""
    with ExitStack() as stack:
        for student in students:
            stack.enter_context(student.turn)
        yield


def written(students: Sequence[Student]) -> int:
    """How many writes were acknowledged to all of them."""
    return sum(student.ledger.writes for student in students)
