"""A list of people that is written when the server is killed (-9): all of them are there, or none.

And what a learner notices of a list that is written undisturbed.
"""

import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlalchemy import text

from elearn.accounts.formats import lists
from elearn.accounts.formats.table import write_table
from tests.bench.faults.browser import Browser, signed_in
from tests.bench.faults.ledger import Wrong, compare_all
from tests.bench.faults.place import Place
from tests.bench.faults.served import Served, serving
from tests.bench.faults.students import Student, quiet, studying

_LOOK_SECONDS = 0.02
_PATIENCE_SECONDS = 300
_BEYOND = 1.1  # parts of the time that writing takes undisturbed; some kills come too late
# What there is of the people of one list; a person has two logins, and a code goes with each act.
_COUNTS = (
    "SELECT count(*) FROM accounts_person WHERE post = :list",
    "SELECT count(*) / 2 FROM accounts_login l JOIN accounts_person p ON p.id = l.person_id WHERE post = :list",
    *(
        f"SELECT count(*) FROM accounts_{table} t JOIN accounts_person p ON p.id = t.person_id WHERE post = :list"
        for table in ("credential", "membership", "grant")
    ),
    "SELECT count(*) FROM core_audit a JOIN accounts_person p ON p.code = a.subject WHERE post = :list",
)  # fmt: skip
_STATE = (
    "SELECT j.state FROM accounts_upload u JOIN core_job j ON j.code = u.job_code "
    "WHERE u.code = :code"
)


@dataclass
class Sent:
    """A list that is judged and waits for its button."""

    name: str
    path: str
    form: dict[str, str]
    judged_seconds: float

    @property
    def code(self) -> str:
        return self.path.rstrip("/").rpartition("/")[2]


def killed_imports(
    place: Place, log: Path, rows: int, kills: int, chance: Random
) -> tuple[str, bool]:
    """One list undisturbed, but for the learners of the place; then one for each kill."""
    wrong, all_there, none_there = [], 0, 0
    with serving(place, log) as served:
        browser = signed_in("dewi", served.port)
        seconds, told = _undisturbed(served, browser, rows)
        for number in range(kills):
            sent = _send(browser, f"daftar-{number}", rows)
            with _pressed(browser, sent):
                time.sleep(chance.random() * seconds * _BEYOND)
                served.kill()
            served.start()
            browser.close()
            there, state = _look(place, sent)
            if there == [rows] * len(_COUNTS) and state == "done":
                all_there += 1
            elif there == [0] * len(_COUNTS) and state != "done":
                none_there += 1
            else:
                wrong.append(f"{there} of {rows} and job {state}")
    verdict = place.verdict()
    line = (
        f"{told}; {kills} kills while {rows} people were written: {all_there} times all were there, "
        f"{none_there} times none, wrong: {wrong or 'none'}; {verdict}"
    )
    return line, not wrong and "whole" in verdict


def _undisturbed(served: Served, browser: Browser, rows: int) -> tuple[float, str]:
    """How long writing takes, and how long a learner waits meanwhile who saves without a pause."""
    wrong = Wrong()
    with studying(served) as students:
        sent = _send(browser, "daftar-utuh", rows)
        with quiet(students):
            judging = _slowest(students)
            for student in students:
                student.browser.slowest_seconds = 0
        began = time.monotonic()
        with _pressed(browser, sent):
            _until(browser, sent.path, "notice--good")
        seconds = time.monotonic() - began
    refused = sum((student.browser.refused for student in students), Counter())
    compare_all(served.place.engine(), [student.ledger for student in students], wrong)
    told = (
        f"{rows} people judged in {sent.judged_seconds:.1f} s and written in {seconds:.1f} s; the slowest "
        f"save of a learner {judging:.2f} s while judging, {_slowest(students):.2f} s while writing, "
        f"refused: {dict(refused) or 'none'}, {wrong}"
    )
    return seconds, told


def _slowest(students: Sequence[Student]) -> float:
    return max((student.browser.slowest_seconds for student in students), default=0.0)


def _send(browser: Browser, name: str, rows: int) -> Sent:
    """Upload a list of people whom nobody has heard of before, and wait for its verdicts."""
    began = time.monotonic()
    status, path = _post_file(browser, "/admin/lists/people", _table(name, rows))
    if status != 303:
        raise RuntimeError(f"the list was refused: {status}")
    page = _until(browser, path, 'name="digest"')
    form = {key: re.findall(rf'name="{key}" value="([^"]*)"', page)[0] for key in ("job", "digest")}
    return Sent(name, path, form, time.monotonic() - began)


@contextmanager
def _pressed(browser: Browser, sent: Sent) -> Iterator[None]:
    """The button, pressed by another connection of the same person."""
    other = browser.twin()
    press = threading.Thread(target=other.send, args=("POST", f"{sent.path}write", sent.form))
    press.start()
    try:
        yield
    finally:
        press.join()
        other.close()


def _until(browser: Browser, path: str, wanted: str) -> str:
    began = time.monotonic()
    while time.monotonic() - began < _PATIENCE_SECONDS:
        browser.send("GET", path)
        page = browser.body.decode()
        if wanted in page:
            return page
        time.sleep(_LOOK_SECONDS)
    raise RuntimeError(f"{path} never said {wanted}")


def _look(place: Place, sent: Sent) -> tuple[list[int], str]:
    with place.engine().connect() as connection:
        there = [connection.execute(text(q), {"list": sent.name}).scalar_one() for q in _COUNTS]
        return there, connection.execute(text(_STATE), {"code": sent.code}).scalar_one()


def _table(name: str, rows: int) -> bytes:
    header = [column.names[0] for column in lists.PEOPLE]
    return write_table(
        header,
        (
            (f"{name}-{n:05}", f"Pengelola {n:05}, S.IP.", "", f"{name}-{n}@perpustakaan.contoh.id",
             f"0812 {n:08}", name, "PNS", "perpustakaan-wonosari")
            for n in range(rows)
        ),
    )  # fmt: skip


def _post_file(browser: Browser, path: str, content: bytes) -> tuple[int, str]:
    mark = "elearn-bench-0123456789"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.token}\r\n',
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="orang.csv"\r\n\r\n',
    ]
    body = "".join(parts).encode() + content + f"\r\n--{mark}--\r\n".encode()
    return browser.send_body("POST", path, body, f"multipart/form-data; boundary={mark}")
