"""The site's tables as a database has them now, and their rows as lines of JSON.

Tables are read from the database and not from the models, so that a database or an archive of an
older revision is understood, too.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from elearn.archive.kinds import Kind, kind_of

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ROWS_AT_ONCE = 200
_FILES_AT_ONCE = 4  # rows with bytes are as large as the largest file of a course

# Names of the site's tables begin with the name of their room. Written down and not read off the
# models, since a command that works without the site has loaded none of them.
_OUR_NAMES = (
    "accounts_", "authoring_", "core_", "courses_", "learning_", "quizzes_", "records_",
    "supervision_",
)  # fmt: skip


RowsOf = Callable[["Table"], Iterator[list[Any]]]  # the rows that a table is to be filled with


@dataclass(frozen=True)
class Table:
    """One table: its columns with their kinds, and the key by which its rows are ordered."""

    name: str
    columns: tuple[tuple[str, Kind], ...]
    key: tuple[str, ...]

    @cached_property
    def clause(self) -> sa.TableClause:
        return sa.table(self.name, *(sa.column(name, kind.sql_type) for name, kind in self.columns))

    @cached_property
    def rows_at_once(self) -> int:
        """How many of its rows may be in memory at a time."""
        has_files = any(kind.name == "bytes" for _, kind in self.columns)
        return _FILES_AT_ONCE if has_files else _ROWS_AT_ONCE

    @cached_property
    def _spelt(self) -> tuple[tuple[int, Any], ...]:
        """Places of the columns whose values do not stand in JSON as they are."""
        kinds = (kind for _, kind in self.columns)
        return tuple((place, k.encode) for place, k in enumerate(kinds) if k.encode)

    def line(self, row: Sequence[Any]) -> bytes:
        """A row as one line: a JSON list in the order of the columns."""
        values = list(row)
        for place, encode in self._spelt:
            if values[place] is not None:
                values[place] = encode(values[place])
        return _as_json(values).encode() + b"\n"

    def row(self, line: bytes) -> list[Any]:
        """The row of a line. Raises NotARow for what `line` would not have written."""
        try:
            values = json.loads(line.decode())
            pairs = zip(values, self.columns, strict=True)
            return [kind.value(value) for value, (_, kind) in pairs]
        except (ValueError, TypeError, RecursionError) as fault:
            raise NotARow(str(fault)) from None


class NotARow(ValueError):
    """A line that is not JSON, or not the values that the table's columns take."""


class Tally:
    """How many rows and bytes have passed, and their SHA-256: what a manifest says of a table."""

    def __init__(self) -> None:
        self.rows = self.bytes = 0
        self._digest = hashlib.sha256()

    def add(self, line: bytes) -> None:
        self.rows += 1
        self.bytes += len(line)
        self._digest.update(line)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def names_of(connection: Connection) -> list[str]:
    """Names of the site's tables. Those of other programs in the same database are left alone."""
    return sorted(n for n in sa.inspect(connection).get_table_names() if n.startswith(_OUR_NAMES))


def tables_of(connection: Connection) -> list[Table]:
    """The site's tables, by name. Columns: the key first, then by name, as on any database."""
    inspector = sa.inspect(connection)
    found = []
    for name in names_of(connection):
        key = tuple(inspector.get_pk_constraint(name)["constrained_columns"])
        kinds = {column["name"]: kind_of(column["type"]) for column in inspector.get_columns(name)}
        order = (*key, *sorted(kinds.keys() - key))
        found.append(Table(name, tuple((column, kinds[column]) for column in order), key))
    return found


def quoted(connection: Connection, name: str) -> str:
    """A name of a table or column as it stands in a statement."""
    return connection.dialect.identifier_preparer.quote(name)


def is_empty(connection: Connection, table: Table) -> bool:
    return connection.execute(sa.select(sa.literal(1)).select_from(table.clause)).first() is None


def count(connection: Connection, table: Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table.clause)) or 0


def lines(connection: Connection, table: Table) -> Iterator[bytes]:
    """The rows as lines, in the order of the key; a few rows at a time are in memory."""
    query = sa.select(*table.clause.columns).order_by(*_order(connection, table))
    for row in connection.execute(query.execution_options(yield_per=table.rows_at_once)):
        yield table.line(row)


def _order(connection: Connection, table: Table) -> Iterator[sa.ColumnElement[Any]]:
    """SQLite orders text by its bytes; PostgreSQL is told to, since its default is the locale's."""
    for name in table.key:
        column = table.clause.c[name]
        is_text = isinstance(column.type, sa.String)
        if is_text and connection.dialect.name == "postgresql":
            yield sa.collate(column, "C")
        else:
            yield column
