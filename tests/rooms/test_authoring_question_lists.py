"""The questions of a module, and how a try is drawn of them."""

import pytest

from elearn.authoring.rules import questions
from tests.coursepack.example import example_files
from tests.elements import Elements
from tests.queries import counted
from tests.rooms.authoring_bank import FOLDER, PATH, bank_of, desk_at
from tests.rooms.authoring_desk import desk as desk
from tests.rooms.authoring_desk import site as site
from tests.rooms.authoring_forms import form_in


def test_the_list_says_of_each_question_what_it_is_and_what_it_lacks(site):
    bank = example_files()[PATH].replace(b"en: What lifts dust?", b"en: ''")
    page = desk_at(site, {**example_files(), PATH: bank}).list().text
    assert "Apa yang mengangkat debu?" in page
    assert page.count('id="question-') == 11
    assert page.count("status--bad") == 1


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 11),
        ({"pool": "test"}, 4),
        ({"kind": "true-false"}, 5),
        ({"kind": "true-false", "pool": "quiz"}, 1),
        ({"lesson": "weekly-plan"}, 5),
        ({"lesson": "no-such"}, 0),
        ({"page": "99"}, 11),
        ({"page": "-1", "kind": '"><script>'}, 0),
    ],
)
def test_the_list_is_filtered_by_pool_kind_and_lesson(desk, asked, count):
    page = desk.list(**asked)
    assert page.status_code == 200
    assert page.text.count('id="question-') == count
    assert "<script>" not in page.text.replace("<script defer", "")


def test_a_large_bank_is_shown_in_pages_with_the_queries_of_a_small_one(site):
    sent = []
    for count in (3, 110):
        desk = desk_at(site, bank_of(count))
        with counted() as statements:
            page = desk.list(page="2")
        sent.append(len(statements))
        assert page.text.count('id="question-') == min(count, 50)
    assert sent[0] == sent[1]
    assert "question-50" in page.text
    assert "question-100" not in page.text


@pytest.mark.parametrize(
    ("data", "moved"),
    [
        ({"act": "down"}, ["lift-dust", "sun-is-good", "causes"]),
        ({"act": "up"}, ["causes", "lift-dust", "sun-is-good"]),
        ({"act": "duplicate"}, ["lift-dust", "causes", "causes-2"]),
        ({"act": "delete"}, ["lift-dust", "sun-is-good", "order-of-work"]),
        ({"place": "1"}, ["causes", "lift-dust", "sun-is-good"]),
    ],
)
def test_questions_are_arranged_and_every_act_can_be_undone(desk, data, moved):
    answer = desk.client.post(f"{desk.base}/questions/causes/arrange", data=data)
    assert answer.status_code == 303
    assert desk.keys()[:3] == moved
    page = desk.client.get(answer.location).text
    assert "Mana yang merusak buku?" in page
    [form] = [f for f in Elements(page).all("form") if "/undo" in (f.get("action") or "")]
    desk.client.post(form["action"])
    assert desk.files() == example_files()


def test_a_question_that_somebody_has_deleted_meanwhile_cannot_be_moved(desk):
    answer = desk.client.post(f"{desk.base}/questions/no-such/arrange", data={"act": "up"})
    assert answer.status_code == 303
    assert desk.files() == example_files()


def test_a_bank_that_cannot_be_read_says_so_everywhere_and_keeps_its_bytes(site):
    broken = {**example_files(), PATH: b"draw: &a 1\nquestions: []\n"}
    desk = desk_at(site, broken)
    assert desk.list().status_code == 200
    assert desk.client.get(f"{desk.base}/questions/causes").status_code == 200
    answer = desk.send("causes", {"text-id": "Kata baru"})
    assert answer.status_code == 422
    assert "Kata baru" in answer.text
    desk.client.post(f"{desk.base}/questions/causes/arrange", data={"act": "up"})
    sent = {"kind": "number", "pool": "quiz", "points": "1", "text-id": "Kata baru"}
    answer = desk.create(sent)
    assert (answer.status_code, "Kata baru" in answer.text) == (422, True)
    assert desk.files() == broken


def test_the_terms_of_a_try_are_saved_and_two_people_do_not_overwrite_each_other(desk):
    address = f"{desk.base}/modules/reading-room/questions/terms"
    fields = form_in(desk.list().text, address)
    assert (fields["draw"], fields["attempts-wait_minutes"]) == ("7", "10")
    sent = {**fields.to_dict(), "draw": "5", "pass_percent": "80"}
    assert desk.client.post(address, data=sent).status_code == 303
    saved = questions.terms_of(desk.files(), FOLDER)
    assert (saved.draw, saved.pass_percent, saved.wait_minutes) == (5, 80, 10)
    overtaken = desk.client.post(address, data={**fields.to_dict(), "draw": "3"})
    assert overtaken.status_code == 409
    again = form_in(overtaken.text, address)
    assert again["draw"] == "3"
    assert desk.client.post(address, data=again).status_code == 303
    assert questions.terms_of(desk.files(), FOLDER).draw == 3


@pytest.mark.parametrize(
    "wrong",
    [{"draw": ""}, {"draw": "0"}, {"draw": "tujuh"}, {"draw": "201"}, {"pass_percent": "101"},
     {"attempts-limit": "-1"}, {"attempts-wait_minutes": "99999"}],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused_and_stay_in_the_form(desk, wrong):
    address = f"{desk.base}/modules/reading-room/questions/terms"
    answer = desk.client.post(address, data={"draw": "7", "base": "x", **wrong})
    assert answer.status_code == 422
    [(name, value)] = wrong.items()
    assert form_in(answer.text, address)[name] == value
    assert desk.files() == example_files()
