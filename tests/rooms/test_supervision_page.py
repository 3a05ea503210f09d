"""The supervisor's page and its list: who is stuck first, who sees whom, on which day."""

import re
from datetime import timedelta

import time_machine
from sqlalchemy import select

from elearn.accounts.formats.table import Column, read_any
from elearn.accounts.models import GrantRow, Placement
from elearn.accounts.queries import node_by_code
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.supervision.queries import Part
from elearn.supervision.rules.groups import Sums
from elearn.supervision.views.part import by_need
from tests.conftest import browser, person_id
from tests.factories import published_example
from tests.people import PASSWORD
from tests.queries import counted
from tests.rooms.quizzes_pages import reader
from tests.rooms.supervision_people import (
    add_library,
    add_person,
    add_run,
    code_of,
    ran,
)
from tests.rooms.supervision_people import sukamaju as sukamaju

PART = "/supervision/kabupaten-sukamaju/"


def test_the_stuck_stand_first_with_reason_message_and_link(sukamaju):
    text = reader(sukamaju, "ratna").get("/supervision/").text
    assert "<h1>Kabupaten Sukamaju</h1>" in text
    places = [text.index(f">{name}</a></h3>") for name in ("Butet", "Citra", "Agus", "Dorkas")]
    assert places == sorted(places)
    assert "Eko" not in text
    assert "Slamet" not in text
    assert "https://wa.me/6281234567890?text=" in text
    tiles = re.findall(r'big-number">(\d+)</span>', text)
    assert tiles == ["4", "1", "0", "4"]  # siti, budi, ratna, dewi have joined nothing


def test_of_many_libraries_those_with_most_who_are_stuck_stand_first_and_the_others_by_name():
    parts = [Part(number, "", "", Sums(stuck=number % 17)) for number in range(60)]
    first, others = by_need(parts)
    assert [part.sums.stuck for part in first] == [16] * 3 + [15] * 3 + [14] * 3 + [13]
    assert len(others) == 40
    assert [part.node_id for part in others] == sorted(part.node_id for part in others)
    assert min(part.sums.stuck for part in others) > 1  # the ten with the fewest are left out
    assert by_need(parts[:10]) == (parts[:10], ())


# who, path, status: each part is seen by those above it, and missing for everybody beside it
SEEN = [
    ("ratna", PART, 200),
    ("ratna", PART + "people", 200),
    ("ratna", PART + "people.csv", 200),
    ("ratna", PART + "people.xlsx", 200),
    ("ratna", "/supervision/perpustakaan-wonosari/", 200),
    ("ratna", "/supervision/provinsi-contoh/", 404),
    ("ratna", "/supervision/kabupaten-mekarsari/people.csv", 404),
    ("ratna", "/supervision/people/{agus}/", 200),
    ("ratna", "/supervision/people/{slamet}/", 404),
    ("joko", PART, 404),
    ("joko", PART + "people", 404),
    ("joko", PART + "people?q=agus", 404),
    ("joko", PART + "people.csv", 404),
    ("joko", PART + "people.xlsx", 404),
    ("joko", "/supervision/perpustakaan-wonosari/", 404),
    ("joko", "/supervision/people/{agus}/", 404),
    ("joko", "/supervision/people/{agus}/courses/contoh/attempts/satu-quiz", 404),
    ("joko", "/supervision/", 200),
    ("joko", "/supervision/kabupaten-mekarsari/people?q=agus", 200),
    ("dewi", PART, 200),
    ("dewi", "/supervision/perpusnas-contoh/people", 200),
    ("dewi", "/supervision/people/{agus}/", 200),
    ("siti", "/supervision/", 403),
    ("siti", PART, 403),
    ("siti", "/supervision/people/{agus}/", 403),
    ("budi", PART + "people.csv", 403),
    ("budi", "/supervision/people/{agus}/", 403),
]


def test_a_part_of_the_tree_is_seen_by_who_oversees_it(sukamaju):
    readers = {who: reader(sukamaju, who) for who in {who for who, *_ in SEEN}}
    codes = {"agus": code_of("Agus"), "slamet": code_of("Slamet")}
    for who, path, status in SEEN:
        answer = readers[who].get(path.format(**codes), buffered=True)
        assert answer.status_code == status, (who, path)
        if who == "joko" or status != 200:
            assert b"Agus" not in answer.data, (who, path)
        if who == "ratna":
            assert b"Slamet" not in answer.data, path


def test_a_library_that_moves_is_seen_from_either_side_of_the_day(sukamaju):
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    moves = today + timedelta(days=1)
    with saving():
        library = node_by_code("perpustakaan-wonosari")
        db.session.scalars(
            select(Placement).where(Placement.node_id == library.id)
        ).one().to_on = moves
        db.session.flush()
        mekarsari = node_by_code("kabupaten-mekarsari")
        db.session.add(Placement(node_id=library.id, parent_id=mekarsari.id, from_on=moves))
    page = f"/supervision/people/{code_of('Agus')}/"
    theirs = "/supervision/kabupaten-mekarsari/people.csv"
    for day, sees, sees_not in ((0, "ratna", "joko"), (1, "joko", "ratna")):
        with time_machine.travel(clock.now() + timedelta(days=day), tick=False):
            assert reader(sukamaju, sees).get(page).status_code == 200
            assert reader(sukamaju, sees_not).get(page).status_code == 404
            csv = reader(sukamaju, "joko").get(theirs, buffered=True).text
            assert ("Agus" in csv) == (sees == "joko")
            assert ("Agus" in reader(sukamaju, "ratna").get("/supervision/").text) == (
                sees == "ratna"
            )


def test_after_the_grant_has_ended_nothing_is_seen(sukamaju):
    ratna = reader(sukamaju, "ratna")
    with saving():
        grant = db.session.scalars(
            select(GrantRow).where(
                GrantRow.person_id == person_id("ratna"), GrantRow.role == "supervisor"
            )
        ).one()
        grant.to_on = clock.day_in(clock.now(), clock.DEFAULT_ZONE)
    for path in (
        "/supervision/",
        PART,
        PART + "people.csv",
        f"/supervision/people/{code_of('Agus')}/",
    ):
        assert ratna.get(path).status_code == 403, path


def test_who_oversees_several_parts_chooses_among_them(sukamaju):
    with saving():
        other = node_by_code("kabupaten-mekarsari")
        db.session.add(
            GrantRow(
                person_id=person_id("ratna"), role="supervisor", node_id=other.id,
                from_on=clock.now().date() - timedelta(days=2),
            )
        )  # fmt: skip
    ratna = reader(sukamaju, "ratna")
    text = ratna.get("/supervision/").text
    assert f'href="{PART}"' in text
    assert 'href="/supervision/kabupaten-mekarsari/"' in text
    assert "Slamet" in ratna.get("/supervision/kabupaten-mekarsari/").text


def test_signing_in_leads_a_supervisor_to_her_page_and_others_home(sukamaju):
    for who, asked, place in (
        ("ratna", "/", "/supervision/"),
        ("ratna", "/courses/contoh/", "/courses/contoh/"),
        ("siti", "/", "/"),
        ("dewi", "/", "/"),
    ):
        form = {"login": who, "password": PASSWORD, "next": asked}
        assert browser(sukamaju).post("/login", data=form).headers["Location"] == place


COLUMNS = [
    Column("name", ("Name",)),
    Column("library", ("Library",)),
    Column("state", ("State",)),
    Column("reason", ("Reason",)),
    Column("course", ("Course",)),
    Column("progress", ("Progress",)),
]


def test_the_files_say_what_the_screen_says_and_are_noted_once(sukamaju):
    ratna = reader(sukamaju, "ratna")
    narrowed = "?state=stuck&course=contoh&q=wonosari"
    text = ratna.get(PART + "people" + narrowed).text
    on_screen = re.findall(r'<th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>', text)
    assert on_screen == ["Butet", "Citra", "Agus", "Dorkas"]
    files = [
        ratna.get(PART + f"people.{kind}{narrowed}", buffered=True) for kind in ("csv", "xlsx")
    ]
    rows = [
        [(row["name"], row["state"], row["reason"]) for row in read_any(one.data, COLUMNS).rows]
        for one in files
    ]
    assert rows[0] == rows[1]
    assert [name for name, *_ in rows[0]] == on_screen
    for name, state, reason in rows[0]:
        assert state in text, name
        assert reason in text, name
    assert files[0].headers["Cache-Control"] == "no-store"
    everybody = ratna.get(PART + "people.csv", buffered=True)
    names = [row["name"] for row in read_any(everybody.data, COLUMNS).rows]
    assert "=Eko" in names
    noted = db.session.scalars(
        select(Audit).where(Audit.action == "supervision:list:download")
    ).all()
    assert [(one.actor_id, one.subject) for one in noted] == [
        (person_id("ratna"), "kabupaten-sukamaju")
    ]


def test_a_page_of_the_list_has_fifty_and_one_that_does_not_exist_is_missing(sukamaju):
    now = clock.now()
    with saving():
        for number in range(95):
            add_person(f"Peserta {number:03}", "perpustakaan-wonosari", now)
    ratna = reader(sukamaju, "ratna")
    first, third = (ratna.get(f"{PART}people?page={page}").text for page in (1, 3))
    assert first.count("rowheader") == 50
    assert third.count("rowheader") == 104 - 100
    for page in ("4", "0", "-1", "9" * 30):
        assert ratna.get(f"{PART}people?page={page}").status_code == 404
    unknown = ratna.get(f"{PART}people?state=dead&library=tbm&course=x&page=zwei").text
    assert unknown.count("rowheader") == 50


# path, the most statements
BARS = [
    ("/supervision/", 15),
    (PART, 15),
    (PART + "people", 9),
    (PART + "people.csv", 10),
    ("/supervision/people/{agus}/", 15),
]


def test_pages_ask_as_often_for_many_as_for_few(sukamaju):
    ratna = reader(sukamaju, "ratna")
    paths = [path.format(agus=code_of("Agus")) for path, _ in BARS]
    little = [statements(ratna, path) for path in paths]
    version_id = published_example(2)
    now = clock.now()
    with saving():
        for number in range(8):
            add_library(f"tbm-{number}", "kabupaten-sukamaju")
            for place in range(3):
                person = add_person(f"Orang {number} {place}", f"tbm-{number}", now)
                add_run(
                    person,
                    version_id,
                    ran(40, 5 * place, failed_count=place, failed_unit_key="dua-quiz"),
                )
    assert [statements(ratna, path) for path in paths] == little
    assert [count <= most for count, (_, most) in zip(little, BARS, strict=True)] == [True] * len(
        BARS
    ), little


def statements(client, path):
    client.get(path, buffered=True)  # what is immutable is kept from here on
    db.session.remove()
    with counted() as sent:
        assert client.get(path, buffered=True).status_code == 200
    return len(sent)
