"""Joining a course and studying it."""

import threading

import pytest

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import NOBODY
from elearn.courses.models import Withdrawal
from elearn.learning import queries, service
from elearn.learning.models import Enrolment, Event, Progress
from tests.factories import published_example
from tests.rooms.learning_acts import (
    SLUG,
    actor,
    count,
    finish,
    join,
    kinds,
    opened,
    score,
    standing,
)


def test_joining_pins_the_newest_version_and_a_second_time_changes_nothing(app):
    published_example(1)
    newest = published_example(2)
    first, second = join().id, join().id
    assert first == second
    assert queries.own_enrolment(actor("siti"), SLUG).version_id == newest
    assert kinds() == ["enrolled"]
    assert standing().percent == 0


def test_twenty_clicks_at_once_are_one_enrolment(app):
    published_example()
    siti = actor("siti")
    db.session.rollback()
    found, faults = set(), []

    def click() -> None:
        with app.app_context():
            try:
                with saving():
                    found.add(service.enrol(siti, SLUG, "id", clock.now()).id)
            except BaseException as fault:
                faults.append(fault)

    threads = [threading.Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(found) == count(Enrolment) == count(Event) == count(Progress) == 1


def test_a_withdrawn_course_takes_nobody_in_and_keeps_those_who_study_it(app):
    version = published_example()
    join("siti")
    with saving():
        db.session.add(Withdrawal(version_id=version, at=clock.now(), reason="salah", by=None))
    with pytest.raises(Missing, match="course-missing"):
        join("joko")
    assert join("siti").version_id == version
    finish("mulai")
    assert standing().percent > 0


@pytest.mark.parametrize("who", ["joko", "ratna", "dewi"])
def test_the_enrolment_of_somebody_else_does_not_exist(app, who):
    published_example()
    enrolment = join("siti")
    other = actor(who)
    assert queries.find_own_enrolment(other, SLUG) is None
    assert queries.own_enrolments(other) == []
    with pytest.raises(Missing):
        queries.own_enrolment(other, SLUG)
    with saving(), pytest.raises(Missing):
        queries.own_enrolment_to_change(other, SLUG)
    with saving(), pytest.raises(Missing):
        queries.own_enrolment_by_id_to_change(other, enrolment.id)
    with saving():
        mine = queries.own_enrolment_by_id_to_change(actor("siti"), enrolment.id)
        assert mine.id == enrolment.id


def test_nobody_has_no_enrolment(app):
    published_example()
    join("siti")
    assert queries.find_own_enrolment(NOBODY, SLUG) is None


def test_nobody_joins_nothing(app):
    published_example()
    with pytest.raises(Missing), saving():
        service.enrol(NOBODY, SLUG, "id", clock.now())


def test_an_enrolment_without_its_sum_is_a_fault_that_names_the_row(app):
    published_example()
    join()
    with saving():
        enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
        db.session.execute(db.delete(Progress))
        with pytest.raises(LookupError, match=f"enrolment {enrolment.id}"):
            queries.standing(enrolment)


def test_only_the_first_opening_of_a_unit_is_an_event(app):
    published_example()
    join()
    for _ in range(3):
        opened("mulai")
    assert kinds() == ["enrolled", "opened"]
    assert standing().units["mulai"].opened
    assert standing().last_unit_key == "mulai"


def test_done_twice_is_one_event_and_keeps_the_edition(app):
    published_example(1)
    published_example(2)
    join()
    finish("lanjut", "lanjut")
    finish("lanjut")
    (event,) = [e for e in queries.events_of(queries.own_enrolment(actor("siti"), SLUG))
                if e.kind == "done"]  # fmt: skip
    assert (event.unit_key, event.edition) == ("lanjut", 2)
    assert standing().done_count == 1


@pytest.mark.parametrize(
    ("key", "fault", "code"),
    [
        ("satu-quiz", Conflict, "unit-by-score"),
        ("post-test", Conflict, "unit-by-score"),
        ("pre-test", Conflict, "unit-by-score"),
        ("nowhere", Missing, "unit-missing"),
    ],
)
def test_what_is_scored_is_not_done_at_the_learners_word(app, key, fault, code):
    published_example()
    join()
    with pytest.raises(fault, match=code):
        finish(key)
    assert kinds() == ["enrolled"]


def test_a_locked_unit_is_neither_opened_nor_finished(app):
    published_example(order="sequential")
    join()
    with pytest.raises(Conflict, match="unit-locked"):
        finish("folder")
    with pytest.raises(Conflict, match="unit-locked"):
        opened("folder")
    finish("mulai", "folder")
    assert standing().done_count == 2


def test_an_activity_is_done_and_does_not_count(app):
    published_example()
    join()
    finish("satu-activity", "task")
    assert standing().units["satu-activity"].done
    assert standing().units["task"].done
    assert standing().percent == 0


def test_scores_are_kept_and_the_best_one_decides(app):
    published_example()
    join()
    score("satu-quiz", 57, False)
    assert not standing().units["satu-quiz"].done
    score("satu-quiz", 86, True)
    score("satu-quiz", 30, False)
    state = standing().units["satu-quiz"]
    assert (state.done, state.best_percent, state.last_percent) == (True, 86, 30)
    assert kinds() == ["enrolled", "scored", "scored", "done", "scored"]


def test_the_pre_test_is_done_with_any_score_and_does_not_count(app):
    published_example()
    join()
    score("pre-test", 20, None)
    assert standing().units["pre-test"].done
    assert standing().percent == 0
