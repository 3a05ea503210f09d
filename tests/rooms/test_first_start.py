"""The first start of a site makes what every later backup must hold."""

import os
import sqlite3
import subprocess
from pathlib import Path

from sqlalchemy import func, select

from elearn.core.db import db
from elearn.records import keys
from elearn.records.models import SigningKey
from tests.bench.server import ELEARN, free_port
from tests.rooms.at_once import at_once
from tests.rooms.records_evidence import NOW

ROOT = Path(__file__).resolve().parents[2]


def start(folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [*ELEARN, "serve", "--port", str(free_port())],
        cwd=ROOT,
        env={**os.environ, "ELEARN_DATA": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )


def test_two_first_starts_at_once_leave_one_signing_key_before_any_record(tmp_path):
    starts = [start(tmp_path) for _ in range(2)]
    for process in starts:
        assert process.stdout is not None
        assert "elearn answers at" in process.stdout.readline()
        process.kill()
        process.communicate()
    with sqlite3.connect(tmp_path / "elearn.sqlite") as connection:
        (key,) = connection.execute("SELECT id, to_at FROM records_key").fetchall()
    assert key[1] is None
    (file,) = tmp_path.glob("record-key-*")
    assert file.name == f"record-key-{key[0]}"


def test_the_first_key_is_made_once_however_many_ask(app, tmp_path):
    assert at_once(app, 6, lambda _number: keys.make_first(NOW)) == []
    assert db.session.scalar(select(func.count()).select_from(SigningKey)) == 1
    assert len(list(tmp_path.glob("record-key-*"))) == 1
