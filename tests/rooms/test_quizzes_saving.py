"""Answers as the script sends them, many at once, late, from other pages, without a session."""

import threading
from decimal import Decimal

import pytest
from sqlalchemy import event

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.demo.study import right_answer
from elearn.learning import service as learning
from elearn.learning.models import Event
from elearn.quizzes import queries, service
from elearn.quizzes.models import Allowance, Answer, Attempt
from elearn.quizzes.rules import Mark
from tests.conftest import browser, person_id, signed_in
from tests.factories import published_example
from tests.rooms.quizzes_pages import (
    QUIZ,
    WRITER,
    answers,
    attempt_row,
    begin,
    enrolled,
    join,
    number_of,
    right_fields,
    save,
    send,
    take,
)

OTHER = "bbbbbbbbbbbb"


@pytest.fixture
def study(app):
    """siti has joined the example course; her browser."""
    return join(app, "siti")


# One answer


def test_a_saved_answer_gets_a_receipt_with_its_time(study):
    address = begin(study)
    number = number_of("text")
    receipt = send(study, address, number, "situs")
    assert receipt.status_code == 200
    assert receipt.json["state"] == "saved"
    assert "WIB" in receipt.json["text"]
    assert "1" in receipt.json["sum"]
    assert receipt.json["seen"] == f"{WRITER}.1"
    assert set(receipt.json) == {"state", "text", "sum", "seen", "was", "late"}
    assert answers() == {"satu-text": '"situs"'}


def test_sending_twice_changes_nothing_and_a_late_one_never_wins(study):
    address = begin(study)
    for kind, last in (("text", "tiga"), ("number", "")):  # she returns to what was there before
        for counter, value in [(1, last), (3, last), (3, last), (2, "dua"), (1, "satu")]:
            receipt = send(study, address, number_of(kind), value, counter)
            assert receipt.status_code == 200
        assert (receipt.json["seen"], receipt.json["late"]) == (f"{WRITER}.3", True)
    assert answers() == {"satu-text": '"tiga"', "satu-number": "null"}


def test_another_page_wins_only_when_it_has_seen_the_newest(study):
    address = begin(study)
    number = number_of("text")
    send(study, address, number, "pertama")
    stale = send(study, address, number, "buta", writer=OTHER)
    assert (stale.status_code, stale.json["error"]) == (409, "answer-stale")
    assert "WIB" in stale.json["message"]
    known = send(study, address, number, "tahu", writer=OTHER, seen=f"{WRITER}.1")
    assert known.status_code == 200
    late = send(study, address, number, "terlambat", counter=2)
    assert late.status_code == 409
    assert answers() == {"satu-text": '"tahu"'}


def test_a_page_that_took_over_an_unsent_answer_may_go_on_from_it(study):
    address = begin(study)
    number = number_of("text")
    seen = f"{OTHER}.4 {WRITER}.1"  # drawn before the other page's answer had arrived
    send(study, address, number, "pertama")
    assert send(study, address, number, "lanjut", writer="c" * 12, seen=seen).status_code == 200


def test_an_answer_after_handing_in_is_refused_with_the_time(study):
    address = begin(study)
    study.post(f"{address}/submit")
    late = send(study, address, 1, "1")
    assert (late.status_code, late.json["error"]) == (409, "attempt-closed")
    assert "WIB" in late.json["message"]
    assert late.json["go"] == f"{address}/review"
    assert answers() == {}


@pytest.mark.parametrize("number", [0, 8, 99])
def test_a_question_that_was_not_drawn_is_missing(study, number):
    address = begin(study)
    assert send(study, address, number, "1").status_code == 404


def test_an_unusable_answer_is_told_why(study):
    address = begin(study)
    refused = send(study, address, number_of("single"), "9")
    assert (refused.status_code, refused.json["error"]) == (422, "answer-invalid")
    for kind, most in (("text", 200), ("number", 40)):
        long = send(study, address, number_of(kind), "1" * (most + 1))
        assert (long.status_code, long.json["error"]) == (422, "answer-too-long")
        assert f" {most} " in long.json["message"]
    assert answers() == {}


def test_a_saved_answer_costs_at_most_six_queries_and_one_commit(study):
    address = begin(study)
    send(study, address, 1, "1")  # the version is now in the process's memory
    statements, commits = [], []
    event.listen(db.engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    event.listen(db.engine, "commit", commits.append)
    assert send(study, address, 1, "2", counter=2).status_code == 200
    assert len([s for s in statements if not s.startswith("BEGIN")]) <= 6, statements
    assert len(commits) == 1


@pytest.mark.parametrize(("language", "value"), [("id", "1500"), ("en", "1.500")])
def test_a_number_is_read_in_the_language_of_the_page_it_was_typed_on(study, language, value):
    address = begin(study)
    number = number_of("number")
    fields = {"writer": WRITER, "counter": "1", "language": language, f"q{number}": "1.500"}
    assert study.post(f"{address}/answers/{number}", data=fields).status_code == 200
    given = queries.answers_of(attempt_row())["satu-number"].given
    assert given.value == Decimal(value)


# Many at once


def together(app, count, act):
    """Run act(browser) in so many threads that start at the same moment; what they returned."""
    barrier, results = threading.Barrier(count), []

    def run():
        client = signed_in_anew(app)
        barrier.wait()
        results.append(act(client))

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def signed_in_anew(app):
    with app.app_context():
        return signed_in(browser(app), "siti")


def test_eight_equal_hand_ins_give_one_grade(app, study):
    address = begin(study)
    save(study, address, right_fields(attempt_row()))
    found = together(app, 8, lambda client: client.post(f"{address}/submit"))
    assert [(r.status_code, r.location) for r in found] == [(303, f"{address}/review")] * 8
    assert attempt_row().score_percent == 100
    kinds = [e.kind for e in db.session.scalars(db.select(Event).order_by(Event.id))]
    assert kinds == ["enrolled", "opened", "scored", "done"]


def test_eight_equal_beginnings_give_one_attempt(app, study):
    found = together(app, 8, lambda client: client.post(QUIZ))
    assert len({response.location for response in found}) == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(Attempt)) == 1


def test_of_eight_pages_that_answer_at_once_one_wins_and_seven_are_told(app, study):
    address = begin(study)
    number = number_of("text")
    names = iter("abcdefgh")

    def act(client):
        name = next(names)
        return name, send(client, address, number, f"dari {name}", writer=name * 12)

    found = together(app, 8, act)
    winners = [name for name, response in found if response.status_code == 200]
    assert len(winners) == 1
    assert sorted(response.status_code for _, response in found) == [200] + [409] * 7
    assert answers() == {"satu-text": f'"dari {winners[0]}"'}


def test_a_hand_in_beside_answers_loses_no_answer_that_was_called_saved(app, study):
    address = begin(study)
    number = number_of("text")
    counters = iter(range(1, 8))

    def act(client):
        counter = next(counters)
        if counter == 4:
            return counter, client.post(f"{address}/submit")
        return counter, send(client, address, number, f"ke-{counter}", counter)

    found = together(app, 7, act)
    saved = [counter for counter, r in found if counter != 4 and r.status_code == 200]
    highest = max(saved, default=None)
    assert answers() == ({"satu-text": f'"ke-{highest}"'} if highest else {})


# Limits


def test_the_number_of_attempts_is_limited_and_one_more_can_be_granted(app, study):
    take(study, "/quizzes/contoh/pre-test", lambda _: {})
    assert study.post("/quizzes/contoh/pre-test").status_code == 409
    runner = app.test_cli_runner()
    arguments = [
        "quizzes",
        "grant-attempt",
        "siti",
        "contoh",
        "pre-test",
        "--reason",
        "Listrik padam",
    ]
    refused = runner.invoke(args=[*arguments, "--as", "budi"])
    assert refused.exit_code == 1
    granted = runner.invoke(args=[*arguments, "--as", "dewi"])
    assert granted.exit_code == 0, granted.output
    assert "Siti Aminah" in granted.output
    db.session.rollback()
    allowance = db.session.scalars(db.select(Allowance)).one()
    assert (allowance.reason, allowance.granted_by) == ("Listrik padam", person_id("dewi"))
    assert study.post("/quizzes/contoh/pre-test").status_code == 303
    begin(study)
    too_late = runner.invoke(args=[*arguments, "--as", "dewi"])
    assert too_late.exception.code == "pre-test-over"
    assert db.session.scalars(db.select(Allowance)).all() == [allowance]


@pytest.mark.parametrize(
    ("who", "unit", "refusal"),
    [
        ("nobody", "pre-test", Missing),
        ("joko", "pre-test", Missing),
        ("siti", "mulai", Missing),
        ("siti", "satu-quiz", Conflict),
    ],
)
def test_an_attempt_is_granted_only_where_there_is_a_limit(app, study, who, unit, refusal):
    arguments = ["quizzes", "grant-attempt", who, "contoh", unit, "--reason", "x", "--as", "dewi"]
    found = app.test_cli_runner().invoke(args=arguments)
    assert isinstance(found.exception, refusal)
    assert db.session.scalars(db.select(Allowance)).all() == []


# What is kept about a person


def test_a_person_gets_everything_and_can_be_forgotten(app, study):
    address = begin(study)
    send(study, address, number_of("text"), "tentang saya")
    other = enrolled(app, "budi")
    send(other, begin(other), number_of("text"), "milik budi")
    person = person_id("siti")
    found = service.personal_data(person)
    (attempt,) = found["attempts"]
    assert attempt["slug"] == "contoh"
    assert [a["given"] for a in attempt["answers"]] == ['"tentang saya"']
    assert "milik budi" not in str(found)
    db.session.rollback()
    with saving():
        service.forget(person, clock.now())
    assert list(answers().values()) == ['"milik budi"']
    assert service.personal_data(person)["attempts"][0]["answers"] == []


def test_the_database_itself_holds_one_open_attempt(app, study):
    begin(study)
    row = attempt_row()
    values = {c.name: getattr(row, c.name) for c in Attempt.__table__.columns}
    with pytest.raises(db.exc.IntegrityError), saving():
        db.session.add(Attempt(**{**values, "id": None, "code": "x", "number": 2}))
        db.session.flush()


def test_saving_into_a_closed_attempt_is_refused_by_the_service_as_well(app, study):
    address = begin(study)
    study.post(f"{address}/submit")
    with pytest.raises(Conflict, match="attempt-closed"), saving():
        service.save(attempt_row(), [], clock.now())
    assert db.session.scalars(db.select(Answer)).all() == []
    assert queries.answers_of(attempt_row()) == {}


def test_an_open_attempt_tells_no_position_of_the_file_and_no_key(app):
    """Positions say what is right of an ordering and of a matching question, a key may hint at it."""
    published_example()
    with saving():
        enrolment = learning.enrol(actor_named("siti"), "contoh", "id", clock.now())
        attempt = service.begin(enrolment, "satu-quiz", "id", clock.now())
        paper = queries.paper_of(attempt)
        edits = [
            service.Edit(asked, right_answer(asked.facts), Mark("p", 1), frozenset())
            for asked in paper.asked
        ]
        service.save(attempt, edits, clock.now())
    (told,) = service.personal_data(person_id("siti"))["attempts"]
    by_kind = {a.facts.kind: a.number for a in paper.asked}
    given = {answer["question"]: answer["given"] for answer in told["answers"]}
    for kind in ("single", "several", "ordering", "matching"):
        assert given[by_kind[kind]] is None
    assert given[by_kind["text"]] is not None
