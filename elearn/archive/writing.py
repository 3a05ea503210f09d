"""Writing an archive from one consistent moment of the database, while the site goes on."""

import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError

from elearn import __version__
from elearn.archive import tables
from elearn.archive.beside import written_beside
from elearn.archive.manifest import NAME, KeyEntry, Manifest, TableEntry
from elearn.archive.reading import Tick, is_archive
from elearn.archive.refusals import Refused, reason
from elearn.archive.tables import Table, Tally
from elearn.core import schema

_PACKED: dict[str, Any] = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": 6}
_READING: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_BUFFER = 256 * 1024


def refuse_foreign(target: Path) -> None:
    """Raise Refused when the file is there and is no archive of ours: it may be dear."""
    if target.exists() and not is_archive(target):
        raise Refused(
            f"{target} exists and is not an elearn archive. It stays as it is; name another file."
        )
    if not target.parent.is_dir():
        raise Refused(f"The folder {target.parent} does not exist.")


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """The database as it is at this moment, however long it is read. Writers go on meanwhile.

    SQLite: one reading transaction in WAL. PostgreSQL: REPEATABLE READ.
    """
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).is_file():
        raise Refused(f"There is no database at {engine.url.database}. Is ELEARN_DATA right?")
    options = _READING if engine.dialect.name == "postgresql" else {}
    try:
        with engine.connect() as connection, connection.execution_options(**options).begin():
            yield connection
    except DatabaseError as fault:
        raise Refused(f"The database cannot be read ({reason(fault)}).") from None


def refuse_unknown(source: Connection) -> None:
    """Raise Refused when the database is at no revision, or at one that this code does not have."""
    revision = schema.revision_of(source)
    if revision is None:
        raise Refused("The database is empty: there is nothing to back up.")
    if not schema.knows(revision):
        raise Refused(
            f"The database is at revision {revision}, which this elearn does not know. "
            "Back up with the version that the site runs."
        )


def write(
    source: Connection, target: Path, keys: Mapping[str, bytes], now: datetime, tick: Tick
) -> Manifest:
    """Write the archive; `tick` hears of each row. keys: private files by name.

    Raises Refused when the file cannot be written; an older archive there stays as it was.
    """
    try:
        with written_beside(target, now) as file, zipfile.ZipFile(file, "w", **_PACKED) as packed:
            manifest = Manifest(
                made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
                elearn=__version__,
                revision=schema.revision_of(source) or "",
                tables=tuple(_table(source, t, packed, tick) for t in tables.tables_of(source)),
                keys=tuple(_key(name, content, packed) for name, content in keys.items()),
            )
            packed.writestr(NAME, manifest.as_json())
    except OSError as fault:
        raise Refused(f"{target} cannot be written ({reason(fault)}).") from None
    return manifest


def _table(source: Connection, table: Table, packed: zipfile.ZipFile, tick: Tick) -> TableEntry:
    tally = Tally()
    columns = tuple((name, kind.name) for name, kind in table.columns)
    member = f"tables/{table.name}.jsonl"
    with packed.open(member, "w", force_zip64=True) as out, _buffered(out) as lines:
        for line in tables.lines(source, table):
            lines.write(line)
            tally.add(line)
            tick(1)
    return TableEntry(table.name, columns, table.key, tally.rows, tally.bytes, tally.sha256)


def _key(name: str, content: bytes, packed: zipfile.ZipFile) -> KeyEntry:
    entry = KeyEntry(name, hashlib.sha256(content).hexdigest())
    packed.writestr(entry.member, content)
    return entry


def _buffered(out: IO[bytes]) -> io.BufferedWriter:
    """Packing line by line would cost more than the packing itself."""
    return io.BufferedWriter(out, _BUFFER)
