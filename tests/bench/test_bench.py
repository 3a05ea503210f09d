"""The benchmark in short: what does not depend on the machine. Times: python -m tests.bench."""

from datetime import timedelta

import pytest

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service as quiz
from elearn.records import printing
from elearn.records import queries as records
from tests import people
from tests.bench import browsing, table
from tests.bench.prepare import prepared
from tests.conftest import browser, signed_in
from tests.factories import published_example
from tests.journeys.conftest import course_template as course_template
from tests.journeys.site import running
from tests.queries import counted
from tests.rooms.learning_acts import actor, begin_two_parts, finish, join, publish_as
from tests.rooms.quizzes_pages import WRITER, attempt_row, begin, right_fields, save
from tests.rooms.records_evidence import issued

# Statements of each named page and act, when the process knows the course.
STATEMENTS = {
    "home": 9,
    "catalogue": 3,
    "course page": 5,
    "lesson": 2,
    "done": 5,
    "quiz start": 3,
    "quiz page": 3,
    "quiz answer": 4,
    "submit": 11,
    "sign-in": 12,
    "verification": 3,
    "record page": 3,
    "record PDF": 3,
}


def much():
    """More courses, people, attempts, answers and records than may be gone through one by one."""
    begin_two_parts()
    published_example(2)
    for number in range(4):
        publish_as(f"kursus-{number}")
        with saving():
            study.enrol(actor("siti"), f"kursus-{number}", "id", clock.now())
    for who in ("joko", "ratna", "dewi"):
        join(who)
        finish("mulai", "folder", username=who)
        fail("dua-quiz", who)
    fail("dua-quiz", "siti")
    finish("internet")
    for enrolment in range(50, 60):
        issued("siti", enrolment_id=enrolment)


def fail(key, who):
    """Some attempts, days apart, handed in empty."""
    for days in range(5, 0, -1):
        now = clock.now() - timedelta(days=days)
        with saving():
            enrolment = learning.own_enrolment_to_change(actor(who), "contoh")
            attempt = quiz.begin(enrolment, key, "id", now)
            quiz.submit(attempt, enrolment, "id", now)


def counts_of(requests):
    """Statements of each request, the process being warm."""
    counts = {}
    for name, ask in requests.items():
        db.session.remove()
        with counted() as sent:
            response = ask()
        assert response.status_code in (200, 303), f"{name}: {response.status_code}"
        counts[name] = len(sent)
    return counts


def named_requests(app):
    """Each page and act of the benchmark, as one call that asks it."""
    reader = signed_in(browser(app), "siti")
    address = begin(reader, "/quizzes/contoh/satu-quiz")
    attempt = attempt_row()
    fields = {**right_fields(attempt), "writer": WRITER, "counter": "2"}
    number = next(a.number for a in quizzes.paper_of(attempt).asked if a.facts.kind == "single")
    code, record = issued("siti").code, issued("siti").number
    pdf = printing.file_names(records.own_record(actor("siti"), record))["id"]
    pages = {
        "home": "/",
        "catalogue": "/courses/",
        "course page": "/courses/contoh/",
        "lesson": "/courses/contoh/mulai",
        "quiz start": "/quizzes/contoh/satu-quiz",
        "quiz page": address,
    }
    public = {
        "verification": f"/verify/{code}",
        "record page": f"/records/{record}/",
        "record PDF": f"/records/{record}/{pdf}.pdf",
    }
    login = {"login": "siti", "password": people.PASSWORD}
    other = "2" if fields[f"q{number}"] == ["1"] else "1"  # to be changed by "quiz answer"
    save(reader, address, {**fields, f"q{number}": other})
    for path in (*pages.values(), *public.values()):
        reader.get(path)  # what is immutable is kept from here on
    return {
        **{name: lambda path=path: reader.get(path) for name, path in pages.items()},
        "done": lambda: reader.post("/courses/contoh/lanjut"),
        "quiz answer": lambda: reader.post(f"{address}/answers/{number}", data=fields),
        "submit": lambda: reader.post(f"{address}/submit"),
        "sign-in": lambda: browser(app).post("/login", data=login),
        **{name: lambda path=path: reader.get(path) for name, path in public.items()},
    }


@pytest.mark.parametrize("build", [begin_two_parts, much])
def test_each_named_page_sends_as_many_statements_for_much_as_for_little(sqlite_app, build):
    build()
    with sqlite_app.test_request_context():
        requests = named_requests(sqlite_app)
    assert counts_of(requests) == STATEMENTS


@pytest.mark.journey
def test_a_first_visit_transfers_no_more_than_is_promised(course_template, tmp_path, chromium):
    with running(course_template, tmp_path) as site:
        visit = browsing.first_visit(chromium, site.address, prepared(tmp_path, 0))
    assert [bar for bar in table.first_visit_bars(visit) if not bar.is_met] == []
