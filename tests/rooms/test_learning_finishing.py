"""The last requirement completes a course; a newer version and another run begin from there."""

import threading

import pytest
from sqlalchemy import select

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.courses import queries as courses
from elearn.learning import queries, service
from elearn.learning.models import Enrolment
from elearn.records.models import Credit, Record
from tests.factories import published_example
from tests.rooms.learning_acts import (
    SLUG,
    actor,
    complete,
    count,
    finish,
    join,
    kinds,
    score,
    standing,
)


def test_the_last_requirement_completes_and_issues_one_record(app):
    published_example()
    join()
    score("pre-test", 40, None)
    finish("mulai", "folder", "internet", "lanjut")
    score("satu-quiz", 80, True)
    score("post-test", 90, True)
    assert (standing().percent, standing().is_complete, count(Record)) == (85, False, 0)
    score("dua-quiz", 75, True)
    assert (standing().percent, standing().is_complete, count(Record)) == (100, True, 1)
    assert db.session.scalar(select(Credit.jp)) == 4
    score("dua-quiz", 95, True)
    assert kinds().count("completed") == count(Record) == 1


def test_evidence_names_scores_and_the_rule_that_was_met(app):
    published_example()
    join()
    score("pre-test", 40, None)
    complete()
    payload = db.session.scalar(select(Record.payload)) or ""
    for part in ('"pre_test_percent":40', '"post_test_percent":80', '"score_percent":80',
                 '"lessons":4', '"quizzes":2', '"minutes_per_jp":45', '"task":false'):  # fmt: skip
        assert part in payload


def test_the_last_two_requirements_at_once_issue_one_record(app):
    published_example()
    join()
    complete_all_but = ("mulai", "folder", "internet", "lanjut")
    finish(*complete_all_but)
    score("satu-quiz", 80, True)
    siti = actor("siti")
    db.session.rollback()
    faults = []

    def pass_quiz(key: str) -> None:
        with app.app_context():
            try:
                with saving():
                    enrolment = queries.own_enrolment_to_change(siti, SLUG)
                    unit = courses.outline(enrolment.version_id).unit(key)
                    service.note_score(enrolment, unit, 90, True, "id", clock.now())
            except BaseException as fault:
                faults.append(fault)

    threads = [threading.Thread(target=pass_quiz, args=(k,)) for k in ("dua-quiz", "post-test") * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert count(Record) == kinds().count("completed") == 1
    assert standing().percent == 100


def test_a_failed_issue_leaves_the_requirement_open(app, monkeypatch):
    """Completing and issuing are one transaction: nobody is complete without a record."""
    published_example()
    join()
    finish("mulai", "folder", "internet", "lanjut")
    score("satu-quiz", 80, True)
    score("post-test", 80, True)
    monkeypatch.setattr(service.study.records, "issue", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        score("dua-quiz", 80, True)
    assert not standing().is_complete
    assert standing().units["dua-quiz"].best_percent is None


def test_moving_keeps_what_stands_and_asks_for_what_is_new(app):
    published_example(1)
    join()
    finish("mulai", "lanjut")
    published_example(2)
    before = standing().percent
    assert (standing().outline.number, before) == (1, 28)
    with saving():
        enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
        service.move_to_newest(enrolment, "id", clock.now())
    after = standing()
    assert after.outline.number == 2
    assert after.units["mulai"].done
    assert not after.units["lanjut"].opened  # its edition rose
    assert (after.done_count, after.required_count) == (1, 8)
    assert kinds()[-1] == "moved"


def test_there_is_nothing_to_move_to_on_the_newest_version(app):
    published_example()
    join()
    with pytest.raises(Conflict, match="version-newest"), saving():
        service.move_to_newest(
            queries.own_enrolment_to_change(actor("siti"), SLUG), "id", clock.now()
        )
    assert kinds() == ["enrolled"]


def test_a_completed_run_does_not_move_and_can_be_taken_again(app):
    published_example(1)
    join()
    with pytest.raises(Conflict, match="enrolment-open"), saving():
        service.retake(queries.own_enrolment_to_change(actor("siti"), SLUG), "id", clock.now())
    complete()
    published_example(2)
    with pytest.raises(Conflict, match="enrolment-complete"), saving():
        service.move_to_newest(
            queries.own_enrolment_to_change(actor("siti"), SLUG), "id", clock.now()
        )
    with saving():
        service.retake(queries.own_enrolment_to_change(actor("siti"), SLUG), "id", clock.now())
    again = standing()
    assert (again.outline.number, again.percent) == (2, 0)
    assert (count(Enrolment), count(Record)) == (2, 1)
    # Which run is her last one is noted with both.
    assert queries.differences_of(list(db.session.scalars(db.select(Enrolment.id)))) == {}


def test_an_attempt_of_the_version_before_is_kept_and_changes_nothing(app):
    published_example(1)
    join()
    old = courses.outline(queries.own_enrolment(actor("siti"), SLUG).version_id).unit("lanjut")
    published_example(2)
    with saving():
        enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
        service.move_to_newest(enrolment, "id", clock.now())
        service.note_score(enrolment, old, 100, True, "id", clock.now())
    assert standing().percent == 0
    assert kinds()[-2:] == ["scored", "done"]


@pytest.mark.parametrize(
    ("note", "is_own_act"), [(service.note_score, True), (service.note_corrected_score, False)]
)
def test_a_corrected_key_counts_and_leaves_where_she_was_last_and_when(app, note, is_own_act):
    published_example()
    join()
    for key in ("dua-quiz", "post-test"):
        score(key, 80, True)
    score("satu-quiz", 60, False)
    finish("folder", "internet", "lanjut", "mulai")
    before = standing()
    with saving():
        enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
        unit = before.outline.unit("satu-quiz")
        note(enrolment, unit, 75, True, "id", clock.now())
    after = standing()
    assert (after.units["satu-quiz"].best_percent, after.is_complete) == (75, True)
    assert count(Record) == 1
    place = (after.last_unit_key, after.last_event_at == before.last_event_at)
    assert place == (("satu-quiz", False) if is_own_act else ("mulai", True))
    assert queries.differences_of([queries.own_enrolment(actor("siti"), SLUG).id]) == {}
