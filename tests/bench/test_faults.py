"""The fault runs in short: what does not depend on the machine. All: python -m tests.bench.faults."""

from random import Random

from tests.bench.faults import kills, starts
from tests.bench.faults.place import Place, built


def test_nothing_acknowledged_is_lost_when_server_and_workers_are_killed(tmp_path):
    place = built(Place(tmp_path / "site", learners=3, courses=1))
    line, is_good = kills.kills(place, tmp_path / "log", 2, Random(1))
    assert is_good, line


def test_two_servers_that_start_at_once_on_an_empty_folder_both_serve(tmp_path):
    line, is_good = starts.two_starts(Place(tmp_path / "site"), tmp_path / "log")
    assert is_good, line
