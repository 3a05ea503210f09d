"""What the pages of a supervisor's office cost in a country, beside the bare page.

    python -m tests.bench.office --site FOLDER [--database-url URL] [--kind district]
    python -m tests.bench.office --site FOLDER [...] --smaller FOLDER [--smaller-database-url URL]
    python -m tests.bench.office --site FOLDER --long                a list of the whole country

FOLDER is a generated country (python -m tests.bench.country), already at the newest revision. It
measures the district and the province of median size and the largest of each. With --smaller, a
country with a tenth of the people, only the same pages of two districts with as many people, one
in each. On PostgreSQL processor time is that of the site alone, without the database's; the time
until an answer has both.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from elearn.core import config
from tests.bench import bare, offices
from tests.bench.acts import PAGE, Act, references
from tests.bench.load import Connection, Request
from tests.bench.measuring import Count, Line, add_round, counted, sampled
from tests.bench.offices import FILE, OF_ONE, Office, acts
from tests.bench.prepare import site_app
from tests.bench.server import Server, free_port, running
from tests.bench.site import command
from tests.bench.table import Bar, at_most, bars_table, rows

FLAT = 1.3
KINDS = ("district", "province")
LONG = "started"
_PLAIN = {"Accept-Encoding": "identity"}


@dataclass(frozen=True)
class Seen:
    """One page of one office. html_bytes: before compression."""

    office: Office
    line: Line
    html_bytes: int


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="elearn-office-") as name, ExitStack() as stack:
        scratch = Path(name)
        site = Site(options.site, options.database_url, scratch / "site", stack)
        if options.smaller:
            smaller = Site(
                options.smaller, options.smaller_database_url, scratch / "smaller", stack
            )
            print(bars_table(flatness(site, smaller, options.rounds)))
        elif options.long:
            print(bars_table(long_list(site)))
        else:
            seen = site.seen(options.kind or KINDS, options.rounds)
            print(f"{table(seen)}\n\n{bars_table(bars(seen))}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.office", description=__doc__)
    parser.add_argument("--site", type=Path, required=True, help="folder of a generated country")
    parser.add_argument("--database-url", default="", help="where its rows are, if not there")
    parser.add_argument("--smaller", type=Path, help="folder of a smaller one: flatness only")
    parser.add_argument("--smaller-database-url", default="", help="where its rows are, likewise")
    parser.add_argument("--long", action="store_true", help="a list with all runs of the country")
    parser.add_argument("--kind", choices=KINDS, action="append", help="of offices; else all")
    parser.add_argument("--rounds", type=int, default=2, help="of measuring each act")
    return parser.parse_args()


class Site:
    """A country that is served by one worker, with the bare application beside the product."""

    def __init__(self, folder: Path, url: str, scratch: Path, stack: ExitStack) -> None:
        scratch.mkdir()
        self.app = site_app(folder, url)
        port = free_port()
        settings = {"WORKERS": "1", **({"DATABASE_URL": url} if url else {})}
        start = command(folder, port, scratch)
        if url:
            stack.callback(bare.drop, config.load({}, **settings).database_url)
        self.server: Server = stack.enter_context(
            running(start, folder, port, scratch / "server.log", **settings)
        )
        self.beside: Mapping[str, Act] = references(port)

    def seen(self, kinds: Iterable[str], rounds: int) -> list[Seen]:
        """Every page of the median and the largest office of each kind."""
        found = []
        for office in offices.median_and_largest(self.app, *kinds):
            for act in acts(office):
                line = Line(act.name, self.counted(act))
                for _ in range(rounds):
                    add_round(self.server, act, line, dict(self.beside))
                found.append(Seen(office, line, self.html_bytes(act)))
            say(f"{office.code}: {office.people} people")
        return found

    def counted(self, act: Act) -> Count:
        return counted(self.server.port, act)

    def html_bytes(self, act: Act) -> int:
        connection = Connection(self.server.port)
        answer = connection.send(act.ask(0), **_PLAIN)
        connection.close()
        return len(answer.body)


def flatness(site: Site, smaller: Site, rounds: int) -> Iterator[Bar]:
    """Each page for two districts with as many people: the one in the larger country over the other.

    Both are measured by turns, and the middle of the ratios counts.
    """
    here, there = offices.alike(site.app, smaller.app, "district")
    say(f"{here.code} beside {there.code}: {here.people} people each")
    for act, other in zip(acts(here), acts(there), strict=True):
        if act.name.endswith(FILE) or act.name in OF_ONE:
            continue
        queries = site.counted(act).statements, smaller.counted(other).statements
        pairs = [(sampled(site.server, act), sampled(smaller.server, other)) for _ in range(rounds)]
        spent = median(a.cpu_ms / b.cpu_ms for a, b in pairs)
        waited = median(a.alone.at(50) / b.alone.at(50) for a, b in pairs)
        yield at_most(f"{act.name}: processor, in the larger country", spent, FLAT, " x")
        yield at_most(f"{act.name}: p50, 1 connection", waited, FLAT, " x")
        yield Bar(
            f"{act.name}: queries", f"{queries[0]}", f"{queries[1]}", queries[0] == queries[1]
        )


def long_list(site: Site) -> Iterator[Bar]:
    """A list of all runs of the country, streamed."""
    office = offices.of_all(site.app)
    path = f"/supervision/{office.code}/questions/{LONG}.csv?period=all"
    connection = Connection(site.server.port)
    connection.send(Request("GET", f"/supervision/{office.code}/", office.session.cookie))
    before, began = site.server.pss_bytes(), time.perf_counter()
    answer = connection.send(Request("GET", path, office.session.cookie), **_PLAIN)
    seconds, after = time.perf_counter() - began, site.server.pss_bytes()
    connection.close()
    lines = answer.body.count(b"\n")
    yield Bar("status", f"{answer.status}", "200", answer.status == 200)
    yield at_most(f"{lines} lines streamed", seconds, 10 * max(1, lines / 100_000), " s")
    yield at_most("more memory afterwards", (after - before) / 1e6, 50, " MB")


def bars(seen: Iterable[Seen]) -> Iterator[Bar]:
    """The worst of all pages; of files the time alone."""
    found = list(seen)
    pages = [one for one in found if not one.line.name.endswith(FILE)]
    files = [one for one in found if one.line.name.endswith(FILE)]
    yield at_most("queries of a page", max(one.line.count.statements for one in pages), 15)
    yield at_most(
        "p95 of a page, 1 connection", max(one.line.at(95, 1) for one in pages), 300, " ms"
    )
    yield at_most(
        "a page before compression", max(one.html_bytes for one in pages) / 1e3, 100, " KB"
    )
    for office in dict.fromkeys(one.office for one in pages):
        own = [one.line.cpu_ratio(PAGE) for one in pages if one.office == office]
        what = f"CPU of a page in {office.code}, {office.people} people, bare pages (middle)"
        yield at_most(what, median(own), 4)
    for one in [one for one in files if one.line.name == f"people{FILE}"]:
        what = f"list of {one.office.people} people as CSV, p50"
        most = 250 * max(1, one.office.people / 1000)
        yield at_most(what, one.line.at(50, 1), most, " ms")
    yield at_most("errors", sum(len(one.line.errors) for one in found), 0)


def table(seen: Iterable[Seen]) -> str:
    head = (
        "page", "of", "people", "queries", "CPU ms", "x bare page", "1 connection: p50 / p95 ms",
        "8: p50 / p95 ms", "KB sent", "KB of HTML",
    )  # fmt: skip
    return rows(head, *(_cells(one) for one in seen))


def _cells(one: Seen) -> tuple[str, ...]:
    line = one.line
    return (
        line.name, one.office.code, str(one.office.people), str(line.count.statements),
        f"{line.cpu_ms:.1f}", f"{line.cpu_ratio(PAGE):.1f}",
        f"{line.at(50, 1):.0f} / {line.at(95, 1):.0f}", f"{line.at(50, 8):.0f} / {line.at(95, 8):.0f}",
        f"{line.count.body_bytes / 1000:.1f}", f"{one.html_bytes / 1000:.1f}",
    )  # fmt: skip


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
