"""`elearn backup` and `elearn restore`: a site comes back whole, on either database."""

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import JSON, create_engine, select, text
from sqlalchemy.pool import NullPool

from elearn.accounts.models import Person
from elearn.accounts.queries.actors import actor_named
from elearn.archive import restoring, tables, writing
from elearn.archive.kinds import kind_of
from elearn.core import audit, clock, schema, triggers
from elearn.core.db import db, saving
from elearn.core.permissions import NOBODY
from elearn.records import printing
from elearn.records import queries as records
from elearn.records.models import Record
from tests import people
from tests.conftest import browser, make_app
from tests.rooms.archives import (
    DIFFICULT,
    Place,
    close,
    closed_after,
    digests,
    empty_database,
    manifest,
    place_of,
    studied,
)

ROOT = Path(__file__).resolve().parents[2]
BEFORE_QUIZZES = "20261122_1000"  # a revision that lacks tables


def test_every_row_survives_the_way_to_the_other_database_and_back(
    sqlite_app, postgresql_server, tmp_path
):
    studied()
    first = place_of(sqlite_app)
    places = (
        Place(tmp_path / "a", empty_database(postgresql_server, "elearn_one")),
        Place(tmp_path / "b", empty_database(postgresql_server, "elearn_two")),
        Place(tmp_path / "c"),
        Place(tmp_path / "d"),
    )
    taken = [tmp_path / "0.elearn"]
    assert first.backup(taken[0], "--with-keys").exit_code == 0
    for number, place in enumerate(places, 1):
        restored = place.restore(taken[-1])
        assert restored.exit_code == 0, restored.output
        taken.append(tmp_path / f"{number}.elearn")
        assert place.backup(taken[-1], "--with-keys").exit_code == 0
        assert digests(taken[-1]) == digests(taken[0])
    for place in (places[1], places[3]):
        it_works(place)


def it_works(place: Place) -> None:
    """Somebody who knows nothing of a restore finds everything as it was."""
    app = make_app(place.data, place.url)
    with app.app_context(), closed_after():
        client, elearn = browser(app), app.test_cli_runner().invoke
        signed = client.post("/login", data={"login": "siti", "password": people.PASSWORD})
        assert signed.status_code == 303
        assert client.get("/courses/contoh/mulai").status_code == 200
        record = db.session.scalars(select(Record)).one()
        assert client.get(f"/verify/{record.code}.json").json["state"]["value"] == "valid"
        kept = records.own_record(actor_named("siti"), record.number)
        pdf = client.get(f"/records/{record.number}/{printing.file_names(kept)['id']}.pdf")
        assert (pdf.status_code, pdf.data[:5]) == (200, b"%PDF-")
        for command in ("learning rebuild --check", "records check"):
            assert elearn(args=command.split()).exit_code == 0
        assert "not here" not in elearn(args=["records", "keys"]).output
        assert db.session.scalars(select(Person).order_by(Person.id)).first().phone == DIFFICULT
        with db.engine.connect() as connection:
            assert triggers.installed(connection) == triggers.expected(connection.dialect.name)
        highest = db.session.scalar(text("SELECT max(id) FROM core_audit"))
        with saving():
            audit.note(NOBODY, "tests:thing:done", "x", clock.now())
        assert db.session.scalar(text("SELECT max(id) FROM core_audit")) > highest


def test_a_backup_is_one_moment_and_writers_do_not_wait_for_it(app, tmp_path):
    def rows() -> int:
        return db.session.scalar(text("SELECT count(*) FROM core_audit"))

    before, written = rows(), 0
    file = tmp_path / "a.elearn"

    def note(_: int) -> None:
        """A line of the log for each of the first rows that the backup writes."""
        nonlocal written
        if written < 5:
            written += 1
            with saving():
                audit.note(NOBODY, "tests:thing:done", "x", clock.now())

    with writing.snapshot(db.engine) as source:
        writing.write(source, file, {}, clock.now(), note)
    assert digests(file)["core_audit"][0] == before
    assert rows() == before + 5


def test_an_archive_is_read_with_nothing_but_unzip_and_json(sqlite_app, tmp_path):
    file = tmp_path / "a.elearn"
    command = [sys.executable, "-m", "elearn", "backup", file]  # a process that knows no room
    environment = {"ELEARN_DATA": str(place_of(sqlite_app).data)}
    subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=True)
    assert [table["name"] for table in manifest(file)["tables"]] == sorted(db.metadata.tables)
    with zipfile.ZipFile(file) as archive:
        (table,) = (t for t in manifest(file)["tables"] if t["name"] == "accounts_person")
        member = archive.read("tables/accounts_person.jsonl")
    assert hashlib.sha256(member).hexdigest() == table["sha256"]
    names = [name for name, _ in table["columns"]]
    people_in_it = [dict(zip(names, json.loads(line), strict=True)) for line in member.splitlines()]
    assert [p["full_name"] for p in people_in_it] == [p.full_name for p in people.CAST]
    assert people_in_it[0]["created_at"].endswith("Z")
    assert people_in_it[0]["show_nip"] is False


def test_an_archive_is_private_and_replaces_an_older_one_only(sqlite_app, tmp_path):
    place, folder = place_of(sqlite_app), tmp_path / "backups"
    folder.mkdir()
    file, letter = folder / "a.elearn", folder / "letter.txt"
    letter.write_text("dear")
    for _ in range(2):
        assert place.backup(file).exit_code == 0
        assert file.stat().st_mode & 0o777 == 0o600
    refused = place.backup(letter)
    assert (refused.exit_code, "name another file" in refused.output) == (1, True)
    assert letter.read_text() == "dear"
    assert sorted(path.name for path in folder.iterdir()) == ["a.elearn", "letter.txt"]


def test_a_full_disk_leaves_the_older_archive_as_it_was(sqlite_app, tmp_path):
    place, folder = place_of(sqlite_app), tmp_path / "backups"
    folder.mkdir()
    file = folder / "a.elearn"
    place.run("INSERT INTO courses_blob VALUES ('a picture', 200000, randomblob(200000))")
    place.backup(file)
    older = file.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(older) // 2, limits[1]))
    try:
        result = place.backup(file)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)
    assert file.read_bytes() == older
    assert list(folder.iterdir()) == [file]


def test_what_a_killed_backup_left_goes_with_a_later_one(sqlite_app, tmp_path):
    place, folder = place_of(sqlite_app), tmp_path / "backups"
    folder.mkdir()
    names = (".a.elearn.00000001.part", ".a.elearn.00000002.part", ".b.elearn.00000003.part")
    left, being_written, of_another = (folder / name for name in names)
    for path in (left, being_written, of_another):
        path.touch()
    for path in (left, of_another):
        os.utime(path, (0, 0))
    assert place.backup(folder / "a.elearn").exit_code == 0
    assert not left.exists()
    assert being_written.exists()
    assert of_another.exists()


def test_keys_travel_only_when_asked_for_and_never_over_others(sqlite_app, tmp_path):
    studied()
    place = place_of(sqlite_app)
    (place.data / "secret-key").write_text("s" * 40)
    file = tmp_path / "a.elearn"
    place.backup(file)
    assert manifest(file)["keys"] == []
    assert "put secret-key and record-key-" in Place(tmp_path / "none").restore(file).output
    place.backup(file, "--with-keys")
    (key,) = place.data.glob("record-key-*")
    target = Place(tmp_path / "target")
    target.data.mkdir()
    (target.data / "secret-key").write_text("t" * 40)
    restored = target.restore(file)
    assert "secret-key: the data folder holds another one, which stays" in restored.output
    assert (target.data / "secret-key").read_text() == "t" * 40
    assert (target.data / key.name).read_bytes() == key.read_bytes()
    assert (target.data / key.name).stat().st_mode & 0o777 == 0o600
    (target.data / key.name).write_text("another key")
    assert f"{key.name}: the data folder holds" in target.restore(file, "--replace").output
    assert (target.data / key.name).read_text() == "another key"


def test_what_is_there_goes_only_when_told(own_app, tmp_path):
    place, file, after = place_of(own_app), tmp_path / "a.elearn", tmp_path / "b.elearn"
    place.backup(file)
    place.run("UPDATE accounts_person SET phone = 'changed'")
    refused = place.restore(file)
    assert (refused.exit_code, "add --replace" in refused.output) == (1, True)
    place.backup(after)
    assert digests(after) != digests(file)
    assert place.restore(file, "--replace").exit_code == 0
    place.backup(after)
    assert digests(after) == digests(file)


def test_nothing_is_restored_under_a_running_site(own_app, tmp_path):
    place, file, after = place_of(own_app), tmp_path / "a.elearn", tmp_path / "b.elearn"
    place.backup(file)
    db.session.execute(text("SELECT count(*) FROM core_audit"))
    db.session.rollback()  # idle, as a server between two requests
    refused = place.restore(file, "--replace")
    assert refused.exit_code == 1
    assert "Stop" in refused.output
    close()
    place.backup(after)
    assert digests(after) == digests(file)


def test_nobody_opens_an_sqlite_file_that_is_being_restored(sqlite_app):
    place = place_of(sqlite_app)
    path = place.data / "elearn.sqlite"
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with (
        restoring.alone(engine),
        closing(sqlite3.connect(path, timeout=0)) as visitor,
        pytest.raises(sqlite3.OperationalError, match="locked"),
    ):
        visitor.execute("SELECT count(*) FROM core_audit")


def test_what_a_killed_server_left_beside_the_database_does_not_meet_the_new_rows(
    sqlite_app, tmp_path
):
    file, after = tmp_path / "a.elearn", tmp_path / "b.elearn"
    place = place_of(sqlite_app)
    place.backup(file)
    with saving():
        db.session.execute(text("UPDATE accounts_person SET phone = 'in the log only'"))
    killed = Place(tmp_path / "killed")
    killed.data.mkdir()
    for name in ("elearn.sqlite", "elearn.sqlite-wal"):
        shutil.copy(place.data / name, killed.data / name)
    assert (killed.data / "elearn.sqlite-wal").stat().st_size > 0
    assert killed.restore(file, "--replace").exit_code == 0
    assert [path.name for path in killed.data.iterdir()] == ["elearn.sqlite"]
    killed.backup(after)
    assert digests(after) == digests(file)


def test_an_archive_of_an_older_revision_is_brought_to_the_newest(own_app, tmp_path):
    schema.downgrade(db.engine, BEFORE_QUIZZES)
    place, file = place_of(own_app), tmp_path / "a.elearn"
    place.backup(file)
    assert manifest(file)["revision"] == BEFORE_QUIZZES
    assert place.restore(file, "--replace").exit_code == 0
    with db.engine.connect() as connection:
        assert schema.revision_of(connection) == schema.head()
        assert triggers.installed(connection) == triggers.expected(connection.dialect.name)
        assert tables.names_of(connection) == sorted(db.metadata.tables)
    assert db.session.scalar(text("SELECT count(*) FROM accounts_person")) == len(people.CAST)


def test_every_column_has_a_kind_that_archives_know():
    for table in db.metadata.tables.values():
        for column in table.columns:
            kind_of(column.type)
    with pytest.raises(TypeError, match="JSON"):
        kind_of(JSON())
