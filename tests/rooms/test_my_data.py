"""A person sees what is kept of her and who looked, takes it along, and can have it erased."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.accounts import queries as accounts
from elearn.accounts.models import Membership, Node, Person, Placement
from elearn.accounts.service import grant
from elearn.core import audit, clock, policy
from elearn.core.db import db, saving
from elearn.core.permissions import Actor, Role
from elearn.privacy import queries as privacy
from elearn.privacy import service
from elearn.records.models import Holder
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.factories import administrator, published_example
from tests.people import PASSWORD, SINCE
from tests.rooms.at_once import at_once
from tests.rooms.learning_acts import complete, join


def code_of(username):
    return accounts.person(person_id(username)).code


def noted(who, action, subject, ago=timedelta(0)):
    with saving():
        audit.note(Actor(person_id(who)), action, subject, clock.now() - ago)


def told_to(username):
    return [(look.by, look.act) for look in privacy.looks(person_id(username), 50)]


def test_she_is_told_who_looked_at_her_and_who_took_a_list_of_her_district_along(app):
    noted("ratna", "supervision:person:look", code_of("siti"))
    noted("ratna", "supervision:list:download", "kabupaten-sukamaju")
    noted("joko", "supervision:list:download", "kabupaten-mekarsari")
    noted("siti", "accounts:person:change", code_of("siti"))
    assert told_to("siti") == [
        ("Dra. Ratna Dewanti", "supervision:list:download"),
        ("Dra. Ratna Dewanti", "supervision:person:look"),
    ]
    assert told_to("joko") == []


def test_a_list_counts_for_the_district_that_her_library_was_in_on_that_day(app):
    """Wonosari moves to Mekarsari today: earlier lists of Mekarsari were not about siti."""
    for ago in (timedelta(days=9), timedelta(0)):
        for node in ("kabupaten-sukamaju", "kabupaten-mekarsari"):
            noted("joko", "supervision:list:download", node, ago)
    ids = {code: number for number, code in db.session.execute(select(Node.id, Node.code))}
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    with saving():
        library = ids["perpustakaan-wonosari"]
        placed = db.session.scalars(select(Placement).where(Placement.node_id == library)).one()
        placed.to_on = today
        to = ids["kabupaten-mekarsari"]
        db.session.add(Placement(node_id=library, parent_id=to, from_on=today))
    abouts = [look.about for look in privacy.looks(person_id("siti"), 50)]
    assert abouts == ["Kabupaten Mekarsari", "Kabupaten Sukamaju"]


def test_everybody_is_told_who_took_the_list_of_everybody_along_since_she_is_in_it(app):
    for ago in (timedelta(days=9999), timedelta(0)):
        noted("dewi", "accounts:people:export", "people", ago)
    for name in ("siti", "joko"):
        assert told_to(name) == [("Dewi Lestari", "accounts:people:export")]
    assert told_to("dewi") == []


def test_a_list_of_a_library_that_she_had_left_is_not_about_her(app):
    for days in (9, 0):
        noted("ratna", "supervision:list:download", "kabupaten-sukamaju", timedelta(days=days))
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    with saving():
        row = db.session.scalars(
            select(Membership).where(Membership.person_id == person_id("siti"))
        ).one()
        row.to_on = today - timedelta(days=2)
    assert len(told_to("siti")) == 1


@on_sqlite
def test_her_page_says_what_is_kept_and_her_file_has_it_all(app, client, sign_in):
    published_example()
    join()
    complete()
    noted("ratna", "supervision:person:look", code_of("siti"))
    sign_in("siti")
    page = client.get("/my-data/").text
    for words in ("Siti Aminah, S.IP.", "/my-data/file", "Dra. Ratna Dewanti", "/my-data/erase"):
        assert words in page, words
    assert "Dra. Ratna Dewanti" in client.get("/my-data/looks").text
    answer = client.get("/my-data/file")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    parts = json.loads(answer.data)["parts"]
    assert parts["learning"]["data"]["enrolments"][0]["slug"] == "contoh"
    assert parts["who_looked"]["data"][0]["by"] == "Dra. Ratna Dewanti"
    assert all(part["what_this_is"]["id"] for part in parts.values())


def erase(client, **typed):
    return client.post("/my-data/erase", data={"password": PASSWORD, "word": "HAPUS", **typed})


@on_sqlite
@pytest.mark.parametrize("typed", [{"password": "salah sama sekali"}, {"word": "ya"}, {"word": ""}])
def test_without_her_password_and_the_word_nothing_is_erased(app, client, sign_in, typed):
    sign_in("siti")
    assert erase(client, **typed).status_code == 422
    assert accounts.person(person_id("siti")).full_name == "Siti Aminah, S.IP."


@on_sqlite
@pytest.mark.parametrize(("keep", "holders"), [("no", 0), ("yes", 1)])
def test_erased_she_is_signed_out_everywhere_and_records_follow_the_archive_rule(
    app, client, sign_in, keep, holders
):
    published_example()
    join()
    complete()
    with saving():
        policy.change("keep_holder_names", keep, clock.day_in(clock.now(), "Asia/Jakarta"))
    number, elsewhere = person_id("siti"), signed_in(browser(app), "siti")
    sign_in("siti")
    answer = erase(client)
    assert (answer.status_code, answer.headers["Clear-Site-Data"]) == (303, '"storage"')
    for page in (client, elsewhere):
        assert "/login" in page.get("/my-data/").headers["Location"]
    db.session.rollback()
    assert "Siti" not in db.session.get_one(Person, number).full_name
    assert len(db.session.scalars(select(Holder)).all()) == holders


@on_sqlite
def test_an_administrator_erases_who_asks_for_it_and_nobody_by_mistake(app, client, sign_in):
    number, address = person_id("siti"), f"/admin/people/{code_of('siti')}/erase"
    asked = {"reason": "letter of 3 March", "name": "Siti Aminah, S.IP."}
    sign_in("ratna")
    assert client.post(address, data=asked).status_code == 403
    sign_in("dewi")
    assert client.post(address, data={**asked, "name": "Siti"}).status_code == 422
    assert client.post(address, data={**asked, "reason": ""}).status_code == 422
    assert client.post(address, data=asked).status_code == 303
    db.session.rollback()
    assert "Siti" not in db.session.get_one(Person, number).full_name
    line = db.session.scalars(select(audit.Audit).where(audit.Audit.detail != "")).one()
    assert (line.action, line.detail) == ("privacy:person:erase", "letter of 3 March")
    own = f"/admin/people/{code_of('dewi')}/erase"
    assert client.post(own, data={**asked, "name": "Dewi Lestari"}).status_code == 409


@on_sqlite
def test_the_last_administrator_cannot_leave_the_site_without_one(app, client, sign_in):
    sign_in("dewi")
    answer = erase(client)
    assert answer.status_code == 409
    assert accounts.person(person_id("dewi")).full_name == "Dewi Lestari"


def test_of_the_last_two_administrators_who_go_at_once_one_stays(app):
    now = clock.now()
    with saving():
        budi = accounts.person(person_id("budi"))
        grant(administrator(), budi, Role.ADMINISTRATOR, None, SINCE, now)
    both = [person_id(who) for who in ("budi", "dewi")]
    db.session.rollback()
    faults = at_once(app, 2, lambda n: service.forget(both[n], Actor(both[n]), now))
    assert [str(fault) for fault in faults] == ["administrator-last"]
    assert accounts.has_administrator(now.date())
