"""The library tree by hand: adding, correcting, moving and closing a place from a day on."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select

from elearn.accounts import queries, service
from elearn.accounts.formats.table import read_any
from elearn.accounts.models import GrantRow, Membership, NodeKind, Placement
from elearn.accounts.queries import places
from elearn.accounts.service import nodes
from elearn.admin.views.list_kinds import KINDS
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Actor, Grant, Role
from tests.conftest import browser, person_id, signed_in
from tests.rooms.at_once import at_once

ADMIN = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
TODAY, JULY, AUGUST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1)
WONOSARI, SUKAMAJU, MEKARSARI = "perpustakaan-wonosari", "kabupaten-sukamaju", "kabupaten-mekarsari"


def node(code):
    return queries.node_by_code(code)


def move(code, parent, on):
    with saving():
        service.place(ADMIN, node(code), node(parent), on, NOW)


def close(code, on):
    with saving():
        nodes.close_node(ADMIN, places.node_to_change(code), on, NOW)


def cancel(code, on):
    with saving():
        nodes.cancel_plan(ADMIN, places.node_to_change(code), on, TODAY, NOW)


def empty_library():
    with saving():
        made = service.add_node(ADMIN, "perpustakaan-baru", NodeKind.LIBRARY, "Baru", NOW)
        service.place(ADMIN, made, node(SUKAMAJU), date(2026, 1, 1), NOW)
    return "perpustakaan-baru"


def placements(code):
    rows = db.session.execute(
        select(Placement.parent_id, Placement.from_on, Placement.to_on)
        .where(Placement.node_id == node(code).id)
        .order_by(Placement.from_on)
    )
    return [tuple(row) for row in rows]


def parent_on(code, day):
    path = queries.path(node(code).id, day)
    return path[-2].code if len(path) > 1 else None


def test_a_planned_move_that_is_taken_back_leaves_everything_as_it_was(app):
    before = placements(WONOSARI)
    move(WONOSARI, MEKARSARI, JULY)
    assert parent_on(WONOSARI, JULY) == MEKARSARI
    cancel(WONOSARI, JULY)
    assert placements(WONOSARI) == before
    with pytest.raises(Missing):
        cancel(WONOSARI, JULY)


def test_a_move_that_has_happened_is_not_taken_back(app):
    move(WONOSARI, MEKARSARI, TODAY)
    with pytest.raises(Missing):
        cancel(WONOSARI, TODAY)
    assert parent_on(WONOSARI, TODAY) == MEKARSARI


def test_a_closing_ends_the_place_on_its_day_and_can_be_taken_back_until_then(app):
    code = empty_library()
    before = placements(code)
    close(code, JULY)
    assert parent_on(code, JULY - timedelta(days=1)) == SUKAMAJU
    assert parent_on(code, JULY) is None
    plans = places.plans_in(places.stays_of(node(code)), TODAY)
    assert [(plan.on, plan.parent) for plan in plans] == [(JULY, None)]
    cancel(code, JULY)
    assert placements(code) == before


def test_a_move_before_a_planned_closing_keeps_the_closing(app):
    code = empty_library()
    close(code, AUGUST)
    move(code, MEKARSARI, JULY)
    assert [parent_on(code, day) for day in (TODAY, JULY, AUGUST)] == [SUKAMAJU, MEKARSARI, None]
    cancel(code, JULY)
    assert [parent_on(code, day) for day in (TODAY, JULY, AUGUST)] == [SUKAMAJU, SUKAMAJU, None]


def somebody_belongs(code):
    db.session.add(Membership(person_id=person_id("siti"), node_id=node(code).id, from_on=AUGUST))


def something_stands_under(code):
    service.place(ADMIN, node(WONOSARI), node(code), AUGUST, NOW)


def somebody_holds_a_role(code):
    person = queries.person(person_id("siti"))
    service.grant(ADMIN, person, Role.SUPERVISOR, node(code), AUGUST, NOW)


@pytest.mark.parametrize(
    ("hindrance", "fault"),
    [
        (somebody_belongs, "node-has-members"),
        (something_stands_under, "node-has-children"),
        (somebody_holds_a_role, "node-has-grants"),
    ],
)
def test_a_place_is_not_closed_over_somebody_who_is_or_will_be_there(app, hindrance, fault):
    code = empty_library()
    with saving():
        hindrance(code)
    with pytest.raises(Conflict) as refused:
        close(code, JULY)
    assert (refused.value.code, refused.value.values["count"]) == (fault, 1)
    assert parent_on(code, AUGUST) == SUKAMAJU


def test_a_library_that_is_closed_is_not_offered_to_who_registers(app):
    code = empty_library()
    assert [found.code for found in queries.find_libraries("baru", JULY)] == [code]
    close(code, JULY)
    assert [found.code for found in queries.find_libraries("baru", TODAY)] == [code]
    assert queries.find_libraries("baru", JULY) == []


def somebody_comes(code):
    service.add_member(ADMIN, queries.person(person_id("siti")), node(code), TODAY, NOW)


def somebody_is_invited(code):
    service.make_invitation(ADMIN, node(code), None, 1, NOW + timedelta(days=1), NOW)


@pytest.mark.parametrize(
    "beginning",
    [somebody_comes, something_stands_under, somebody_holds_a_role, somebody_is_invited],
)
def test_nothing_begins_where_a_place_is_closed_or_will_be(app, beginning):
    code = empty_library()
    close(code, AUGUST)
    with saving(), pytest.raises(Conflict, match="node-closed"):
        beginning(code)
    cancel(code, AUGUST)
    with saving():
        beginning(code)


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        (KINDS["people"], "nama pengguna;nama;perpustakaan\nani;Ani;perpustakaan-baru"),
        (KINDS["people"], "nama pengguna;nama;perpustakaan\nsiti;Siti;perpustakaan-baru"),
        (KINDS["libraries"], "kode;nama;tingkat;induk\ntbm;TBM;perpustakaan;perpustakaan-baru"),
    ],
)
def test_a_list_brings_nobody_and_nothing_to_a_closed_place(sqlite_app, kind, row):
    close(empty_library(), AUGUST)
    (verdict,) = kind.plan(read_any(row.encode(), kind.columns), NOW).verdicts
    assert [fault.code for fault in verdict.faults] == ["node-closed"]


def test_of_closing_a_place_and_coming_there_at_once_one_is_done(app):
    code = empty_library()

    def close_or_come(number):
        if number:
            somebody_comes(code)
        else:
            nodes.close_node(ADMIN, places.node_to_change(code), JULY, NOW)

    for _ in range(5):
        (fault,) = at_once(app, 2, close_or_come)
        assert fault.code in ("node-closed", "node-has-members")
        with saving():
            db.session.execute(delete(Membership).where(Membership.node_id == node(code).id))
            if parent_on(code, JULY) is None:
                nodes.cancel_plan(ADMIN, places.node_to_change(code), JULY, TODAY, NOW)


def test_a_role_that_ends_before_a_place_closes_may_begin_there(app):
    code = empty_library()
    close(code, AUGUST)
    with saving():
        siti = queries.person(person_id("siti"))
        service.grant(ADMIN, siti, Role.SUPERVISOR, node(code), TODAY, NOW, JULY)
    assert (
        db.session.scalar(select(GrantRow.to_on).where(GrantRow.node_id == node(code).id)) == JULY
    )


def test_a_taken_back_move_makes_no_circle(app):
    """Wonosari leaves; the district it left is planned under it: then it cannot come back."""
    move(WONOSARI, MEKARSARI, JULY)
    move(SUKAMAJU, WONOSARI, AUGUST)
    with pytest.raises(Conflict, match="placement-circle"):
        cancel(WONOSARI, JULY)
    assert parent_on(WONOSARI, AUGUST) == MEKARSARI


def test_an_administrator_keeps_the_tree_on_pages(sqlite_app):
    with time_machine.travel(NOW, tick=False):
        page = signed_in(browser(sqlite_app), "dewi")
        fields = {
            "code": "tbm-melati", "name": "TBM Melati", "kind": "library", "library_type": "TBM",
            "time_zone": "Asia/Makassar", "npp": "3301012a", "on": "2026-06-01",
        }  # fmt: skip
        added = page.post(f"/admin/tree/{SUKAMAJU}/add", data=fields)
        assert (added.status_code, added.headers["Location"]) == (303, "/admin/tree/tbm-melati/")
        again = page.post(f"/admin/tree/{SUKAMAJU}/add", data=fields)
        assert again.status_code == 422
        assert "tbm-melati" in again.text

        uncoded = {**fields, "code": "", "name": "Rumah Baca “Kenanga”", "npp": ""}
        made = page.post(f"/admin/tree/{SUKAMAJU}/add", data=uncoded)
        assert made.headers["Location"] == "/admin/tree/rumah-baca-kenanga/"

        changed = {**fields, "name": "TBM Melati Jaya", "npp": ""}
        unseen = page.post("/admin/tree/tbm-melati/edit", data={**changed, "name": "\u200b"})
        assert unseen.status_code == 422
        assert page.post("/admin/tree/tbm-melati/edit", data=changed).status_code == 303
        found = page.get("/admin/tree/?words=melati+jaya").text
        assert "/admin/tree/tbm-melati/" in found

        unclear = page.post(
            "/admin/tree/tbm-melati/move", data={"parent": "kab", "on": "2026-07-01"}
        )
        assert unclear.status_code == 422
        assert MEKARSARI in unclear.text  # which one? with their codes
        below = {"parent": "tbm-melati", "on": "2026-07-01"}
        assert page.post(f"/admin/tree/{SUKAMAJU}/move", data=below).status_code == 422
        assert page.post(f"/admin/tree/{SUKAMAJU}/close", data=below).status_code == 422
        to = {"parent": "Kabupaten Mekarsari", "on": "2026-07-01"}
        assert page.post("/admin/tree/tbm-melati/move", data=to).status_code == 303
        shown = page.get("/admin/tree/tbm-melati/").text
        assert "1 Juli 2026" in shown
        assert "WITA" in shown
        cancelled = page.post("/admin/tree/tbm-melati/plans/2026-07-01/cancel")
        assert cancelled.status_code == 303
        assert (
            page.post("/admin/tree/tbm-melati/close", data={"on": "2026-06-02"}).status_code == 303
        )
    melati = node("tbm-melati")
    assert (melati.name, melati.time_zone, places.scheme_codes(melati)) == (
        "TBM Melati Jaya", "Asia/Makassar", {},
    )  # fmt: skip
    assert [row[1:] for row in placements("tbm-melati")] == [(TODAY, date(2026, 6, 2))]
    noted = db.session.scalars(select(Audit.action).where(Audit.subject == "tbm-melati")).all()
    assert set(noted) >= {
        "accounts:node:add", "accounts:node:change", "accounts:node:place", "accounts:node:code",
        "accounts:node:plan-cancel", "accounts:node:close",
    }  # fmt: skip


def test_a_district_shows_what_stands_under_it_with_its_people(sqlite_app):
    below = places.children_of(node("provinsi-contoh"), TODAY)
    assert [(each.node.code, each.node_count, each.people_count) for each in below] == [
        (MEKARSARI, 1, 1), (SUKAMAJU, 1, 4),
    ]  # fmt: skip
    assert places.count_people(node("provinsi-contoh"), TODAY) == 5
