"""A wrong key, found later: who was right after all is given it, and nobody loses anything."""

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor
from elearn.learning import queries as learning_queries
from elearn.privacy import service as privacy
from elearn.quizzes import queries, service
from elearn.quizzes.models import Regrade
from elearn.quizzes.rules import Mark
from elearn.quizzes.service import Edit
from elearn.records.models import Record
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.factories import administrator
from tests.rooms.learning_acts import finish_lessons
from tests.rooms.quizzes_correcting import (
    QUIZ,
    REASON,
    TRUTH,
    answered,
    begun,
    checked,
    corrected,
    found,
    handed_in,
    newer,
    result,
    rows,
    taken,
)
from tests.rooms.quizzes_correcting import first as first
from tests.rooms.quizzes_pages import english


def place_of_siti():
    """The unit that she worked on last, and when."""
    db.session.rollback()
    mine = learning_queries.standing(learning_queries.own_enrolment(actor_named("siti"), "contoh"))
    return mine.last_unit_key, mine.last_event_at


def test_who_was_right_after_all_has_it_counted_and_the_attempt_stays_as_it_was(app, first):
    code = taken("siti", {"truth", "single", "several", "text"})
    before = found(code)
    handed = (before.score_percent, before.is_passed, before.points)
    second = newer(2, "keys")
    for kind, score, passed in (
        ("truth", 50, False),
        ("single", 63, False),
        ("several", 75, True),
        ("text", 88, True),
    ):
        effect = service.dry_run(actor_named("budi"), first, f"satu-{kind}", second)
        assert [(c.attempt_code, c.person_name) for c in effect.raised] == [
            (code, "Siti Aminah, S.IP.")
        ]
        corrected(first, f"satu-{kind}", second)
        assert result(code) == (score, passed)
        assert effect.raised[0].after.score_percent == score
    after = found(code)
    assert (after.score_percent, after.is_passed, after.points) == handed == (38, False, handed[2])
    mine = learning_queries.own_enrolment(actor_named("siti"), "contoh")
    state = learning_queries.standing(mine).units[QUIZ]
    assert (state.best_percent, state.done) == (88, True)
    assert checked(app)[0] == [0, 0]


@on_sqlite
def test_the_pages_say_what_was_corrected_when_and_why(app, first):
    code = taken("siti", {"truth", "several"})
    corrected(first, TRUTH, newer(2, "keys"))
    client = signed_in(browser(app), "siti")
    english(client)
    review = client.get(f"/attempts/{code}/review").text
    assert "Your result has risen" in review
    assert "from 63 to 75" in review
    assert "Key corrected on" in review
    assert REASON in review
    assert "Your points stay" not in review
    assert "rahasia-kunci ya" not in review
    assert "Passed" in review
    start = client.get(f"/quizzes/contoh/{QUIZ}").text
    assert "Passed, score 75" in start
    assert "score 63" not in start
    told = privacy.collect(person_id("siti"))["quizzes"]["attempts"][0]
    assert told["score_percent"] == 63
    assert [(r["score_percent"], r["reason"]) for r in told["raised"]] == [(75, REASON)]


@on_sqlite
def test_who_oversees_her_reads_the_scores_that_count(app, first):
    for _ in range(2):
        taken("siti", {"truth", "single", "several", "text"})
    corrected(first, TRUTH, newer(2, "keys"))
    client = signed_in(browser(app), "ratna")
    english(client)
    text = client.get("/supervision/").text
    assert "Not passed after 2 attempts" in text
    assert "Scores 50\u00a0%, 50\u00a0%; pass mark 70\u00a0%." in text


def test_the_last_mark_that_was_missing_completes_the_course_and_issues_the_record(app, first):
    code = taken("siti", {"truth", "several"})
    finish_lessons()
    for unit in ("dua-quiz", "post-test"):
        taken("siti", (), unit)
    assert rows(Record) == []
    before = place_of_siti()
    corrected(first, TRUTH, newer(2, "keys"))
    assert result(code) == (75, True)
    assert len(rows(Record)) == 1
    assert place_of_siti() == before  # she has done nothing
    assert checked(app)[0] == [0, 0]


@on_sqlite
def test_a_new_right_order_and_new_pairs_mark_what_was_answered_anew(app, first):
    code, other = begun("siti"), taken("joko")
    answered(code, "siti", {"order"})  # close, save, shut down
    with saving():
        attempt = queries.own_attempt_to_change(Actor(person_id("siti")), code)
        (match,) = (a for a in queries.paper_of(attempt).asked if a.facts.key == "satu-match")
        edits = [Edit(match, (2, 1), Mark("aaaaaaaaaaaa", 2), frozenset())]  # share it
        service.save(attempt, edits, clock.now())
    handed_in(code, "siti")
    before = result(code)[0]
    second = newer(2, "orders")
    for kind in ("order", "match"):
        effect = service.dry_run(actor_named("budi"), first, f"satu-{kind}", second)
        assert [c.attempt_code for c in effect.raised] == [code]
        assert [c.attempt_code for c in effect.kept] == [other]
        corrected(first, f"satu-{kind}", second)
        assert before < result(code)[0] == effect.raised[0].after.score_percent
        before = result(code)[0]
    assert before == 100
    assert result(other) == (100, True)  # who was right by the wrong key stays so
    client = signed_in(browser(app), "joko")
    english(client)
    review = client.get(f"/attempts/{other}/review").text
    assert "Your number 1, it belongs to 2" in review
    assert "Your points stay" in review
    later = queries.taken(found(taken("joko", {"order"}))).result  # close, save, shut down
    assert later.points["satu-order"] == 1
    assert checked(app)[0] == [0, 0]


def test_who_was_right_by_the_wrong_key_keeps_it_and_is_told(app, first):
    code, other = taken("siti"), taken("joko", {"truth"})
    second = newer(2, "keys")
    effect = service.dry_run(actor_named("budi"), first, TRUTH, second)
    assert [c.attempt_code for c in effect.kept] == [code]
    assert effect.kept[0].after.score_percent < effect.kept[0].before.score_percent == 100
    corrected(first, TRUTH, second)
    assert result(code) == (100, True)
    assert result(other) == (100, True)
    assert [r.attempt_id for r in rows(Regrade)] == [found(other).id]
    client = signed_in(browser(app), "siti")
    english(client)
    review = client.get(f"/attempts/{code}/review").text
    assert "Your points stay" in review
    assert "Your result has risen" not in review
    assert checked(app)[0] == [0, 0]


@on_sqlite
def test_a_second_correction_takes_nothing_back_either(app, first):
    code = taken("siti", {"truth", "text", "single"})
    corrected(first, TRUTH, newer(2, "keys"))
    assert result(code) == (75, True)
    third = newer(3, "truth as before")
    corrected(first, TRUTH, third)
    assert result(code) == (75, True)
    corrected(first, "satu-text", third)
    assert result(code) == (88, True)
    with pytest.raises(Conflict, match="correction-older"):
        service.dry_run(actor_named("budi"), first, TRUTH, 2)
    assert len(rows(Regrade)) == 2
    assert checked(app)[0] == [0, 0]


@on_sqlite
def test_what_was_erased_is_neither_marked_anew_nor_said_to_fall(app, first):
    code = taken("siti")
    dewi = administrator()
    with saving():
        privacy.forget(person_id("siti"), dewi, clock.now())
    second = newer(2, "keys")
    effect = service.dry_run(actor_named("budi"), first, TRUTH, second)
    assert (effect.raised, effect.kept, effect.others) == ((), (), 1)
    corrected(first, TRUTH, second)
    assert result(code) == (100, True)
    assert checked(app)[0] == [0, 0]


@on_sqlite
def test_attempts_that_are_open_or_begun_later_are_marked_by_the_corrected_key(app, first):
    code = begun("siti")
    answered(code, "siti", {"truth"})
    corrected(first, TRUTH, newer(2, "keys"))
    handed_in(code, "siti")
    assert result(code) == (100, True)
    assert result(taken("siti", {"truth"})) == (100, True)
    assert result(taken("siti")) == (88, True)
    assert rows(Regrade) == []
    assert checked(app)[0] == [0, 0]
