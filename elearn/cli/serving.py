"""`elearn serve` and `elearn demo`: both make the site and answer requests."""

from pathlib import Path

import click

from elearn.accounts import queries, service
from elearn.core import clock, config, schema
from elearn.core.commandline import WithoutSite
from elearn.core.db import db, saving
from elearn.factory import create_app
from elearn.records import keys
from elearn.serve import serve


@click.command("serve", cls=WithoutSite)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve_command(host: str, port: int) -> None:
    """Migrate the database and answer requests. The first start makes keys and a setup code."""
    settings = _settings_with_secret()
    app = create_app(settings)
    with app.app_context():
        if not schema.is_newest(db.engine):
            schema.upgrade(db.engine)
        _ensure_record_key()
        _say_how_to_begin(host, port)
    serve(app, settings, host, port)


@click.command("demo", cls=WithoutSite)
@click.option("--data", default="elearn-demo", show_default=True, help="Folder of the demo.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--password", default="rak buku di beranda", show_default=True, help="Of the cast.")
@click.option("--no-serve", is_flag=True, help="Build the demo and stop.")
def demo_command(data: str, host: str, port: int, password: str, no_serve: bool) -> None:
    """A complete site with courses and sample people, on this machine. Safe to repeat."""
    from elearn.demo import build  # a site that serves has no use for it

    folder = Path(data).expanduser().resolve()
    build.refuse_foreign_folder(folder)
    given = {"DATA": str(folder), "DATABASE_URL": "", "SITE_URL": f"http://{host}:{port}"}
    settings = _settings_with_secret(**given)
    app = create_app(settings)
    with app.app_context():
        schema.upgrade(db.engine)
        build.build(folder, password)
        db.engine.dispose()  # SQLite puts its file in order when it is left
        click.echo(build.greeting(f"http://{host}:{port}", password))
    if not no_serve:
        serve(app, settings, host, port)


def _settings_with_secret(**given: str) -> config.Settings:
    """The settings; the first start writes a secret into the data folder."""
    settings = config.load(**given)
    if not settings.secret_key:
        config.keep_secret(settings.data)
        settings = config.load(**given)
    return settings


def _ensure_record_key() -> None:
    """The key that signs records is there before the first backup, not with the first record."""
    with saving():
        keys.make_first(clock.now())


def _say_how_to_begin(host: str, port: int) -> None:
    """Where the site is; while nobody administers it, the one-time code that makes the first."""
    click.echo(f"elearn answers at http://{host}:{port}  (Ctrl+C stops it)")
    now = clock.now()
    if not queries.has_administrator(clock.day_in(now, clock.DEFAULT_ZONE)):
        with saving():
            code = service.make_setup_code(now)
        click.echo(f"Nobody administers this site yet. Open /setup and type this code: {code}")


COMMANDS: tuple[click.Command, ...] = (serve_command, demo_command)
