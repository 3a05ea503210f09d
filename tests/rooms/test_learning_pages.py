"""The first page, the catalogue and the page of a course."""

import pytest
from sqlalchemy import select

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.courses.models import Withdrawal
from elearn.records.models import Record
from tests.conftest import signed_in
from tests.factories import published_example
from tests.rooms.learning_acts import complete, finish, join, kinds, score, standing
from tests.rooms.learning_reader import COURSE, LESSON, text_of
from tests.rooms.learning_reader import reader as reader


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
    assert "Choose your first course" in text_of(page)
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
    score("satu-quiz", 57, False)
    assert "about 15 minutes Not passed yet, score 57" in text_of(reader.get("/"))


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


def test_a_stranger_reads_what_a_course_gives_and_asks(reader):
    published_example()
    page = reader.get(COURSE)
    words = text_of(page)
    for said in (
        "Example Course", "order files", "Modul", "Mark all 4 lessons as done",
        "Pass 2 quizzes, each with a score of at least 70",
        "Pass the post-test with a score of at least 70",
        "You choose the order.", "4 JP, about 4 hours", "Indonesian, English", "Perpustakaan Nasional",
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
        "Pelajaran folder (English) about 12 minutes, 1 KB Being read", "Not passed yet, score 57", "Passed, score 86",
        "Pelajaran internet (English) about 12 minutes, 1 KB Not started", "Practical task about 60 minutes, 1 KB Optional",
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
