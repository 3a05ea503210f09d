"""The dated library tree: who stands under whom on which day; roles and memberships by day."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy.exc import IntegrityError

from elearn.accounts import queries, service
from elearn.accounts.models import GrantRow, Node, NodeKind, Placement
from elearn.accounts.queries.tree import subtree_query
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Forbidden, Problem
from elearn.core.permissions import Actor, Grant, Role
from tests.conftest import person_id
from tests.rooms.at_once import at_once

ADMIN = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
MOVE = date(2026, 7, 1)
BEFORE = MOVE - timedelta(days=1)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def node(code):
    return queries.node_by_code(code)


def codes(numbers):
    return {db.session.get(Node, number).code for number in numbers}


def below(code, on):
    return codes(db.session.scalars(subtree_query(node(code).id, on)).all())


def above(code, on):
    return [found.code for found in queries.path(node(code).id, on)]


def move(code, parent, on=MOVE, actor=ADMIN):
    with saving():
        service.place(actor, node(code), node(parent), on, NOW)


def test_a_path_leads_from_the_top_to_the_node(app):
    assert above("perpustakaan-wonosari", MOVE) == [
        "perpusnas-contoh", "provinsi-contoh", "kabupaten-sukamaju", "perpustakaan-wonosari",
    ]  # fmt: skip


def test_a_subtree_is_the_node_and_all_below(app):
    assert below("kabupaten-sukamaju", MOVE) == {"kabupaten-sukamaju", "perpustakaan-wonosari"}
    assert len(below("perpusnas-contoh", MOVE)) == 6


def test_before_the_first_day_nothing_stands_anywhere(app):
    assert below("perpusnas-contoh", date(2025, 12, 31)) == {"perpusnas-contoh"}


def test_a_move_holds_from_its_day_on_and_not_before(app):
    move("perpustakaan-wonosari", "kabupaten-mekarsari")
    assert "perpustakaan-wonosari" in below("kabupaten-sukamaju", BEFORE)
    assert "perpustakaan-wonosari" not in below("kabupaten-sukamaju", MOVE)
    assert "perpustakaan-wonosari" in below("kabupaten-mekarsari", MOVE)
    assert above("perpustakaan-wonosari", BEFORE)[2] == "kabupaten-sukamaju"


def test_whoever_moves_takes_everything_below_along(app):
    move("kabupaten-sukamaju", "kabupaten-mekarsari")
    assert "perpustakaan-wonosari" in below("kabupaten-mekarsari", MOVE)


def test_moving_to_the_same_place_changes_nothing(app):
    move("perpustakaan-wonosari", "kabupaten-sukamaju")
    count = db.session.scalar(
        db.select(db.func.count()).select_from(Placement)
        .where(Placement.node_id == node("perpustakaan-wonosari").id)
    )  # fmt: skip
    assert count == 1


def test_a_move_of_the_same_day_is_corrected_not_doubled(app):
    move("perpustakaan-wonosari", "kabupaten-mekarsari")
    move("perpustakaan-wonosari", "provinsi-contoh")
    assert above("perpustakaan-wonosari", MOVE)[-2] == "provinsi-contoh"
    assert above("perpustakaan-wonosari", BEFORE)[-2] == "kabupaten-sukamaju"


@pytest.mark.parametrize(
    ("code", "parent"),
    [("provinsi-contoh", "perpustakaan-wonosari"), ("provinsi-contoh", "kabupaten-sukamaju"),
     ("kabupaten-sukamaju", "kabupaten-sukamaju")],
)  # fmt: skip
def test_nothing_stands_under_itself(app, code, parent):
    with pytest.raises(Conflict, match="placement-circle"):
        move(code, parent)


def test_a_circle_is_refused_also_when_it_would_close_on_a_later_day(app):
    move("kabupaten-sukamaju", "kabupaten-mekarsari", on=date(2026, 9, 1))
    with pytest.raises(Conflict, match="placement-circle"):
        move("kabupaten-mekarsari", "kabupaten-sukamaju")


def test_a_move_before_a_planned_one_is_refused(app):
    move("perpustakaan-wonosari", "kabupaten-mekarsari", on=date(2026, 9, 1))
    with pytest.raises(Conflict, match="placement-later"):
        move("perpustakaan-wonosari", "provinsi-contoh")


def test_two_moves_at_once_make_no_circle(app):
    outcomes = []

    def go(code, parent):
        with app.app_context():
            try:
                with saving():
                    service.place(ADMIN, node(code), node(parent), MOVE, NOW)
                outcomes.append("moved")
            except Problem as problem:
                outcomes.append(problem.code)

    pairs = [("kabupaten-sukamaju", "kabupaten-mekarsari"),
             ("kabupaten-mekarsari", "kabupaten-sukamaju")]  # fmt: skip
    threads = [threading.Thread(target=go, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved", "placement-circle"]


@pytest.mark.parametrize(
    ("home", "parent", "is_allowed"),
    [
        ("provinsi-contoh", "kabupaten-mekarsari", True),
        ("kabupaten-sukamaju", "kabupaten-mekarsari", False),  # the target is not theirs
        ("kabupaten-mekarsari", "kabupaten-mekarsari", False),  # the source is not theirs
    ],
)
def test_whoever_administers_a_part_moves_only_within_it(app, home, parent, is_allowed):
    actor = Actor(None, frozenset({Grant(Role.ADMINISTRATOR, node(home).id)}))
    if is_allowed:
        move("perpustakaan-wonosari", parent, actor=actor)
    else:
        with pytest.raises(Forbidden, match="node-not-yours"):
            move("perpustakaan-wonosari", parent, actor=actor)


@pytest.mark.parametrize("role", [Role.LEARNER, Role.AUTHOR, Role.SUPERVISOR])
def test_no_other_role_moves_anything(app, role):
    actor = Actor(person_id("ratna"), frozenset({Grant(role, node("perpusnas-contoh").id)}))
    with pytest.raises(Forbidden):
        move("perpustakaan-wonosari", "kabupaten-mekarsari", actor=actor)


def test_a_new_node_stands_nowhere_until_it_is_placed(app):
    with saving():
        service.add_node(ADMIN, "TBM-Melati", NodeKind.LIBRARY, "TBM  Melati", NOW)
    assert node("tbm-melati").name == "TBM Melati"
    assert above("tbm-melati", MOVE) == ["tbm-melati"]
    with pytest.raises(Conflict, match="node-taken"), saving():
        service.add_node(ADMIN, "tbm-melati", NodeKind.LIBRARY, "Lain", NOW)


# Roles and memberships


def roles(username, moment):
    db.session.rollback()
    person = queries.person_by_login(username)
    with time_machine.travel(moment, tick=False):
        user = queries.session_user(person.id, 1)
    return {grant.role for grant in user.actor.grants}


def test_a_role_holds_from_its_first_day_to_the_day_before_its_end(app):
    with saving():
        person = queries.person_by_login("siti")
        where = node("kabupaten-sukamaju")
        service.grant(ADMIN, person, Role.SUPERVISOR, where, MOVE, NOW, until=date(2026, 7, 3))
    # Midnight of 1 July in WIB is 17:00 of 30 June in UTC.
    first = datetime(2026, 6, 30, 17, 0, tzinfo=UTC)
    assert Role.SUPERVISOR not in roles("siti", first - timedelta(seconds=1))
    assert Role.SUPERVISOR in roles("siti", first)
    assert Role.SUPERVISOR in roles("siti", first + timedelta(days=2) - timedelta(seconds=1))
    assert Role.SUPERVISOR not in roles("siti", first + timedelta(days=2))


def test_a_role_of_an_eastern_office_begins_two_hours_earlier(app):
    with saving():
        person = queries.person_by_login("siti")
        where = node("kabupaten-sukamaju")
        where.time_zone = "Asia/Jayapura"
        service.grant(ADMIN, person, Role.SUPERVISOR, where, MOVE, NOW)
    assert Role.SUPERVISOR in roles("siti", datetime(2026, 6, 30, 15, 0, tzinfo=UTC))


def test_a_role_that_is_given_and_ended_on_one_day_leaves_no_range_of_no_days(app):
    person = queries.person_by_login("siti")
    with saving():
        person = queries.person_by_login("siti")
        service.grant(ADMIN, person, Role.AUTHOR, None, MOVE, NOW)
    with saving():
        service.end_grant(ADMIN, queries.person_by_login("siti"), Role.AUTHOR, None, MOVE, NOW)
    assert Role.AUTHOR not in roles("siti", datetime(2026, 7, 2, tzinfo=UTC))


def grants_of_siti():
    rows = db.session.scalars(
        db.select(GrantRow)
        .where(GrantRow.person_id == person_id("siti"), GrantRow.role != Role.LEARNER)
        .order_by(GrantRow.from_on)
    )
    return [(row.role, row.from_on, row.to_on) for row in rows]


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.AUTHOR, None), (Role.SUPERVISOR, "kabupaten-sukamaju")],
    ids=["everywhere", "one office"],
)
def test_a_role_given_many_times_at_once_is_one_grant(app, role, place):
    def give(_number):
        siti = queries.person_by_login("siti")
        service.grant(ADMIN, siti, role, node(place) if place else None, MOVE, NOW)

    assert at_once(app, 6, give) == []
    assert grants_of_siti() == [(role, MOVE, None)]
    where = node(place).id if place else None
    double = GrantRow(person_id=person_id("siti"), role=role, node_id=where, from_on=MOVE)
    with pytest.raises(IntegrityError), saving():
        db.session.add(double)


@pytest.mark.parametrize(
    ("until", "kept"),
    [
        (None, [(MOVE, None)]),
        (date(2026, 8, 2), [(MOVE, date(2026, 8, 2))]),
        (date(2026, 7, 15), [(MOVE, date(2026, 7, 15)), (date(2026, 8, 1), None)]),
    ],
)
def test_a_role_that_begins_earlier_takes_in_what_was_planned_within_it(app, until, kept):
    for first, end in ((date(2026, 8, 1), None), (MOVE, until)):
        with saving():
            siti = queries.person_by_login("siti")
            service.grant(ADMIN, siti, Role.AUTHOR, None, first, NOW, end)
    assert grants_of_siti() == [(Role.AUTHOR, *days) for days in kept]


def test_a_supervisor_needs_an_office(app):
    with pytest.raises(Problem, match="grant-needs-node"), saving():
        service.grant(ADMIN, queries.person_by_login("siti"), Role.SUPERVISOR, None, MOVE, NOW)


def test_a_record_names_the_library_of_that_day(app):
    with saving():
        person = queries.person_by_login("siti")
        service.add_member(ADMIN, person, node("perpustakaan-karanganyar"), MOVE, NOW)
    person = queries.person_by_login("siti")
    assert queries.holder_facts(person.id, BEFORE).institution == "Perpustakaan Desa Wonosari"
    assert queries.holder_facts(person.id, MOVE).institution == "Perpustakaan Desa Karanganyar"
    assert queries.holder_facts(person.id, date(2025, 1, 1)).institution == ""


def test_an_organiser_is_what_it_was_on_that_day(app):
    words = service.OrganiserWords("Perpusnas (contoh)", "Sukamaju", "Dr. Ayu Lestari", "Kepala")
    with saving():
        service.add_organiser(ADMIN, "perpusnas-contoh", words, None, MOVE, NOW)
    assert queries.organiser_on("perpusnas-contoh", BEFORE).signatory.startswith("Drs. Bambang")
    assert queries.organiser_on("perpusnas-contoh", MOVE).signatory == "Dr. Ayu Lestari"
    assert queries.organiser_on("perpusnas-contoh", date(2025, 1, 1)) is None
    assert queries.organiser_on("nobody", MOVE) is None
