"""What a site does when things break: each run ends with an integrity check and prints one line.

    python -m tests.bench.faults [NAME ...] [--kills 200] [--seed 1] [--database postgresql]

Without names all are run, in about half an hour. Exit 1 when one did not end well. The runs start
`elearn serve` on loopback and break nothing else; `disk` mounts a small file system, as root.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from tests.bench.faults import disk, holdups, imports, issues, kills, starts, stepped
from tests.bench.faults.place import Place, built
from tests.bench.faults.postgresql import Cluster, cluster

Outcome = tuple[str, bool]
_HELD_UP = 6, 4  # learners and courses of a site that is held up


@dataclass(frozen=True)
class Ground:
    """Where runs take place. cluster: none on SQLite."""

    folder: Path
    cluster: Cluster | None
    kills: int
    chance: Random

    def empty(self, name: str) -> Place:
        url = self.cluster.database(name) if self.cluster else ""
        return Place(self.folder / name, url)

    def site(self, name: str, learners: int, courses: int) -> Place:
        return built(replace(self.empty(name), learners=learners, courses=courses))

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"


def _kills(ground: Ground) -> Outcome:
    site = ground.site("kills", 8, 12)
    return kills.kills(site, ground.log("kills"), ground.kills, ground.chance)


def _held(ground: Ground, name: str) -> tuple[Place, Path]:
    return ground.site(name, *_HELD_UP), ground.log(name)


def _stops(ground: Ground) -> Outcome:
    return holdups.stopped_workers(*_held(ground, "stops"), ground.chance)


def _lock(ground: Ground) -> Outcome:
    return holdups.locked(*_held(ground, "lock"), 10)


def _long_lock(ground: Ground) -> Outcome:
    return holdups.locked(*_held(ground, "long_lock"), 25)


def _disk(ground: Ground) -> Outcome:
    return disk.full_disk(ground.folder / "disk", ground.log("disk"), *_HELD_UP)


def _restart(ground: Ground) -> Outcome:
    if ground.cluster is None:
        return "only for PostgreSQL", True
    return holdups.restarted(*_held(ground, "restart"), ground.cluster.restart)


def _starts(ground: Ground) -> Outcome:
    outcomes = [
        starts.two_starts(ground.empty(f"starts{number}"), ground.log(f"starts{number}"))
        for number in range(5)
    ]
    good = sum(is_good for _, is_good in outcomes)
    return f"{good} of {len(outcomes)} good, the last: {outcomes[-1][0]}", good == len(outcomes)


def _issues(ground: Ground) -> Outcome:
    return issues.equal_issues(ground.site("issues", 50, 1), ground.log("issues"))


def _imports(ground: Ground) -> Outcome:
    site, count = ground.site("imports", 1, 1), max(2, ground.kills // 10)
    return imports.killed_imports(site, ground.log("imports"), 50_000, count, ground.chance)


def _clock(ground: Ground) -> Outcome:
    return stepped.stepped_clock(ground.site("clock", 6, 1), ground.log("clock"))


RUNS: dict[str, Callable[[Ground], Outcome]] = {
    "kills": _kills,
    "stops": _stops,
    "lock": _lock,
    "long-lock": _long_lock,
    "disk": _disk,
    "restart": _restart,
    "starts": _starts,
    "issues": _issues,
    "imports": _imports,
    "clock": _clock,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.faults", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *RUNS], metavar="NAME", help=", ".join(RUNS)
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options = parser.parse_args()
    bad = 0
    with _ground(options) as ground:
        for name in options.names or RUNS:
            line, is_good = RUNS[name](ground)
            bad += not is_good
            print(
                f"{name} ({options.database}): {'good' if is_good else 'BAD'}: {line}", flush=True
            )
    return 1 if bad else 0


@contextmanager
def _ground(options: argparse.Namespace) -> Iterator[Ground]:
    chance = Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="elearn-faults-") as name:
        folder = Path(name)
        if options.database == "sqlite":
            yield Ground(folder, None, options.kills, chance)
            return
        with cluster(folder / "cluster") as found:
            yield Ground(folder, found, options.kills, chance)


if __name__ == "__main__":
    sys.exit(main())
