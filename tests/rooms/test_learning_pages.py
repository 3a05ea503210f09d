"""Pages of studying, as people see them: who is let in, what is said, what is written."""

import re

import pytest
from sqlalchemy import event, func, select

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.courses import queries as courses
from elearn.courses.models import Withdrawal
from elearn.learning import service
from elearn.learning.models import Event
from elearn.records.models import Record
from tests.conftest import browser, signed_in
from tests.elements import Elements
from tests.factories import published_example
from tests.rooms.test_learning_cost import publish_as
from tests.rooms.test_learning_study import actor, complete, finish, join, kinds, score, standing

COURSE = "/courses/contoh/"
LESSON = "/courses/contoh/mulai"


def text_of(response) -> str:
    """What is read on the page, without its marks."""
    main = response.text.partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", main).replace("&nbsp;", " ").replace("\xa0", " ")
    return " ".join(words.split())


@pytest.fixture
def reader(sqlite_app):
    """A browser that prefers English, on SQLite: pages do not depend on the database."""
    client = browser(sqlite_app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.set_cookie("elearn_language", "en")
    return client


# --- The first page ----------------------------------------------------------------------------


def test_a_stranger_is_told_what_this_is_and_sees_the_courses(reader):
    published_example()
    page = reader.get("/")
    assert page.status_code == 200
    assert "Example Course" in text_of(page)
    assert 'href="/courses/contoh/"' in page.text
    assert 'href="/login"' in page.text


def test_the_first_page_works_before_any_course_is_published(reader):
    assert "No course has been published yet" in text_of(reader.get("/"))
    signed_in(reader, "siti")
    assert "No course has been published yet" in text_of(reader.get("/"))


def test_a_newcomer_is_shown_the_way_to_the_first_course(reader):
    published_example()
    signed_in(reader, "siti")
    page = reader.get("/")
    assert "You have not joined a course yet" in text_of(page)
    assert "of your target of 20 JP" in text_of(page)


def test_home_has_one_continue_that_leads_to_the_next_thing(reader):
    published_example()
    join()
    signed_in(reader, "siti")
    assert 'class="button" href="/quizzes/contoh/pre-test"' in reader.get("/").text
    finish("mulai")
    page = reader.get("/")
    assert page.text.count('class="button" href="/courses/contoh/folder"') == 1
    assert page.text.count('class="button"') == 1
    assert "Continue reading" in text_of(page)
    assert "14 %, 1 of 7 parts" in text_of(page)


def test_home_shows_the_course_studied_last_and_lists_the_others(reader):
    published_example()
    join()
    complete()
    signed_in(reader, "siti")
    page = reader.get("/")
    number = db.session.scalar(select(Record.number))
    assert f'class="button" href="/records/{number}/"' in page.text
    assert "4 of your target of 20 JP" in text_of(page)
    latest = page.text.partition("Latest JP")[2]
    assert f'<a href="/records/{number}/">Example Course</a>' in latest


def test_a_newer_version_is_offered_with_what_is_new_and_never_forced(reader):
    published_example(1)
    join()
    finish("mulai", "lanjut")
    published_example(2)
    signed_in(reader, "siti")
    for address in ("/", COURSE):
        words = text_of(reader.get(address))
        assert "Version 2 of this course is ready" in words
        assert "Version 2." in words
        assert "you would stand at 12 %" in words
    assert standing().outline.number == 1
    assert "tambahan" not in reader.get(COURSE).text
    answer = reader.post("/enrolments/contoh/move")
    assert (answer.status_code, answer.location) == (303, COURSE)
    assert (standing().outline.number, standing().percent) == (2, 12)
    assert "Pelajaran tambahan" in reader.get(COURSE).text
    assert "is ready" not in text_of(reader.get("/"))


# --- The catalogue -----------------------------------------------------------------------------


def test_the_catalogue_is_open_to_everybody_and_states_size_and_hours(reader):
    published_example()
    words = text_of(reader.get("/courses/"))
    assert "1 course found." in words
    assert "CTH 4 JP" in words
    assert "2 modules, 4 lessons, about 1 KB" in words
    assert "Not joined" not in words


@pytest.mark.parametrize(
    ("query", "found"),
    [("q=EXAMPLE", 1), ("q=village+library", 1), ("q=katalogisasi", 0), ("q=%25", 0),
     ("show=nonsense", 1), ("q=" + "x" * 3000, 0)],
)  # fmt: skip
def test_courses_are_found_by_words_of_title_and_text(reader, query, found):
    published_example()
    page = reader.get(f"/courses/?{query}")
    assert page.status_code == 200
    assert f"{found} course" in text_of(page)
    assert page.text.count("<article") == found
    assert 'role="status"' in page.text


def test_the_catalogue_is_filtered_by_what_is_mine(reader):
    published_example()
    signed_in(reader, "siti")

    def shown(part: str) -> int:
        return reader.get(f"/courses/?show={part}").text.count("<article")

    assert [shown(part) for part in ("all", "mine", "other", "done")] == [1, 0, 1, 0]
    join()
    finish("mulai")
    assert "In progress, 14 %" in text_of(reader.get("/courses/"))
    assert [shown(part) for part in ("all", "mine", "other", "done")] == [1, 1, 0, 0]
    complete()
    assert [shown(part) for part in ("all", "mine", "other", "done")] == [1, 1, 0, 1]


# --- The course page ---------------------------------------------------------------------------


def test_a_stranger_reads_what_a_course_gives_and_asks(reader):
    published_example()
    page = reader.get(COURSE)
    words = text_of(page)
    for said in (
        "Example Course", "order files", "Modul", "Mark all 4 lessons as done",
        "Pass 2 quizzes, each with a score of at least 70",
        "Pass the post-test with a score of at least 70",
        "You choose the order.", "4 JP, about", "Indonesia, English", "Perpustakaan Nasional",
    ):  # fmt: skip
        assert said.lower() in words.lower()
    assert "Join this course" not in words
    assert 'href="/login?next=/courses/contoh/"' in page.text
    assert 'property="og:title" content="Example Course"' in page.text
    assert 'content="http://127.0.0.1:8000/courses/contoh/"' in page.text


def test_joining_is_one_click_and_leads_back_to_the_course(reader):
    published_example()
    signed_in(reader, "siti")
    assert "Join this course" in text_of(reader.get(COURSE))
    for _ in range(2):
        answer = reader.post(COURSE)
        assert (answer.status_code, answer.location) == (303, COURSE)
    assert kinds() == ["enrolled"]
    page = reader.get(COURSE)
    assert "You have joined Example Course" in text_of(page)
    assert "Begin: Pre-test" in text_of(page)
    assert "Your progress" in text_of(page)


def test_every_unit_says_how_it_stands(reader):
    published_example()
    join()
    finish("mulai")
    score("pre-test", 30, None)
    score("satu-quiz", 57, False)
    score("dua-quiz", 86, True)
    signed_in(reader, "siti")
    reader.get("/courses/contoh/folder")
    words = text_of(reader.get(COURSE))
    for said in (
        "Pre-test Taken, score 30", "Pelajaran mulai (English) Completed",
        "Pelajaran folder (English) Being read", "Not passed yet, score 57", "Passed, score 86",
        "Pelajaran internet (English) Not started", "Practical task Optional",
    ):  # fmt: skip
        assert said in words


def test_a_completed_course_leads_to_its_record_and_can_be_taken_again(reader):
    published_example()
    join()
    complete()
    signed_in(reader, "siti")
    words = text_of(reader.get(COURSE))
    assert "You have completed this course" in words
    assert "See the completion record" in words
    answer = reader.post("/enrolments/contoh/retake")
    assert (answer.status_code, answer.location) == (303, COURSE)
    assert standing().percent == 0
    assert "Your earlier record stays valid" in text_of(reader.get(COURSE))


def test_a_withdrawn_course_is_gone_for_strangers_and_stays_with_its_learners(reader):
    version = published_example()
    join()
    with saving():
        db.session.add(Withdrawal(version_id=version, at=clock.now(), reason="salah", by=None))
    assert reader.get(COURSE).status_code == 404
    signed_in(reader, "siti")
    assert reader.get(COURSE).status_code == 200
    assert reader.get(LESSON).status_code == 200
    assert reader.get("/courses/?show=mine").text.count("<article") == 1


def test_a_course_that_does_not_exist_is_404(reader):
    assert reader.get("/courses/tiada/").status_code == 404
    signed_in(reader, "siti")
    assert reader.get("/courses/tiada/satu").status_code == 404
    assert reader.post("/courses/tiada/").status_code == 404


# --- Lessons -----------------------------------------------------------------------------------


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
    assert "Pelajaran internet (English) Locked" in text_of(reader.get(COURSE))
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


# --- Who is let in -----------------------------------------------------------------------------


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
    assert "This text is only in Indonesia so far." in text_of(page)
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
