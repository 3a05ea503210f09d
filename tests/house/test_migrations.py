"""The migrations and the models say the same, up and down, on filled tables."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from elearn.core import schema, triggers
from elearn.core.db import db
from tests.house.filled import counts, fill


# Indexes on expressions cannot be read back from SQLite; the rooms' tests try what they refuse.
@pytest.mark.filterwarnings("ignore:.*expression-based index 'uq_records_key_current'")
@pytest.mark.filterwarnings("ignore:.*expression-based index uq_records_key_current")
def test_the_newest_revision_is_what_the_models_say(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_head_and_its_name_says_room_and_change():
    script = ScriptDirectory(str(schema.migrations_folder()))
    rooms = (
        "core",
        "accounts",
        "courses",
        "records",
        "learning",
        "quizzes",
        "authoring",
        "supervision",
    )
    for revision in script.walk_revisions():
        stem = revision.path.rsplit("/", 1)[-1].removeprefix(revision.revision + "_")
        assert stem.startswith(rooms), revision.path
    assert script.get_heads() == [schema.head()]
    assert tuple(step.revision for step in script.walk_revisions())[::-1] == schema.revisions()


def test_filled_tables_go_down_step_by_step_and_up_again(own_app):
    """Rows of the tables that stay are all there after each step, and so is every trigger."""
    fill()
    with db.engine.connect() as connection:
        before = counts(connection)
        every = triggers.installed(connection)
    assert min(before.values()) > 0
    assert every == triggers.expected(db.engine.dialect.name)
    revisions = schema.revisions()[::-1]
    there = None
    for revision in revisions[1:]:
        schema.downgrade(db.engine, revision)
        with db.engine.connect() as connection:
            there = counts(connection)
            assert there == {table: before[table] for table in there}, revision
            assert triggers.installed(connection) == {
                name for name in every if any(name.startswith(f"elearn_{t}_") for t in there)
            }
    for revision in reversed(revisions[:-1]):
        schema.upgrade(db.engine, revision)
    with db.engine.connect() as connection:
        now = counts(connection)
        assert now == {table: there.get(table, 0) for table in before}
        assert triggers.installed(connection) == every
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_everything_goes_down_to_an_empty_database(own_app):
    schema.downgrade(db.engine, "base")
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_doubles_of_earlier_days_are_made_one_on_the_way_up(own_app):
    """Of equal grants the longest stays; of two keys in use the newest."""
    schema.downgrade(db.engine, "20261122_1100")
    with db.engine.begin() as connection:
        siti = connection.scalar(text("SELECT person_id FROM accounts_login WHERE key = 'siti'"))
        for end in ("'2026-02-01'", "NULL", "NULL"):
            values = f"{siti}, 'author', '2026-01-01', {end}"
            connection.execute(
                text(
                    f"INSERT INTO accounts_grant (person_id, role, from_on, to_on) VALUES ({values})"
                )
            )
        for key, day in (("old", "2026-01-01"), ("new", "2026-02-01")):
            values = f"'{key}', '', '{day} 00:00:00'"
            connection.execute(
                text(f"INSERT INTO records_key (id, public_key, from_at) VALUES ({values})")
            )
    schema.upgrade(db.engine)
    grants = text("SELECT to_on FROM accounts_grant WHERE person_id = :siti AND role = 'author'")
    assert db.session.scalars(grants, {"siti": siti}).all() == [None]
    in_use = text("SELECT id FROM records_key WHERE to_at IS NULL")
    assert db.session.scalars(in_use).all() == ["new"]
