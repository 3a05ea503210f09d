"""What an integrity check is made of, and what the database itself can be asked.

A part looks at one kind of thing. It reads a batch at a time, each batch in a snapshot of its own:
memory stays small however much there is, and a site that people are using is not found wrong
because something was saved between two statements.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ForeignKeyConstraint, and_, exists, func, select, text
from sqlalchemy.orm import InstrumentedAttribute

from elearn.core import schema, triggers
from elearn.core.db import db

BATCH = 200  # things in one snapshot


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it must be. what: where and what; advice: what to do about it."""

    what: str
    advice: str

    def __str__(self) -> str:
        return f"{self.what}: {self.advice}"


Findings = Sequence[Finding]
SOUND: Findings = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing to look at.

    things: what they are called, many of them. count: about how many there are.
    look: yields once for each thing, what is wrong with it.
    """

    things: str
    count: Callable[[], int]
    look: Callable[[], Iterator[Findings]]


def snapshot() -> None:
    """From here on everything is read as it is at one moment, until the next call."""
    session = db.session
    session.rollback()
    session.expunge_all()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def batches(key: InstrumentedAttribute[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """All values of a primary key in rising order, each batch in a snapshot of its own."""
    statement = select(key).order_by(key).limit(size)
    later = statement
    while True:
        snapshot()
        found = list(db.session.scalars(later))
        if not found:
            return
        yield found
        later = statement.where(key > found[-1])


def count(column: InstrumentedAttribute[Any]) -> int:
    """How many rows the column's table has."""
    return db.session.scalar(select(func.count(column))) or 0


# --- What the database itself can be asked -------------------------------------------------------


def revision_finding() -> Finding | None:
    """The database is at another revision than the code: nothing else can be looked at then."""
    found, wanted = schema.revision_of(db.session.connection()), schema.head()
    if found == wanted:
        return None
    what = f"the database is at {found or 'nothing'}, the code at {wanted}"
    return Finding(what, "run `elearn db upgrade`")


def _triggers() -> Iterator[Findings]:
    """A trigger that is away, or asleep, lets through what must never happen."""
    snapshot()
    connection = db.session.connection()
    installed = triggers.installed(connection)
    for name in sorted(triggers.expected(connection.dialect.name)):
        yield (
            SOUND
            if name in installed
            else [
                Finding(
                    f"the trigger {name} is not at work",
                    "run `elearn db upgrade`, which puts it back, and find out who took it away",
                )
            ]
        )


def _foreign_keys() -> Iterator[Findings]:
    """Rows that name a row which is not there, found by looking and not by asking the constraint.

    A constraint that was switched off while rows came in (a dump restored without triggers) calls
    itself valid on PostgreSQL, and SQLite never looks at what is there already.
    """
    for table in db.metadata.sorted_tables:
        for constraint in sorted(
            table.foreign_key_constraints, key=lambda one: list(one.column_keys)
        ):
            snapshot()
            yield list(_broken(constraint))


def _broken(constraint: ForeignKeyConstraint) -> Iterator[Finding]:
    child, parent = constraint.table, constraint.referred_table.alias()
    own = [element.parent for element in constraint.elements]
    same = [parent.c[element.column.name] == element.parent for element in constraint.elements]
    rows = db.session.execute(
        select(*child.primary_key.columns)
        .where(and_(*(column.is_not(None) for column in own)), ~exists().where(*same))
        .execution_options(yield_per=BATCH)
    )
    names = ", ".join(column.name for column in own)
    for row in rows:
        yield Finding(
            f"{child.name} {'/'.join(map(str, row))} names a row of "
            f"{constraint.referred_table.name} that is not there ({names})",
            "restore that row from a backup",
        )


def _storage() -> Iterator[Findings]:
    """The file's pages and indexes on SQLite; on PostgreSQL constraints that were never checked."""
    snapshot()
    if db.engine.dialect.name == "sqlite":
        said = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
        yield [
            Finding(f"the database file is damaged ({line})", "stop the site and restore a backup")
            for line in said
            if line != "ok"
        ]
        return
    unchecked = "SELECT conrelid::regclass || ' ' || conname FROM pg_constraint"
    names = db.session.execute(text(f"{unchecked} WHERE NOT convalidated ORDER BY 1")).scalars()
    yield [
        Finding(f"the constraint {name} was never checked", "mend its rows and VALIDATE it")
        for name in names
    ]


def _foreign_key_count() -> int:
    return sum(len(table.foreign_key_constraints) for table in db.metadata.sorted_tables)


def _trigger_count() -> int:
    return len(triggers.expected(db.engine.dialect.name))


PARTS = (
    Part("database", lambda: 1, _storage),
    Part("triggers", _trigger_count, _triggers),
    Part("foreign keys", _foreign_key_count, _foreign_keys),
)
