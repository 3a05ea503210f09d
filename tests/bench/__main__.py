"""Measure this machine, and print what pages, acts and commands cost, with the promised bars.

Without options on the demo, built for this and thrown away. --site works on that folder itself and
adds learners, a course and people to it (a generated country, say: python -m tests.bench.country
--help). Where that is SQLite, queries are counted on the demo, too: they must be as many there.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elearn.core import config
from tests.bench import bare, browsing, commands, memory, table
from tests.bench.acts import acts, learners_for, references
from tests.bench.measuring import Count, Line, add_round, counted
from tests.bench.prepare import Site, demo, prepared
from tests.bench.server import Server, free_port, running
from tests.bench.site import command

ROUNDS = 5
MINUTES = 0.5


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="elearn-bench-") as name:
        scratch = Path(name)
        # On another database they are other queries, too.
        is_compared = options.site and not options.database_url
        small = Bench(_demo(scratch), scratch).counts() if is_compared else {}
        bench = Bench(options.site or _demo(scratch), scratch, options.database_url)
        results = bench.results(options.rounds, options.minutes, not options.no_browser)
        results.small = small
    print(table.report(results))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--site", type=Path, help="an existing data folder, to be worked on")
    parser.add_argument(
        "--database-url", default="", help="where the site's rows are, if not there"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of measuring each act")
    parser.add_argument("--minutes", type=float, default=MINUTES, help="of load, for the memory")
    parser.add_argument("--no-browser", action="store_true", help="without Chromium")
    return parser.parse_args()


def _demo(scratch: Path) -> Path:
    say("building the demo")
    demo(scratch / "demo")
    return scratch / "demo"


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


class Bench:
    """The benchmark on the site in one folder."""

    def __init__(self, folder: Path, scratch: Path, database_url: str = "") -> None:
        self._folder, self._scratch = folder, scratch
        self._log = scratch / "server.log"
        self._url = database_url
        self._settings = {"DATABASE_URL": database_url} if database_url else {}

    def counts(self) -> dict[str, Count]:
        """Statements of each act, and nothing else."""
        say("counting queries")
        site = prepared(self._folder, learners_for(0), self._url)
        with self._beside_bare() as server:
            todo = [*references(server.port).values(), *acts(server.port, site)]
            return {act.name: counted(server.port, act) for act in todo}

    def results(self, rounds: int, minutes: float, with_browser: bool) -> table.Results:
        say("adding learners")
        site = prepared(self._folder, learners_for(rounds), self._url)
        say(f"starting it, and {minutes:g} minutes of load")
        served = memory.served(self._folder, self._log, site, minutes, **self._settings)
        with self._beside_bare() as server:
            visit = self._first_visit(server, site) if with_browser else None
            lines = self._lines(server, site, rounds)
        say("commands")
        ran = commands.commands(self._folder, site, **self._settings)
        return table.Results(lines, served, ran, visit)

    def _lines(self, server: Server, site: Site, rounds: int) -> list[Line]:
        beside = references(server.port)
        todo = [*beside.values(), *acts(server.port, site)]
        lines = [Line(act.name, counted(server.port, act)) for act in todo]
        for number in range(rounds):
            for act, line in zip(todo, lines, strict=True):
                say(f"round {number + 1} of {rounds}: {act.name}")
                add_round(server, act, line, beside)
        return lines

    def _first_visit(self, server: Server, site: Site) -> browsing.FirstVisit:
        say("a first visit in Chromium")
        with browsing.launched() as browser:
            return browsing.first_visit(browser, server.url, site)

    @contextmanager
    def _beside_bare(self) -> Iterator[Server]:
        """One worker with the bare application beside the product, so that both share all else."""
        port = free_port()
        start = command(self._folder, port, self._scratch)
        settings = {"WORKERS": "1", **self._settings}
        try:
            with running(start, self._folder, port, self._log, **settings) as server:
                yield server
        finally:
            if self._url:
                bare.drop(config.load({}, **self._settings).database_url)


if __name__ == "__main__":
    main()
