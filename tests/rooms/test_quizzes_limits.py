"""Waiting time, attempts left, one more by grant; and the way on from each result."""

from datetime import timedelta

import pytest
import time_machine

from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor
from elearn.learning import queries as learning_queries
from elearn.records.models import Record
from tests.conftest import person_id
from tests.factories import example_files, published_files
from tests.rooms.learning_acts import finish_lessons
from tests.rooms.quizzes_pages import (
    QUIZ,
    attempt_row,
    begin,
    english,
    enrolled,
    join,
    number_of,
    right_fields,
    save,
    take,
)


@pytest.fixture
def limited(app):
    """siti in a course whose quizzes may be tried twice, ten minutes apart."""
    files = example_files()
    for path in ("01-satu/quiz.yml", "02-dua/quiz.yml"):
        rules = b"attempts: {limit: 2, wait_minutes: 10}\nquestions:"
        files[path] = files[path].replace(b"questions:", rules)
    published_files(files)
    client = enrolled(app, "siti")
    english(client)
    return client


def wrong(_attempt):
    return {}


def test_the_waiting_time_is_said_and_held(limited):
    assert "2 left" in limited.get(QUIZ).text
    assert "wait 10 minutes" in limited.get(QUIZ).text
    with time_machine.travel(clock.now(), tick=False) as traveller:
        review = take(limited, QUIZ, wrong).text
        assert "You can try again from" in review
        assert 'class="button" href="/courses/contoh/mulai"' in review  # what to do meanwhile
        assert limited.post(QUIZ).status_code == 409
        traveller.shift(timedelta(minutes=9, seconds=59))
        assert limited.post(QUIZ).status_code == 409
        assert "You can try again from" in limited.get(QUIZ).text
        traveller.shift(timedelta(seconds=1))
        begin(limited)
    assert attempt_row().number == 2


def test_used_up_attempts_are_said_and_one_more_can_be_granted(app, limited):
    with time_machine.travel(clock.now(), tick=False) as traveller:
        for _ in range(2):
            review = take(limited, QUIZ, wrong).text
            traveller.shift(timedelta(minutes=10))
        assert "All attempts at this quiz have been used" in review
        refused = limited.post(QUIZ)
        assert refused.status_code == 409
        assert "All attempts at this quiz have been used" in refused.text
        arguments = ["siti", "contoh", "satu-quiz", "--reason", "Listrik padam", "--as", "dewi"]
        granted = app.test_cli_runner().invoke(args=["quizzes", "grant-attempt", *arguments])
        assert granted.exit_code == 0
        again = app.test_cli_runner().invoke(args=["quizzes", "grant-attempt", *arguments])
        assert isinstance(again.exception, Conflict)
        assert "1 left" in limited.get(QUIZ).text
        begin(limited)
    assert attempt_row().number == 3


def test_the_best_attempt_counts_and_a_worse_one_takes_nothing_away(app):
    client = join(app, "siti")
    english(client)
    take(client, QUIZ, right_fields)
    review = take(client, QUIZ, wrong).text
    assert "Your best score counts: 100" in review
    page = client.get(QUIZ).text
    assert "Passed, score 100" in page
    assert "Not passed yet, score 0" in page
    with app.app_context():
        enrolment = learning_queries.own_enrolment(owner(), "contoh")
        assert learning_queries.standing(enrolment).units["satu-quiz"].done


def test_a_partly_right_answer_is_shown_as_such(app):
    client = join(app, "siti")
    english(client)
    address = begin(client)
    several, ordering = number_of("several"), number_of("ordering")
    matching = number_of("matching")
    right = right_fields(attempt_row())
    fields = {f"q{several}": right[f"q{several}"][:1], f"q{ordering}-1": right[f"q{ordering}-1"]}
    save(client, address, {**fields, f"q{matching}-1": right[f"q{matching}-1"]})
    client.post(f"{address}/submit")
    page = client.get(f"{address}/review").text
    assert "Partly right, 1 of 2 points" in page
    assert "Partly right, 0.33 of 1 point" in page
    assert "Partly right, 0.5 of 1 point" in page
    assert "Missed" in page


def test_a_passed_quiz_leads_on_and_the_last_one_to_the_record(app):
    client = join(app, "siti")
    english(client)
    finish_lessons()
    first = take(client, QUIZ, right_fields).text
    assert "Continue: " in first
    take(client, "/quizzes/contoh/dua-quiz", right_fields)
    assert db.session.scalars(db.select(Record)).all() == []
    last = take(client, "/quizzes/contoh/post-test", right_fields).text
    db.session.rollback()
    record = db.session.scalars(db.select(Record)).one()
    assert f'class="button" href="/records/{record.number}/"' in last
    assert "You have completed this course" in last
    assert "You have completed this course" not in first


def owner():
    """siti, as an actor."""
    return Actor(person_id("siti"))
