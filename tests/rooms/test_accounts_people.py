"""What is mine: profile, names on records, and the rights of UU 27/2022 as far as this room goes."""

from datetime import timedelta

import pytest

from elearn.accounts import queries, service
from elearn.accounts.models import Credential, Login, Person
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Actor
from tests.conftest import person_id, signed_in
from tests.people import PASSWORD

NIP = "198705122010012001"
PROFILE = {
    "full_name": "Siti Aminah, S.IP., M.Hum.",
    "post": "Pustakawan Ahli Muda",
    "employment": "pns",
    "nip": NIP,
    "show_nip": "y",
    "email": "Siti@Contoh.ID",
    "phone": "0812 3456 7890",
    "language": "en",
    "time_zone": "Asia/Makassar",
    "password": PASSWORD,
}


def save(client, **changes):
    return client.post("/profile", data={**PROFILE, **changes})


def siti():
    db.session.rollback()
    db.session.expire_all()
    return queries.person(person_id("siti"))


def test_who_is_not_signed_in_sees_no_profile(client):
    assert client.get("/profile").location.endswith("/login?next=/profile")
    assert save(client).status_code == 303
    assert siti().post == "Pengelola perpustakaan"


def test_everything_of_mine_can_be_seen_and_changed(client):
    signed_in(client, "siti")
    assert save(client).status_code == 303
    person = siti()
    assert (person.full_name, person.post, person.nip, person.email) == (
        "Siti Aminah, S.IP., M.Hum.", "Pustakawan Ahli Muda", NIP, "siti@contoh.id",
    )  # fmt: skip
    assert (person.show_nip, person.language, person.time_zone) == (True, "en", "Asia/Makassar")
    page = client.get("/profile").text
    for shown in ("S.IP., M.Hum.", NIP, "siti@contoh.id", "0812 3456 7890", "Perpustakaan Desa"):
        assert shown in page
    assert '<html lang="en">' in page


def test_nip_and_email_become_logins_and_stop_being_ones(app, client):
    signed_in(client, "siti")
    save(client)
    assert queries.person_by_login(NIP).id == person_id("siti")
    assert queries.person_by_login("siti@contoh.id").id == person_id("siti")
    save(client, nip="", email="siti.baru@contoh.id")
    db.session.rollback()
    assert queries.person_by_login(NIP) is None
    assert queries.person_by_login("siti@contoh.id") is None
    assert queries.person_by_login("siti.baru@contoh.id").id == person_id("siti")
    assert siti().show_nip is False


@pytest.mark.parametrize("password", ["", "salah sekali"])
def test_what_one_signs_in_with_changes_only_with_the_password(client, password):
    signed_in(client, "siti")
    assert save(client, password=password).status_code == 422
    assert queries.person_by_login(NIP) is None
    assert siti().nip is None


def test_other_things_change_without_the_password(client):
    signed_in(client, "siti")
    assert save(client, nip="", email="", password="").status_code == 303
    assert siti().post == "Pustakawan Ahli Muda"


@pytest.mark.parametrize("field", ["nip", "email"])
def test_a_login_of_another_is_refused_without_saying_whose_it_is(client, field):
    with saving():
        budi = queries.person(person_id("budi"))
        details = service.Details(full_name=budi.full_name, nip=NIP, email="siti@contoh.id")
        service.change_details(Actor(budi.id), budi, details, clock.now())
    signed_in(client, "siti")
    answer = save(client, **{"nip": "", "email": "", field: PROFILE[field]})
    assert answer.status_code == 422
    assert "Budi" not in answer.text
    assert siti().post == "Pengelola perpustakaan"


@pytest.mark.parametrize(
    ("field", "value"),
    [("full_name", ""), ("full_name", "..."), ("nip", "1,98705E+17"), ("email", "siti@"),
     ("employment", "emperor"), ("language", "xx"), ("time_zone", "Mars/Olympus"),
     ("post", "x" * 121)],
)  # fmt: skip
def test_what_cannot_be_is_said_next_to_its_field(client, field, value):
    signed_in(client, "siti")
    answer = save(client, **{field: value})
    assert answer.status_code == 422
    assert f'href="#{field}' in answer.text
    assert siti().post == "Pengelola perpustakaan"


def test_a_form_changes_only_the_fields_that_it_has(client):
    signed_in(client, "siti")
    before = siti().code
    save(client, code="mine", id="1", created_at="2000-01-01", role="administrator")
    assert siti().code == before
    assert siti().created_at.year > 2000


def test_two_who_want_one_login_at_once_do_not_both_get_it(app):
    with pytest.raises(Conflict, match="login-taken"), saving():
        for username in ("siti", "budi"):
            person = queries.person_by_login(username)
            service.change_details(
                Actor(person.id), person, service.Details("Nama", nip=NIP), clock.now()
            )
    assert queries.person_by_login(NIP) is None


def test_changes_are_in_the_log_and_the_log_names_nobody(client):
    signed_in(client, "siti")
    save(client)
    db.session.rollback()
    rows = db.session.scalars(db.select(Audit).where(Audit.actor_id == person_id("siti"))).all()
    assert {row.action for row in rows} == {"accounts:person:change", "accounts:login:change"}
    assert not any(NIP in f"{row.subject}{row.detail}" or "Siti" in row.detail for row in rows)


def test_a_page_costs_the_same_queries_for_everybody(app, client):
    """Sign-in page, profile: a few, and not one for each library."""
    counted = []
    db.event.listen(db.engine, "before_cursor_execute", lambda *a: counted.append(a[2]))
    signed_in(client, "siti")
    counted.clear()
    client.get("/profile")
    assert len([sql for sql in counted if sql.startswith("SELECT")]) <= 4
    client.post("/logout")
    counted.clear()
    client.post("/login", data={"login": "siti", "password": PASSWORD})
    assert len([sql for sql in counted if not sql.startswith("BEGIN")]) <= 12


def test_a_missing_person_is_missing(app):
    for ask in (queries.person, queries.personal_data):
        with pytest.raises(Missing):
            ask(999_999)
    with pytest.raises(Missing):
        queries.holder_facts(999_999, clock.now().date())


# The rights of UU 27/2022


def test_my_data_are_complete_and_hold_no_secret(client):
    signed_in(client, "siti")
    save(client)
    db.session.rollback()
    data = queries.personal_data(person_id("siti"))
    assert data["name"] == PROFILE["full_name"]
    assert data["logins"] == {"username": "siti", "nip": NIP, "email": "siti@contoh.id"}
    assert data["memberships"][0]["library"] == "Perpustakaan Desa Wonosari"
    assert data["roles"][0]["role"] == "learner"
    assert {act["did"] for act in data["acts"]} >= {"accounts:person:change"}
    kept = {column.key for column in Person.__table__.columns} - {"id", "code", "sort_key"}
    assert {"name" if name == "full_name" else name for name in kept} <= set(data)
    assert "argon2" not in str(data)


def test_who_is_forgotten_is_named_nowhere_and_cannot_come_back(client):
    signed_in(client, "siti")
    save(client)
    person = person_id("siti")
    now = clock.now()
    with saving():
        service.make_reset(Actor(None), person, now + timedelta(minutes=30), now)
    with saving():
        service.forget(person, now)
    db.session.expire_all()
    assert client.get("/profile").status_code == 303
    assert client.post("/login", data={"login": "siti", "password": PASSWORD}).status_code == 422
    db.session.rollback()
    data = queries.personal_data(person)
    assert data["logins"] == {}
    assert data["ways_in"] == []
    assert not any(word in str(data) for word in ("Siti", NIP, "contoh.id", "0812", "Pustakawan"))
    assert db.session.scalars(db.select(Login).where(Login.person_id == person)).all() == []
    credential = db.session.get(Credential, person)
    assert (credential.password_hash, credential.is_active) == (None, False)
    assert queries.grants_of(queries.person(person), now + timedelta(days=2)) == frozenset()


@pytest.mark.parametrize(("name", "is_warned"), [("ꦱꦶꦠꦶ Aminah", True), ("Nguyễn Thị Ánh", False)])
def test_a_name_that_the_pdf_cannot_show_is_kept_and_said(client, name, is_warned):
    signed_in(client, "siti")
    save(client, full_name=name)
    assert queries.person(person_id("siti")).full_name == name
    page = client.get("/profile")
    assert ("ꦱ ꦶ" in page.text) == is_warned
