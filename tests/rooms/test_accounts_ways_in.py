"""Ways in: invitations, registration, a printed code for a password, the first administrator."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine

from elearn.accounts import queries, service
from elearn.accounts.models import Credential, GrantRow, Invitation, Login, Reset
from elearn.core import clock, policy
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Problem
from elearn.core.permissions import Actor
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.people import PASSWORD, SINCE

NEW = {"full_name": "Wayan Sudarma", "username": "wayan", "new_password": "hujan di teras rumah"}


def invite(uses=1, days=14, course=None, library="perpustakaan-wonosari"):
    now = clock.now()
    with saving():
        node = queries.node_by_code(library) if library else None
        return service.make_invitation(
            Actor(person_id("dewi")), node, course, uses, now + timedelta(days=days), now
        )


def set_policy(value):
    with saving():
        policy.change("registration", value, SINCE)


def people_count():
    db.session.rollback()
    return db.session.scalar(db.select(db.func.count()).select_from(Login))


def is_signed_in(client):
    return client.get("/profile").status_code == 200


def acts(action):
    db.session.rollback()
    return db.session.scalars(db.select(Audit.actor_id).where(Audit.action == action)).all()


# Invitations


def test_an_invitation_leads_from_the_code_to_the_course(client):
    code = invite(course="basic-ict")
    page = client.get("/invitation", query_string={"code": code.lower().replace("-", " ")})
    assert page.location == f"/invitation/{code}"
    assert "Perpustakaan Desa Wonosari" in client.get(page.location).text
    answer = client.post(page.location, data=NEW)
    assert answer.status_code == 303
    assert answer.location in ("/", "/courses/basic-ict/")
    assert is_signed_in(client)
    facts = queries.holder_facts(person_id("wayan"), clock.now().date() + timedelta(days=1))
    assert facts.institution == "Perpustakaan Desa Wonosari"
    roles = db.session.scalars(
        db.select(GrantRow.role).where(GrantRow.person_id == person_id("wayan"))
    ).all()
    assert roles == ["learner"]
    assert acts("accounts:invitation:use") == [person_id("wayan")]


def test_the_code_itself_is_nowhere_in_the_database(app):
    code = invite()
    row = db.session.scalars(db.select(Invitation)).one()
    assert code not in str(vars(row))
    assert code.replace("-", "") not in str(vars(row))


@pytest.mark.parametrize("way", ["used", "expired", "unknown", "setup"])
def test_a_code_that_is_not_good_lets_nobody_in_and_says_the_same(app, client, way):
    code = invite()
    if way == "used":
        client.post(f"/invitation/{code}", data=NEW)
        client = browser(app)
    if way == "unknown":
        code = "00000-00000"
    if way == "setup":
        with saving():
            db.session.execute(db.delete(GrantRow).where(GrantRow.role == "administrator"))
            code = service.make_setup_code(clock.now())
    before = people_count()
    with time_machine.travel(clock.now() + timedelta(days=15 if way == "expired" else 0)):
        page = client.get(f"/invitation/{code}")
        answer = client.post(f"/invitation/{code}", data={**NEW, "username": "other"})
    assert page.status_code == 404
    assert answer.status_code == 404
    assert people_count() == before


@on_sqlite
def test_a_fault_in_the_form_uses_nothing_up(client):
    code = invite()
    answer = client.post(f"/invitation/{code}", data={**NEW, "username": "siti"})
    assert answer.status_code == 422
    assert (
        client.post(f"/invitation/{code}", data={**NEW, "new_password": "kurang"}).status_code
        == 422
    )
    assert client.post(f"/invitation/{code}", data=NEW).status_code == 303


def test_of_eight_who_come_for_the_last_use_one_gets_it(app):
    code = invite()
    password_hash = "x"
    outcomes = []

    def come(number):
        with app.app_context():
            try:
                with saving():
                    details = service.Details(full_name=f"Orang {chr(65 + number)}")
                    service.join_as_new_person(
                        code, details, f"orang-{number}", password_hash, clock.now()
                    )
                outcomes.append("in")
            except Problem as problem:
                outcomes.append(problem.code)

    threads = [threading.Thread(target=come, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] + ["invitation-expired"] * 7


def test_who_has_an_account_joins_with_it(client):
    code = invite(library="perpustakaan-karanganyar")
    signed_in(client, "siti")
    before = people_count()
    page = client.get(f"/invitation/{code}")
    assert "Siti Aminah" in page.text
    assert client.post(f"/invitation/{code}/join").status_code == 303
    assert people_count() == before
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    names = {node.code for node in queries.places_of(person_id("siti"), today)}
    assert names == {"perpustakaan-wonosari", "perpustakaan-karanganyar"}


def test_joining_where_one_is_already_costs_no_use(client):
    code = invite()
    signed_in(client, "siti")
    client.post(f"/invitation/{code}/join")
    db.session.rollback()
    assert db.session.scalars(db.select(Invitation.uses_left)).one() == 1


@on_sqlite
def test_wrong_codes_from_one_address_come_to_an_end(app, client):
    for number in range(30):
        assert client.get(f"/invitation/WRNG{number}-00000").status_code == 404
    assert client.get(f"/invitation/{invite()}").status_code == 429


@on_sqlite
def test_a_link_never_takes_its_host_from_the_request(app):
    result = app.test_cli_runner().invoke(
        app.cli, ["people", "invite", "--library", "perpustakaan-wonosari", "--as", "dewi"]
    )
    assert result.exit_code == 0, result.output
    assert re.match(r"http://127\.0\.0\.1:8000/invitation/[0-9A-Z]{5}-[0-9A-Z]{5}\n", result.output)


# Registration


def test_registration_is_by_invitation_until_the_office_opens_it(client):
    page = client.get("/register")
    assert page.status_code == 200
    assert "/invitation" in page.text
    answer = client.post("/register?at=perpustakaan-wonosari", data=NEW)
    assert answer.status_code == 422
    assert queries.person_by_login("wayan") is None


def test_who_registers_finds_the_library_by_words_and_chooses_it(client):
    set_policy("open")
    found = client.get("/register?words=WONOSARI+desa").text
    assert "/register?at=perpustakaan-wonosari" in found
    assert "karanganyar" not in found
    assert client.get("/register?at=perpustakaan-wonosari").status_code == 200
    assert client.post("/register?at=perpustakaan-wonosari", data=NEW).status_code == 303
    assert is_signed_in(client)


@pytest.mark.parametrize("at", ["", "kabupaten-sukamaju", "nowhere"])
@on_sqlite
def test_nobody_registers_at_an_office_or_nowhere(client, at):
    set_policy("open")
    client.post(f"/register?at={at}", data=NEW)
    assert queries.person_by_login("wayan") is None


@pytest.mark.parametrize("words", ["%", "_", "'", "\\", "%'; DROP TABLE"])
def test_words_of_the_search_are_only_words(client, words):
    set_policy("open")
    page = client.get("/register", query_string={"words": words})
    assert page.status_code == 200
    assert "?at=" not in page.text


def test_when_registration_is_closed_an_invitation_makes_no_account(client):
    code = invite()
    set_policy("closed")
    assert client.get(f"/invitation/{code}").status_code == 200
    assert client.post(f"/invitation/{code}", data=NEW).status_code == 422
    assert queries.person_by_login("wayan") is None


def test_a_name_that_is_taken_is_refused_without_saying_whose_it_is(client):
    set_policy("open")
    answer = client.post("/register?at=perpustakaan-wonosari", data={**NEW, "username": "SITI"})
    assert answer.status_code == 422
    assert "Siti Aminah" not in answer.text


def test_a_form_cannot_give_itself_a_role(client):
    set_policy("open")
    client.post("/register?at=perpustakaan-wonosari", data={**NEW, "role": "administrator"})
    roles = db.session.scalars(
        db.select(GrantRow.role).where(GrantRow.person_id == person_id("wayan"))
    ).all()
    assert roles == ["learner"]


# A printed code for a new password


def print_code(username, minutes=30):
    now = clock.now()
    with saving():
        return service.make_reset(
            Actor(person_id("dewi")), person_id(username), now + timedelta(minutes=minutes), now
        )


def use_code(client, login, code, password="hujan di teras rumah"):
    return client.post("/reset", data={"login": login, "code": code, "new_password": password})


def test_a_printed_code_sets_a_new_password_once_and_ends_all_sessions(app, client):
    elsewhere = signed_in(browser(app), "siti")
    code = print_code("siti")
    assert use_code(client, "Siti", code.lower().replace("-", "")).status_code == 303
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    again = browser(app)
    assert use_code(again, "siti", code, "another long one here").status_code == 422
    assert again.post("/login", data={"login": "siti", "password": PASSWORD}).status_code == 422
    assert acts("accounts:password:reset") == [person_id("siti")]
    assert acts("accounts:password:reset-code") == [person_id("dewi")]


def test_the_code_of_one_is_of_no_use_for_another_and_not_spent_by_trying(client):
    code = print_code("siti")
    assert use_code(client, "budi", code).status_code == 422
    assert use_code(client, "siti", code).status_code == 303


def test_a_code_ends_after_its_time(client):
    code = print_code("siti")
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert use_code(client, "siti", code).status_code == 422


def test_a_newer_code_ends_the_older_one(client):
    old, new = print_code("siti"), print_code("siti")
    assert use_code(client, "siti", old).status_code == 422
    assert use_code(client, "siti", new).status_code == 303


def test_codes_are_kept_as_digests(app):
    code = print_code("siti")
    row = db.session.scalars(db.select(Reset)).one()
    assert code.replace("-", "") not in str(vars(row)).replace("-", "")


@pytest.mark.parametrize("login", ["siti", "nobody"])
@on_sqlite
def test_guessing_codes_is_limited_for_known_and_unknown_alike(client, login):
    answers = [use_code(client, login, f"0000{n}-00000") for n in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert len({len(answer.text) for answer in answers[:5]}) == 1


def test_whoever_is_kept_out_by_the_guessing_of_another_gets_in_by_a_code(client):
    for _ in range(6):
        client.post("/login", data={"login": "siti", "password": "salah sekali"})
    assert use_code(client, "siti", print_code("siti")).status_code == 303
    client.post("/logout")
    data = {"login": "siti", "password": "hujan di teras rumah"}
    assert client.post("/login", data=data).status_code == 303


def test_who_is_signed_in_makes_no_second_account_by_a_form(client):
    set_policy("open")
    signed_in(client, "siti")
    assert client.post("/register?at=perpustakaan-wonosari", data=NEW).status_code == 303
    assert queries.person_by_login("wayan") is None


def test_of_two_who_use_one_code_at_once_one_succeeds(app):
    code = print_code("siti")
    outcomes = []

    def use(number):
        with app.app_context():
            try:
                with saving():
                    service.use_reset("siti", code, f"hash {number}", clock.now())
                outcomes.append("in")
            except Problem as problem:
                outcomes.append(problem.code)

    threads = [threading.Thread(target=use, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] + ["reset-wrong"] * 3


def test_a_closed_account_is_not_opened_by_a_code(client):
    code = print_code("siti")
    with saving():
        db.session.get(Credential, person_id("siti")).is_active = False
    assert use_code(client, "siti", code).status_code == 422


# The first administrator


@pytest.fixture
def nobody_administers(app):
    with saving():
        db.session.execute(db.delete(GrantRow).where(GrantRow.role == "administrator"))


def test_where_somebody_administers_there_is_no_setup(app, client):
    assert client.get("/setup").status_code == 404
    assert client.post("/setup", data={**NEW, "code": "00000-00000"}).status_code == 404
    with pytest.raises(Problem, match="setup-done"), saving():
        service.make_setup_code(clock.now())


def test_setup_is_of_no_use_without_the_code(client, nobody_administers):
    assert client.get("/setup").status_code == 200
    for code in ("00000-00000", invite()):
        assert client.post("/setup", data={**NEW, "code": code}).status_code == 422
    assert queries.person_by_login("wayan") is None


def test_the_setup_code_makes_one_administrator_and_shuts_the_door(client, nobody_administers):
    with saving():
        former = service.make_setup_code(clock.now())
        code = service.make_setup_code(clock.now())
    assert client.post("/setup", data={**NEW, "code": former}).status_code == 422
    assert client.post("/setup", data={**NEW, "code": code}).status_code == 303
    assert is_signed_in(client)
    db.session.rollback()
    assert queries.has_administrator(clock.day_in(clock.now(), clock.DEFAULT_ZONE))
    assert client.get("/setup").status_code == 404
    assert acts("accounts:setup:use") == [person_id("wayan")]
