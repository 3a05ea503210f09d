"""In and out: who gets a session, who does not, and what a stranger can learn from it."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from argon2 import PasswordHasher

from elearn.accounts import passwords, queries, service
from elearn.accounts.models import Credential
from elearn.accounts.service import credentials
from elearn.accounts.views.session import sign_in_again
from elearn.core import clock, throttle
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.people import PASSWORD

NIP = "198705122010012001"


def sign_in(client, login, password=PASSWORD, **more):
    return client.post("/login", data={"login": login, "password": password, **more})


def is_signed_in(client):
    return client.get("/profile").status_code == 200


@pytest.fixture
def siti_with_nip(app):
    with saving():
        person = queries.person(person_id("siti"))
        details = service.Details(
            full_name=person.full_name, nip=NIP, email="siti@contoh.id", post=person.post
        )
        service.change_details(Actor(person.id), person, details, clock.now())


@pytest.mark.parametrize(
    "login",
    ["siti", " SITI ", "ｓｉｔｉ", NIP, "19870512 201001 2 001", "Siti@Contoh.ID"],
)
def test_username_nip_and_email_all_lead_in_however_they_are_typed(client, siti_with_nip, login):
    assert sign_in(client, login).status_code == 303
    assert is_signed_in(client)


@on_sqlite
def test_the_session_before_sign_in_is_not_the_session_after(client):
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    sign_in(client, "siti")
    with client.session_transaction() as session:
        assert "planted" not in session


@pytest.mark.parametrize(("login", "password"), [("siti", "salah sekali"), ("sito", PASSWORD)])
@on_sqlite
def test_a_known_and_an_unknown_account_get_the_same_answer(client, login, password):
    answer = sign_in(client, login, password)
    assert answer.status_code == 422
    text = answer.text.replace(login, "____")
    other = sign_in(client, "sita", "salah sekali").text.replace("sita", "____")
    assert text == other
    assert not is_signed_in(client)


def test_no_account_without_a_hash_is_ever_opened(app, client):
    with saving():
        db.session.get(Credential, person_id("siti")).password_hash = None
    assert sign_in(client, "siti", "no account has this password").status_code == 422


@pytest.mark.parametrize("login", ["siti", "nobody-has-this-name"])
@on_sqlite
def test_the_sixth_failure_is_refused_for_known_and_unknown_alike(client, login):
    for _ in range(5):
        assert sign_in(client, login, "salah sekali").status_code == 422
    answer = sign_in(client, login)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= 15 * 60
    assert not is_signed_in(client)


def test_after_the_time_is_over_the_account_opens_again(client):
    for _ in range(5):
        sign_in(client, "siti", "salah sekali")
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert sign_in(client, "siti").status_code == 303


def test_an_account_that_a_wrong_clock_closed_is_open_when_the_clock_is_right(client):
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        for _ in range(5):
            sign_in(client, "siti", "salah sekali")
        assert sign_in(client, "siti").status_code == 429
    assert sign_in(client, "siti").status_code == 303


@on_sqlite
def test_a_right_password_begins_the_count_anew(client):
    for _ in range(3):
        for _ in range(4):
            sign_in(client, "siti", "salah sekali")
        assert sign_in(client, "siti").status_code == 303
        client.post("/logout")


@on_sqlite
def test_one_address_is_refused_after_thirty_failures_whatever_the_names(app, client):
    for number in range(30):
        assert sign_in(client, f"guess-{number}", "salah sekali").status_code == 422
    assert sign_in(client, "siti").status_code == 429
    elsewhere = browser(app)
    elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    assert sign_in(elsewhere, "siti").status_code == 303


@on_sqlite
def test_forty_people_behind_one_address_sign_in_without_using_up_its_tries(client):
    for _ in range(40):
        assert sign_in(client, "siti").status_code == 303
        client.post("/logout")


def test_of_many_tries_at_once_no_more_than_the_limit_pass(app):
    limit = throttle.Limit("tests", 5, 60)
    passed = []

    def attempt():
        with app.app_context():
            try:
                with saving():
                    throttle.claim(clock.now(), (limit, "siti"), (credentials.BY_ADDRESS, "a"))
                passed.append(1)
            except throttle.TooMany:
                pass

    threads = [threading.Thread(target=attempt) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 5


@on_sqlite
def test_sign_out_ends_session_and_remembered_session_and_clears_the_browser(client):
    sign_in(client, "siti", remember="y")
    answer = client.post("/logout")
    assert answer.status_code == 303
    assert answer.headers["Clear-Site-Data"] == '"storage"'
    assert client.get_cookie("elearn_keep") is None
    assert not is_signed_in(client)


@on_sqlite
def test_sign_out_needs_a_post(client):
    assert client.get("/logout").status_code == 405


@on_sqlite
def test_staying_signed_in_is_never_the_default_and_its_cookie_is_safe(app, client):
    assert "checked" not in client.get("/login").text
    sign_in(client, "siti")
    assert client.get_cookie("elearn_keep") is None
    kept = browser(app)
    answer = sign_in(kept, "siti", remember="y")
    cookie = next(c for c in answer.headers.getlist("Set-Cookie") if c.startswith("elearn_keep="))
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    kept.delete_cookie("elearn")
    assert is_signed_in(kept)


def test_a_changed_password_ends_all_other_sessions_and_not_this_one(app, client):
    signed_in(client, "siti")
    other = browser(app)
    sign_in(other, "siti", remember="y")
    answer = client.post(
        "/profile/password",
        data={"password": PASSWORD, "new_password": "hujan turun di teras"},
    )
    assert answer.status_code == 303
    assert is_signed_in(client)
    assert not is_signed_in(other)
    assert sign_in(other, "siti").status_code == 422
    assert sign_in(other, "siti", "hujan turun di teras").status_code == 303


def test_a_password_is_changed_only_with_the_present_one(client):
    signed_in(client, "siti")
    answer = client.post(
        "/profile/password", data={"password": "salah sekali", "new_password": "hujan di teras"}
    )
    assert answer.status_code == 422
    client.post("/logout")
    assert sign_in(client, "siti").status_code == 303


@on_sqlite
def test_guessing_the_present_password_of_an_open_session_is_limited(client):
    signed_in(client, "siti")
    data = {"password": "salah sekali", "new_password": "hujan turun di teras"}
    for _ in range(5):
        assert client.post("/profile/password", data=data).status_code == 422
    data["password"] = PASSWORD
    assert client.post("/profile/password", data=data).status_code == 429


def test_a_closed_account_neither_signs_in_nor_goes_on(app, client):
    sign_in(client, "siti")
    with saving():
        db.session.get(Credential, person_id("siti")).is_active = False
    assert not is_signed_in(client)
    assert sign_in(client, "siti").status_code == 422


@on_sqlite
def test_after_sign_in_the_reader_is_back_where_they_were(client):
    page = client.get("/profile")
    assert page.status_code == 303
    assert page.location.endswith("/login?next=/profile")
    assert 'value="/profile"' in client.get(page.location).text
    assert sign_in(client, "siti", next="/profile").location == "/profile"
    assert client.get("/login?next=/profile").location == "/profile"


@on_sqlite
def test_a_name_cannot_bring_markup_into_the_page(client):
    answer = sign_in(client, '"><script>alert(1)</script>', "salah sekali")
    assert "<script>alert" not in answer.text


@on_sqlite
def test_a_known_and_an_unknown_account_take_the_same_time(app, hashing_as_in_production):
    """Both are hashed once: the time on the processor, the best of several."""
    known = replace(queries.sign_in_facts("siti"), password_hash=passwords.hashed(PASSWORD))
    closed = replace(known, is_active=False)

    def seconds(facts):
        times = []
        for _ in range(7):
            begin = time.process_time()
            assert not credentials.is_right(facts, "salah sekali")
            times.append(time.process_time() - begin)
        return min(times)

    base = seconds(known)
    assert base > 0.005, "a password that is judged this fast is guessed this fast"
    for facts in (None, closed, replace(known, password_hash=None)):
        assert 0.5 < seconds(facts) / base < 2


@on_sqlite
@pytest.mark.parametrize(
    ("login", "password"),
    [("siti", "x" * 900_000), ("siti" + "\u0301\u0323" * 30_000, "x")],
    ids=["a long password", "two marks that change places"],
)
def test_a_megabyte_is_refused_before_anybody_has_waited_for_it(client, login, password):
    begin = time.process_time()
    assert sign_in(client, login, password).status_code == 422
    assert time.process_time() - begin < 2


def test_a_hash_of_weaker_settings_is_made_stronger_at_sign_in(client, hashing_as_in_production):
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with saving():
        db.session.get(Credential, person_id("siti")).password_hash = weak
    assert sign_in(client, "siti").status_code == 303
    db.session.rollback()
    db.session.expire_all()
    assert db.session.get(Credential, person_id("siti")).password_hash != weak
    client.post("/logout")
    assert sign_in(client, "siti").status_code == 303


@on_sqlite
def test_a_form_whose_session_had_ended_travels_in_the_sign_in_page(app):
    with app.test_request_context("/attempts/x", method="POST", data={"answer": "secret words"}):
        page, status = sign_in_again("token-of-the-form", "/attempts/x")
    assert status == 401
    assert 'value="token-of-the-form"' in page
    assert 'value="/attempts/x"' in page
    assert "secret words" not in page


@on_sqlite
def test_a_foreign_site_cannot_sign_somebody_in_or_out(app):
    """A form without our token is refused: nobody is put into an account of somebody else."""
    app.config["WTF_CSRF_ENABLED"] = True
    client = browser(app)
    assert sign_in(client, "siti").status_code == 400
    signed_in(client, "siti")
    assert client.post("/logout").status_code == 400
    assert is_signed_in(client)


def test_a_copied_cookie_ends_when_keeping_ends(client):
    """The browser drops it then; a copy of it must not work for ever."""
    client.post("/login", data={"login": "siti", "password": PASSWORD, "remember": "y"})
    kept = client.get_cookie("elearn_keep").value
    days = client.application.config["REMEMBER_COOKIE_DURATION"]
    for later, status in ((days - timedelta(hours=1), 200), (days + timedelta(hours=1), 303)):
        thief = browser(client.application)
        thief.set_cookie("elearn_keep", kept)
        with time_machine.travel(clock.now() + later, tick=False):
            assert thief.get("/profile").status_code == status
