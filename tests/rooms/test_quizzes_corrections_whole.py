"""A correction is made once and whole, also when it is stopped or meets somebody handing in."""

import threading

import pytest
from sqlalchemy import text

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from elearn.learning import queries as learning_queries
from elearn.learning.models import Event
from elearn.quizzes import queries, service
from elearn.quizzes.models import Correction, Regrade
from tests.conftest import person_id
from tests.factories import published_example
from tests.rooms.breaking import broken
from tests.rooms.quizzes_correcting import (
    REASON,
    TRUTH,
    answered,
    begun,
    checked,
    corrected,
    found,
    newer,
    result,
    rows,
    taken,
)
from tests.rooms.quizzes_correcting import first as first


def test_an_attempt_that_is_handed_in_meanwhile_is_not_overlooked(app, first):
    """It has read the wrong key, and is not there yet when the key is corrected."""
    code = begun("siti")
    answered(code, "siti", {"truth", "several"})
    second, siti = newer(2, "keys"), person_id("siti")
    db.session.remove()
    is_in, is_postgresql = threading.Event(), db.engine.dialect.name == "postgresql"

    def hand_in():
        with app.app_context():
            with saving():
                actor = Actor(siti)
                attempt = queries.own_attempt_to_change(actor, code)
                mine = learning_queries.own_enrolment_by_id_to_change(actor, attempt.enrolment_id)
                service.submit(attempt, mine, "id", clock.now())
                db.session.flush()
                is_in.set()
                waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
                for _ in range(3000 if is_postgresql else 0):  # until the other one waits for this
                    if db.session.scalar(waiting):
                        break
            db.session.remove()

    thread = threading.Thread(target=hand_in)
    thread.start()
    assert is_in.wait(10)
    corrected(first, TRUTH, second)
    thread.join()
    assert found(code).score_percent == 63
    assert result(code) == (75, True)
    assert len(rows(Regrade)) == 1


def test_a_correction_that_was_stopped_goes_on_and_none_is_marked_twice(app, first):
    codes = [taken(who, {"truth"}) for who in ("siti", "joko", "ratna")]
    taken("dewi")
    second, budi = newer(2, "keys"), actor_named("budi")
    with saving():
        number = service.correct(budi, first, TRUTH, second, REASON, clock.now()).id
    with saving():
        assert service.regrade(number, 0, clock.now(), 1) is not None
    with pytest.raises(RuntimeError, match="the power is off"), saving():
        service.regrade(number, 0, clock.now())
        raise RuntimeError("the power is off")
    assert [result(code)[0] for code in codes] == [100, 88, 88]
    codes_said, said = checked(app)
    assert codes_said == [1, 0]
    assert "correct the key once more" in said
    for _ in range(2):
        assert corrected(first, TRUTH, second, who="dewi", most=2) == number
        assert [result(code)[0] for code in codes] == [100, 100, 100]
    assert len(rows(Correction)) == 1
    assert len(rows(Regrade)) == 3
    scored = [event for event in rows(Event) if event.kind == "scored"]
    assert len(scored) == 4 + 3
    lines = [line for line in rows(Audit) if line.action == "quizzes:question:correct"]
    assert [(line.subject, line.detail) for line in lines] == [
        (f"contoh/1/{TRUTH}", f"2: {REASON}")
    ]
    assert checked(app)[0] == [0, 0]


def test_a_regrade_that_is_not_what_its_correction_made_is_found(sqlite_app):
    first = published_example()
    taken("siti", {"truth", "several"})
    corrected(first, TRUTH, newer(2, "keys"))
    for fault, said in (
        ("UPDATE quizzes_regrade SET score_percent = 76", "satu-truth did not make 76 % of it"),
        ("UPDATE quizzes_regrade SET is_passed = NULL", "does not follow from its score"),
        (
            "UPDATE quizzes_regrade SET points = replace(points, 'satu-text\": \"1', 'satu-text\": \"0')",
            "satu-truth did not make 75 % of it",
        ),
        ("DELETE FROM quizzes_regrade", "earns more than it was given: correct the key once more"),
        ("DELETE FROM learning_event WHERE score_percent = 75", "no event in the learner's course"),
    ):
        with broken(fault):
            codes, output = checked(sqlite_app)
        assert codes[0] == 1
        assert said in output


@pytest.mark.parametrize("table", ["quizzes_correction", "quizzes_regrade"])
def test_what_was_corrected_is_never_rewritten(app, first, table):
    taken("siti", {"truth"})
    corrected(first, TRUTH, newer(2, "keys"))
    for statement in (f"UPDATE {table} SET id = 9", f"DELETE FROM {table}"):
        with pytest.raises(Exception, match="append-only"), saving():
            db.session.execute(text(statement))
