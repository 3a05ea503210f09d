"""`elearn serve` as it is run: how soon it answers, and what memory it takes before and after work."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from threading import Lock
from time import monotonic

from tests.bench.acts import Act, acts
from tests.bench.load import Request, Times, run
from tests.bench.measuring import CONNECTIONS
from tests.bench.prepare import Site
from tests.bench.server import ELEARN, Server, free_port, running

STARTS = 3
_BATCH = 400  # requests between two looks at the clock
# Each as often as in an hour of a class; what can be done only once is left out.
_MIXED = (
    "home", "course page", *("lesson",) * 6, "quiz start", "quiz page", *("quiz answer",) * 8,
    "catalogue", "verification", "record page",
)  # fmt: skip


@dataclass(frozen=True)
class Running:
    """start_seconds: of the process to its first page, the fastest of some. Bytes are PSS."""

    start_seconds: float
    idle_bytes: int
    after_bytes: int
    printed_bytes: int  # when PDFs have been drawn, too
    minutes: float
    load: Times


def served(folder: Path, log: Path, site: Site, minutes: float, **settings: str) -> Running:
    """Start it some times; load the last one."""
    seconds, idle = [], []
    load, after, printed = Times(), 0, 0
    for number in range(STARTS):
        port = free_port()
        serve = (*ELEARN, "serve", "--port", str(port))
        with running(serve, folder, port, log, **settings) as server:
            seconds.append(server.start_seconds)
            run(port, lambda _: Request("GET", "/"), 2 * CONNECTIONS, CONNECTIONS)
            idle.append(server.pss_bytes())
            if number == STARTS - 1:
                todo = {act.name: act for act in acts(port, site)}
                load = _mixed(server, todo, minutes)
                after = server.pss_bytes()
                load.add(run(port, todo["record PDF"].ask, 2 * CONNECTIONS, CONNECTIONS))
                printed = server.pss_bytes()
    return Running(min(seconds), max(idle), after, printed, minutes, load)


def _mixed(server: Server, todo: Mapping[str, Act], minutes: float) -> Times:
    """Readers at eight connections, until the time is up."""
    order = cycle([todo[name] for name in _MIXED])
    lock = Lock()

    def ask(at: int) -> Request:
        with lock:
            act = next(order)
        return act.ask(at)

    times, until = Times(), monotonic() + 60 * minutes
    while monotonic() < until:
        times.add(run(server.port, ask, _BATCH, CONNECTIONS))
    return times
