"""People by hand: details, libraries from-to, roles from-to, leaving, coming back, letting in."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from elearn.accounts import queries, service
from elearn.accounts.models import Credential, GrantRow, Membership, Person
from elearn.accounts.queries import directory
from elearn.accounts.service import belonging, credentials
from elearn.admin import service as admin
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Invalid, Missing, TooMany
from elearn.core.permissions import Action, Actor, Grant, Role
from elearn.privacy import queries as privacy_queries
from elearn.privacy import service as privacy
from tests.conftest import browser, person_id, signed_in
from tests.people import SINCE

ADMIN = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
TODAY, JULY = date(2026, 6, 1), date(2026, 7, 1)
ELSEWHERE = "perpustakaan-karanganyar"


def siti():
    return queries.person(person_id("siti"))


def libraries_on(day):
    return [node.code for node in queries.places_of(person_id("siti"), day)]


def membership_of(username):
    return db.session.scalars(
        select(Membership.id).where(Membership.person_id == person_id(username))
    ).one()


def is_seen_by(supervisor, at):
    with time_machine.travel(at, tick=False):
        actor = Actor(person_id(supervisor), queries.grants_of(
            queries.person(person_id(supervisor)), at
        ))  # fmt: skip
        return queries.is_within(actor, Action.SUPERVISION_PEOPLE_READ, person_id("siti"), at)


def test_who_moves_is_seen_by_the_old_supervisor_before_that_day_and_by_the_new_one_from_it_on(app):
    with saving():
        there = queries.node_by_code(ELSEWHERE)
        belonging.move_member(ADMIN, siti(), membership_of("siti"), there, JULY, NOW)
    eve, day = datetime(2026, 6, 30, 10, tzinfo=UTC), datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert [is_seen_by("ratna", eve), is_seen_by("joko", eve)] == [True, False]
    assert [is_seen_by("ratna", day), is_seen_by("joko", day)] == [False, True]
    assert libraries_on(JULY) == [ELSEWHERE]


def test_a_membership_of_somebody_else_is_not_moved_and_a_move_to_the_same_place_is_none(app):
    with pytest.raises(Missing), saving():
        belonging.end_member(ADMIN, siti(), membership_of("joko"), JULY, NOW)
    with pytest.raises(Conflict), saving():
        there = queries.node_by_code("perpustakaan-wonosari")
        belonging.move_member(ADMIN, siti(), membership_of("siti"), there, JULY, NOW)
    assert libraries_on(JULY) == ["perpustakaan-wonosari"]


def test_who_leaves_cannot_sign_in_and_comes_back_with_the_same_password(app):
    before = db.session.get(Credential, person_id("siti")).password_hash
    with saving():
        belonging.leave(ADMIN, siti(), TODAY, NOW)
    facts = queries.sign_in_facts("siti")
    assert (facts.is_active, facts.generation, facts.password_hash) == (False, 2, before)
    assert libraries_on(TODAY) == ["perpustakaan-wonosari"]
    assert libraries_on(TODAY + timedelta(days=1)) == []
    assert directory.find_people("siti", None, TODAY, 1).lines[0].state == "closed"
    later = NOW + timedelta(days=9)
    with saving():
        belonging.come_back(ADMIN, siti(), queries.node_by_code(ELSEWHERE), later)
    assert queries.sign_in_facts("siti").is_active
    with time_machine.travel(later, tick=False):
        assert Grant(Role.LEARNER) in queries.grants_of(siti(), later)
    assert libraries_on(later.date()) == [ELSEWHERE]
    with pytest.raises(Conflict), saving():
        belonging.come_back(ADMIN, siti(), queries.node_by_code(ELSEWHERE), later)


def test_nobody_leaves_on_a_day_to_come(app):
    with pytest.raises(Invalid), saving():
        belonging.leave(ADMIN, siti(), TODAY + timedelta(days=1), NOW)
    assert queries.sign_in_facts("siti").is_active


def test_a_last_day_of_a_wrong_year_takes_nothing_away(app):
    with pytest.raises(Invalid) as refused, saving():
        belonging.leave(ADMIN, siti(), date(2016, 6, 1), NOW)
    assert (refused.value.code, refused.value.values["day"]) == ("leave-before", SINCE)
    assert libraries_on(TODAY) == ["perpustakaan-wonosari"]


def test_an_acting_head_needs_an_end_and_the_role_ends_by_itself(app):
    node = queries.node_by_code("kabupaten-sukamaju")
    ratna = queries.person(person_id("ratna"))
    with pytest.raises(Invalid), saving():
        service.grant(ADMIN, siti(), Role.SUPERVISOR, node, TODAY, NOW, None, ratna)
    with saving():
        service.grant(ADMIN, siti(), Role.SUPERVISOR, node, TODAY, NOW, JULY, ratna)
    held = directory.roles_of(person_id("siti"))[0]
    assert (held.acting_for, held.node.code, held.row.to_on) == (
        "Dra. Ratna Dewanti", "kabupaten-sukamaju", JULY,
    )  # fmt: skip
    role = Grant(Role.SUPERVISOR, node.id)
    assert role in queries.grants_of(siti(), datetime(2026, 6, 30, 10, tzinfo=UTC))
    assert role not in queries.grants_of(siti(), datetime(2026, 7, 1, 1, tzinfo=UTC))


def test_who_was_locked_out_is_let_in_at_once(app):
    def wrong():
        with saving():
            credentials.begin_try("siti", "192.0.2.1", NOW)

    for _ in range(credentials.BY_ACCOUNT.count):
        wrong()
    with pytest.raises(TooMany):
        wrong()
    assert credentials.is_locked(["siti"], NOW)
    with saving():
        belonging.unlock(ADMIN, siti(), NOW)
    assert not credentials.is_locked(["siti"], NOW)
    wrong()


@pytest.mark.parametrize(
    ("words", "at", "found"),
    [
        ("aminah siti", "", ["siti"]),
        ("SITI", "", ["siti"]),
        ("ratn", "", ["ratna"]),
        ("a", "kabupaten-mekarsari", ["joko"]),
        ("", "kabupaten-mekarsari", ["joko"]),
        ("%", "", []),
    ],
)
def test_people_are_found_by_name_by_login_and_by_part_of_the_tree(sqlite_app, words, at, found):
    node = queries.node_by_code(at) if at else None
    page = directory.find_people(words, node, TODAY, 1)
    assert [line.login for line in page.lines] == found
    assert page.count == len(found)


def test_a_long_list_is_paged_and_a_page_beyond_it_is_the_last(sqlite_app):
    with saving():
        for number in range(60):
            details = service.Details(full_name=f"Warga {number:02}")
            service.add_person(ADMIN, details, f"warga{number:02}", None, None, NOW)
    first, last = (directory.find_people("warga", None, TODAY, page) for page in (1, 99))
    assert (first.count, len(first.lines), first.number, first.last) == (60, 50, 1, 2)
    assert (last.number, [line.login for line in last.lines][-1]) == (2, "warga59")


def test_an_administrator_keeps_people_on_pages(sqlite_app):
    with time_machine.travel(NOW, tick=False):
        page = signed_in(browser(sqlite_app), "dewi")
        fields = {
            "full_name": "Sari Rahmawati", "username": "sari", "employment": "pppk",
            "language": "id", "time_zone": "Asia/Jakarta", "library": "Wonosari",
        }  # fmt: skip
        added = page.post("/admin/people/add", data=fields)
        assert added.status_code == 303
        place = added.headers["Location"]
        assert page.post("/admin/people/add", data=fields).status_code == 422

        edited = {**fields, "full_name": "Sari Rahmawati, S.IP.", "username": "sari.r"}
        assert page.post(f"{place}edit", data=edited).status_code == 303
        taken = page.post(f"{place}edit", data={**edited, "username": "siti"})
        assert (taken.status_code, "field__error" in taken.text) == (422, True)

        role = {"role": "supervisor", "node": "", "on": "2026-06-01"}
        assert page.post(f"{place}roles/add", data=role).status_code == 422
        role = {**role, "node": "kabupaten-sukamaju", "last_on": "2026-06-30"}
        assert page.post(f"{place}roles/add", data=role).status_code == 303
        shown = page.get(place).text
        for words in ("Sari Rahmawati, S.IP.", "sari.r", "Kabupaten Sukamaju", "30 Juni 2026"):
            assert words in shown
        sari = person_id("sari.r")
        for number, state in ((sari, "expected"), (person_id("siti"), "open")):
            assert directory.state_of(db.session.get_one(Person, number)) == state
        number = db.session.scalars(
            select(GrantRow.id).where(GrantRow.person_id == sari, GrantRow.role == "supervisor")
        ).one()
        db.session.rollback()
        ended = page.post(f"{place}roles/{number}/end", data={"last_on": "2026-06-10"})
        assert ended.status_code == 303
        again = page.post(f"{place}roles/{number}/end", data={"last_on": "2026-06-10"})
        assert again.status_code == 422
        at = f"{place}memberships/{membership_of('sari.r')}"
        db.session.rollback()
        for act, library, last, status in (
            (f"{at}/move", "Wonosari", "", 422),  # she is there
            (f"{at}/move", "Karanganyar", "", 303),
            (f"{at}/end", "", "2026-06-01", 303),
            (f"{place}memberships/0/end", "", "2026-06-01", 422),
            (f"{place}memberships/add", "Wonosari", "", 303),
        ):
            sent = {"library": library, "on": "2026-06-02", "last_on": last}
            assert page.post(act, data=sent).status_code == status, act
        assert page.post(f"{place}return", data={"library": "Wonosari"}).status_code == 422
        assert page.post(f"{place}leave", data={"last_on": "2026-06-02"}).status_code == 422
        assert "tak-ada" in page.get("/admin/people/?at=tak-ada").text
        assert page.post(f"{place}leave", data={"last_on": "2026-06-01"}).status_code == 303
        assert page.post(f"{place}unlock").status_code == 303
        assert queries.sign_in_facts("sari.r").is_active is False
        db.session.rollback()
        assert page.post(f"{place}return", data={"library": "Wonosari"}).status_code == 303
    assert queries.sign_in_facts("sari.r").is_active is True
    code = db.session.get(Person, sari).code
    noted = set(db.session.scalars(select(Audit.action).where(Audit.subject == code)))
    assert noted >= {
        "accounts:person:add", "accounts:person:change", "accounts:grant:add",
        "accounts:grant:end", "accounts:person:leave", "accounts:person:unlock",
    }  # fmt: skip


def test_whoever_an_administrator_looks_at_is_told_once_an_hour_and_not_of_herself(sqlite_app):
    page = signed_in(browser(sqlite_app), "dewi")
    for name in ("siti", "dewi"):
        code = queries.person(person_id(name)).code
        db.session.rollback()
        for at in ("", "edit", ""):
            page.get(f"/admin/people/{code}/{at}")
    noted = db.session.execute(select(Audit.action, Audit.subject)).all()
    assert noted == [("admin:person:look", siti().code)]
    assert [look.by for look in privacy_queries.looks(person_id("siti"), 9)] == ["Dewi Lestari"]


def test_what_another_administrator_has_saved_is_not_undone_in_silence(sqlite_app):
    """A person, a place, a rule, an organiser: refused once, what was typed still in the form."""
    page, nip = signed_in(browser(sqlite_app), "dewi"), "198705122010012001"
    person = {"full_name": "Siti", "username": "siti", "employment": "pns", "language": "id",
              "time_zone": "Asia/Jakarta"}  # fmt: skip
    place = {"name": "Wonosari", "kind": "library", "time_zone": "Asia/Jakarta"}
    today = {"on": clock.day_in(clock.now(), clock.DEFAULT_ZONE).isoformat()}
    organiser = "/admin/organisers/perpusnas-contoh/change"
    issuer = {"code": "perpusnas-contoh", "name": "P", "place": "J", "signatory_post": "K", **today}
    for at, fields, mine, theirs in (
        (f"/admin/people/{siti().code}/edit", person, {"post": "Mine"}, {"nip": nip}),
        ("/admin/tree/perpustakaan-wonosari/edit", place, {"place": "Mine"}, {"npp": "33"}),
        ("/admin/policy/letterhead", today, {"value": "Mine"}, {"value": "Theirs"}),
        (organiser, issuer, {"signatory": "Mine"}, {"signatory": "Theirs"}),
    ):
        db.session.rollback()
        seen = {"seen": re.search('name="seen"[^>]*value="([^"]*)"', page.get(at).text)[1]}
        assert page.post(at, data={**fields, **seen, **theirs}).status_code == 303
        refused = page.post(at, data={**fields, **seen, **mine})
        assert (refused.status_code, "Mine" in refused.text) == (422, True)
        seen = {"seen": re.search('name="seen"[^>]*value="([^"]*)"', refused.text)[1]}
        assert page.post(at, data={**fields, **seen, **mine}).status_code == 303


@pytest.mark.parametrize("act", ["edit", "leave", "return", "roles/add"])
def test_an_administrator_does_not_rule_over_herself(sqlite_app, act):
    page = signed_in(browser(sqlite_app), "dewi")
    code = queries.person(person_id("dewi")).code
    db.session.rollback()
    assert page.get(f"/admin/people/{code}/{act}").status_code == 409
    assert f"{code}/{act}" not in page.get(f"/admin/people/{code}/").text


@pytest.mark.parametrize(("fate", "word"), [("merged", "digabung"), ("erased", "dihapus")])
def test_an_entry_that_is_nobodys_any_more_says_so_and_offers_nothing(sqlite_app, fate, word):
    dewi, number, before = Actor(person_id("dewi")), person_id("siti"), membership_of("siti")
    with saving():
        code = siti().code
        if fate == "erased":
            privacy.forget(number, dewi, NOW)
        else:
            admin.merge(dewi, siti(), queries.person(person_id("budi")), NOW)
    assert queries.places_of(number, TODAY) == ()
    db.session.rollback()
    page = signed_in(browser(sqlite_app), "dewi")
    place = f"/admin/people/{code}/"
    shown = page.get(place).text
    assert word in shown
    assert not re.findall(rf"{place}[a-z]+[^\"]*", shown)
    acts = ("edit", "leave", "return", "roles/add", "merge", "erase", "memberships/add")
    for act in (*acts, f"memberships/{before}/end", f"memberships/{before}/move"):
        assert page.get(f"{place}{act}").status_code == 409, act
    assert page.post(f"{place}unlock").status_code == 409
