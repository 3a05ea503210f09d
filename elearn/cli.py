"""The `elearn` command: gathers the commands of all rooms.

An application is made only when a command needs one; a setting that cannot be used ends any
command with one sentence and exit code 2.
"""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import OperationalError

from elearn import __version__, integrity
from elearn.archive import commands as archive
from elearn.archive.refusals import Refused
from elearn.core import clock, config, schema
from elearn.core.db import db, saving
from elearn.core.errors import Problem
from elearn.factory import ROOMS, create_app

_BAD_SETTING = 2
ROOM_COMMANDS: tuple[click.Command, ...] = tuple(c for r in ROOMS for c in r.commands.COMMANDS)


def _make_app() -> Flask:
    return create_app(config.load(**_given))


# Settings that a command line names (`--data`); read when the application is made.
_given: dict[str, str] = {}


class ElearnGroup(click.Group):
    """Refusals come as one sentence and never as a traceback; --help works without a site."""

    def main(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        kwargs.setdefault("obj", ScriptInfo(create_app=_make_app, set_debug_flag=False))
        try:
            return super().main(*args, **kwargs)  # type: ignore[arg-type]
        except config.SettingError as fault:
            click.echo(str(fault), err=True)
            sys.exit(_BAD_SETTING)
        except Problem as problem:
            click.echo(_sentence(problem), err=True)
            sys.exit(1)
        except Refused as refusal:
            click.echo(str(refusal), err=True)
            sys.exit(1)
        except OperationalError as fault:
            click.echo(f"The database does not answer: {fault.orig}", err=True)
            sys.exit(1)


def _sentence(problem: Problem) -> str:
    """The sentence of a refusal in English, the language of the command line."""
    from elearn.core.i18n import force_locale, register_i18n
    from elearn.web.messages import sentence_for

    words = Flask(__name__)  # not the site: a refusal must be sayable whatever state that is in
    register_i18n(words)
    with words.app_context(), force_locale("en"):
        return sentence_for(problem)


@click.group(cls=ElearnGroup)
@click.version_option(__version__, message="elearn %(version)s")
def main() -> None:
    """Courses, quizzes and completion records for the people who run libraries."""


@main.command("settings")
def show_settings() -> None:
    """Print every setting with its value, where it came from, and what it is for."""
    for name, source in config.load().sources.items():
        shown = "(hidden)" if source.setting.secret and source.value else source.text or "(empty)"
        click.echo(f"{config.PREFIX}{name} = {shown}  [{source.origin}]")
        click.echo(f"    {source.setting.help}")


@main.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve_command(host: str, port: int) -> None:
    """Migrate the database and answer requests. The first start makes keys and a setup code."""
    _ensure_secret(config.load())
    app = _make_app()
    with app.app_context():
        if not schema.is_newest(db.engine):
            schema.upgrade(db.engine)
        _ensure_record_key()
        _say_how_to_begin(host, port)
    _serve(app, host, port)


@main.command("demo")
@click.option("--data", default="elearn-demo", show_default=True, help="Folder of the demo.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--password", default="rak buku di beranda", show_default=True, help="Of the cast.")
@click.option("--no-serve", is_flag=True, help="Build the demo and stop.")
def demo_command(data: str, host: str, port: int, password: str, no_serve: bool) -> None:
    """A complete site with courses and sample people, on this machine. Safe to repeat."""
    from elearn.demo import build

    folder = Path(data).expanduser().resolve()
    build.refuse_foreign_folder(folder)
    _given.update(DATA=str(folder), DATABASE_URL="", SITE_URL=f"http://{host}:{port}")
    _ensure_secret(config.load(**_given))
    app = _make_app()
    with app.app_context():
        schema.upgrade(db.engine)
        build.build(folder, password)
        click.echo(build.greeting(f"http://{host}:{port}", password))
    if not no_serve:
        _serve(app, host, port)


@main.group("db")
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


def _with_site(command: click.Command) -> None:
    """Make the application when the command runs, not when its help is asked for."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _with_site(inner)
    elif command.callback:
        command.callback = with_appcontext(command.callback)


for _command in archive.COMMANDS:  # they need no application, only its settings
    main.add_command(_command)
for _command in ROOM_COMMANDS:
    main.add_command(_command)
for _command in (database, *ROOM_COMMANDS):
    _with_site(_command)


def _ensure_secret(settings: config.Settings) -> None:
    if not settings.secret_key:
        config.keep_secret(settings.data)


def _ensure_record_key() -> None:
    """The key that signs records is there before the first backup, not with the first record."""
    from elearn.records import keys

    with saving():
        keys.make_first(clock.now())


def _say_how_to_begin(host: str, port: int) -> None:
    """Where the site is; while nobody administers it, the one-time code that makes the first."""
    from elearn.accounts import queries, service

    click.echo(f"elearn answers at http://{host}:{port}  (Ctrl+C stops it)")
    now = clock.now()
    if not queries.has_administrator(now.date()):
        with saving():
            code = service.make_setup_code(now)
        click.echo(f"Nobody administers this site yet. Open /setup and type this code: {code}")


def _serve(app: Flask, host: str, port: int) -> None:
    from elearn.serve import serve

    serve(app, current_settings(app), host, port)


def current_settings(app: Flask | None = None) -> config.Settings:
    found: config.Settings = (app or current_app).config["SETTINGS"]
    return found
