"""python -m tests.bench: measures a demo site on this machine and prints one table. About 3 min."""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench import browsing, table
from tests.bench.acts import Act, acts
from tests.bench.load import Connection, Request, Times, run
from tests.bench.prepare import Site, prepared
from tests.bench.server import ELEARN, Server, free_port, running
from tests.bench.site import command

ROUNDS = 3
CONNECTIONS = 8
STARTS = 3
LEARNERS = CONNECTIONS + 30  # readers, and those who hand in: 3 attempts each


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="elearn-bench-") as name:
        folder = Path(name) / "site"
        say("building the demo")
        site = prepared(folder, LEARNERS)
        log = Path(name) / "server.log"
        start = starts(folder, log)
        lines, first_visit = measured(folder, log, site, options.rounds, not options.no_browser)
    print(table.report(lines, start, first_visit))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def starts(folder: Path, log: Path) -> table.Start:
    """`elearn serve` as it is run, with its two workers."""
    seconds, pss = [], 0
    for number in range(STARTS):
        say(f"start {number + 1} of {STARTS}")
        port = free_port()
        serve = (*ELEARN, "serve", "--port", str(port))
        with running(serve, folder, port, log) as server:
            seconds.append(server.start_seconds)
            run(port, lambda _: Request("GET", "/"), 2 * CONNECTIONS, CONNECTIONS)
            pss = max(pss, server.pss_bytes())
    return table.Start(min(seconds), pss)


def measured(
    folder: Path, log: Path, site: Site, rounds: int, with_browser: bool
) -> tuple[list[table.Line], browsing.FirstVisit | None]:
    """One worker with the bare application beside the product, so that both share all else."""
    port = free_port()
    with running(command(folder, port), folder, port, log, WORKERS="1") as server:
        first_visit = None
        if with_browser:
            say("a first visit in Chromium")
            first_visit = browsing.first_visit(server.url, site)
        say("signing in")
        todo = acts(port, site)
        lines = [counted(port, act) for act in todo]
        for number in range(rounds):
            for act, line in zip(todo, lines, strict=True):
                say(f"round {number + 1} of {rounds}: {act.name}")
                loaded(server, act, line)
    return lines, first_visit


def counted(port: int, act: Act) -> table.Line:
    """Statements, commits and bytes of one request, when the process is warm."""
    for at in range(CONNECTIONS):
        connection = Connection(port)
        connection.send(act.ask(at))
        connection.close()
    connection = Connection(port)
    request = act.ask(0)
    answer = connection.send(request, **{"X-Bench-Count": "yes"})
    connection.close()
    if answer.status != request.expected:
        raise RuntimeError(f"{request.method} {request.path}: {answer.status}")
    return table.Line(
        name=act.name,
        statements=int(answer.headers["x-bench-statements"]),
        commits=int(answer.headers["x-bench-commits"]),
        body_bytes=len(answer.body),
        alone=Times(),
        together=Times(),
    )


def loaded(server: Server, act: Act, line: table.Line) -> None:
    before = server.cpu_seconds()
    line.alone.add(run(server.port, act.ask, act.single, 1))
    line.together.add(run(server.port, act.ask, act.parallel, CONNECTIONS))
    line.cpu_seconds += server.cpu_seconds() - before


if __name__ == "__main__":
    main()
