"""A wrong key, found later: who was right after all is given it, and nobody loses anything."""

import threading
from functools import cache

import pytest
from sqlalchemy import text

from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Forbidden, Invalid, Missing
from elearn.core.permissions import NOBODY, Actor, Grant, Role
from elearn.coursepack.reading import read_files
from elearn.courses import service as courses_service
from elearn.courses.formats.html import render_course
from elearn.demo.study import right_answer, wrong_answer
from elearn.learning import queries as learning_queries
from elearn.learning import service as learning
from elearn.learning.models import Event
from elearn.privacy import service as privacy
from elearn.quizzes import queries, rules, service
from elearn.quizzes.models import Answer, Attempt, Correction, Regrade
from elearn.quizzes.rules import Mark
from elearn.quizzes.service import Edit
from elearn.records.models import Record
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.factories import administrator, example_files, published_example
from tests.queries import counted
from tests.rooms.quizzes_pages import english
from tests.rooms.test_integrity import broken
from tests.rooms.test_quizzes_limits import finish_everything_but

QUIZ, TRUTH, SINGLE = "satu-quiz", "satu-truth", "satu-single"
REASON = "Salinan di disk yang sama memang cadangan."

# What stands in the bank of the first module, and what a newer version says instead.
CHANGES = {
    "keys": (
        ("answer: false", "answer: true"),
        ("right: {id: 2026-03", "wrong: {id: 2026-03"),
        ("wrong: {id: laporan baru", "right: {id: laporan baru"),
        ("right: {id: flashdisk", "wrong: {id: flashdisk"),
        ("wrong: {id: folder yang", "right: {id: folder yang"),
        ("accepted: [", "accepted: [belum tahu, "),
    ),
    "shapes": (  # an option more, options in another order, other words, an edition, a key
        ("      - wrong: {id: dokumen1", "      - wrong: {id: lain, en: other}\n      - wrong: {id: dokumen1"),
        ("{id: awan, en: the cloud}", "{id: folder x, en: x}"),
        ("{id: folder yang sama, en: the same folder}", "{id: awan, en: the cloud}"),
        ("{id: folder x, en: x}", "{id: folder yang sama, en: the same folder}"),
        ("{id: simpan, en: save}", "{id: simpan, en: save it}"),
        ("{id: cari gambar, en: search the image}", "{id: cari, en: search}"),
        ("satu-truth\n    edition: 1", "satu-truth\n    edition: 2"),
        ("answer: false", "answer: true"),
        ("key: satu-text\n", "key: satu-other\n"),
    ),
    "orders": (  # close before save; share it is the partner of the old hoax
        ("{id: simpan, en: save}", "{id: x, en: x}"),
        ("{id: tutup, en: close}", "{id: simpan, en: save}"),
        ("{id: x, en: x}", "{id: tutup, en: close}"),
        ("{id: cek tanggal, en: check the date}", "{id: x, en: x}"),
        ("{id: bagikan, en: share it}", "{id: cek tanggal, en: check the date}"),
        ("{id: x, en: x}", "{id: bagikan, en: share it}"),
    ),
    "truth as before": (("accepted: [", "accepted: [belum tahu, "),),
}  # fmt: skip


@cache
def packed(number, change):
    files = example_files()
    files["course.yml"] = files["course.yml"].replace(b"version: 1", f"version: {number}".encode())
    bank = files["01-satu/quiz.yml"].decode()
    for old, new in CHANGES[change]:
        assert old in bank, old
        bank = bank.replace(old, new)
    files["01-satu/quiz.yml"] = bank.encode()
    course, problems = read_files(files)
    assert course is not None, [problem.format("en") for problem in problems]
    return course, render_course(course)


def newer(number, change):
    """Publish the example course again with other keys; the id of that version."""
    course, html = packed(number, change)
    actor = administrator()
    with saving():
        return courses_service.publish(course, html, actor, clock.now()).version_id


def begun(username, unit=QUIZ):
    """Code of an attempt that is open."""
    with saving():
        learning.enrol(Actor(person_id(username)), "contoh", "id", clock.now())
    with saving():
        mine = learning_queries.own_enrolment_to_change(Actor(person_id(username)), "contoh")
        return service.begin(mine, unit, "id", clock.now()).code


def answered(code, username, wrong=()):
    with saving():
        attempt = queries.own_attempt_to_change(Actor(person_id(username)), code)
        edits = [
            Edit(
                asked,
                (wrong_answer if asked.facts.key.split("-")[-1] in wrong else right_answer)(asked.facts),
                Mark("aaaaaaaaaaaa", 1),
                frozenset(),
            )
            for asked in queries.paper_of(attempt).asked
        ]  # fmt: skip
        service.save(attempt, edits, clock.now())


def handed_in(code, username):
    with saving():
        actor = Actor(person_id(username))
        attempt = queries.own_attempt_to_change(actor, code)
        mine = learning_queries.own_enrolment_by_id_to_change(actor, attempt.enrolment_id)
        service.submit(attempt, mine, "id", clock.now())


def taken(username, wrong=(), unit=QUIZ):
    """A whole attempt; its code."""
    code = begun(username, unit)
    answered(code, username, wrong)
    handed_in(code, username)
    return code


def corrected(version_id, key, from_version_id, who="budi", most=50):
    """The correction, carried through as its callers do."""
    with saving():
        correction = service.correct(
            actor_named(who), version_id, key, from_version_id, REASON, clock.now()
        )
        number = correction.id
    after = 0
    while after is not None:
        with saving():
            after = service.regrade(number, after, clock.now(), most)
    return number


def result(code):
    """Score and whether it is passed, as they count now."""
    attempt = found(code)
    counts = queries.taken(attempt).result
    return counts.score_percent, counts.is_passed


def place_of_siti():
    """The unit that she worked on last, and when."""
    db.session.rollback()
    mine = learning_queries.standing(learning_queries.own_enrolment(actor_named("siti"), "contoh"))
    return mine.last_unit_key, mine.last_event_at


def found(code):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(db.select(Attempt).where(Attempt.code == code)).one()


def rows(model):
    db.session.rollback()
    db.session.expire_all()
    return db.session.scalars(db.select(model).order_by(model.id)).all()


def checked(app):
    run = app.test_cli_runner().invoke
    outputs = [run(main, words) for words in (["db", "check"], ["learning", "rebuild", "--check"])]
    return [each.exit_code for each in outputs], "".join(each.stdout for each in outputs)


@pytest.fixture
def first(app):
    """The id of the example course's first version."""
    return published_example()


# Rising


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


def test_the_last_mark_that_was_missing_completes_the_course_and_issues_the_record(app, first):
    code = taken("siti", {"truth", "several"})
    finish_everything_but(app, {QUIZ, "dua-quiz", "post-test"})
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


# Never falling


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


# Attempts under way


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


# Once, and whole


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


# Refusals


@pytest.mark.parametrize(
    ("key", "reason", "refusal", "code"),
    [
        ("satu-number", REASON, Invalid, "correction-empty"),
        ("satu-several", REASON, Invalid, "correction-shape"),
        (SINGLE, REASON, Invalid, "correction-shape"),
        ("satu-order", REASON, Invalid, "correction-shape"),
        ("satu-match", REASON, Invalid, "correction-shape"),
        (TRUTH, REASON, Invalid, "correction-shape"),
        ("satu-text", REASON, Missing, "question-unknown"),
        ("no-such", REASON, Missing, "question-unknown"),
        (SINGLE, " ", Invalid, "reason-missing"),
    ],
)
def test_a_key_that_answers_cannot_be_marked_by_is_refused(sqlite_app, key, reason, refusal, code):
    first, second = published_example(), newer(2, "shapes")
    with pytest.raises(refusal, match=code), saving():
        service.correct(actor_named("budi"), first, key, second, reason, clock.now())
    assert rows(Correction) == []


def test_the_key_comes_from_a_newer_version_of_the_same_course(sqlite_app):
    first, second = published_example(), newer(2, "keys")
    for pair in ((second, first), (first, first)):
        with pytest.raises(Invalid, match="correction-version"):
            service.dry_run(actor_named("budi"), pair[0], TRUTH, pair[1])
    with pytest.raises(Missing):
        service.dry_run(actor_named("budi"), first, TRUTH, 99)


@pytest.mark.parametrize(
    ("who", "may"),
    [("budi", True), ("dewi", True), ("siti", False), ("ratna", False), ("joko", False), ("of a district", False), (None, False)],
)  # fmt: skip
def test_only_authors_and_administrators_correct_keys(sqlite_app, who, may):
    first, second = published_example(), newer(2, "keys")
    if who == "of a district":  # an author for a part of the tree only
        actor = Actor(person_id("budi"), frozenset({Grant(Role.AUTHOR, 3)}))
    else:
        actor = actor_named(who) if who else NOBODY

    def acts():
        service.dry_run(actor, first, TRUTH, second)
        with saving():
            service.correct(actor, first, TRUTH, second, REASON, clock.now())

    if may:
        acts()
    else:
        with pytest.raises(Forbidden):
            acts()
        with pytest.raises(Forbidden), saving():
            service.correct(actor, first, TRUTH, second, REASON, clock.now())
    assert len(rows(Correction)) == may


def test_the_command_shows_what_would_happen_and_does_it_when_told_to(app, first):
    code, kept = taken("siti", {"truth", "several"}), taken("joko")
    newer(2, "keys")
    words = ["quizzes", "correct", "contoh", TRUTH, "--of", "1", "--from", "2", "--as"]
    run = app.test_cli_runner().invoke
    shown = run(main, [*words, "budi"])
    assert f"{code} Siti Aminah, S.IP.: rises from 63 to 75 and passes" in shown.stdout
    assert f"{kept} Joko Prasetyo: keeps 100, the right key would give 88" in shown.stdout
    assert (shown.exit_code, rows(Correction)) == (0, [])
    for who, reason, exit_code in (("siti", REASON, 1), ("budi", "", 1), ("budi", REASON, 0)):
        done = run(main, [*words, who, "--reason", reason, "--yes"])
        assert done.exit_code == exit_code
    assert "1 rise, 1 keep, 0 stay" in done.stdout
    assert result(code) == (75, True)
    again = run(main, [*words, "budi", "--reason", REASON, "--yes"])
    assert "0 rise, 1 keep, 1 stay" in again.stdout


# Item analysis


def test_the_answers_of_a_version_are_read_with_three_statements_by_the_keys_that_count(app, first):
    taken("siti", {"truth"})
    taken("joko")
    taken("ratna", {"text"})
    begun("dewi")
    second = newer(2, "keys")
    queries.responses(first)
    queries.corrected_questions(second, ())
    with counted() as sent:
        before = queries.responses(first)
    assert len(sent) == 3
    assert {key: len(tries) for key, tries in before.items() if tries} == dict.fromkeys(
        (f"satu-{kind}" for kind in ("single", "several", "truth", "order", "match", "text", "number")), 3
    )  # fmt: skip
    assert sorted(float(one.share) for one in before[TRUTH]) == [0, 1, 1]
    assert rules.item_of(queries.corrected_questions(first, ())[TRUTH], before[TRUTH]).chosen == (
        1,
        2,
    )
    corrected(first, TRUTH, second)
    dewi = administrator()
    with saving():
        privacy.forget(person_id("joko"), dewi, clock.now())
    with counted() as sent:
        after = queries.responses(first)
    assert len(sent) == 3
    assert sorted(float(one.share) for one in after[TRUTH]) == [0, 1]
    assert [one.share for one in queries.responses(first, most=1)["satu-text"]] == [0]


def test_attempts_of_a_version_are_found_by_an_index(app, first):
    taken("siti")
    newest = (
        f"SELECT id, drawn FROM quizzes_attempt WHERE version_id = {first} AND state = 'submitted' "
        "ORDER BY id DESC LIMIT 2000"
    )
    asked = (
        f"SELECT id FROM quizzes_attempt WHERE version_id = {first} AND id > 0 ORDER BY id LIMIT 50"
    )
    is_sqlite = db.engine.dialect.name == "sqlite"
    if not is_sqlite:
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        db.session.execute(text("SET LOCAL enable_sort = off"))
    for statement in (newest, asked):
        plan = db.session.execute(
            text(("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + statement)
        )
        lines = "\n".join(str(row) for row in plan)
        assert "ix_quizzes_attempt_version_id_id" in lines
        assert "TEMP B-TREE" not in lines
    assert db.session.scalar(db.select(db.func.count()).select_from(Answer)) > 0
