"""What cannot be is refused by name, and nothing of it stays: logins, roles, places, days."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, select

from elearn.accounts import queries, service
from elearn.accounts.models import GrantRow, Login, Membership, Merge, NodeKind, Organiser
from elearn.accounts.queries import directory
from elearn.accounts.queries.people import own_person_to_change
from elearn.accounts.queries.places import scheme_codes
from elearn.accounts.queries.tree import find_libraries
from elearn.accounts.service import belonging, nodes, organisers, tree, ways_in
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Problem
from elearn.core.permissions import Actor, Grant, Role
from tests import people
from tests.conftest import in_use, make_app, person_id

ADMIN = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
TODAY = clock.day_in(NOW, clock.DEFAULT_ZONE)
TOMORROW, DAY = TODAY + timedelta(days=1), timedelta(days=1)
WORDS = service.OrganiserWords("Perpustakaan", "Sukamaju", "Drs. Bambang", "Kepala")


@pytest.fixture(scope="module", autouse=True)
def _site(sqlite_template, tmp_path_factory):
    """One for all: what is refused leaves nothing behind."""
    folder = tmp_path_factory.mktemp("refusals")
    shutil.copy(sqlite_template, folder / "elearn.sqlite")
    with in_use(make_app(folder)) as application:
        yield application


def siti():
    return queries.person(person_id("siti"))


def node(code="perpustakaan-wonosari"):
    return queries.node_by_code(code)


def membership(**changes):
    """siti's, with other days."""
    row = db.session.scalars(select(Membership).where(Membership.person_id == siti().id)).one()
    for name, value in changes.items():
        setattr(row, name, value)
    db.session.flush()
    return row.id


def moves_from_where_she_no_longer_belongs():
    number = membership(to_on=TODAY)
    there = node("perpustakaan-karanganyar")
    belonging.move_member(ADMIN, siti(), number, there, TODAY, NOW)


def ends_what_is_over():
    belonging.end_member(ADMIN, siti(), membership(to_on=TODAY), TODAY, NOW)


def merged_comes_back():
    queries.people.credential_to_change(siti().id).is_active = False
    budi = person_id("budi")
    db.session.add(Merge(former_id=siti().id, person_id=budi, at=NOW, by=budi, moved=""))
    belonging.come_back(ADMIN, siti(), node(), NOW)


def code_for_a_closed_account():
    queries.people.credential_to_change(siti().id).is_active = False
    service.make_reset(ADMIN, siti().id, NOW + DAY, NOW)


def code_for_who_has_no_login():
    person = siti()
    db.session.execute(delete(Login).where(Login.person_id == person.id))
    ways_in.make_code_for(ADMIN, person, NOW + DAY, NOW)


def code_that_another_place_has():
    tree.name_in_scheme(ADMIN, node("kabupaten-sukamaju"), "bps", "3301", NOW)
    tree.name_in_scheme(ADMIN, node("kabupaten-mekarsari"), "bps", "3301", NOW)


def closes_what_stands_nowhere():
    nodes.close_node(ADMIN, node("perpusnas-contoh"), TODAY, NOW)


def closes_before_a_planned_move():
    there = node("kabupaten-mekarsari")
    service.place(ADMIN, node(), there, TODAY + 9 * DAY, NOW)
    nodes.close_node(ADMIN, node(), TOMORROW, NOW)


def ends_an_organiser_twice():
    organisers.end_organiser(ADMIN, "perpusnas-contoh", TODAY, NOW)
    organisers.end_organiser(ADMIN, "perpusnas-contoh", TODAY, NOW)


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("membership-over", moves_from_where_she_no_longer_belongs),
        ("membership-over", ends_what_is_over),
        ("person-merged", merged_comes_back),
        ("account-closed", code_for_a_closed_account),
        ("person-no-login", code_for_who_has_no_login),
        (
            "password-not-present",
            lambda: service.change_password(Actor(siti().id), siti().id, "another", "x", NOW),
        ),
        ("range-wrong", lambda: service.make_invitation(ADMIN, None, "tik", 0, NOW + DAY, NOW)),
        ("range-wrong", lambda: service.make_invitation(ADMIN, None, "tik", 1, NOW, NOW)),
        ("node-code-wrong", lambda: service.add_node(ADMIN, "A B", NodeKind.LIBRARY, "x", NOW)),
        ("node-code-taken", code_that_another_place_has),
        ("node-stands-nowhere", closes_what_stands_nowhere),
        ("placement-later", closes_before_a_planned_move),
        (
            "node-code-wrong",
            lambda: service.add_organiser(ADMIN, "A B", WORDS, None, TODAY, NOW),
        ),
        (
            "organiser-later",
            lambda: service.add_organiser(
                ADMIN, "perpusnas-contoh", WORDS, None, people.SINCE - DAY, NOW
            ),
        ),
        ("organiser-over", ends_an_organiser_twice),
        (
            "range-wrong",
            lambda: service.grant(ADMIN, siti(), Role.AUTHOR, None, TODAY, NOW, until=TODAY),
        ),
        (
            "acting-for-oneself",
            lambda: service.grant(
                ADMIN, siti(), Role.AUTHOR, None, TODAY, NOW, until=TOMORROW, acting_for=siti()
            ),
        ),
        ("grant-missing", lambda: directory.role_of(siti().id, 0)),
        ("person-missing", lambda: queries.people.credential_to_change(0)),
        ("person-missing", lambda: own_person_to_change(Actor(None))),
    ],
)
def test_what_cannot_be_is_refused_by_name(code, act):
    with pytest.raises(Problem) as refused, saving():
        act()
    assert refused.value.code == code


def test_who_leaves_has_nothing_planned_any_more():
    with pytest.raises(RuntimeError, match="undone"), saving():
        service.add_member(ADMIN, siti(), node("perpustakaan-karanganyar"), TODAY + 9 * DAY, NOW)
        db.session.flush()
        belonging.leave(ADMIN, siti(), TODAY, NOW)
        rows = db.session.scalars(select(Membership).where(Membership.person_id == siti().id))
        assert [row.to_on for row in rows] == [TOMORROW]
        held = db.session.scalars(select(GrantRow).where(GrantRow.person_id == siti().id))
        assert {row.to_on for row in held} == {TOMORROW}
        raise RuntimeError("undone")


def test_an_organiser_is_corrected_on_its_first_day_and_what_was_planned_goes_with_its_end():
    with pytest.raises(RuntimeError, match="undone"), saving():
        first = service.add_organiser(ADMIN, "dinas", WORDS, None, TODAY, NOW)
        again = service.add_organiser(ADMIN, "dinas", WORDS, node(), TODAY, NOW)
        assert (again.id, again.node_id) == (first.id, node().id)
        service.add_organiser(ADMIN, "dinas", WORDS, None, TOMORROW, NOW)
        organisers.end_organiser(ADMIN, "dinas", TOMORROW, NOW)
        db.session.flush()
        rows = db.session.scalars(select(Organiser).where(Organiser.code == "dinas")).all()
        assert [(row.from_on, row.to_on) for row in rows] == [(TODAY, TOMORROW)]
        raise RuntimeError("undone")


def test_a_place_has_one_code_in_each_scheme_and_the_last_one_counts():
    with pytest.raises(RuntimeError, match="undone"), saving():
        for value in ("3301", "3301", " 33.02a "):
            tree.name_in_scheme(ADMIN, node(), "bps", value, NOW)
        assert scheme_codes(node()) == {"bps": "33.02A"}
        raise RuntimeError("undone")


def test_asking_for_nothing_finds_nothing():
    assert find_libraries("  ", TODAY) == ()
    assert queries.people.places_of_each([], NOW) == {}
