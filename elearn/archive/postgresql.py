"""Refilling a PostgreSQL database by one transaction: killed at any moment, it is old or new."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from elearn.archive.refusals import Refused, reason, row_refused
from elearn.archive.tables import RowsOf, Table, quoted
from elearn.core import schema

_LOOKS = 10  # at other sessions, a tenth of a second apart
_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
    "AND usename = current_user AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)
_REFERENCES = text(
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) "
    "FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace "
    "AND conrelid::regclass::text = ANY(:tables)"
)


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """The database in one transaction that holds the lock of all migrations.

    Raises Refused while the site has connections: processes keep published rows in memory, and
    would go on showing the old ones.
    """
    try:
        with engine.begin() as connection:
            schema.lock(connection)
            _refuse_others(connection)
            yield connection
    except (DBAPIError, psycopg.Error) as fault:
        raise Refused(
            f"The database cannot be used ({reason(fault)}). Nothing was changed."
        ) from None


def _refuse_others(connection: Connection) -> None:
    """Raise Refused for sessions that stay; one that has just ended is seen a little longer."""
    for _ in range(_LOOKS):
        if not connection.scalar(_OTHERS):
            return
        connection.execute(text("SELECT pg_sleep(0.1), pg_stat_clear_snapshot()"))
    raise Refused(
        "The site is connected to the database. Stop it (and whatever else signs in to the "
        "database as the same user), then restore."
    )


def drop(connection: Connection, names: Sequence[str]) -> None:
    """Drop these tables, which may refer to each other."""
    if listed := ", ".join(quoted(connection, name) for name in names):
        connection.execute(text(f"DROP TABLE {listed}"))


def fill(connection: Connection, tables: Sequence[Table], rows_of: RowsOf) -> None:
    """Fill empty tables. Raises Refused for a row that the database does not take.

    References are put back at the end, which checks them all at once; numbers go on after the
    highest; and the planner learns how large the tables are.
    """
    references = connection.execute(_REFERENCES, {"tables": [t.name for t in tables]}).all()
    for name, constraint, _ in references:
        connection.execute(text(f"ALTER TABLE {name} DROP CONSTRAINT {constraint}"))
    for table in tables:
        try:
            _copy(connection, table, rows_of(table))
        except (psycopg.DataError, psycopg.IntegrityError) as fault:
            raise row_refused(table.name, reason(fault)) from None
    for name, constraint, definition in references:
        try:
            connection.execute(text(f"ALTER TABLE {name} ADD CONSTRAINT {constraint} {definition}"))
        except IntegrityError as fault:
            raise row_refused(name, reason(fault)) from None
    for table in tables:
        _count_on(connection, table)
        connection.execute(text(f"ANALYZE {quoted(connection, table.name)}"))


def _copy(connection: Connection, table: Table, rows: Iterator[list[Any]]) -> None:
    name = quoted(connection, table.name)
    columns = ", ".join(quoted(connection, column) for column, _ in table.columns)
    cursor: psycopg.Cursor[Any] = connection.connection.cursor()
    with cursor, cursor.copy(f"COPY {name} ({columns}) FROM STDIN".encode()) as copy:
        for row in rows:
            copy.write_row(row)


def _count_on(connection: Connection, table: Table) -> None:
    """The next number that the database gives is above all that are there."""
    for name, kind in table.columns:
        if kind.name == "integer" and name in table.key:
            column, place = quoted(connection, name), quoted(connection, table.name)
            connection.execute(
                text(
                    f"SELECT setval(sequence, max({column})) FROM {place}, "  # noqa: S608
                    "pg_get_serial_sequence(:place, :name) AS sequence "
                    "WHERE sequence IS NOT NULL GROUP BY sequence"
                ),
                {"place": place, "name": name},
            )
