"""What the database refuses by itself, and how two writers meet."""

import sqlite3
import threading
from contextlib import closing
from datetime import timedelta
from itertools import groupby
from random import Random

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from elearn.accounts.models import Person
from elearn.accounts.queries.actors import actor_named
from elearn.core import audit, clock, schema, triggers
from elearn.core.db import _prepare_sqlite, db, saving
from elearn.core.permissions import NOBODY
from elearn.demo.study import go_through
from tests.conftest import make_app
from tests.factories import published_example

_WRITES = 60
FULL = 2  # as SQLite numbers it


def test_every_trigger_is_in_place(app):
    with db.engine.connect() as connection:
        found = triggers.installed(connection)
        assert found == triggers.expected(connection.dialect.name)


def test_what_is_committed_is_on_the_disk(tmp_path):
    """Asked of a connection as the product prepares it: tests themselves wait for no disk."""
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as connection:
        _prepare_sqlite(connection, None)
        assert connection.execute("PRAGMA synchronous").fetchone() == (FULL,)


@pytest.mark.parametrize(
    "statement", ["UPDATE core_audit SET detail = 'x'", "DELETE FROM core_audit"]
)
def test_what_has_happened_can_be_neither_changed_nor_deleted(app, statement):
    with saving():
        audit.note(NOBODY, "tests:thing:done", "x", clock.now())
    with pytest.raises(DBAPIError, match="append-only"), saving():
        db.session.execute(text(statement))


def test_a_failing_act_leaves_nothing_behind(app):
    with pytest.raises(RuntimeError), saving():
        audit.note(NOBODY, "tests:thing:done", "x", clock.now())
        db.session.flush()
        raise RuntimeError
    assert db.session.scalar(text("SELECT count(*) FROM core_audit")) == 0


def test_two_writers_queue_and_both_succeed(app):
    """Each reads a row and then changes it: neither is lost, neither is told of a lock."""
    person = db.session.scalars(db.select(Person.id).limit(1)).one()
    db.session.rollback()
    failures = []

    def write() -> None:
        with app.app_context():
            try:
                for _ in range(10):
                    with saving():
                        row = db.session.scalars(
                            db.select(Person).where(Person.id == person).with_for_update()
                        ).one()
                        row.phone = str(int(row.phone or 0) + 1)
            except Exception as fault:
                failures.append(fault)

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert db.session.scalars(db.select(Person.phone).where(Person.id == person)).one() == "40"


def test_two_processes_that_write_without_pause_take_turns(sqlite_app, tmp_path):
    """Whoever asked first is next, and does not lose against one who has just had his turn."""
    other = make_app(tmp_path)  # its engine is its own, as that of another process is
    for one in (sqlite_app, other):  # a turn takes as long as in production
        with one.app_context():
            event.listen(db.engine, "connect", _prepare_sqlite)
            db.engine.dispose()
    turns: list[str] = []
    barrier = threading.Barrier(2)

    def write(app: Flask, name: str) -> None:
        with app.app_context():
            barrier.wait()
            for _ in range(_WRITES):
                with saving():
                    audit.note(NOBODY, "tests:thing:done", name, clock.now())
                    turns.append(name)

    threads = [
        threading.Thread(target=write, args=args) for args in [(sqlite_app, "one"), (other, "two")]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    in_a_row = max(len(list(run)) for _, run in groupby(turns))
    assert in_a_row < _WRITES // 3


def test_nobody_waits_for_a_lock_longer_than_people_may_have_to(app):
    """What another program holds must not hold every thread of the site as long."""
    is_sqlite = db.engine.dialect.name == "sqlite"
    asked = "PRAGMA busy_timeout" if is_sqlite else "SHOW lock_timeout"
    assert db.session.scalar(text(asked)) == (15_000 if is_sqlite else "15s")


def test_two_processes_that_migrate_at_once_end_at_the_newest_revision(own_app):
    with own_app.app_context():
        schema.downgrade(db.engine, "20261122_1000")
    failures = []

    def migrate() -> None:
        with own_app.app_context():
            try:
                schema.upgrade(db.engine)
            except Exception as fault:
                failures.append(fault)

    threads = [threading.Thread(target=migrate) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with db.engine.connect() as connection:
        assert schema.revision_of(connection) == schema.head()
        assert triggers.installed(connection) == triggers.expected(connection.dialect.name)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE quizzes_answer SET given = '0'",
        "UPDATE quizzes_attempt SET score_percent = 100",
        (
            "INSERT INTO quizzes_answer SELECT attempt_id, 'other', given, counter, writer, saved_at"
            " FROM quizzes_answer LIMIT 1"
        ),
    ],
)
def test_the_database_itself_keeps_what_was_handed_in(app, statement):
    published_example()
    actor, now = actor_named("siti"), clock.now()
    go_through(actor, "contoh", "id", 0.5, now - timedelta(days=2), now, Random(1))
    assert db.session.scalar(text("SELECT count(*) FROM quizzes_answer")) > 0
    db.session.rollback()
    with pytest.raises(DBAPIError, match="handed in"), saving():
        db.session.execute(text(statement))
