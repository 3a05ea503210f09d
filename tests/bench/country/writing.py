"""Bulk insertion into both databases, with every key, constraint and trigger on."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Integer, func, select, text

from elearn.core.db import Base, db

_CACHE_KB = 128 * 1024  # SQLite: the indexes over random codes stay in memory while they grow

Row = Sequence[Any]
Model = type[Base]


class Writer:
    """Adds rows as tuples, inside `saving()`; counts them by table."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self._is_sqlite = db.engine.dialect.name == "sqlite"
        self._next_ids = dict(_free_numbers())
        if self._is_sqlite:
            with db.engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KB}")

    def next_id(self, model: Model) -> int:
        """A number for a new row. Asks nothing: on PostgreSQL a COPY may be under way."""
        number = self._next_ids[model.__tablename__]
        self._next_ids[model.__tablename__] += 1
        return number

    def add(self, model: Model, columns: tuple[str, ...], rows: Iterable[Row]) -> None:
        """Insert rows whose values stand in the order of the columns.

        SQLite: executemany; PostgreSQL: COPY, which fires triggers and checks keys as INSERT does.
        """
        table = model.__table__
        cursor = db.session.connection().connection.cursor()
        names = ", ".join(f'"{name}"' for name in columns)
        converted = self._converted(rows, [table.c[name].type for name in columns], table.name)
        if self._is_sqlite:
            marks = ", ".join("?" * len(columns))
            cursor.executemany(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", converted)
        else:
            with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
                for row in converted:
                    copy.write_row(row)
        cursor.close()

    def settle(self) -> None:
        """Let the next row of the site itself get the next number, and the planner know sizes."""
        if self._is_sqlite:
            return
        for name in self._next_ids.keys() & self.counts.keys():
            db.session.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}")
            )
        db.session.execute(text("ANALYZE"))

    def _converted(self, rows: Iterable[Row], types: list[Any], table: str) -> Iterator[Row]:
        """Values as the column's own type writes them; what needs no change passes as it is."""
        dialect = db.engine.dialect
        binds: list[tuple[int, Callable[[Any], Any]]] = [
            (at, bind)
            for at, type_ in enumerate(types)
            if (bind := type_.dialect_impl(dialect).bind_processor(dialect))
        ]
        count = 0
        for row in rows:
            values = list(row)
            for at, bind in binds:
                values[at] = bind(values[at])
            yield values
            count += 1
        self.counts[table] += count


def _free_numbers() -> Iterator[tuple[str, int]]:
    """For each table whose rows are numbered, the number after the highest."""
    for table in db.metadata.sorted_tables:
        if "id" in table.c and isinstance(table.c.id.type, Integer):
            yield table.name, (db.session.scalar(select(func.max(table.c.id))) or 0) + 1
    db.session.rollback()
