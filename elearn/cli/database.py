"""`elearn db`: the newest revision, and whether all that is kept is whole."""

import click

from elearn import integrity
from elearn.core import schema
from elearn.core.db import db


@click.group("db")
def database() -> None:
    """Bring the database to the newest revision, or look whether all in it is whole."""


@database.command("upgrade")
def upgrade() -> None:
    """Migrate to the newest revision. Safe to run twice, also at the same time."""
    schema.upgrade(db.engine)
    click.echo(f"The database is at revision {schema.head()}.")


@database.command("check")
def check() -> None:
    """Look whether all that is kept is whole and agrees with itself. Changes nothing.

    Prints one line for each thing that is not as it must be, with what to do about it. Exit 1
    when there is one. The site may run meanwhile.
    """
    raise SystemExit(1 if integrity.check() else 0)


COMMANDS: tuple[click.Command, ...] = (database,)
