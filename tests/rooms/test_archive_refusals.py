"""What `elearn restore` and `elearn backup` refuse: one sentence, and everything as it was."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from elearn.archive import reading
from elearn.archive.kinds import KINDS
from elearn.archive.refusals import Refused
from elearn.archive.tables import NotARow, Table
from tests.rooms.archives import Place, digests, place_of, rewritten


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    """A site with people, and its archive; no test here changes either."""
    place = Place(tmp_path_factory.mktemp("site"))
    shutil.copy(sqlite_template, place.data / "elearn.sqlite")
    (place.data / "record-key-0123456789abcdef").write_text("a private key")
    file = tmp_path_factory.mktemp("archive") / "good.elearn"
    assert place.backup(file, "--with-keys").exit_code == 0
    return place, file


@pytest.fixture(scope="module")
def rows(site):
    """Everything in the site's database before any of these tests."""
    return rows_of(site[0])


def rows_of(place):
    with closing(sqlite3.connect(place.data / "elearn.sqlite")) as connection:
        return list(connection.iterdump())


def in_manifest(**values):
    def change(members):
        members["manifest.json"] = json.dumps(
            json.loads(members["manifest.json"]) | values
        ).encode()

    return change


def with_rows(table: str, *lines: bytes):
    """Other rows in a table, and a manifest that agrees with them."""

    def change(members):
        content = b"".join(line + b"\n" for line in lines)
        members[f"tables/{table}.jsonl"] = content
        values = json.loads(members["manifest.json"])
        (entry,) = (e for e in values["tables"] if e["name"] == table)
        entry.update(
            rows=len(lines), bytes=len(content), sha256=hashlib.sha256(content).hexdigest()
        )
        members["manifest.json"] = json.dumps(values).encode()

    return change


def with_table(**values):
    def change(members):
        read = json.loads(members["manifest.json"])
        read["tables"][0] |= values
        members["manifest.json"] = json.dumps(read).encode()

    return change


def without(name: str):
    return lambda members: members.pop(name)


def holding(name: str, content: bytes):
    return lambda members: members.update({name: content})


POLICY = "core_policy"  # id, from_on, name, value
LOGIN = "accounts_login"  # key, kind, person_id


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("manifest.json"), "is not an elearn archive."),
        (holding("manifest.json", b"{"), "is damaged"),
        (holding("manifest.json", b"[" * 100_000), "is damaged"),
        (holding("manifest.json", b"[]"), "is not an elearn archive."),
        (in_manifest(format="other"), "is not an elearn archive."),
        (in_manifest(version=2), "has a newer format"),
        (in_manifest(version="1"), "is damaged"),
        (in_manifest(revision="20991231_2359"), "Install that version"),
        (in_manifest(revision="base"), "Install that version"),
        (in_manifest(revision="\x1b[2J"), "is damaged"),
        (in_manifest(made_at="\x1b[2J"), "is damaged"),
        (in_manifest(tables=[]), "is damaged"),
        (in_manifest(tables=["x"]), "is damaged"),
        (in_manifest(keys=[{"name": "../secret-key", "sha256": ""}]), "is no name of ours"),
        (with_table(name="../../elearn"), "is no name of ours"),
        (with_table(columns=[["id"]]), "is damaged"),
        (with_table(columns=[["id", 1]]), "columns and key are lists of texts"),
        (with_table(columns=[["id", "integer"]]), "does not fit its own revision"),
        (with_table(rows=-1), "came out of the database differently"),
        (without("tables/core_audit.jsonl"), "is damaged"),
        (holding("../../elearn.sqlite", b"x"), "is damaged"),
        (holding("tables/core_audit.jsonl", b"[1]\n"), "it is damaged (tables/core_audit.jsonl)"),
        (holding("keys/record-key-0123456789abcdef", b"another"), "it is damaged (keys/record"),
        (with_rows(POLICY, b"{}"), "is damaged in tables/core_policy.jsonl"),
        (with_rows(POLICY, b'[1,"2026-01-01","","b"]'), "core_policy: the database refuses"),
        (with_rows(POLICY, b'[ 1,"2026-01-01","a","b"]'), "came out of the database differently"),
        (with_rows(LOGIN, b'["x","username",99]'), "accounts_login: the database refuses"),
    ],
)
def test_an_archive_that_is_not_as_it_says_changes_nothing(site, rows, tmp_path, change, words):
    place, file = site
    hostile = rewritten(file, tmp_path / "hostile.elearn", change)
    is_refused(place.restore(hostile, "--replace"), words)
    assert rows_of(place) == rows


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not an elearn archive"),
        (b"dear diary", "is not an elearn archive"),
        (b"PK\x05\x06" + bytes(18), "is not an elearn archive"),
        (None, "cannot be read (No such file"),
    ],
)
def test_a_file_that_is_no_archive_changes_nothing(site, rows, tmp_path, content, words):
    place, _ = site
    foreign = tmp_path / "foreign"
    if content is not None:
        foreign.write_bytes(content)
    is_refused(place.restore(foreign, "--replace"), words)
    assert rows_of(place) == rows


def is_refused(result, words):
    """One sentence on standard error, exit 1."""
    assert result.exit_code == 1, result.output
    assert words in result.stderr
    sentence = [line for line in result.stderr.splitlines() if not line.startswith(STEPS)]
    assert len(sentence) == 1


STEPS = ("Checking", "Restoring")


POLICIES = Table(
    "core_policy",
    tuple((n, KINDS[k]) for n, k in (("id", "integer"), ("from_on", "date"), ("name", "text"))),
    ("id",),
)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{}",
        b"7",
        b"\xff",
        b"[" * 100_000,
        b'[1,"2026-01-01"]',
        b'[1,"2026-01-01","a","b"]',
        b'["1","2026-01-01","a"]',
        b'[true,"2026-01-01","a"]',
        b'[NaN,"2026-01-01","a"]',
        b'[1.0,"2026-01-01","a"]',
        b'[1,"1 January","a"]',
        b'[1,"2026-01-01",["a"]]',
    ],
)
def test_a_line_that_no_backup_writes_is_no_row(line):
    with pytest.raises(NotARow):
        POLICIES.row(line)


def test_rows_that_only_one_database_can_hold_are_named(site, postgresql_server, tmp_path):
    """PostgreSQL has no NUL in texts."""
    _, file = site
    postgresql_server.run("DROP DATABASE IF EXISTS elearn_new", "CREATE DATABASE elearn_new")
    target = Place(tmp_path / "new", postgresql_server.url("elearn_new"))
    nul = with_rows(POLICY, b'[1,"2026-01-01","a","\\u0000"]')
    result = target.restore(rewritten(file, tmp_path / "nul.elearn", nul))
    assert "core_policy: the database refuses what the archive holds" in result.stderr
    orphan = rewritten(file, tmp_path / "x.elearn", with_rows(LOGIN, b'["x","username",99]'))
    assert "accounts_login: the database refuses" in target.restore(orphan).stderr


def test_a_damaged_archive_is_found_wherever_the_damage_is(site, tmp_path):
    """A byte changed, a piece cut out, an end cut off: refused, or it made no difference."""
    _, file = site
    content, chance = file.read_bytes(), Random(7)
    broken = tmp_path / "broken.elearn"
    found = 0
    for _ in range(150):
        at, length = chance.randrange(len(content)), chance.choice((1, 1, 50, 10**9))
        piece = b"" if length > 1 else bytes([content[at] ^ (1 << chance.randrange(8))])
        broken.write_bytes(content[:at] + piece + content[at + length :])
        try:
            with reading.opened(broken) as archive:
                archive.check(lambda _: None)
                rows = [list(archive.lines(table)) for table in archive.manifest.tables]
        except Refused:
            found += 1
            continue
        with reading.opened(file) as archive:
            assert rows == [list(archive.lines(table)) for table in archive.manifest.tables]
    assert found > 100


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (Path.is_dir, "There is no database at"),
        (lambda data: (data / "elearn.sqlite").touch(), "there is nothing to back up"),
        (lambda data: (data / "elearn.sqlite").write_bytes(b"x" * 4096), "cannot be read"),
    ],
)
def test_a_backup_of_nothing_is_refused(tmp_path, prepare, words):
    place = Place(tmp_path / "data")
    place.data.mkdir()
    prepare(place.data)
    before = sorted(path.name for path in place.data.iterdir())
    result = place.backup(tmp_path / "a.elearn")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)
    assert words in result.stderr
    assert not (tmp_path / "a.elearn").exists()
    assert [n for n in before if not (place.data / n).exists()] == []


def test_a_backup_by_an_older_elearn_than_the_sites_is_refused(sqlite_app, tmp_path):
    place = place_of(sqlite_app)
    place.run("UPDATE alembic_version SET version_num = '20991231_2359'")
    assert "Back up with the version that the site runs" in place.backup(tmp_path / "a").stderr


def test_a_place_that_cannot_be_written_is_named(site, tmp_path):
    place, _ = site
    assert "does not exist" in place.backup(tmp_path / "none/a.elearn").stderr
    assert "cannot be written" in place.backup(tmp_path / f"{'x' * 240}.elearn").stderr


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://nobody@127.0.0.1:1/none?connect_timeout=1", "cannot be"),
        ("sqlite:///here.sqlite", "must name the whole path"),
    ],
)
def test_a_database_that_is_not_to_be_had_is_one_sentence(site, tmp_path, url, words):
    _, file = site
    place = Place(tmp_path, url)
    for result in (place.backup(tmp_path / "b.elearn"), place.restore(file)):
        assert result.exit_code == 1
        assert words in result.stderr.splitlines()[-1]
        assert "Traceback" not in result.output


def test_an_archive_of_a_newer_format_may_be_replaced(site, tmp_path):
    place, file = site
    newer = rewritten(file, tmp_path / "newer.elearn", in_manifest(version=2))
    assert place.backup(newer).exit_code == 0
    assert digests(newer) == digests(file)


def test_a_key_that_cannot_be_read_is_said_before_anything_is_written(sqlite_app, tmp_path):
    place = place_of(sqlite_app)
    (place.data / "secret-key").mkdir()
    result = place.backup(tmp_path / "a.elearn", "--with-keys")
    assert (result.exit_code, "keys in" in result.stderr) == (1, True)
    assert not (tmp_path / "a.elearn").exists()


def test_a_damaged_database_is_not_restored_over(site, tmp_path):
    """The operator moves it away: it may be all that is left of somebody's answers."""
    _, file = site
    target = Place(tmp_path / "target")
    target.data.mkdir()
    (target.data / "elearn.sqlite").write_bytes(b"x" * 4096)
    result = target.restore(file, "--replace")
    assert (result.exit_code, "move it away" in result.stderr) == (1, True)
    assert (target.data / "elearn.sqlite").read_bytes() == b"x" * 4096
