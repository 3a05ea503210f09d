"""Runs migrations on the connection that `elearn.core.schema` holds under its lock."""

from alembic import context

from elearn.core.db import db

options = {"render_as_batch": True, "compare_type": True}


def is_ours(_object, name, kind, reflected, _compare_to):
    """Tables of other programs in the same database (a job queue, say) are left alone."""
    room = str(name).split("_", 1)[0]
    ours = {table.split("_", 1)[0] for table in db.metadata.tables}
    return not (kind == "table" and reflected and room not in ours)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.metadata,
    include_object=is_ours,
    **options,
)
with context.begin_transaction():
    context.run_migrations()
