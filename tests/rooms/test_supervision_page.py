"""The supervisor's page: who sees whom, who is stuck first, and reminders that do not pester."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.supervision.rules.standing import Facts
from tests.conftest import browser, signed_in
from tests.factories import published_example
from tests.rooms.supervision_people import add_person, add_run

DAY = timedelta(days=1)
PART = "/supervision/kabupaten-sukamaju/"


def ran(joined: float, active: float | None = None, **others) -> Facts:
    """Days before now."""
    now = clock.now()
    last = now - (joined if active is None else active) * DAY
    facts = {
        "enrolled_at": now - joined * DAY, "started_at": None if active is None else last,
        "last_event_at": last, "completed_at": None, "done_count": 0, "required_count": 7,
        "failed_unit_key": "", "failed_count": 0,
    }  # fmt: skip
    return Facts(**facts | others)


@pytest.fixture
def sukamaju(sqlite_app):
    """Four people of ratna's district who are stuck for four reasons, one who is not; Slamet is joko's."""
    version_id = published_example()
    now = clock.now()
    with saving():
        for name, facts in (
            ("Agus", ran(40, 20)),
            ("Butet", ran(30, 3, failed_unit_key="satu-quiz", failed_count=2)),
            ("Citra", ran(30, 8, done_count=6)),
            ("Dorkas", ran(9)),
            ("Eko", ran(9, 1)),
        ):
            person = add_person(name, "perpustakaan-wonosari", now, phone="0812 3456 7890")
            add_run(person, version_id, facts)
        slamet = add_person("Slamet", "perpustakaan-karanganyar", now)
        add_run(slamet, version_id, ran(40, 20))
    return sqlite_app


def code_of(name: str) -> str:
    from elearn.accounts.models import Person

    return db.session.scalars(select(Person.code).where(Person.full_name == name)).one()


def reader(app, who):
    return signed_in(browser(app), who)


def test_the_stuck_stand_first_with_reason_message_and_link(sukamaju):
    text = reader(sukamaju, "ratna").get("/supervision/").text
    assert "Kabupaten Sukamaju" in text
    names = ("Butet", "Citra", "Agus", "Dorkas")
    places = [text.index(f">{name}<") for name in names]
    assert places == sorted(places)
    assert ">Eko<" not in text
    assert "Slamet" not in text
    assert "https://wa.me/6281234567890?text=" in text
    assert "Dra. Ratna Dewanti" in text
    assert text == text.replace("Slamet", "")


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("ratna", PART, 200),
        ("ratna", PART + "people", 200),
        ("ratna", PART + "people.csv", 200),
        ("ratna", PART + "people.xlsx", 200),
        ("ratna", "/supervision/perpustakaan-wonosari/", 200),
        ("ratna", "/supervision/provinsi-contoh/", 404),
        ("ratna", "/supervision/kabupaten-mekarsari/people.csv", 404),
        ("joko", PART, 404),
        ("joko", PART + "people", 404),
        ("joko", PART + "people.csv", 404),
        ("joko", PART + "people.xlsx", 404),
        ("joko", "/supervision/perpustakaan-wonosari/", 404),
        ("dewi", PART, 200),
        ("dewi", "/supervision/perpusnas-contoh/", 200),
        ("siti", PART, 403),
        ("siti", "/supervision/", 403),
        ("budi", PART + "people.csv", 403),
    ],
)
def test_a_part_of_the_tree_is_seen_by_who_oversees_it(sukamaju, who, path, status):
    answer = reader(sukamaju, who).get(path, buffered=True)
    assert answer.status_code == status
    if status != 200:
        assert "Agus" not in answer.text
