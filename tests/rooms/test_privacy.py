"""A person sees everything that is kept of her, and can be forgotten without breaking a record."""

import json

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from elearn.cli import main
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.text import ERASED
from elearn.privacy import service as privacy
from elearn.privacy.formats.own_data import PARTS, own_data
from elearn.privacy.labels import FOR_PROGRAMS, KEYS
from elearn.records.models import Record
from tests.conftest import browser, person_id, signed_in
from tests.factories import administrator
from tests.rooms import personal_life
from tests.rooms.personal_life import NOT_TOLD, STAYS, WORDS, mark

COURSES = "courses_blob"  # files of published courses: what no person has written about another


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def everything() -> str:
    """All that stands in any row of any table, as one text; blank rows of courses aside."""
    tables = (table for table in db.metadata.sorted_tables if table.name != COURSES)
    return "\n".join(repr(db.session.execute(select(table)).all()) for table in tables)


def test_a_person_gets_all_that_is_kept_of_her_and_can_be_forgotten(app):
    siti = personal_life.live()
    kept, file = everything(), own_data(privacy.collect(siti), clock.now()).decode()
    assert {column for column in WORDS if mark(column) not in kept} == set()
    untold = {column for column in WORDS if json.dumps(mark(column))[1:-1] not in file}
    assert untold == NOT_TOLD.keys()
    unnamed = keys_of(json.loads(file)["parts"]) - KEYS.keys() - FOR_PROGRAMS - PARTS.keys()
    assert unnamed == {"data", "en", "id", "what_this_is"}  # of the file itself
    assert "budi" not in file.lower()
    readable = signed_in(browser(app), "siti").get("/my-data/file.html")
    assert "attachment" in readable.headers["Content-Disposition"]
    told = set(WORDS) - NOT_TOLD.keys() - {"records_transcript.payload"}  # signed: for programs
    assert {column for column in told if mark(column) not in readable.text} == set()
    with saving():
        privacy.forget(siti, administrator(), clock.now(), "her own wish")
    kept = everything()
    assert {column for column in WORDS if mark(column) in kept} == STAYS.keys()
    for name in ("Siti", "siti"):
        assert name not in kept
    answer = browser(app).get(f"/verify/{db.session.scalars(select(Record.code)).one()}")
    assert (answer.status_code, ERASED in answer.text, "Siti" in answer.text) == (200, True, False)
    for table, what in (
        ("learning_ruling", "code = 'r'"),
        ("records_decision", "kind = 'approved' AND jp = 2"),
        ("records_event", "kind = 'revoked'"),
    ):
        query = text(f"SELECT reason FROM {table} WHERE {what}")
        assert db.session.scalars(query).all() == [ERASED], table


CHANGES = (
    "records_decision SET reason = 'other words'",
    f"records_decision SET reason = '{ERASED}', jp = 9",
    f"records_event SET reason = '{ERASED}', kind = 'issued'",
    f"learning_ruling SET reason = '{ERASED}', evidence_id = 1",
    f"learning_ruling_end SET reason = '{ERASED}', at = '2026-01-01'",
)


def test_nothing_but_the_words_of_a_decision_can_ever_change(app):
    personal_life.live()
    for change in CHANGES:
        with pytest.raises(DBAPIError, match="append-only"), saving():
            db.session.execute(text(f"UPDATE {change}"))


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
