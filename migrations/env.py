"""Runs migrations on the connection that `elearn.core.schema` holds under its lock."""

from alembic import context

from elearn.core.db import db

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.metadata,  # for the names of constraints
)
with context.begin_transaction():
    context.run_migrations()
