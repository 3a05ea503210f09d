"""A small site to break: the cast, and learners who have joined a few courses. Either database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from flask import Flask
from sqlalchemy import Engine, NullPool, create_engine

from elearn.accounts import passwords
from elearn.accounts import service as accounts
from elearn.accounts.models import Node
from elearn.accounts.service import Details
from elearn.cli import main
from elearn.core import clock, config, schema
from elearn.core.db import db, saving
from elearn.core.permissions import Actor, Grant, Role
from elearn.factory import create_app
from elearn.learning import service as learning
from tests import people
from tests.bench.server import environment
from tests.factories import administrator, example_files, published_files

_WHOLE = re.compile(r"All is whole\. Looked at: .*")


@dataclass(frozen=True)
class Place:
    """Where a site is, and how many learners are in how many courses there.

    url: of its database; '' where that is a file in the data folder. Learners are called
    `username(n)`, courses `slug(n)`; everybody has joined every course.
    """

    data: Path
    url: str = ""
    learners: int = 0
    courses: int = 0

    @property
    def settings(self) -> dict[str, str]:
        return {"DATABASE_URL": self.url}

    def engine(self) -> Engine:
        """The database, past the application."""
        address = self.url.replace("postgresql://", "postgresql+psycopg://")
        return create_engine(
            address or f"sqlite:///{self.data / 'elearn.sqlite'}", poolclass=NullPool
        )

    @contextmanager
    def app(self) -> Iterator[Flask]:
        app = create_app(config.load({}, DATA=str(self.data), DATABASE_URL=self.url))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()

    def verdict(self) -> str:
        """What `elearn db check` says, in a word or two."""
        given = environment(self.data, **self.settings)
        checked = CliRunner().invoke(main, ["db", "check"], env=given)
        if checked.exit_code == 0 and _WHOLE.search(checked.stdout):
            return "integrity check: all is whole"
        return f"integrity check: exit {checked.exit_code}, {checked.stdout}{checked.stderr[-500:]}"


def slug(number: int) -> str:
    return f"kursus-{number}"


def username(number: int) -> str:
    return f"pelajar-{number}"


def built(place: Place) -> Place:
    """Fill the empty folder and database of a place."""
    place.data.mkdir(parents=True, exist_ok=True)
    config.keep_secret(place.data)
    password_hash = passwords.hashed(people.PASSWORD)
    with place.app():
        schema.upgrade(db.engine)
        people.populate(password_hash)
        for number in range(place.courses):
            publish(slug(number))
        for number in range(place.learners):
            learner = _added(username(number), password_hash)
            for course in range(place.courses):
                join(learner, slug(course))
    return place


def publish(name: str, wait_minutes: int = 0) -> None:
    """The example course under another name, with a wait between two attempts at its quizzes."""
    files = example_files()
    files["course.yml"] = files["course.yml"].replace(b"slug: contoh", f"slug: {name}".encode())
    attempts = f"attempts: {{limit: 0, wait_minutes: {wait_minutes}}}\n".encode()
    for path in [path for path in files if path.endswith("quiz.yml")]:
        files[path] = attempts + files[path]
    published_files(files)


def join(learner: Actor, name: str) -> None:
    with saving():
        learning.enrol(learner, name, "id", clock.now())


def _added(name: str, password_hash: str) -> Actor:
    by, now = administrator(), clock.now()
    with saving():
        library = db.session.scalars(db.select(Node).where(Node.kind == "library").limit(1)).one()
        details = Details(f"Pelajar {name}")
        person = accounts.add_person(by, details, name, password_hash, library, now)
        return Actor(person.id, frozenset({Grant(Role.LEARNER)}))
