"""Refilling an SQLite database: in place, by one transaction of SQLite's own.

No file is renamed over a database: a `-wal` of the old one could then meet the new one, and a
server that still runs would go on writing into a file that has no name any more. SQLite's journal
does what is needed: killed at any moment, the file is the old or the new.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError, IntegrityError

from elearn.archive.refusals import Refused, reason, row_refused
from elearn.archive.tables import RowsOf, Table, quoted
from elearn.core.db import WRITES

_ALONE = (
    "PRAGMA busy_timeout = 1000",
    "PRAGMA foreign_keys = OFF",  # rows come in the order of the tables' names
    "PRAGMA cache_size = -65536",  # 64 MB, then pages spill: indexes of random keys need some
    "PRAGMA journal_mode = DELETE",  # rows are written once; what is left in -wal is taken in
    "PRAGMA locking_mode = EXCLUSIVE",
    "BEGIN EXCLUSIVE",
    "COMMIT",  # the lock stays until the connection is closed
)


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """The database for nobody else, in one transaction with foreign keys off.

    Raises Refused when another process has it open, idle or not: to leave WAL, SQLite needs it for
    itself alone. The next connection of the site turns WAL on again.
    """
    path = Path(str(engine.url.database))
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            for statement in _ALONE:
                raw.execute(statement)
            with connection.execution_options(**{WRITES: True}).begin():
                yield connection
    except (OSError, sqlite3.DatabaseError, DatabaseError) as fault:
        raise _refusal(path, reason(fault)) from None


def drop(connection: Connection, names: Sequence[str]) -> None:
    """Drop these tables with all that hangs on them."""
    for name in names:
        connection.exec_driver_sql(f"DROP TABLE {quoted(connection, name)}")


def fill(connection: Connection, tables: Sequence[Table], rows_of: RowsOf) -> None:
    """Fill empty tables. Raises Refused for a row that the database does not take."""
    for table in tables:
        names = [name for name, _ in table.columns]
        rows = rows_of(table)
        try:
            while batch := list(islice(rows, table.rows_at_once)):
                values = [dict(zip(names, row, strict=True)) for row in batch]
                connection.execute(table.clause.insert(), values)
        except (IntegrityError, OverflowError) as fault:
            raise row_refused(table.name, reason(fault)) from None
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken:
        raise row_refused(broken[0], f"a row refers to one of {broken[2]} that is not there")


def _refusal(path: Path, fault: str) -> Refused:
    if "locked" in fault:
        return Refused(
            f"{path} is in use. Stop the site (and whatever else has it open), then restore."
        )
    return Refused(
        f"{path} cannot be used ({fault}). Nothing was changed; if it is damaged, move it away, "
        "with its -wal and -journal, and restore into a new one."
    )
