"""`elearn backup` and `elearn restore`."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import NullPool

from elearn.archive import keys, reading, restoring, tables, writing
from elearn.archive.manifest import KeyEntry
from elearn.archive.reading import Tick
from elearn.archive.refusals import Refused
from elearn.core import clock, config, schema
from elearn.core.commandline import WithoutSite

_FILE = click.Path(dir_okay=False, path_type=Path, resolve_path=True)


@click.command("backup", cls=WithoutSite)
@click.argument("file", type=_FILE)
@click.option("--with-keys", is_flag=True, help="Also the private keys of records and the secret.")
def backup(file: Path, with_keys: bool) -> None:
    """Write the whole site into FILE, as it is at this moment, while it runs.

    The archive holds personal data and password hashes: it is readable for you alone (mode 600).
    An older archive in its place is replaced at the end; any other file is left alone.
    `elearn restore` reads it, into SQLite or PostgreSQL. Exit 1 when nothing was written.
    """
    settings = config.load()
    private = keys.in_folder(settings.data) if with_keys else {}
    with _database(settings) as engine, writing.snapshot(engine) as source:
        writing.refuse_foreign(file)
        writing.refuse_unknown(source)
        total = sum(tables.count(source, table) for table in tables.tables_of(source))
        with _bar("Backing up", total) as tick:
            manifest = writing.write(source, file, private, clock.now(), tick)
    click.echo(
        f"{file}: {manifest.rows} rows of {len(manifest.tables)} tables, revision "
        f"{manifest.revision}, {file.stat().st_size / 1_000_000:.1f} MB, {_keys_in(manifest.keys)}."
    )


@click.command("restore", cls=WithoutSite)
@click.argument("file", type=_FILE)
@click.option("--replace", is_flag=True, help="Delete what the database holds now.")
def restore(file: Path, replace: bool) -> None:
    """Fill the database from FILE, an archive of `elearn backup`. Stop the site first.

    The database may be SQLite or PostgreSQL, wherever the archive came from, and must be empty
    unless --replace is given. All is read and compared before anything changes, and everything
    changes at once or not at all. Private keys in the archive are put into the data folder;
    files that are there stay. Exit 1 when nothing was changed.
    """
    settings = config.load()
    with reading.opened(file) as archive:
        restoring.refuse_unknown(archive)
        manifest = archive.manifest
        with _bar("Checking", sum(table.bytes for table in manifest.tables)) as tick:
            archive.check(tick)
        with _database(settings) as engine, restoring.alone(engine) as connection:
            if not replace:
                restoring.refuse_filled(connection)
            with _bar("Restoring", manifest.rows * 2) as tick:
                restoring.refill(connection, archive, tick)
            kept = keys.put_in_place(archive, settings.data)
    click.echo(
        f"{manifest.rows} rows of {len(manifest.tables)} tables are as they were at "
        f"{manifest.made_at}; the database is at revision {schema.head()}."
    )
    for name in kept:
        click.echo(f"{name}: the data folder holds another one, which stays. {_meaning(name)}")
    if not keys.in_folder(settings.data):
        click.echo(
            f"There are no keys in the archive, nor in {settings.data}: put secret-key and "
            "record-key-... of the old data folder there, with mode 600."
        )


@contextmanager
def _database(settings: config.Settings) -> Iterator[Engine]:
    """The site's database without the site: neither needs its secret, nor leaves a connection."""
    url = make_url(settings.database_url)
    if url.drivername == "sqlite" and not Path(str(url.database)).is_absolute():
        raise Refused("ELEARN_DATABASE_URL must name the whole path: sqlite:////folder/file.")
    engine = create_engine(settings.database_url, poolclass=NullPool)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _bar(label: str, length: int) -> Iterator[Tick]:
    """A progress bar on standard error, which is drawn now and then."""
    with click.progressbar(
        length=length,
        label=f"{label:<10}",
        width=24,
        file=sys.stderr,
        update_min_steps=max(1, length // 200),
    ) as bar:
        yield bar.update


def _meaning(name: str) -> str:
    """What follows when a private file is not that of the archive."""
    if name == config.SECRET_FILE:
        return "Everybody signs in again."
    return "Look which of the two is right: no record can be signed with a wrong one."


def _keys_in(entries: Sequence[KeyEntry]) -> str:
    if not entries:
        return "without keys (--with-keys adds them)"
    return f"with {', '.join(entry.name for entry in entries)}"


COMMANDS: tuple[click.Command, ...] = (backup, restore)
