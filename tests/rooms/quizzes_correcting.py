"""Keys that were wrong, attempts that were marked by them, and what a correction makes of both."""

from functools import cache

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from elearn.coursepack.reading import read_files
from elearn.courses import service as courses_service
from elearn.courses.formats.html import render_course
from elearn.demo.study import right_answer, wrong_answer
from elearn.learning import queries as learning_queries
from elearn.learning import service as learning
from elearn.quizzes import queries, service
from elearn.quizzes.models import Attempt
from elearn.quizzes.rules import Mark
from elearn.quizzes.service import Edit
from tests.conftest import person_id
from tests.factories import administrator, example_files, published_example

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
