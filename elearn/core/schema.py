"""The schema's way to the newest revision, under a lock: one process migrates, the others wait."""

from functools import cache
from pathlib import Path
from typing import Literal

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection, Engine

from elearn.core import triggers
from elearn.core.db import WRITES

TABLE = "alembic_version"
REVISION_LENGTH = len("20260309_1400")
Step = Literal["upgrade", "downgrade"]
_LOCK = 0x656C6561726E  # "elearn": PostgreSQL's advisory lock of all migrations
_PATIENCE_SECONDS = 120  # with the migration that another process is at


def migrations_folder() -> Path:
    """Beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_migrations"
    return installed if installed.is_dir() else package.parent / "migrations"


@cache
def revisions() -> tuple[str, ...]:
    """Every revision in the code, the oldest first: their files' names begin with them."""
    files = (migrations_folder() / "versions").glob("*.py")
    return tuple(sorted(file.name[:REVISION_LENGTH] for file in files))


def head() -> str:
    """The newest revision in the code."""
    return revisions()[-1]


def knows(revision: str) -> bool:
    """Whether the code has this revision: an older code than the database's does not."""
    return revision in revisions()


def is_behind(revision: str | None) -> bool:
    """Whether the code has newer migrations than this revision of a database.

    One that the code does not know is of a newer release, on which this one still runs
    (docs/decisions/011-removing-takes-two-releases.md).
    """
    return revision is None or (knows(revision) and revision != head())


def revision_of(connection: Connection) -> str | None:
    """The revision that the database is at; None for an empty one."""
    if not inspect(connection).has_table(TABLE):
        return None
    found: str | None = connection.scalar(text(f"SELECT version_num FROM {TABLE}"))  # noqa: S608
    return found


def is_newest(engine: Engine) -> bool:
    """Whether nothing is left for an upgrade to do: the newest revision, every trigger at work."""
    with engine.connect() as connection:
        awake = triggers.installed(connection)
        return revision_of(connection) == head() and awake >= triggers.expected(engine.dialect.name)


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision (default: the newest), whole or not at all.

    Alembic is loaded when it is needed, by whoever migrates: it is a tenth of a server's memory.
    SQLite: foreign keys are off while tables are recreated (with them on, recreating a parent
    deletes its children), one IMMEDIATE transaction is the lock, and a foreign key check ends it.
    """
    _move(engine, revision, "upgrade")


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the database down to a revision; the triggers that still apply are put back."""
    _move(engine, revision, "downgrade")


def _move(engine: Engine, revision: str, step: Step) -> None:
    is_sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        if is_sqlite:
            raw = connection.connection.dbapi_connection
            raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_SECONDS * 1000}")  # type: ignore[union-attr]
        try:
            writer = connection.execution_options(**{WRITES: True})
            with writer.begin():
                lock(writer)
                _run(writer, revision, step)
                triggers.install(writer)
                if is_sqlite:
                    _refuse_broken_references(writer)
        finally:
            if is_sqlite:
                connection.invalidate()  # its pragmas must not reach the pool


def upgrade_within(connection: Connection, revision: str) -> None:
    """Migrate inside the caller's transaction; the triggers are for the caller to put back.

    On SQLite the caller has turned foreign keys off, and checks them.
    """
    _run(connection, revision, "upgrade")


def lock(connection: Connection) -> None:
    """From here to the end of the transaction nobody else migrates.

    SQLite needs no lock: an IMMEDIATE transaction is one.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{_PATIENCE_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _run(connection: Connection, revision: str, step: Step) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    getattr(command, step)(config, revision)


def _refuse_broken_references(connection: Connection) -> None:
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"the migration left {len(broken)} broken references: {broken[:5]}")
