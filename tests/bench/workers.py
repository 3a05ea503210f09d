"""Kinds of gunicorn workers compared, on this machine: rate, p95 and memory for a lesson and an answer.

    python -m tests.bench.workers

About three minutes. The product's own choice stands in elearn/serve.py; this says whether it is
still the right one. gevent is compared where it is installed: it is no dependency, since sqlite3
and argon2 block its loop anyway, and database drivers would have to be made cooperative.
"""

import argparse
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.bench.acts import Act, acts
from tests.bench.kinds import SYNC
from tests.bench.load import Times, run
from tests.bench.prepare import Site, demo, prepared
from tests.bench.server import Server, free_port, running
from tests.bench.site import command
from tests.bench.table import rows

CONNECTIONS = (8, 50)
REQUESTS = 600
_NAMES = ("lesson", "quiz answer")
_WARM = 100


@dataclass(frozen=True)
class Kind:
    """A way to run the site; its name says processes x threads."""

    worker: str
    processes: int
    threads: int = 1

    @property
    def name(self) -> str:
        return f"{self.worker} {self.processes} x {self.threads}"


def kinds() -> list[Kind]:
    """sync and threads at each number of processes; gevent where there is one."""
    found = [Kind(SYNC, processes) for processes in (1, 2, 4)]
    found += [Kind("gthread", p, threads) for p in (1, 2, 4) for threads in (2, 4, 8)]
    if find_spec("gevent"):
        found += [Kind("gevent", processes) for processes in (1, 2, 4)]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.workers", description=__doc__)
    parser.add_argument("--requests", type=int, default=REQUESTS, help="of each kind")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="elearn-workers-") as name:
        folder = Path(name) / "site"
        demo(folder)
        site = prepared(folder, max(CONNECTIONS))
        found = [compared(kind, folder, site, options.requests) for kind in kinds()]
    print(rows(_head(), *found))


def compared(kind: Kind, folder: Path, site: Site, requests: int) -> list[str]:
    port = free_port()
    start = command(folder, port, folder.parent, kind.worker)
    settings = {"WORKERS": str(kind.processes), "THREADS": str(kind.threads)}
    log = folder.parent / "server.log"
    cells = [kind.name]
    with running(start, folder, port, log, **settings) as server:
        todo = {act.name: act for act in acts(port, site, readers=max(CONNECTIONS))}
        for name in _NAMES:
            run(port, todo[name].ask, _WARM, max(CONNECTIONS))
            cells += [_cell(server, todo[name], requests, number) for number in CONNECTIONS]
        cells.append(f"{server.pss_bytes() / 1e6:.0f}")
    return cells


def _cell(server: Server, act: Act, requests: int, connections: int) -> str:
    before = server.cpu_seconds()
    times: Times = run(server.port, act.ask, requests, connections)
    cpu_ms = 1000 * (server.cpu_seconds() - before) / len(times.seconds)
    lost = f", {len(times.errors)} errors" if times.errors else ""
    return f"{times.rate:.0f} / {times.at(95):.0f} / {cpu_ms:.2f}{lost}"


def _head() -> list[str]:
    what = [f"{n} at {c}: a second / p95 ms / CPU ms" for n in _NAMES for c in CONNECTIONS]
    return ["kind", *what, "PSS MB"]


if __name__ == "__main__":
    main()
