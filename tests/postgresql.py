"""A real PostgreSQL for tests, and a database that is quickly as new before each of them."""

from dataclasses import dataclass, field

import psycopg
from sqlalchemy import Engine, Pool, create_engine, text

from elearn.core.db import db

_KEPT = "kept"  # schema with a copy of the rows that each test begins with


@dataclass(frozen=True)
class Server:
    """address: a libpq address with %s in the place of the database's name."""

    address: str
    _refreshers: dict[str, psycopg.Connection] = field(default_factory=dict)  # by database
    _pools: dict[str, Pool] = field(default_factory=dict)  # by database

    def url(self, database: str) -> str:
        return self.address % database

    def run(self, *statements: str, database: str = "postgres") -> None:
        url = self.url(database).replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))
        engine.dispose()

    def keep(self, database: str) -> None:
        """Remember the rows that are there now; `refresh` brings the database back to them."""
        tables = [table.name for table in db.metadata.sorted_tables]
        copies = [f"CREATE TABLE {_KEPT}.{name} AS TABLE public.{name}" for name in tables]
        self.run(f"CREATE SCHEMA {_KEPT}", *copies, _refresh_function(), database=database)

    def refresh(self, database: str) -> None:
        """The rows as they were kept.

        On one connection for all tests: planning what it does costs five times as much as doing it.
        """
        if database not in self._refreshers:
            url = self.url(database)
            self._refreshers[database] = psycopg.connect(url, autocommit=True)
        self._refreshers[database].execute(f"SELECT {_KEPT}.refresh()")

    def share_connections(self, engine: Engine) -> None:
        """Give the engine those of the first on its database, where the tables are known by now.

        Do not dispose of it: `close` does that for all.
        """
        engine.pool = self._pools.setdefault(str(engine.url.database), engine.pool)

    def close(self) -> None:
        for pool in self._pools.values():
            pool.dispose()
        for connection in self._refreshers.values():
            connection.close()


def _refresh_function() -> str:
    """One call of the server, since it stands before each test.

    DELETE, since TRUNCATE makes new files for each table. Triggers sleep meanwhile: they refuse to
    forget anything.
    """
    tables = db.metadata.sorted_tables
    fill = [f"DELETE FROM {t.name}; INSERT INTO {t.name} TABLE {_KEPT}.{t.name};" for t in tables]
    count = [
        f"PERFORM setval(pg_get_serial_sequence('{t.name}', 'id'), coalesce(max(id), 1), "
        f"max(id) IS NOT NULL) FROM {t.name};"
        for t in tables
        if "id" in t.c and t.c.id.autoincrement is not False and t.c.id.type.python_type is int
    ]
    return (
        f"CREATE FUNCTION {_KEPT}.refresh() RETURNS void LANGUAGE plpgsql "
        "SET session_replication_role = replica SET search_path = public "
        f"AS $$ BEGIN {' '.join(fill + count)} END $$"
    )
