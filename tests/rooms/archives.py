"""Sites to back up and databases to restore into."""

import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import create_engine

from elearn.accounts.models import Person
from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.demo.study import go_through
from tests.factories import published_example
from tests.postgresql import Server

# What one database, JSON, a zip or a terminal could read in another way.
DIFFICULT = "Ni Ketut \u2028\\\"'\t\r\n </script> 漢字 عربي 👩🏽‍🏫 e\u0301 \u00e9 \x7f NULL \\N"


@dataclass
class Place:
    """A data folder and a database: where a site is, or is to be."""

    data: Path
    url: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def elearn(self, *words: object) -> Result:
        variables = {"ELEARN_DATA": str(self.data), "ELEARN_DATABASE_URL": self.url, **self.more}
        return CliRunner().invoke(main, [str(word) for word in words], env=variables)

    def backup(self, file: Path, *options: str) -> Result:
        return self.elearn("backup", file, *options)

    def restore(self, file: Path, *options: str) -> Result:
        return self.elearn("restore", file, *options)

    def run(self, statement: str) -> None:
        """A statement in the database, past the application."""
        url = self.url.replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(url or f"sqlite:///{self.data / 'elearn.sqlite'}")
        with engine.begin() as connection:
            connection.exec_driver_sql(statement)
        engine.dispose()


def place_of(app: Flask) -> Place:
    """Where a test's application keeps its site; its own connections are closed."""
    settings = app.config["SETTINGS"]
    close()
    return Place(settings.data, str(settings.sources["DATABASE_URL"].value))


def close() -> None:
    db.session.remove()
    db.engine.dispose()


@contextmanager
def closed_after() -> Iterator[None]:
    try:
        yield
    finally:
        close()


def empty_database(server: Server, name: str) -> str:
    """The address of a new PostgreSQL database."""
    server.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    return server.url(name)


def studied() -> None:
    """siti holds a record, joko has an attempt open, and a name is hard to write down."""
    published_example()
    now = clock.now()
    go_through(actor_named("siti"), "contoh", "id", 1.0, now - timedelta(days=9), now, Random(1))
    go_through(actor_named("joko"), "contoh", "en", 0.4, now - timedelta(days=2), now, Random(2))
    with saving():
        db.session.scalars(db.select(Person).order_by(Person.id)).first().phone = DIFFICULT


def manifest(file: Path) -> dict:
    with zipfile.ZipFile(file) as archive:
        return json.loads(archive.read("manifest.json"))


def digests(file: Path) -> dict[str, tuple[int, str]]:
    """Rows and SHA-256 of every table."""
    return {t["name"]: (t["rows"], t["sha256"]) for t in manifest(file)["tables"]}


def rewritten(file: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of an archive with other members."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target
