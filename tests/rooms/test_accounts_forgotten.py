"""A forgotten password: the same answer for everybody, a link that is good once and for its person."""

import re
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from elearn.accounts import queries, service
from elearn.accounts.models import Credential, Reset
from elearn.accounts.service import mailed_reset
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.outbox import Mail
from elearn.core.permissions import Actor
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.people import PASSWORD

FRESH = "hujan turun di teras"


@pytest.fixture
def siti(app):
    return give_mail("siti", "siti@contoh.id")


def give_mail(username, address, language="id"):
    with saving():
        person = queries.person(person_id(username))
        details = service.Details(full_name=person.full_name, email=address, language=language)
        service.change_details(Actor(person.id), person, details, clock.now())
    return person.id


def ask(client, login, **headers):
    return client.post("/forgotten", data={"login": login}, headers=headers)


def letters():
    db.session.rollback()
    return db.session.scalars(select(Mail).order_by(Mail.id)).all()


def link(letter):
    return re.search(r"/reset/[a-z0-9]{26}", letter.body)[0]


def set_new(client, path, password=FRESH):
    return client.post(path, data={"new_password": password})


def test_the_link_sets_a_new_password_once_and_ends_all_sessions(client, siti):
    elsewhere = signed_in(browser(client.application), "siti")
    assert ask(client, " SITI ").status_code == 303
    (letter,) = letters()
    assert letter.recipient == "siti@contoh.id"
    path = link(letter)
    assert client.get(path).status_code == client.get(path).status_code == 200  # spends nothing
    assert set_new(client, path).status_code == 303
    assert client.get("/profile").status_code == 200
    assert elsewhere.get("/profile").status_code == 303
    assert set_new(browser(client.application), path, "angin di sawah").status_code == 404
    assert client.get(path).status_code == 404
    for password, status in ((PASSWORD, 422), (FRESH, 303)):
        data = {"login": "siti@contoh.id", "password": password}
        assert browser(client.application).post("/login", data=data).status_code == status


@on_sqlite
def test_known_and_unknown_get_the_same_answer(client, siti):
    with saving():
        db.session.get(Credential, person_id("joko")).is_active = False
    give_mail("joko", "joko@contoh.id")
    answers = [ask(client, login) for login in ("siti", "budi", "joko", "nobody", "x@contoh.id")]
    said = [(answer.status_code, answer.headers["Location"], answer.text) for answer in answers]
    assert said == [said[0]] * 5
    assert [letter.person_id for letter in letters()] == [siti]  # budi has no address, joko is out


@on_sqlite
def test_the_letter_is_in_the_persons_language_with_the_sites_own_address(client, siti):
    give_mail("budi", "budi@contoh.id", language="en")
    evil = {"X-Forwarded-Host": "evil.example", "Accept-Language": "fr"}
    ask(client, "siti", **evil)
    ask(client, "budi", **evil)
    indonesian, english = letters()
    for letter in (indonesian, english):
        assert "http://127.0.0.1:8000/reset/" in letter.body
        assert "evil" not in letter.body
    assert "Dear Budi" in english.body
    assert ("pukul" in indonesian.body, "pukul" in english.body) == (True, False)
    assert (
        client.post(
            "/forgotten", data={"login": "siti"}, headers={"Host": "evil.example"}
        ).status_code
        == 400
    )


@on_sqlite
def test_who_forgets_again_gets_another_letter_also_after_the_first_link_was_removed(client, siti):
    ask(client, "siti")
    give_mail("siti", "siti.aminah@contoh.id")
    ask(client, "siti")
    assert [letter.recipient for letter in letters()] == ["siti@contoh.id", "siti.aminah@contoh.id"]


@on_sqlite
@pytest.mark.parametrize("what", ["late", "other address", "other password", "closed"])
def test_a_link_that_should_be_good_no_more_opens_nothing(client, siti, what):
    ask(client, "siti")
    path, now = link(letters()[0]), clock.now()
    with saving():
        credential = db.session.get(Credential, siti)
        if what == "other password":
            service.change_password(Actor(siti), siti, credential.password_hash, "x", now)
        credential.is_active = what != "closed"
    if what == "other address":
        give_mail("siti", "siti.aminah@contoh.id")
    before = db.session.scalar(select(Credential.generation).where(Credential.person_id == siti))
    db.session.rollback()
    with time_machine.travel(now + timedelta(minutes=31 if what == "late" else 0), tick=False):
        assert client.get(path).status_code == 404
        assert set_new(client, path).status_code == 404
    after = db.session.scalar(select(Credential.generation).where(Credential.person_id == siti))
    assert after == before


@on_sqlite
def test_a_printed_code_is_no_link_and_a_link_no_code(client, siti):
    ask(client, "siti")
    token = link(letters()[0]).removeprefix("/reset/")
    now = clock.now()
    with saving():
        code = service.make_reset(Actor(person_id("dewi")), siti, now + timedelta(minutes=5), now)
    assert client.get(f"/reset/{code}").status_code == 404
    assert (
        client.post(
            "/reset", data={"login": "siti", "code": token, "new_password": FRESH}
        ).status_code
        == 422
    )


@on_sqlite
def test_who_asks_too_often_is_told_to_wait_known_or_not_and_a_mailbox_is_not_filled(client, siti):
    for login in ("siti", "nobody"):
        statuses = [ask(client, login).status_code for _ in range(4)]
        assert statuses == [303, 303, 303, 429], login
    assert ask(client, "siti@contoh.id").status_code == 303  # her other login: no more letters
    assert len(letters()) == mailed_reset.LETTERS_MOST
    statuses = {ask(client, f"somebody{number}").status_code for number in range(20)}
    assert 429 in statuses  # by the address that asks


@on_sqlite
def test_the_password_must_not_be_guessable_also_by_mail(client, siti):
    ask(client, "siti")
    path = link(letters()[0])
    for password in ("short", "siti@contoh.id", "perpustakaan"):
        assert set_new(client, path, password).status_code == 422
    assert db.session.scalar(select(func.count()).where(Reset.used_at.is_not(None))) == 0
