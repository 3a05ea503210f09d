"""The database: one session, one way to write, two engines.

A write reads inside its own transaction. `saving()` first ends the request's reading transaction
(what was loaded expires), then begins the write; on SQLite as BEGIN IMMEDIATE, so that two writers
queue at the start and neither fails in the middle.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, DateTime, Delete, MetaData, Table, Update, event
from sqlalchemy.engine import Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from elearn.core.turns import turn

WRITES = "elearn_writes"  # execution option of a connection that is about to write
BUSY_SECONDS = 15  # how long a writer waits for another one before people are told so


class InstantType(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive time is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


Instant = Annotated[datetime, mapped_column(InstantType)]


class Base(DeclarativeBase):
    """What every table of the site is declared on."""

    __table__: ClassVar[Table]
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(metadata=Base.metadata, session_options={"expire_on_commit": False})


@contextmanager
def saving() -> Iterator[None]:
    """Everything inside is one transaction: committed at the end, undone on any exception."""
    session = db.session()
    if session.info.get(WRITES):
        raise RuntimeError("saving() inside saving(): one act is one transaction")
    session.rollback()
    session.expire_all()  # after an earlier commit there is nothing to roll back, and rows are kept
    session.info[WRITES] = True
    try:
        with turn(db.engine, BUSY_SECONDS):
            try:
                session.connection(execution_options={WRITES: True})
                yield
                session.commit()
            except BaseException:
                session.rollback()
                raise
    finally:
        session.info.pop(WRITES, None)


def rows_met(statement: Update | Delete) -> int:
    """Execute the statement; how many rows it met. Called inside `saving()`."""
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None  # SQLAlchemy's begin event below says BEGIN, not sqlite3
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "recursive_triggers = ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "connect")
def _prepare_postgresql(connection: Any, _record: Any) -> None:
    """A lock that somebody holds for long must not hold every thread of the site as long."""
    if isinstance(connection, sqlite3.Connection):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '{BUSY_SECONDS}s'")
    connection.commit()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
