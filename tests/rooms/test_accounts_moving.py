"""A list that changes logins and libraries of many does what is done for one by hand."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from elearn.accounts import queries, service
from elearn.accounts.formats.lists import PEOPLE
from elearn.accounts.formats.table import read_any
from elearn.accounts.models import Login, Membership, Reset
from elearn.accounts.queries import directory
from elearn.accounts.service import mailed_reset, people_import
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.permissions import Actor, Grant, Role
from tests.conftest import person_id

HEADER = "nama pengguna;nama lengkap;NIP;surel;kode perpustakaan"


def kept():
    """Who signs in as what, belongs where and when, and what the log says of it."""
    db.session.flush()
    m, a = Membership, Audit
    return {
        "logins": {*db.session.execute(select(Login.person_id, Login.kind, Login.key))},
        "places": {*db.session.execute(select(m.person_id, m.node_id, m.from_on, m.to_on))},
        "links": {*db.session.scalars(select(Reset.person_id))},
        "log": sorted(db.session.execute(select(a.action, a.subject, a.detail)).all()),
    }


def move_by_hand(actor, person, there, today, now):
    for membership, node in directory.memberships_of(person.id):
        if node.id != there.id:
            service.end_membership(actor, membership, person, today, now)
    service.add_member(actor, person, there, today, now)


def test_a_list_moves_people_and_their_logins_as_one_does_by_hand(app):
    """siti moves, joko is there already, ratna comes from two places; budi gets another e-mail."""
    now, dewi = clock.now(), Actor(person_id("dewi"), frozenset({Grant(Role.ADMINISTRATOR)}))
    today = clock.day_in(now, "Asia/Jakarta")
    there = queries.node_by_code("perpustakaan-karanganyar")
    with saving():
        budi, ratna = (queries.person(person_id(name)) for name in ("budi", "ratna"))
        service.change_details(
            dewi, budi, service.Details(budi.full_name, email="b@contoh.id"), now
        )
        service.add_member(dewi, ratna, queries.node_by_code("kabupaten-sukamaju"), today, now)
        mailed_reset.ask("b@contoh.id", "192.0.2.1", "http://127.0.0.1", now)
    assert kept()["links"] == {budi.id}

    with pytest.raises(RuntimeError, match="undone"), saving():
        for name in ("siti", "ratna"):
            person = queries.person(person_id(name))
            service.change_details(dewi, person, people_import.details_of(person), now)
            move_by_hand(dewi, person, there, today, now)
        budi = queries.person(person_id("budi"))
        details = replace(
            people_import.details_of(budi), email="budi@contoh.id", nip="198705122010012001"
        )
        service.change_details(dewi, budi, details, now)
        by_hand = kept()
        raise RuntimeError("undone")

    rows = [
        "siti;Siti Aminah, S.IP.;;;perpustakaan-karanganyar",
        "ratna;Dra. Ratna Dewanti;;;perpustakaan-karanganyar",
        "joko;Joko Prasetyo;;;perpustakaan-karanganyar",
        "budi;Budi Santoso, M.Hum.;198705122010012001;budi@contoh.id;",
    ]
    with saving():
        table = read_any("\n".join([HEADER, *rows]).encode(), PEOPLE)
        made = people_import.plan(table, now)
        people_import.write(dewi, made.work, now, lambda _count: None)
        assert kept() == by_hand
    assert by_hand["links"] == set()
