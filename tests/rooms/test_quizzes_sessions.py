"""A session that ends in the middle of a quiz loses no answer, and gives none to anybody else."""

import pytest
from werkzeug.datastructures import MultiDict

from elearn.accounts.models import Credential
from elearn.core.db import db, saving
from elearn.web import carried
from tests import people
from tests.conftest import browser, person_id, signed_in
from tests.rooms.quizzes_pages import (
    JSON,
    QUIZ,
    WRITER,
    answers,
    attempt_row,
    begin,
    hidden_fields,
    join,
    number_of,
    save,
    send,
)


@pytest.fixture
def study(app):
    """siti has joined the example course; her browser."""
    return join(app, "siti")


@pytest.fixture
def guarded(app):
    """CSRF as in production."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield
    app.config["WTF_CSRF_ENABLED"] = False


def sign_in_with(client, page, username):
    fields = {**hidden_fields(page), "login": username, "password": people.PASSWORD}
    return client.post("/login", data=fields)


def test_answers_of_an_ended_session_are_saved_after_the_same_person_signs_in(app, study, guarded):
    address = begin_guarded(study)
    number = number_of("text")
    page = hidden_fields(study.get(address).text)
    stranger = browser(app)
    shown = stranger.post(address, data={**page, f"q{number}": "terbawa", "save": "all"})
    assert shown.status_code == 401
    assert answers() == {}
    response = sign_in_with(stranger, shown.text, "siti")
    assert (response.status_code, response.location) == (303, address)
    assert answers() == {"satu-text": '"terbawa"'}
    assert "terbawa" in stranger.get(address).text


def test_handing_in_goes_on_after_the_sign_in(app, study, guarded):
    address = begin_guarded(study)
    page = hidden_fields(study.get(address).text)
    stranger = browser(app)
    shown = stranger.post(address, data={**page, "q1": "1", "submit": "yes"})
    assert sign_in_with(stranger, shown.text, "siti").location == f"{address}/confirm"


def test_a_wrong_password_on_the_way_loses_nothing(app, study, guarded):
    address = begin_guarded(study)
    number = number_of("text")
    page = hidden_fields(study.get(address).text)
    stranger = browser(app)
    shown = stranger.post(address, data={**page, f"q{number}": "terbawa"})
    fields = {**hidden_fields(shown.text), "login": "siti", "password": "salah sama sekali"}
    again = stranger.post("/login", data=fields)
    assert again.status_code == 422
    assert sign_in_with(stranger, again.text, "siti").location == address
    assert answers() == {"satu-text": '"terbawa"'}


def test_another_person_who_signs_in_neither_saves_nor_sees_them(app, study, guarded):
    address = begin_guarded(study)
    number = number_of("text")
    page = hidden_fields(study.get(address).text)
    stranger = browser(app)
    shown = stranger.post(address, data={**page, f"q{number}": "milik siti"})
    response = sign_in_with(stranger, shown.text, "joko")
    assert response.status_code == 303
    assert answers() == {}
    assert "milik siti" not in response.text + stranger.get("/").text
    assert stranger.get(address).status_code == 404


def test_a_stale_page_stays_stale_over_the_sign_in(app, study, guarded):
    address = begin_guarded(study)
    number = number_of("text")
    stale = hidden_fields(study.get(address).text)
    save(study, address, {f"q{number}": "baru"})
    stranger = browser(app)
    shown = stranger.post(address, data={**stale, f"q{number}": "lama"})
    refused = sign_in_with(stranger, shown.text, "siti")
    assert refused.status_code == 409
    assert "lama" in refused.text
    assert answers() == {"satu-text": '"baru"'}


def test_a_page_of_an_earlier_session_is_shown_as_typed_and_saves_on_the_next_press(
    app, study, guarded
):
    address = begin_guarded(study)
    number = number_of("text")
    page = hidden_fields(study.get(address).text)
    fresh = signed_in(browser(app), "siti")  # the same person, a newer session
    shown = fresh.post(address, data={**page, f"q{number}": "diketik"})
    assert shown.status_code == 400
    assert "diketik" in shown.text
    assert answers() == {}
    again = fresh.post(address, data={**hidden_fields(shown.text), f"q{number}": "diketik"})
    assert again.status_code == 303
    assert answers() == {"satu-text": '"diketik"'}


def test_a_forged_post_from_elsewhere_saves_nothing(app, study, guarded):
    address = begin_guarded(study)
    forged = {"writer": WRITER, "counter": "1", "was-1": "", "q1": "1"}
    assert study.post(address, data=forged).status_code == 400
    assert study.post(f"{address}/answers/1", data=forged, headers=JSON).status_code == 401
    assert study.post(f"{address}/submit", data=forged).status_code == 400
    assert answers() == {}
    assert attempt_row().submitted_at is None


def test_the_script_is_told_where_to_sign_in(app, study, guarded):
    address = begin_guarded(study)
    found = send(browser(app), address, 1, "1")
    assert found.status_code == 401
    assert found.json["error"] == "session-ended"
    assert found.json["sign_in"].endswith(f"/login?next={address}")
    fresh = signed_in(browser(app), "siti")
    found = send(fresh, address, 1, "1")
    assert (found.status_code, found.json["sign_in"]) == (401, address)


def test_an_account_that_was_closed_saves_nothing(app, study):
    address = begin(study)
    with saving():
        credential = db.session.get(Credential, person_id("siti"))
        credential.generation += 1
    assert send(study, address, 1, "1").status_code == 401
    assert answers() == {}


def test_what_is_carried_can_be_neither_changed_nor_kept_for_ever(app, study, monkeypatch):
    address = begin(study)
    with app.test_request_context():
        token = carried.carry("quizzes.save", {"code": attempt_row().code}, form_of(q1="1"))
        assert token
        assert carried.deliver(token[:-2] + "xx") is None
        assert carried.deliver("") is None
        assert carried.deliver(carried.carry("gone.form", {}, form_of())) is None
        monkeypatch.setattr(carried, "MAX_AGE_SECONDS", -1)
        assert carried.deliver(token) is None
        assert carried.carry("quizzes.save", {}, form_of(q1="x" * carried.LIMIT_BYTES)) == ""
    assert address
    assert answers() == {}


def form_of(**fields):
    return MultiDict(fields)


def begin_guarded(client):
    """Begin with the token of the page, as CSRF asks."""
    page = hidden_fields(client.get(QUIZ).text)
    response = client.post(QUIZ, data=page)
    assert response.status_code == 303
    return response.location
