"""The migrations and the models say the same, up and down, on filled tables."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from elearn.core import schema, triggers
from elearn.core.db import db
from tests.factories import published_example


def test_the_newest_revision_is_what_the_models_say(app):
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_there_is_one_head_and_its_name_says_room_and_change():
    assert len(schema.script().get_heads()) == 1
    rooms = ("core", "accounts", "courses", "records", "learning", "quizzes")
    for revision in schema.script().walk_revisions():
        stem = revision.path.rsplit("/", 1)[-1].removeprefix(revision.revision + "_")
        assert stem.startswith(rooms), revision.path


def test_filled_tables_go_down_one_step_and_up_again(own_app):
    """Rows of the other rooms stay, and every trigger is back."""
    published_example()
    steps = [revision.revision for revision in schema.script().walk_revisions()]
    before = db.session.scalar(text("SELECT count(*) FROM courses_question"))
    db.session.rollback()
    schema.downgrade(db.engine, steps[1])
    schema.upgrade(db.engine)
    assert db.session.scalar(text("SELECT count(*) FROM courses_question")) == before
    with db.engine.connect() as connection:
        assert triggers.installed(connection) == triggers.expected(connection.dialect.name)


def test_everything_goes_down_to_an_empty_database(own_app):
    schema.downgrade(db.engine, "base")
    with db.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
