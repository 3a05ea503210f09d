"""First codes for many at once: who gets one, that it works once, and that nothing keeps it."""

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from elearn.accounts import queries, service
from elearn.accounts.models import Reset
from elearn.accounts.queries.first_codes import Whom, count_by_part, count_expected
from elearn.accounts.service import belonging, ways_in
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Actor, Grant, Role
from tests.conftest import browser, person_id, signed_in
from tests.factories import administrator

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
UNTIL = NOW + timedelta(days=14)
CODE = re.compile(r'slip__code">([0-9A-Z-]+)<')
SUKAMAJU, MEKARSARI = "kabupaten-sukamaju", "kabupaten-mekarsari"


def place(code):
    return queries.node_by_code(code)


def supervisor(code):
    return Actor(person_id("ratna"), frozenset({Grant(Role.SUPERVISOR, place(code).id)}))


def added(username, library="perpustakaan-wonosari", now=NOW):
    with saving():
        words = service.Details(full_name=f"Warga {username}")
        return service.add_person(administrator(), words, username, None, place(library), now)


def made(actor, whom=Whom.FRESH, code=SUKAMAJU, now=NOW):
    with saving():
        codes = ways_in.make_first_codes(actor, place(code), whom, UNTIL, now)
    return {one.login: code for one, code in codes}


def let_in(login, code, now=NOW):
    with saving():
        return service.use_reset(login, code, "hash", now)


def test_each_who_never_signed_in_gets_a_code_that_works_once_and_others_none(app):
    """siti has a password; warga2 is of the next district, warga3 has left."""
    for username, library in (
        ("warga1", "wonosari"),
        ("warga2", "karanganyar"),
        ("warga3", "wonosari"),
    ):
        added(username, f"perpustakaan-{library}")
    with saving():
        gone = queries.person(person_id("warga3"))
        belonging.leave(administrator(), gone, NOW.date(), NOW)
    ratna = supervisor(SUKAMAJU)
    assert count_expected(ratna, place(SUKAMAJU), NOW).fresh == 1
    assert [(node.code, count) for node, count in count_by_part(ratna, place(SUKAMAJU), NOW)] == [
        ("perpustakaan-wonosari", 1)
    ]
    codes = made(ratna)
    assert list(codes) == ["warga1"]
    assert let_in("warga1", codes["warga1"])[0] == person_id("warga1")
    with pytest.raises(Missing):
        let_in("warga1", codes["warga1"])
    assert count_expected(ratna, place(SUKAMAJU), NOW).all == 0


def test_who_holds_a_code_keeps_it_unless_all_are_asked_for_and_an_old_one_counts_no_more(app):
    for username in ("warga1", "warga2"):
        added(username)
    ratna = supervisor(SUKAMAJU)
    first = made(ratna)
    added("warga3")
    assert list(made(ratna)) == ["warga3"]
    with pytest.raises(Conflict, match="nobody-expected"):
        made(ratna)
    again = made(ratna, Whom.ALL)
    assert sorted(again) == ["warga1", "warga2", "warga3"]
    assert db.session.scalar(select(func.count()).select_from(Reset)) == 3
    with pytest.raises(Missing):
        let_in("warga1", first["warga1"])
    assert let_in("warga1", again["warga1"])
    assert count_expected(ratna, place(SUKAMAJU), UNTIL).fresh == 2


def test_who_holds_an_office_gets_none_from_a_supervisor(app):
    person = added("warga1")
    with saving():
        service.grant(
            administrator(), person, Role.AUTHOR, None, NOW.date() + timedelta(days=30), NOW
        )
    with pytest.raises(Conflict, match="nobody-expected"):
        made(supervisor(SUKAMAJU))
    assert list(made(administrator())) == ["warga1"]


def test_slips_and_the_file_stand_on_the_answer_alone_and_only_for_the_own_part(sqlite_app):
    for username in ("warga1", "warga2"):
        added(username)
    page, address = signed_in(browser(sqlite_app), "ratna"), f"/supervision/{SUKAMAJU}/first-codes"
    assert page.post(address, data={"days": "0"}).status_code == 422
    answer = page.post(address, data={"days": "9", "whom": "fresh"})
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    codes = CODE.findall(answer.text)
    assert len(codes) == 2
    assert "Warga warga1" in answer.text
    later = page.get(address).text
    assert not CODE.findall(later)
    assert " checked" not in later  # one press does not end the slips that were handed out
    assert page.post(address, data={"days": "9"}).status_code == 422
    assert page.post(address, data={"days": "9", "whom": "fresh"}).status_code == 409
    taken = page.post(address, data={"days": "9", "whom": "all", "as": "file"})
    assert taken.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(taken.data)) as book:
        cells = "".join(book.read(name).decode() for name in book.namelist() if "xl/" in name)
    assert "warga2" in cells
    assert codes[0] not in cells  # the slip of before lets nobody in any more
    assert page.post(f"/supervision/{MEKARSARI}/first-codes", data={"days": "9"}).status_code == 404
    assert signed_in(browser(sqlite_app), "siti").get(address).status_code == 403
