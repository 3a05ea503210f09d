"""The figures, the bars they are held to, and both as tables in Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.bench.acts import PAGE, WRITE
from tests.bench.browsing import FirstVisit
from tests.bench.commands import Ran
from tests.bench.measuring import Count, Line
from tests.bench.memory import Running

_MEGA = 1e6


@dataclass(frozen=True)
class Bar:
    """One promise: what was measured, what is allowed, and whether that holds."""

    what: str
    measured: str
    allowed: str
    is_met: bool


@dataclass
class Results:
    """All that a run of the benchmark has found. small: counts on the demo, for a larger site."""

    lines: list[Line]
    running: Running
    commands: list[Ran] = field(default_factory=list)
    first_visit: FirstVisit | None = None
    small: dict[str, Count] = field(default_factory=dict)


def at_most(what: str, value: float, most: float, unit: str = "") -> Bar:
    return Bar(what, f"{value:.3g}{unit}", f"<= {most:g}{unit}", value <= most)


def report(results: Results) -> str:
    """The cost of each page and act, that of the commands, and the bars."""
    tables = [acts_table(results.lines, results.small)]
    if results.commands:
        page = _by_name(results.lines)[PAGE]
        tables.append(commands_table(results.commands, page.cpu_ms))
    tables.append(bars_table(bars(results)))
    return "\n\n".join(tables)


def rows(*cells: Iterable[object]) -> str:
    """A table in Markdown; the first row is its head."""
    head, *rest = [f"| {' | '.join(map(str, row))} |" for row in cells]
    return "\n".join([head, "|" + "---|" * (head.count(" | ") + 1), *rest])


def bars_table(found: Iterable[Bar]) -> str:
    verdicts = {True: "met", False: "**missed**"}
    return rows(
        ("promise", "measured", "bar", "verdict"),
        *((bar.what, bar.measured, bar.allowed, verdicts[bar.is_met]) for bar in found),
    )


def acts_table(lines: list[Line], small: Mapping[str, Count]) -> str:
    head = (
        "page or act", "CPU ms", "x bare page", "1 connection: p50 / p95 ms", "8: p50 / p95 ms",
        "a second at 8", "queries", *(("on the demo",) if small else ()), "commits", "KB",
    )  # fmt: skip
    return rows(head, *(_cells(line, small) for line in lines))


def _cells(line: Line, small: Mapping[str, Count]) -> Iterator[object]:
    yield from (line.name, f"{line.cpu_ms:.2f}")
    yield f"{line.cpu_ratio(PAGE):.2f}" if PAGE in line.beside else "1.00"
    for connections in (1, 8):
        yield f"{line.at(50, connections):.1f} / {line.at(95, connections):.1f}"
    yield from (f"{line.rate(8):.0f}", line.count.statements)
    if small:
        yield small[line.name].statements
    yield from (line.count.commits, f"{line.count.body_bytes / 1000:.1f}")


def commands_table(commands: list[Ran], page_ms: float) -> str:
    return rows(
        ("command", "CPU s", "in bare pages", "s", "files or rows", "a second"),
        *(
            (
                ran.name, f"{ran.cpu_seconds:.2f}", f"{1000 * ran.cpu_seconds / page_ms:.0f}",
                f"{ran.wall_seconds:.2f}", ran.count or "", f"{ran.rate:.0f}" if ran.count else "",
            )
            for ran in commands
        ),
    )  # fmt: skip


def bars(results: Results) -> Iterator[Bar]:
    """Everything that is promised about what was measured."""
    lines = _by_name(results.lines)
    yield from _lesson_bars(lines["lesson"])
    yield from _answer_bars(lines["quiz answer"])
    errors = sum(len(line.errors) for line in results.lines) + len(results.running.load.errors)
    yield at_most("errors in all", errors, 0)
    if results.small:
        small = results.small
        other = [n for n, ln in lines.items() if ln.count.statements != small[n].statements]
        yield Bar("pages with other queries than on the demo", ", ".join(other), "none", not other)
    if results.first_visit:
        yield from first_visit_bars(results.first_visit)
    for ran in results.commands:
        if ran.name == "check a course":
            yield at_most(f"check of a course of {ran.count} files", ran.wall_seconds, 2, " s")
    yield from _running_bars(results.running)


def _lesson_bars(lesson: Line) -> Iterator[Bar]:
    yield at_most("lesson: CPU, in bare pages (aim 1.7)", lesson.cpu_ratio(PAGE), 2.5)
    yield at_most("lesson: p95 at 8 connections, in bare pages", lesson.slower(PAGE, 95, 8), 2.5)
    yield at_most("lesson: queries", lesson.count.statements, 4)


def _answer_bars(answer: Line) -> Iterator[Bar]:
    for connections in (1, 8):
        share = answer.rate_share(WRITE, connections)
        what = f"quiz answer: rate at {connections} connection(s), of a bare durable write"
        yield Bar(what, f"{share:.0f} %", ">= 40 %", share >= 40)
    yield at_most("quiz answer: queries", answer.count.statements, 6)
    yield at_most("quiz answer: commits", answer.count.commits, 1)
    p50, p95 = answer.at(50, 8), answer.at(95, 8)
    most = max(20, 5 * p50)
    yield Bar("quiz answer: 8 writers, p95", f"{p95:.1f} ms", f"<= {most:.0f} ms", p95 <= most)


def _running_bars(running: Running) -> Iterator[Bar]:
    yield at_most("process start to first page", running.start_seconds, 1.5, " s")
    yield at_most("memory idle (PSS, 2 workers)", running.idle_bytes / _MEGA, 150, " MB")
    what = f"memory after {running.minutes:g} min of load ({len(running.load.seconds)} requests)"
    idle, after = running.idle_bytes / _MEGA, running.after_bytes / _MEGA
    yield Bar(what, f"{after:.0f} MB", f"<= {1.3 * idle:.0f} MB", after <= 1.3 * idle)
    printed = f"{running.printed_bytes / _MEGA:.0f} MB"
    yield Bar("the same, when PDFs were drawn, too", printed, "no bar", is_met=True)


def first_visit_bars(visit: FirstVisit) -> Iterator[Bar]:
    """Bytes and requests as Chromium counts them, headers included."""
    yield at_most("first visit: sign-in, lesson, quiz", visit.whole.kilobytes, 100, " KB")
    yield at_most("first visit: requests to other hosts", len(visit.foreign_hosts), 0)
    yield at_most("first view of a text lesson", visit.lesson.kilobytes, 25, " KB")
    yield at_most("first view of a text lesson: requests", visit.lesson.requests, 6)
    yield at_most("the same lesson again", visit.again.kilobytes, 12, " KB")
    yield at_most("the same lesson again: requests", visit.again.requests, 2)
    yield at_most("first view of the heaviest lesson", visit.heavy_lesson.kilobytes, 60, " KB")
    yield at_most("first view of the heaviest lesson: requests", visit.heavy_lesson.requests, 6)
    yield at_most("first view of a verification page", visit.verification.kilobytes, 15, " KB")


def _by_name(lines: list[Line]) -> dict[str, Line]:
    return {line.name: line for line in lines}
