"""Joining, studying, moving, finishing: rows and events, on both databases."""

import random
import threading

import pytest
from sqlalchemy import func, select

from elearn.accounts.queries import session_user
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.ids import new_uuid
from elearn.core.permissions import NOBODY, Actor
from elearn.courses import queries as courses
from elearn.courses.models import Withdrawal
from elearn.learning import queries, service
from elearn.learning.models import Enrolment, Event, Progress
from elearn.records.models import Credit, Record
from tests.conftest import person_id
from tests.factories import published_example

SLUG = "contoh"


def actor(username: str) -> Actor:
    user = session_user(person_id(username), 1)
    assert user is not None
    return user.actor


def join(username: str = "siti") -> Enrolment:
    with saving():
        return service.enrol(actor(username), SLUG, "id", clock.now())


def opened(key: str, username: str = "siti") -> None:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(username), SLUG)
        service.open_unit(enrolment, key, "id", clock.now())


def finish(*keys: str, username: str = "siti") -> None:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(username), SLUG)
        for key in keys:
            service.finish_unit(enrolment, key, "id", clock.now())


def score(key: str, percent: int, is_passed: bool | None, username: str = "siti") -> None:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(username), SLUG)
        unit = courses.outline(enrolment.version_id).unit(key)
        service.note_score(enrolment, unit, percent, is_passed, "id", clock.now())


def complete(username: str = "siti") -> None:
    """Everything that version 1 requires."""
    finish("mulai", "folder", "internet", "lanjut", username=username)
    for key in ("satu-quiz", "dua-quiz", "post-test"):
        score(key, 80, True, username=username)


def standing(username: str = "siti") -> queries.Standing:
    db.session.rollback()
    db.session.expire_all()
    return queries.standing(queries.own_enrolment(actor(username), SLUG))


def kinds(username: str = "siti") -> list[str]:
    db.session.rollback()
    enrolment = queries.own_enrolment(actor(username), SLUG)
    return [event.kind for event in queries.events_of(enrolment)]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# --- Joining -----------------------------------------------------------------------------------


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


# --- Doors -------------------------------------------------------------------------------------


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


# --- Studying ----------------------------------------------------------------------------------


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


def test_an_event_that_arrives_twice_counts_once(app):
    published_example()
    join()
    uuid = new_uuid()
    for key in ("mulai", "folder"):  # a broken writer re-uses its number: the first one stands
        with saving():
            enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
            service.finish_unit(enrolment, key, "id", clock.now(), uuid=uuid)
    assert standing().done_count == 1
    assert not standing().units["folder"].done


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


# --- Finishing ---------------------------------------------------------------------------------


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


# --- Moving and taking it again ----------------------------------------------------------------


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


# --- The summary row ---------------------------------------------------------------------------


def test_a_rebuild_of_a_broken_row_mends_it_and_names_what_was_wrong(app):
    published_example()
    join()
    finish("mulai", "folder")
    with saving():
        row = db.session.scalars(select(Progress)).one()
        row.done_count, row.percent = 0, 3
    with saving():
        enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
        found = service.rebuild([enrolment.id])[enrolment.id]
    assert {(d.name, d.kept, d.recounted) for d in found} == {
        ("done_count", 0, 2),
        ("percent", 3, 28),
    }
    assert standing().percent == 28


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_progress_never_falls_and_a_rebuild_finds_no_difference(app, seed):
    """A random way through two versions, through the real services."""
    chance = random.Random(seed)
    published_example(1)
    join()
    version, percent = 1, 0
    for step in range(40):
        now = standing()
        unit = chance.choice(now.outline.units)
        act = chance.choice(["open", "finish", "score", "move"])
        try:
            if act == "move":
                if version == 1 and step > 15:
                    version = 2
                    published_example(2)
                with saving():
                    service.move_to_newest(
                        queries.own_enrolment_to_change(actor("siti"), SLUG), "id", clock.now()
                    )
                percent = 0
            elif act == "open":
                opened(unit.key)
            elif act == "score" and unit.kind in ("quiz", "pre-test", "post-test"):
                points = chance.randrange(101)
                mark = unit.pass_percent
                score(unit.key, points, None if mark is None else points >= mark)
            else:
                finish(unit.key)
        except Conflict:
            db.session.rollback()
        after = standing()
        assert percent <= after.percent <= 100
        assert after.is_complete == (after.percent == 100)
        percent = after.percent
        enrolment = queries.own_enrolment(actor("siti"), SLUG)
        row = db.session.get(Progress, enrolment.id)
        assert queries.differences(row, queries.recount(enrolment)) == ()


def test_my_data_names_every_event_and_forgetting_keeps_the_totals(app):
    published_example()
    join()
    finish("mulai")
    (run,) = service.personal_data(person_id("siti"))["enrolments"]
    assert (run["course"], [event["kind"] for event in run["events"]]) == (
        SLUG,
        ["enrolled", "done"],
    )
    assert service.personal_data(person_id("joko")) == {"enrolments": []}
    with saving():
        service.forget(person_id("siti"), clock.now())
    assert standing().done_count == 1
