"""The fault runs in short: what does not depend on the machine. All: python -m tests.bench.faults."""

import sqlite3
from random import Random

from tests.bench.faults import imports, kills, starts
from tests.bench.faults.place import Place, built


def test_nothing_acknowledged_is_lost_when_server_and_workers_are_killed(tmp_path):
    place = built(Place(tmp_path / "site", learners=3, courses=1))
    line, is_good = kills.kills(place, tmp_path / "log", 2, Random(1))
    assert is_good, line


def test_a_list_that_is_written_when_the_server_is_killed_is_there_whole_or_not_at_all(tmp_path):
    place = built(Place(tmp_path / "site"))
    line, is_good = imports.killed_imports(place, tmp_path / "log", 450, 1, Random(1))
    assert is_good, line


def test_two_first_starts_at_once_both_serve_and_leave_one_signing_key(tmp_path):
    line, is_good = starts.two_starts(Place(tmp_path / "site"), tmp_path / "log")
    assert is_good, line
    with sqlite3.connect(tmp_path / "site/elearn.sqlite") as connection:
        ((key, to_at),) = connection.execute("SELECT id, to_at FROM records_key")
    assert to_at is None
    assert [file.name for file in tmp_path.glob("site/record-key-*")] == [f"record-key-{key}"]
