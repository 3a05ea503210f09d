"""Learners who save without a pause, and a ledger of what each was told is saved.

One answer at a time per learner, so that after any fault the database must hold either the last
answer that was acknowledged or the one that was under way, and that one whole.
"""

import http.client
import json
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from sqlalchemy import Engine, bindparam, text

from tests import people
from tests.bench.faults.place import slug, username

WRITER = "kesalahan0"
CHANGES = 24  # answers in an attempt before it is handed in
UNITS = ("mulai", "folder", "internet", "lanjut", "satu-activity", "dua-activity", "task")
_QUIZZES = ("satu-quiz", "dua-quiz")
_DONE_EVERY = 8  # answers between two lessons that are marked as done
_PAUSE_SECONDS = 0.02  # after a refusal, as the script in the page waits, but shorter
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


@dataclass
class Sheet:
    """One question of one attempt: what was sent by counter, and what of it was acknowledged."""

    attempt: str
    number: int
    sent: dict[int, str] = field(default_factory=dict)
    acknowledged: int = 0


@dataclass
class Ledger:
    """What a learner was told. refused: statuses that were not a success, 0 for no answer."""

    sheets: list[Sheet] = field(default_factory=list)
    handed_in: list[str] = field(default_factory=list)
    done: list[tuple[str, str]] = field(default_factory=list)
    answers: int = 0
    refused: Counter[int] = field(default_factory=Counter)
    slowest_seconds: float = 0.0

    @property
    def writes(self) -> int:
        return self.answers + len(self.handed_in) + len(self.done)


class Student(threading.Thread):
    """A learner who begins quizzes, answers, hands in, and marks lessons as done."""

    def __init__(self, number: int, port: int, courses: int) -> None:
        super().__init__(daemon=True)
        self.who, self.port = username(number), port
        self.ledger, self.turn, self.stopped = Ledger(), threading.Lock(), threading.Event()
        self._courses = [slug(n) for n in range(courses)]
        self._http: http.client.HTTPConnection | None = None
        self.last_body = b""
        self._cookie, self._token = self._signed_in()

    def run(self) -> None:
        units = iter([(name, unit) for unit in UNITS for name in self._courses])
        round_number = 0
        while not self.stopped.is_set():
            name = self._courses[round_number % len(self._courses)]
            quiz = _QUIZZES[round_number // len(self._courses) % len(_QUIZZES)]
            self._sit(name, quiz, units)
            round_number += 1

    def _sit(self, name: str, quiz: str, units: Iterator[tuple[str, str]]) -> None:
        attempt = self._until_done(f"/quizzes/{name}/{quiz}", {}).partition("/attempts/")[2]
        sheets = [Sheet(attempt, number) for number in self._typed(attempt)]
        self.ledger.sheets += sheets
        for change in range(1, CHANGES + 1):
            if self.stopped.is_set():
                return
            self._answer(sheets[change % len(sheets)], change)
            if change % _DONE_EVERY == 0 and (unit := next(units, None)):
                self._until_done(f"/courses/{unit[0]}/{unit[1]}", {}, unit)
        self._until_done(f"/attempts/{attempt}/submit", {}, attempt)

    def _typed(self, attempt: str) -> list[int]:
        """Places of the questions that take any number as an answer."""
        while not self.stopped.is_set():
            with self.turn:
                status, _ = self.send("GET", f"/attempts/{attempt}")
            if status == 200:
                names = re.findall(rb'<input[^>]*\bname="q(\d+)"[^>]*>', self.last_body)
                ticked = re.findall(
                    rb'<input type="(?:radio|checkbox)" name="q(\d+)"', self.last_body
                )
                return [int(n) for n in sorted(set(names) - set(ticked))]
            time.sleep(_PAUSE_SECONDS)
        return []

    def _answer(self, sheet: Sheet, change: int) -> None:
        value = str(change * 1000 + sheet.number)
        sheet.sent[change] = value
        form = {"writer": WRITER, "counter": str(change), f"q{sheet.number}": value}
        while not self.stopped.is_set():
            with self.turn:
                status, _ = self.send("POST", f"/attempts/{sheet.attempt}/answers/{sheet.number}", form)
                if status == 200:
                    sheet.acknowledged = change
                    self.ledger.answers += 1
                    return
            time.sleep(_PAUSE_SECONDS)

    def _until_done(
        self, path: str, form: dict[str, str], note: str | tuple[str, str] | None = None
    ) -> str:
        """Send a form until it is acknowledged with a redirection; where that leads."""
        while not self.stopped.is_set():
            with self.turn:
                status, location = self.send("POST", path, form)
                if status == 303:
                    if isinstance(note, str):
                        self.ledger.handed_in.append(note)
                    elif note:
                        self.ledger.done.append(note)
                    return location
            time.sleep(_PAUSE_SECONDS)
        return ""

    def send(
        self, method: str, path: str, form: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and location; status 0 when there was no whole answer."""
        headers = {"Cookie": self._cookie, "Accept": "text/html", "Accept-Language": "en"}
        body = None
        if form is not None:
            body = urlencode({"csrf_token": self._token, **form})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.monotonic()
        if self._http is None:
            self._http = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            self._http.request(method, path, body, headers)
            answer = self._http.getresponse()
            self.last_body = answer.read()
            status, location = answer.status, answer.headers.get("Location", "")
        except (OSError, http.client.HTTPException):
            self._http.close()
            self._http = None
            status, location = 0, ""
        self.ledger.slowest_seconds = max(self.ledger.slowest_seconds, time.monotonic() - began)
        if status not in (200, 303):
            self.ledger.refused[status] += 1
        return status, location

    def _signed_in(self) -> tuple[str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/login")
        page = connection.getresponse()
        token = _TOKEN.findall(page.read().decode())[0]
        form = {"csrf_token": token, "login": self.who, "password": people.PASSWORD, "next": "/"}
        headers = {"Cookie": _cookie(page), "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/login", urlencode(form), headers)
        entered = connection.getresponse()
        entered.read()
        if entered.status != 303:
            raise RuntimeError(f"{self.who} could not sign in: {entered.status}")
        cookie = _cookie(entered)
        connection.request("GET", "/", headers={"Cookie": cookie})
        home = connection.getresponse()
        token = _TOKEN.findall(home.read().decode())[0]
        connection.close()
        return _cookie(home) or cookie, token


def _cookie(answer: http.client.HTTPResponse) -> str:
    return (answer.getheader("Set-Cookie") or "").partition(";")[0]


@contextmanager
def studying(port: int, count: int, courses: int) -> Iterator[list[Student]]:
    """So many learners at work; they stop at the end."""
    students = [Student(number, port, courses) for number in range(count)]
    for student in students:
        student.start()
    try:
        yield students
    finally:
        for student in students:
            student.stopped.set()
        for student in students:
            student.join()


@contextmanager
def quiet(students: Sequence[Student]) -> Iterator[None]:
    """Nobody sends anything inside; what was under way has ended, one way or the other."""
    with ExitStack() as stack:
        for student in students:
            stack.enter_context(student.turn)
        yield


@dataclass
class Wrong:
    """What of an acknowledged write was not found, not whole, or found more than once."""

    lost: int = 0
    torn: int = 0
    doubled: int = 0

    def __str__(self) -> str:
        return f"{self.lost} lost, {self.torn} torn, {self.doubled} doubled"

    @property
    def count(self) -> int:
        return self.lost + self.torn + self.doubled


def compare_last(engine: Engine, students: Sequence[Student], wrong: Wrong) -> None:
    """The attempt that each learner is at, against the database."""
    for student in students:
        sheets = student.ledger.sheets
        at_work = [sheet for sheet in sheets if sheet.attempt == sheets[-1].attempt]
        _compare_sheets(engine, at_work, wrong)


def compare_all(engine: Engine, students: Sequence[Student], wrong: Wrong) -> None:
    """Everything that anybody was ever told, against the database."""
    for student in students:
        _compare_sheets(engine, student.ledger.sheets, wrong)
        _compare_handed_in(engine, student, wrong)
        _compare_done(engine, student, wrong)


def _compare_sheets(engine: Engine, sheets: Sequence[Sheet], wrong: Wrong) -> None:
    found = dict(_answers(engine, {sheet.attempt for sheet in sheets}))
    for sheet in sheets:
        counter, value = found.get((sheet.attempt, sheet.number), (0, ""))
        if counter < sheet.acknowledged:
            wrong.lost += 1
        elif counter and sheet.sent.get(counter) != value:
            wrong.torn += 1


def _answers(engine: Engine, attempts: set[str]) -> Iterator[tuple[tuple[str, int], tuple[int, str]]]:
    """(attempt, place of the question) and (counter, what was typed)."""
    query = text(
        "SELECT a.code, a.drawn, q.question_key, q.counter, q.given FROM quizzes_attempt a "
        "JOIN quizzes_answer q ON q.attempt_id = a.id WHERE a.code IN :codes"
    ).bindparams(bindparam("codes", expanding=True))
    with engine.connect() as connection:
        for code, drawn, key, counter, given in connection.execute(query, {"codes": [*attempts]}):
            place = [one["key"] for one in json.loads(drawn)].index(key) + 1
            value = json.loads(given)
            yield (code, place), (counter, value if isinstance(value, str) else value["typed"])


def _compare_handed_in(engine: Engine, student: Student, wrong: Wrong) -> None:
    query = text("SELECT code FROM quizzes_attempt WHERE state = 'submitted'")
    with engine.connect() as connection:
        found = set(connection.execute(query).scalars())
    wrong.lost += len(set(student.ledger.handed_in) - found)


def _compare_done(engine: Engine, student: Student, wrong: Wrong) -> None:
    query = text(
        "SELECT c.slug, e.unit_key, count(*) FROM learning_event e "
        "JOIN learning_enrolment n ON n.id = e.enrolment_id "
        "JOIN courses_course c ON c.id = n.course_id "
        "JOIN accounts_login l ON l.person_id = n.person_id "
        "WHERE e.kind = 'done' AND l.key = :who GROUP BY c.slug, e.unit_key"
    )
    with engine.connect() as connection:
        counts = {(s, unit): n for s, unit, n in connection.execute(query, {"who": student.who})}
    wrong.lost += len(set(student.ledger.done) - set(counts))
    wrong.doubled += sum(count > 1 for count in counts.values())
