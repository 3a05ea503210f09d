"""Runs migrations on the connection that `elearn.core.schema` holds under its lock."""

from alembic import context

from elearn.core.db import db

options = {"render_as_batch": True, "compare_type": True}


def is_ours(_object, name, kind, reflected, _compare_to):
    """Tables of other programs in the same database (a job queue, say) are left alone."""
    rooms = ("core_", "accounts_", "courses_", "records_", "learning_", "quizzes_")
    return not (kind == "table" and reflected and not str(name).startswith(rooms))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.metadata,
    include_object=is_ours,
    **options,
)
with context.begin_transaction():
    context.run_migrations()
