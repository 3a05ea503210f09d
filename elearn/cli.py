"""The `elearn` command: gathers the commands of all rooms.

An application is made only when a command needs one; a setting that cannot be used ends any
command with one sentence and exit code 2.
"""

import sys
from typing import Any

import click
from flask.cli import FlaskGroup

from elearn import __version__
from elearn.core import config, schema
from elearn.core.db import db
from elearn.core.errors import Problem


def _make_app() -> Any:
    from elearn.factory import create_app

    return create_app()


@click.group(
    cls=FlaskGroup,
    create_app=_make_app,
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    help="elearn: courses, quizzes and completion records for the people who run libraries.",
)
@click.version_option(__version__)
def main_group() -> None:
    pass


@main_group.command("settings", with_appcontext=False)
def show_settings() -> None:
    """Print every setting with its value, where it came from, and what it is for."""
    settings = config.load()
    for name, source in settings.sources.items():
        shown = "(hidden)" if source.setting.secret and source.value else source.text or "(empty)"
        click.echo(f"{config.PREFIX}{name} = {shown}  [{source.origin}]")
        click.echo(f"    {source.setting.help}")


@main_group.group("db")
def database() -> None:
    """Bring the database to the newest revision, or ask whether it is there."""


@database.command("upgrade")
def upgrade() -> None:
    """Migrate to the newest revision. Safe to run twice, also at the same time."""
    schema.upgrade(db.engine)
    click.echo(f"The database is at revision {schema.head()}.")


@database.command("check")
def check() -> None:
    """Say whether the database is at the newest revision. Exit 1 when it is not."""
    with db.engine.connect() as connection:
        found = schema.revision_of(connection)
    if found != schema.head():
        click.echo(f"The database is at {found or 'nothing'}, the code at {schema.head()}; "
                   "run `elearn db upgrade`.")  # fmt: skip
        raise SystemExit(1)
    click.echo(f"The database is at revision {found}.")


def main() -> None:
    """Run the command; refusals become one sentence on stderr, never a traceback."""
    try:
        main_group(standalone_mode=True)
    except config.SettingError as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except Problem as problem:
        from elearn.web.messages import sentence

        click.echo(str(sentence(problem.code, problem.values)), err=True)
        sys.exit(1)
