"""Filling a database from an archive, whole or not at all, on either database."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from elearn.archive import sqlite, tables
from elearn.archive.manifest import TableEntry
from elearn.archive.reading import Archive, Tick
from elearn.archive.refusals import Refused
from elearn.archive.tables import NotARow, RowsOf, Table, Tally
from elearn.core import schema, triggers


class _Dialect(Protocol):
    """What each database does in its own way: the modules `sqlite` and `postgresql`."""

    def alone(self, engine: Engine, /) -> AbstractContextManager[Connection]: ...
    def drop(self, connection: Connection, names: Sequence[str], /) -> None: ...
    def fill(self, connection: Connection, tables: Sequence[Table], rows_of: RowsOf, /) -> None: ...


def _dialect_of(engine: Engine) -> _Dialect:
    if engine.dialect.name == "sqlite":
        return sqlite
    from elearn.archive import postgresql  # and its driver, which a site on SQLite never loads

    return postgresql


def alone(engine: Engine) -> AbstractContextManager[Connection]:
    """The database for nobody but us, in one transaction: committed at the end of the block.

    Raises Refused while the site runs on it.
    """
    return _dialect_of(engine).alone(engine)


def refuse_unknown(archive: Archive) -> None:
    """Raise Refused for an archive of a revision that this code does not have."""
    manifest = archive.manifest
    if not schema.knows(manifest.revision):
        raise Refused(
            f"{archive.path} is of revision {manifest.revision}, written by elearn "
            f"{manifest.elearn}; this one is older or another. Install that version or a newer "
            "one, then restore."
        )


def refuse_filled(connection: Connection) -> None:
    """Raise Refused when any table holds a row."""
    if not all(tables.is_empty(connection, table) for table in tables.tables_of(connection)):
        raise Refused(
            "The database is not empty. To delete all that it holds and put the archive in its "
            "place, back it up first, then add --replace."
        )


def refill(connection: Connection, archive: Archive, tick: Tick) -> None:
    """All tables as they are in the archive, migrated to the newest revision.

    Tables are made at the archive's own revision, filled, and read again: their digests must be
    those of the manifest. Triggers come last, since they refuse rows that are final. `tick` hears
    of each row twice: written, and read again.
    """
    dialect = _dialect_of(connection.engine)
    dialect.drop(connection, _present(connection))
    schema.upgrade_within(connection, archive.manifest.revision)
    made = tables.tables_of(connection)
    entries = {entry.name: entry for entry in archive.manifest.tables}
    _refuse_other_tables(archive, made, entries)
    dialect.fill(connection, made, lambda table: _rows(archive, table, entries[table.name], tick))
    for table in made:
        _compare(connection, table, entries[table.name], tick)
    schema.upgrade_within(connection, "head")
    triggers.install(connection)


def _present(connection: Connection) -> list[str]:
    """What goes: our tables, and the note of their revision, so that migrations begin anew."""
    revisions = [schema.TABLE] if sa.inspect(connection).has_table(schema.TABLE) else []
    return [*tables.names_of(connection), *revisions]


def _refuse_other_tables(
    archive: Archive, made: Sequence[Table], entries: Mapping[str, TableEntry]
) -> None:
    wanted = {e.name: (e.columns, e.key) for e in entries.values()}
    found = {t.name: (tuple((n, k.name) for n, k in t.columns), t.key) for t in made}
    if wanted != found:
        other = sorted(n for n in wanted | found if wanted.get(n) != found.get(n))
        raise Refused(
            f"{archive.path} does not fit its own revision: {other[0]} differs. Was it written by "
            "a changed elearn?"
        )


def _rows(archive: Archive, table: Table, entry: TableEntry, tick: Tick) -> Iterator[list[Any]]:
    for line in archive.lines(entry):
        try:
            yield table.row(line)
        except NotARow as fault:
            raise Refused(f"{archive.path} is damaged in {entry.member}: {fault}.") from None
        tick(1)


def _compare(connection: Connection, table: Table, entry: TableEntry, tick: Tick) -> None:
    tally = Tally()
    for line in tables.lines(connection, table):
        tally.add(line)
        tick(1)
    if (tally.rows, tally.sha256) != (entry.rows, entry.sha256):
        raise Refused(f"{table.name} came out of the database differently. Nothing was changed.")
