"""Rows as they must not be: written past every constraint and trigger, and put back."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from elearn.core import triggers
from elearn.core.db import db


@contextmanager
def asleep() -> Iterator[Connection]:
    """A connection on which nothing is refused: as for somebody who has the database in hands."""
    db.session.remove()
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))
        else:
            connection.exec_driver_sql("ROLLBACK")
            for statement in ("foreign_keys = OFF", "ignore_check_constraints = ON"):
                connection.exec_driver_sql(f"PRAGMA {statement}")
            connection.exec_driver_sql("BEGIN")
            for name in triggers.installed(connection):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        yield connection
        if connection.dialect.name == "sqlite":
            triggers.install(connection)
        connection.commit()
        connection.invalidate()  # its settings must not reach the pool


@contextmanager
def broken(*faults: str) -> Iterator[None]:
    """The faults are there inside; after it the rows of their tables are as they were."""
    with asleep() as connection:
        tables = [db.metadata.tables[table_of(fault)] for fault in faults]
        kept = {t: [dict(row) for row in connection.execute(t.select()).mappings()] for t in tables}
        for fault in faults:
            assert connection.execute(text(fault)).rowcount, "nothing was broken"
    try:
        yield
    finally:
        with asleep() as connection:
            for table, rows in kept.items():
                connection.execute(table.delete())
                connection.execute(table.insert(), rows)


def table_of(statement: str) -> str:
    return next(word for word in statement.split() if "_" in word)
