"""The pages of lessons, activities and tasks, and who is let in."""

import pytest
from sqlalchemy import event, func, select

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.courses import queries as courses
from elearn.learning import service
from elearn.learning.models import Event
from elearn.records.models import Record
from tests.conftest import signed_in
from tests.elements import Elements
from tests.factories import published_example
from tests.rooms.learning_acts import actor, finish, join, kinds, publish_as, score, standing
from tests.rooms.learning_reader import COURSE, LESSON, text_of
from tests.rooms.learning_reader import reader as reader


def test_a_lesson_shows_its_place_its_length_its_size_and_its_sources(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    page = reader.get(LESSON)
    words = text_of(page)
    assert page.status_code == 200
    for said in ("Pelajaran mulai (English)", "Lesson 1 of 2", "about 12 minutes", "1 KB",
                 "On this page", "What to know", "Contoh, 2026", "Done and continue",
                 "Opening of the lesson", "Module satu", "Being read"):  # fmt: skip
        assert said.lower() in words.lower()
    assert 'rel="next" href="/courses/contoh/folder"' in page.text or (
        'href="/courses/contoh/folder" rel="next"' in page.text
    )
    assert 'href="/quizzes/contoh/pre-test" rel="prev"' in page.text


def test_reading_writes_once_and_never_again(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    assert reader.head(LESSON).status_code == 200
    assert kinds() == ["enrolled"]
    for _ in range(3):
        reader.get(LESSON)
    assert kinds() == ["enrolled", "opened"]


def test_done_leads_to_the_next_unit_and_once_is_enough(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    for _ in range(2):
        answer = reader.post(LESSON)
        assert (answer.status_code, answer.location) == (303, "/courses/contoh/folder")
    assert kinds() == ["enrolled", "done"]
    page = reader.get(LESSON)
    assert "Marked as done: Pelajaran mulai (English)." in text_of(page)
    assert "You have marked this as done." in text_of(page)
    assert "Done and continue" not in text_of(page)


def test_the_last_requirement_leads_to_the_record(reader):
    published_example()
    join()
    finish("mulai", "folder", "internet")
    for key in ("satu-quiz", "dua-quiz", "post-test"):
        score(key, 80, True)
    signed_in(reader, "siti")
    answer = reader.post("/courses/contoh/lanjut")
    number = db.session.scalar(select(Record.number))
    assert (answer.status_code, answer.location) == (303, f"/records/{number}/")
    # What is optional is no completion once more.
    assert reader.post("/courses/contoh/satu-activity").location == "/courses/contoh/dua-activity"


def test_the_switch_of_language_stays_on_the_lesson(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    page = reader.get(LESSON)
    assert "/language/id?next=/courses/contoh/mulai" in page.text
    page = reader.get("/language/id?next=/courses/contoh/mulai", follow_redirects=True)
    assert "Pembuka pelajaran" in page.text


@pytest.mark.parametrize(
    ("key", "said"),
    [("satu-activity", "Mark it for yourself"), ("task", "Folder tree")],
)
def test_activities_and_tasks_are_read_like_lessons(reader, key, said):
    published_example()
    join()
    signed_in(reader, "siti")
    page = reader.get(f"/courses/contoh/{key}")
    assert said in text_of(page)
    assert reader.post(f"/courses/contoh/{key}").status_code == 303
    assert standing().units[key].done


def test_a_quiz_is_not_a_lesson_and_its_address_leads_there(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    answer = reader.get("/courses/contoh/satu-quiz")
    assert (answer.status_code, answer.location) == (303, "/quizzes/contoh/satu-quiz")
    assert reader.post("/courses/contoh/satu-quiz").status_code == 409


def test_a_locked_lesson_says_what_comes_first_and_links_there(reader):
    published_example(order="sequential")
    join()
    signed_in(reader, "siti")
    page = reader.get("/courses/contoh/internet")
    assert page.status_code == 409
    assert "These 3 parts come first:" in text_of(page)
    assert 'class="button" href="/courses/contoh/mulai"' in page.text
    assert 'href="/quizzes/contoh/satu-quiz"' in page.text
    assert reader.post("/courses/contoh/internet").status_code == 409
    assert kinds() == ["enrolled"]
    assert "about 12 minutes, 1 KB Locked" in text_of(reader.get(COURSE))
    assert reader.get(LESSON).status_code == 200


def test_a_task_that_a_person_marks_says_so_and_has_no_button(reader):
    publish_as("dinilai", task=b"required")
    with saving():
        service.enrol(actor("siti"), "dinilai", "en", clock.now())
    signed_in(reader, "siti")
    page = reader.get("/courses/dinilai/task")
    assert "This task is marked by a person" in text_of(page)
    assert "Done and continue" not in text_of(page)
    assert reader.post("/courses/dinilai/task").status_code == 409
    words = text_of(reader.get("/courses/dinilai/"))
    assert "Have the practical task marked by a facilitator" in words
    assert "Marked by a person" in words


def test_a_required_activity_says_that_it_counts(reader):
    publish_as("giat", required=b"[mulai, satu-activity]")
    with saving():
        service.enrol(actor("siti"), "giat", "en", clock.now())
    signed_in(reader, "siti")
    assert "It counts as done when" in text_of(reader.get("/courses/giat/satu-activity"))
    assert reader.post("/courses/giat/satu-activity").location == "/quizzes/giat/satu-quiz"
    words = text_of(reader.get("/courses/giat/"))
    assert "Mark 1 required lesson as done" in words
    assert "Do 1 activity at your library" in words


def test_a_unit_whose_text_is_not_rendered_is_404_and_not_a_fault(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    with saving():
        db.session.execute(db.text("DELETE FROM courses_rendering WHERE unit_key = 'mulai'"))
    assert reader.get(LESSON).status_code == 404


@pytest.mark.parametrize(
    ("method", "address", "back"),
    [
        ("get", LESSON, "/courses/contoh/mulai"),
        ("post", LESSON, "/courses/contoh/mulai"),
        ("post", COURSE, "/courses/contoh/"),
        ("post", "/enrolments/contoh/move", "/"),
        ("post", "/enrolments/contoh/retake", "/"),
    ],
)
@pytest.mark.parametrize("asks_for_tokens", [False, True], ids=["ended session", "lost session"])
def test_a_stranger_signs_in_and_is_back_at_the_page_of_what_was_sent(
    reader, method, address, back, asks_for_tokens
):
    """A session that was ended elsewhere, and one whose cookie (and token) the browser dropped."""
    published_example()
    reader.application.config["WTF_CSRF_ENABLED"] = asks_for_tokens
    answer = getattr(reader, method)(address)
    assert answer.status_code == 303
    page = reader.get(answer.location)
    assert ("open longer than your session" in text_of(page)) == (method == "post")
    (form,) = Elements(page.text).all("input", name="next")
    assert form["value"] == back
    assert db.session.scalar(select(func.count()).select_from(Event)) == 0


@pytest.mark.parametrize("who", ["joko", "ratna", "budi", "dewi"])
def test_who_has_not_joined_reads_no_lesson_and_touches_nobodys_progress(reader, who):
    published_example()
    join("siti")
    signed_in(reader, who)
    page = reader.get(LESSON)
    assert page.status_code == 403
    assert "Join this course" in text_of(page)
    assert "Opening of the lesson" not in page.text
    assert reader.post(LESSON).status_code == 404
    assert reader.post("/enrolments/contoh/move").status_code == 404
    assert reader.post("/enrolments/contoh/retake").status_code == 404
    assert reader.get("/courses/contoh/tiada").status_code == 404
    assert kinds("siti") == ["enrolled"]
    assert standing("siti").units["mulai"].done is False


def test_a_link_to_a_lesson_of_another_course_leads_to_the_way_in_and_then_to_the_lesson(reader):
    publish_as("lain", link=b"course:contoh/mulai")
    with saving():
        service.enrol(actor("siti"), "lain", "en", clock.now())
    signed_in(reader, "siti")
    (link,) = Elements(reader.get("/courses/lain/folder").text).all("a", href=LESSON)
    assert reader.get(link["href"]).status_code == 404
    published_example()
    before = reader.get(link["href"])
    assert (before.status_code, "Join this course" in text_of(before)) == (403, True)
    join()
    after = reader.get(link["href"])
    assert (after.status_code, "Opening of the lesson" in text_of(after)) == (200, True)


def test_the_page_of_somebody_else_never_shows_my_progress(reader):
    published_example()
    join("siti")
    finish("mulai")
    signed_in(reader, "joko")
    for address in ("/", COURSE, "/courses/"):
        assert "14 %" not in text_of(reader.get(address))


def test_a_text_without_translation_is_shown_in_its_own_language_and_says_so(reader):
    version = published_example()
    join()
    signed_in(reader, "siti")
    with saving():
        db.session.execute(
            db.text("DELETE FROM courses_rendering WHERE unit_key = 'mulai' AND language = 'en'")
        )
    assert courses.rendering(version, "mulai", "en").is_fallback
    page = reader.get(LESSON)
    assert "This text is only in Indonesian so far." in text_of(page)
    assert '<div class="prose" lang="id">' in page.text


def test_a_lesson_can_be_read_while_nothing_can_be_written(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    db.session.rollback()

    def forbid_writing(connection):
        connection.exec_driver_sql("PRAGMA query_only = ON")

    event.listen(db.engine, "begin", forbid_writing)
    page = reader.get(LESSON)
    assert "Pembuka pelajaran" in page.text or "Opening of the lesson" in page.text
    assert page.status_code == 200
    assert reader.post(LESSON).status_code == 503
