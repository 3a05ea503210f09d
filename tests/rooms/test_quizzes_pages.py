"""The pages of a quiz without JavaScript: before, during, handing in, review; and whose they are."""

import json
import re

import pytest

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.learning import service as learning
from elearn.learning.models import Enrolment, Event, Progress
from elearn.quizzes import queries, rules
from elearn.quizzes.models import Attempt
from tests.conftest import browser, on_sqlite, signed_in
from tests.elements import Elements
from tests.factories import KEPT_BACK, published_example
from tests.rooms.quizzes_pages import (
    QUIZ,
    answers,
    attempt_row,
    begin,
    english,
    hidden_fields,
    join,
    number_of,
    right_fields,
    save,
    take,
)


@pytest.fixture
def study(app):
    """siti has joined the example course; her browser."""
    return join(app, "siti")


# Before the start


@on_sqlite
def test_what_counts_is_said_before_the_start(study):
    english(study)
    page = study.get(QUIZ).text
    for words in ("Pass mark", "70 of 100", "Your best attempt", "No limit", "Begin"):
        assert words in page


@on_sqlite
def test_who_has_not_joined_is_led_to_the_course(app):
    published_example()
    response = signed_in(browser(app), "joko").get(QUIZ)
    assert (response.status_code, response.location) == (303, "/courses/contoh/")


@pytest.mark.parametrize("key", ["mulai", "nothing", "task"])
@on_sqlite
def test_only_quizzes_and_tests_have_a_quiz_page(study, key):
    assert study.get(f"/quizzes/contoh/{key}").status_code == 404
    assert study.post(f"/quizzes/contoh/{key}").status_code == 404


@on_sqlite
def test_a_locked_quiz_says_what_is_missing_and_cannot_be_begun(app):
    client = join(app, "siti", order="sequential")
    page = client.get(QUIZ)
    assert "/courses/contoh/mulai" in page.text
    assert 'action="/quizzes/' not in page.text
    assert client.post(QUIZ).status_code == 409
    assert db.session.scalars(db.select(Attempt)).all() == []


def test_an_open_attempt_is_continued_and_not_begun_again(study):
    address = begin(study)
    assert begin(study) == address
    assert address in study.get(QUIZ).text


# Answering


def test_every_save_button_saves_all_answers_at_the_places_shown(study):
    address = begin(study)
    response = save(study, address, right_fields(attempt_row()), save="all")
    attempt = attempt_row()
    last = len(queries.paper_of(attempt).asked)
    assert (response.status_code, response.location) == (303, f"{address}#q{last}-question")
    given = {key: one.given for key, one in queries.answers_of(attempt).items()}
    facts = [asked.facts for asked in queries.paper_of(attempt).asked]
    assert rules.grade(facts, given).score_percent == 100
    page = study.get(address).text
    assert page.count("save-state--saved") == len(facts) + 1  # and the bar


@on_sqlite
def test_what_was_saved_is_shown_again(study):
    address = begin(study)
    save(study, address, right_fields(attempt_row()))
    page = study.get(address)
    assert study.post(address, data={**hidden_fields(page.text), **chosen(page.text)}).location
    before = answers()
    assert len(before) == 7
    assert study.post(f"{address}/submit").status_code == 303
    assert attempt_row().score_percent == 100
    assert answers() == before


def chosen(page):
    """What a browser would send for the controls as they stand in the page."""
    fields = {}
    for tag, attributes in Elements(page).found:
        name = attributes.get("name") or ""
        if tag == "input" and re.fullmatch(r"q\d+", name):
            is_box = attributes.get("type") in ("radio", "checkbox")
            if not is_box or "checked" in attributes:
                fields.setdefault(name, []).append(attributes["value"])
        if tag == "select":
            select, place = name, -1
        if tag == "option":
            place += 1  # the first one is "choose", so the place is the value
            if "selected" in attributes:
                fields[select] = str(place)
    return fields


@on_sqlite
def test_an_unfinished_answer_is_saved_and_says_what_it_lacks(study):
    english(study)
    address = begin(study)
    number = number_of("ordering")
    save(study, address, {f"q{number}-1": "1"})
    page = study.get(address)
    assert "2 places are still open" in page.text


def test_an_answer_can_be_taken_back(study):
    address = begin(study)
    number = number_of("several")
    save(study, address, {f"q{number}": ["1"]})
    save(study, address, {})
    assert list(answers().values()) == ["null"]
    assert f"q{number}-question" in study.get(f"{address}/confirm").text


@on_sqlite
def test_a_text_that_is_too_long_is_shown_back_and_the_others_are_saved(study):
    address = begin(study)
    text, truth = number_of("text"), number_of("true-false")
    response = save(study, address, {f"q{text}": "x" * 201, f"q{truth}": "1"})
    assert response.status_code == 422
    assert "x" * 201 in response.text
    assert list(answers()) == ["satu-truth"]


@on_sqlite
def test_hostile_positions_are_refused(study):
    address = begin(study)
    number = number_of("single")
    for value in ("0", "4", "99", "-1", "x", ["1", "2"]):
        assert save(study, address, {f"q{number}": value}).status_code == 422
    assert answers() == {}


@pytest.mark.parametrize("fields", [{"writer": ""}, {"writer": "X!"}, {"counter": "-1"}])
@on_sqlite
def test_a_page_that_does_not_say_which_it_is_changes_nothing(study, fields):
    address = begin(study)
    assert save(study, address, {"q1": "1", **fields}).status_code == 422
    assert answers() == {}


# Two pages


def test_a_stale_page_is_told_and_does_not_win(study):
    address = begin(study)
    number = number_of("text")
    stale = hidden_fields(study.get(address).text)
    save(study, address, {f"q{number}": "jawaban baru"})
    refused = study.post(address, data={**stale, f"q{number}": "jawaban lama"})
    assert refused.status_code == 409
    assert "jawaban lama" in refused.text  # nothing that was typed is lost
    assert f'href="{address}"' in refused.text
    assert list(answers().values()) == ['"jawaban baru"']


def test_a_stale_page_still_saves_what_nobody_else_has_answered(study):
    address = begin(study)
    text, truth = number_of("text"), number_of("true-false")
    stale = hidden_fields(study.get(address).text)
    save(study, address, {f"q{text}": "baru"})
    response = study.post(address, data={**stale, f"q{truth}": "2"})
    assert response.status_code == 303
    assert answers() == {"satu-text": '"baru"', "satu-truth": "false"}


def test_who_was_told_may_replace_the_newer_answer_knowingly(study):
    address = begin(study)
    number = number_of("text")
    stale = hidden_fields(study.get(address).text)
    save(study, address, {f"q{number}": "baru"})
    refused = study.post(address, data={**stale, f"q{number}": "lama"})
    again = {**hidden_fields(refused.text), f"q{number}": "lama"}
    assert study.post(address, data=again).status_code == 303
    assert list(answers().values()) == ['"lama"']


def test_the_same_page_sent_twice_after_the_back_button_is_no_conflict(study):
    address = begin(study)
    number = number_of("text")
    page = hidden_fields(study.get(address).text)
    for typed in ("satu", "dua"):
        assert study.post(address, data={**page, f"q{number}": typed}).status_code == 303
    assert list(answers().values()) == ['"dua"']


# Handing in


@on_sqlite
def test_the_check_names_what_is_still_open(study):
    english(study)
    address = begin(study)
    ordering = number_of("ordering")
    save(study, address, {f"q{ordering}-1": "1", f"q{ordering}-2": "1"}, submit="yes")
    page = study.get(f"{address}/confirm").text
    total = len(queries.paper_of(attempt_row()).asked)
    assert page.count("-question") == total
    assert page.count("not answered") == total - 1
    assert "a number is used twice" in page


def test_a_right_attempt_passes_and_finishes_the_unit(study):
    review = take(study, QUIZ, right_fields)
    assert review.status_code == 200
    attempt = attempt_row()
    assert (attempt.score_percent, attempt.is_passed) == (100, True)
    kinds = [e.kind for e in db.session.scalars(db.select(Event).order_by(Event.id))]
    assert kinds == ["enrolled", "opened", "scored", "done"]
    units = json.loads(db.session.scalars(db.select(Progress)).one().units)
    assert units["satu-quiz"]["best"] == 100


def test_an_empty_attempt_scores_nothing_and_can_be_tried_again(study):
    review = take(study, QUIZ, lambda _: {})
    assert (attempt_row().score_percent, attempt_row().is_passed) == (0, False)
    assert f'href="{QUIZ}"' in review.text
    assert begin(study) != review.request.path
    assert attempt_row().number == 2


def test_handing_in_again_changes_nothing(study):
    take(study, QUIZ, right_fields)
    before = attempt_row().submitted_at
    address = f"/attempts/{attempt_row().code}"
    assert study.post(f"{address}/submit").status_code == 303
    assert attempt_row().submitted_at == before
    assert db.session.scalar(db.select(db.func.count()).where(Event.kind == "scored")) == 1


def test_an_answer_after_handing_in_is_told_when_that_was(study):
    address = begin(study)
    page = hidden_fields(study.get(address).text)
    study.post(f"{address}/submit")
    late = study.post(address, data={**page, "q1": "1"})
    assert late.status_code == 409
    assert f"{address}/review" in late.text
    assert re.search(r"pukul \d\d\.\d\d WIB", late.text)
    assert answers() == {}


@on_sqlite
def test_the_pages_of_an_attempt_lead_to_where_it_stands(study):
    address = begin(study)
    assert study.get(f"{address}/review").location == address
    study.post(f"{address}/submit")
    for page in (address, f"{address}/confirm"):
        assert study.get(page).location == f"{address}/review"


# Review


@on_sqlite
def test_the_path_above_a_page_leads_to_the_module_and_does_not_say_its_heading_again(study):
    def path_and_heading(address):
        page = study.get(address).text
        path = re.search(r'<nav class="breadcrumb".*?</nav>', page, re.DOTALL).group()
        return path, re.search(r"<h1>(.*?)</h1>", page).group(1)

    attempt = begin(study)
    pages = [QUIZ, attempt, f"{attempt}/confirm"]
    seen = {page: path_and_heading(page) for page in pages}
    study.post(f"{attempt}/submit")
    seen["review"] = path_and_heading(f"{attempt}/review")
    for path, heading in seen.values():
        assert "/courses/contoh/#part-satu" in path
        assert heading not in path
    assert f'href="{QUIZ}"' in seen[f"{attempt}/confirm"][0]


@on_sqlite
def test_the_review_shows_answers_feedback_and_the_lesson(study):
    page = take(study, QUIZ, right_fields).text
    assert KEPT_BACK in page
    assert "/courses/contoh/mulai" in page
    assert "Siti Aminah, S.IP." in page


@on_sqlite
def test_a_wrong_answer_shows_its_own_feedback_and_what_was_right(study):
    def wrong(attempt):
        asked = next(a for a in queries.paper_of(attempt).asked if a.facts.kind == "single")
        return {f"q{asked.number}": str(asked.drawn.order.index(1) + 1)}

    page = take(study, QUIZ, wrong).text
    assert "rahasia-kunci salah" in page
    assert "rahasia-kunci benar" not in page  # feedback belongs to who has chosen it
    assert "2026-03_laporan.docx" in page


def test_the_pre_test_shows_its_score_only_and_is_taken_once(study):
    english(study)
    quiz = "/quizzes/contoh/pre-test"
    assert 'href="/courses/contoh/mulai">Go on without the pre-test' in study.get(quiz).text
    page = take(study, quiz, right_fields).text
    assert KEPT_BACK not in page
    assert "100" in page
    assert attempt_row().is_passed is None
    assert study.post(quiz).status_code == 409


def test_the_pre_test_is_over_once_a_quiz_was_begun(study):
    begin(study)
    assert study.post("/quizzes/contoh/pre-test").status_code == 409


@on_sqlite
def test_the_post_test_shows_the_gain_also_after_a_new_run_began(study):
    english(study)
    take(study, "/quizzes/contoh/pre-test", lambda _: {})
    gain = "Pre-test 0, now 100. You have gained 100 points."
    assert gain in take(study, "/quizzes/contoh/post-test", right_fields).text
    with saving():
        enrolment = db.session.scalars(db.select(Enrolment)).one()
        db.session.get(Progress, enrolment.id).completed_at = clock.now()
        learning.retake(enrolment, "id", clock.now())
    assert gain in study.get(f"/attempts/{attempt_row().code}/review").text


@on_sqlite
def test_a_post_test_that_is_not_passed_keeps_the_right_answers_back(study):
    page = take(study, "/quizzes/contoh/post-test", lambda _: {}).text
    for told in ("2026-03_laporan.docx", "situs.example", KEPT_BACK):
        assert told not in page


def test_an_attempt_stays_readable_after_moving_to_a_newer_version(study):
    take(study, QUIZ, right_fields)
    address = f"/attempts/{attempt_row().code}/review"
    published_example(version=2)
    with saving():
        enrolment = db.session.scalars(db.select(Enrolment)).one()
        learning.move_to_newest(enrolment, "id", clock.now())
    assert study.get(address).status_code == 200
