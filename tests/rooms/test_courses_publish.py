"""Publishing: once, whole, never changed; refused where it would hurt a learner."""

from contextlib import nullcontext
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from elearn.accounts.service import OrganiserWords, add_organiser
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.coursepack import write
from elearn.coursepack.reading import read_files
from elearn.courses import models, queries, service
from elearn.courses.formats.html import render_course
from tests.conftest import browser
from tests.factories import administrator, example_course, example_files, published_example


def publish_files(files, now=None):
    course, problems = read_files(files)
    assert course is not None, [p.format("en") for p in problems]
    html, actor = render_course(course), administrator()
    with saving():
        return service.publish(course, html, actor, now or clock.now())


def test_a_published_version_is_found_with_all_its_units(app):
    course = queries.outline(published_example())
    assert [u.key for u in course.units] == [
        "pre-test", "mulai", "folder", "satu-activity", "satu-quiz",
        "internet", "lanjut", "dua-activity", "dua-quiz", "task", "post-test",
    ]  # fmt: skip
    assert [u.key for u in course.required] == [
        "mulai", "folder", "satu-quiz", "internet", "lanjut", "dua-quiz", "post-test"
    ]  # fmt: skip
    assert (course.jp, course.words["en"].title) == (4, "Example Course")
    assert course.unit("satu-quiz").pass_percent == 70
    assert course.unit("pre-test").pass_percent is None


def test_the_same_content_again_changes_nothing(app):
    first = published_example()
    again = publish_files(example_files())
    assert (again.version_id, again.is_new) == (first, False)
    assert db.session.scalar(text("SELECT count(*) FROM courses_version")) == 1


def test_changed_content_under_an_old_number_is_refused_with_the_next_number(app):
    published_example()
    files = example_files()
    files["01-satu/01-mulai.id.md"] += b"\nBaris baru.\n"
    with pytest.raises(Conflict) as refusal:
        publish_files(files)
    assert (refusal.value.code, refusal.value.values["next"]) == ("version-changed", 2)


def test_an_older_number_is_refused(app):
    published_example(version=2)
    with pytest.raises(Conflict, match="version-older"):
        published_example(version=1)


def test_an_edition_cannot_go_down(app):
    published_example(version=2)
    files = {
        path: content.replace(b"version: 2", b"version: 3").replace(b"edition: 2", b"edition: 1")
        for path, content in example_files(version=2).items()
    }
    with pytest.raises(Conflict) as refusal:
        publish_files(files)
    assert refusal.value.values["key"] == "lanjut"


def test_a_course_of_an_unknown_organiser_is_refused(app):
    files = example_files()
    files["course.yml"] = files["course.yml"].replace(b"perpusnas-contoh", b"tidak-ada")
    with pytest.raises(Invalid, match="organiser-unknown"):
        publish_files(files)
    assert db.session.scalar(text("SELECT count(*) FROM courses_course")) == 0


@pytest.mark.parametrize(("hour", "is_known"), [(16, False), (17, True)])  # midnight in Jakarta
def test_an_organiser_of_today_is_known_from_midnight_on(sqlite_app, hour, is_known):
    words = OrganiserWords("Balai", "Kupang", "Yohana Lado", "Kepala")
    with saving():
        add_organiser(administrator(), "balai", words, None, date(2026, 3, 2), clock.now())
    files = example_files()
    files["course.yml"] = files["course.yml"].replace(b"perpusnas-contoh", b"balai")
    with nullcontext() if is_known else pytest.raises(Invalid, match="organiser-unknown"):
        publish_files(files, datetime(2026, 3, 1, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE courses_version SET jp = 99",
        "DELETE FROM courses_unit",
        "UPDATE courses_question SET definition = '{}'",
        "DELETE FROM courses_blob",
        "UPDATE courses_file SET digest = 'x'",
    ],
)
def test_the_database_refuses_to_change_a_published_version(app, statement):
    published_example()
    with pytest.raises(DBAPIError, match="append-only"), saving():
        db.session.execute(text(statement))


def test_export_gives_back_the_published_bytes(app):
    version = published_example()
    course, _ = read_files(dict(queries.files_of(version)))
    assert dict(course.files) == example_files()
    assert write.archive(course) == write.archive(example_course())


def test_rendering_anew_gives_the_same_text_and_leaves_the_version_alone(app):
    version = published_example()
    before = queries.rendering(version, "mulai", "id")
    with saving():
        service.keep_html(version, render_course(example_course()))
    assert queries.rendering(version, "mulai", "id") == before
    assert "<strong>mulai</strong>" in before.html


def test_a_lesson_link_leads_to_the_lesson(app):
    version = published_example()
    assert 'href="/courses/contoh/mulai"' in queries.rendering(version, "folder", "id").html


def test_a_missing_language_falls_back_to_the_default_one(app):
    shown = queries.rendering(published_example(), "mulai", "fr")
    assert (shown.language, shown.is_fallback) == ("id", True)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("kursus", 1),
        ("CONTOH desa", 1),
        ("example village", 1),
        ("kursus village", 0),
        ("zebra", 0),
        ("%", 0),
    ],
)
def test_courses_are_found_by_words_of_title_and_text(app, words, count):
    published_example()
    assert len(queries.find(words)) == count


def test_a_withdrawn_version_is_offered_no_longer(app):
    published_example()
    newer = published_example(version=2)
    assert queries.newest("contoh").number == 2
    actor = administrator()
    with saving():
        service.withdraw(
            db.session.get(models.Version, newer), "contoh", "salah ketik", actor, clock.now()
        )
    assert queries.newest("contoh").number == 1
    assert [o.number for o in queries.newest_of_all()] == [1]


def test_question_facts_survive_being_kept(app):
    version = published_example()
    facts, bodies = queries.questions(version), queries.question_bodies(version, "en")
    assert facts["satu-several"].rights == (True, True, False)
    assert facts["satu-truth"].answer is False
    assert str(facts["satu-number"].answer), str(facts["satu-number"].tolerance) == ("180", "0.5")
    assert (facts["satu-match"].pair_count, facts["satu-match"].extra_count) == (2, 1)
    assert bodies["satu-match"].rights_plain == ("check the date", "search the image", "share it")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M0 0h40v20z"/></svg>'


def test_media_are_public_by_digest_and_source_files_are_not(app):
    files = example_files()
    files["media/gambar.svg"] = SVG
    files["01-satu/01-mulai.id.md"] += b"\n![Sebuah segitiga](../media/gambar.svg)\n"
    files["01-satu/01-mulai.en.md"] += b"\n![A triangle](../media/gambar.svg)\n"
    version = publish_files(files).version_id
    html = str(queries.rendering(version, "mulai", "id").html)
    address = html.split('src="', 1)[1].split('"', 1)[0]
    answer = browser(app).get(address)
    assert (answer.status_code, answer.data, answer.mimetype) == (200, SVG, "image/svg+xml")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert 'width="40"' in html
    quiz = db.session.scalars(
        db.select(models.File.digest).where(models.File.path == "01-satu/quiz.yml")
    ).one()
    for path in (f"/media/{quiz}/quiz.yml", f"/media/{quiz}/gambar.svg"):
        assert browser(app).get(path).status_code == 404
    with pytest.raises(Missing):
        queries.media(quiz, "quiz.yml")
