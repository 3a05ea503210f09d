"""A person sees everything that is kept of her, and can be forgotten without breaking a record."""

import json
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.demo.study import go_through
from elearn.privacy import service as privacy
from tests.conftest import person_id
from tests.factories import administrator, published_example


@pytest.fixture
def graduate(app):
    """siti, who has completed the example course and holds its record."""
    published_example()
    now = clock.now()
    go_through(actor_named("siti"), "contoh", "id", 1.0, now - timedelta(days=3), now, Random(1))
    return person_id("siti")


def test_a_person_gets_all_that_is_kept_of_her(graduate):
    told = json.dumps(privacy.collect(graduate), default=str)
    for word in ("Siti Aminah", "contoh", "siti"):
        assert word in told
    assert "argon2" not in told
    assert "budi" not in told.lower()


def test_the_forgotten_are_named_nowhere_and_their_record_stays_valid(graduate, app):
    with saving():
        privacy.forget(graduate, administrator(), clock.now())
    for table in db.metadata.sorted_tables:
        rows = db.session.execute(text(f"SELECT * FROM {table.name}")).all()
        if table.name != "courses_blob":
            assert "Siti Aminah" not in repr(rows), table.name
    code = db.session.scalar(text("SELECT code FROM records_record"))
    answer = app.test_client().get(f"/verify/{code}", headers={"Host": "127.0.0.1"})
    assert answer.status_code == 200
    assert "Siti" not in answer.text


@pytest.mark.parametrize("username", ["siti", "joko", "budi"])
def test_only_an_administrator_may_ask_for_somebody(sqlite_app, username):
    run = sqlite_app.test_cli_runner().invoke
    for words in (["show", "ratna"], ["forget", "ratna", "--reason", "x", "--yes"]):
        result = run(main, ["privacy", *words, "--as", username])
        assert (result.exit_code, "Your account does not include" in result.output) == (1, True)
    assert person_id("ratna")


def test_without_yes_nothing_is_erased(sqlite_app):
    run = sqlite_app.test_cli_runner().invoke
    result = run(main, ["privacy", "forget", "siti", "--reason", "own wish", "--as", "dewi"])
    assert "Add --yes" in result.output
    assert person_id("siti")
