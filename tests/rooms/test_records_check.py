"""`elearn records check` finds every single-field edit; what an outsider does with the .json."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from elearn.accounts.models import Person
from elearn.core import triggers
from elearn.core.db import db, saving
from elearn.records import keys, service
from elearn.records.models import Holder, Record, SigningKey
from tests.conftest import person_id
from tests.rooms.records_evidence import NOW, evidence, issued

DOC = Path(__file__).resolve().parents[2] / "docs" / "verifying-a-record.md"


def run(app, *words):
    return app.test_cli_runner().invoke(args=["records", *words])


def forge(table: str, column: str, value: object) -> None:
    """Change a row as somebody with the database in hands could: triggers off, change, on."""
    with saving():
        connection = db.session.connection()
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            names = triggers.installed(connection)
            for name in names:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        connection.execute(text(f"UPDATE {table} SET {column} = :value"), {"value": value})
        if connection.dialect.name == "sqlite":
            triggers.install(connection)
        else:
            connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def other(value: object) -> object:
    """Another value of the same kind: one that nobody would notice."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str) and value:
        return value[:-1] + ("1" if value[-1] != "1" else "2")
    return "x" if value == "" else value + timedelta(days=1)


def test_all_is_well_after_issuing_and_nobody_is_named(app):
    issued()
    result = run(app, "check")
    assert result.exit_code == 0
    assert "1 records checked, 0 with faults" in result.output
    assert "Siti" not in result.output


EDITS = [
    *(("records_record", c.name) for c in Record.__table__.columns if c.name not in ("id", "key_id")),
    *(("records_holder", c.name) for c in Holder.__table__.columns if c.name != "record_id"),
    ("records_key", "public_key"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), EDITS)
def test_an_edit_of_any_field_is_found(app, table, column):
    record = issued()
    model = {"records_record": Record, "records_holder": Holder, "records_key": SigningKey}[table]
    value = getattr(db.session.scalars(db.select(model)).one(), column)
    if column == "person_id":
        new: object = person_id("joko")
    elif isinstance(value, str) and column == "public_key":
        new = base64.b64encode(bytes(32)).decode()
    else:
        new = other(value)
    db.session.rollback()
    forge(table, column, new)
    db.session.expire_all()
    result = run(app, "check")
    assert result.exit_code == 1, (column, value, new)
    assert column == "number" or record.number in result.output


@pytest.mark.parametrize("place", range(0, 1000, 37))
def test_no_byte_of_the_signed_text_changes_unseen(sqlite_app, place):
    payload = issued().payload
    changed = payload[:place] + ("A" if payload[place] != "A" else "B") + payload[place + 1 :]
    forge("records_record", "payload", changed)
    db.session.expire_all()
    assert run(sqlite_app, "check").exit_code == 1


def test_another_key_than_the_one_that_signed_is_found(app):
    issued()
    with saving():
        newer = keys.rotate(NOW + timedelta(days=1)).id
    forge("records_record", "key_id", newer)
    db.session.expire_all()
    assert run(app, "check").exit_code == 1


def test_holders_cannot_be_exchanged(app):
    first, second = issued(), issued("joko", enrolment_id=8)
    forge("records_holder", "name", "Joko Prasetyo")
    db.session.expire_all()
    output = run(app, "check").output
    assert first.number in output
    assert second.number not in output


def test_a_salt_that_is_none_is_found(app):
    issued()
    forge("records_holder", "salt", "not a salt")
    db.session.expire_all()
    assert run(app, "check").exit_code == 1


def test_the_public_check_of_a_forged_record_says_so(app, client):
    record = issued()
    forge("records_holder", "name", "Joko Prasetyo")
    db.session.expire_all()
    answer = client.get(f"/verify/{record.code}", headers={"Accept-Language": "en"})
    assert "This record cannot be confirmed" in answer.text
    assert "This record is valid" not in answer.text


# --- Commands ------------------------------------------------------------------------------------


def test_keys_are_listed_and_rotated(app):
    issued()
    old = run(app, "keys").output
    assert "in use" in old
    assert "not here" not in old
    assert run(app, "rotate-key").exit_code == 0
    new = run(app, "keys").output
    assert new.count("in use") == 1
    assert len(new.splitlines()) == 2


def test_a_key_whose_file_is_away_is_named(app):
    record = issued()
    (app.config["SETTINGS"].data / f"record-key-{record.key_id}").unlink()
    assert "its file is not here" in run(app, "keys").output


@pytest.mark.parametrize(("who", "code"), [("dewi", 0), ("siti", 1), ("ratna", 1), ("nobody", 1)])
def test_only_an_administrator_revokes(app, who, code):
    record = issued()
    result = run(app, "revoke", record.number, "--reason", "Keliru", "--as", who)
    assert result.exit_code == code
    assert (record.number in result.output) == (code == 0)


def test_a_name_is_corrected_by_command(app, client):
    record = issued()
    with saving():
        db.session.get_one(Person, person_id("siti")).full_name = "Siti Aminah, M.Hum."
    result = run(app, "reissue", record.number.lower(), "--as", "dewi")
    assert result.exit_code == 0
    newer = re.findall(r"\d{4}-\w{8}-\w", result.output)[1]
    assert "Siti Aminah, M.Hum." in client.get(f"/verify/{newer}").text
    assert newer in client.get(f"/verify/{record.code}").text
    assert run(app, "check").exit_code == 0


def test_an_unknown_number_is_refused(app):
    assert run(app, "reissue", "2026-00000000-0", "--as", "dewi").exit_code == 1


# --- An outsider, with the saved file alone ------------------------------------------------------


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture
def saved(sqlite_app, tmp_path) -> Path:
    """A folder of the outsider's own, with the file as it came from the site."""
    record = issued()
    folder = tmp_path / "outsider"
    folder.mkdir()
    answer = sqlite_app.test_client().get(
        f"/verify/{record.code}.json", headers={"Host": "127.0.0.1"}
    )
    (folder / "record.json").write_bytes(answer.data)
    return folder


def outsiders_python(folder: Path) -> subprocess.CompletedProcess:
    (folder / "verify.py").write_text(blocks("python")[0], encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-I", "verify.py", "record.json"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip


def change(folder: Path, act) -> None:
    path = folder / "record.json"
    proof = json.loads(path.read_text(encoding="utf-8"))
    act(proof)
    path.write_text(json.dumps(proof), encoding="utf-8")


def test_the_documents_own_script_accepts_a_genuine_record(saved):
    result = outsiders_python(saved)
    assert result.returncode == 0, result.stderr
    assert "The signature is good" in result.stdout
    assert "Siti Aminah, S.IP." in result.stdout


@pytest.mark.parametrize(
    "forgery",
    [
        lambda proof: proof.update(signed=proof["signed"].replace('"jp":5', '"jp":9')),
        lambda proof: proof["holder"]["name"].update(value="Joko Prasetyo"),
        lambda proof: proof["holder"]["institution"].update(value="Perpustakaan Lain"),
        lambda proof: proof["holder"].pop("nip"),
        lambda proof: proof["key"].update(public=base64.b64encode(bytes(32)).decode()),
    ],
)
def test_the_documents_own_script_refuses_a_forgery(saved, forgery):
    change(saved, forgery)
    assert outsiders_python(saved).returncode != 0


def test_the_documents_own_script_accepts_a_record_without_a_name(saved):
    change(saved, lambda proof: proof.update(holder=None))
    result = outsiders_python(saved)
    assert result.returncode == 0
    assert "erased" in result.stdout


def test_the_documents_openssl_lines_accept_a_genuine_record_and_refuse_another(saved):
    lines = blocks("sh")[0].replace("python3", sys.executable)
    if shutil.which("openssl") is None:  # then at least the bytes that openssl would get are right
        lines = "\n".join(line for line in lines.splitlines() if not line.startswith("openssl"))
    for expected in (True, False):
        result = subprocess.run(
            ["/bin/sh", "-ec", lines], cwd=saved, capture_output=True, text=True, check=False
        )
        if shutil.which("openssl"):
            assert (result.returncode == 0) == expected, result.stderr
            assert ("Verified Successfully" in result.stdout) == expected
        change(saved, lambda proof: proof.update(signed=proof["signed"] + " "))


def test_the_keys_are_public_and_named_by_their_digest(app, client):
    record = issued()
    [key] = client.get("/verify/keys.json").json
    assert key["id"] == record.key_id
    assert key["id"] == hashlib.sha256(base64.b64decode(key["public"])).hexdigest()[:16]
    assert "PUBLIC KEY" in key["pem"]


def test_twenty_records_of_one_person_are_checked_in_order(app):
    for number in range(20, 40):
        with saving():
            service.issue(evidence(enrolment_id=number), NOW)
    assert "20 records checked, 0 with faults" in run(app, "check").output
