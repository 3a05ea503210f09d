"""The figures, the bars they are held to, and both as one table."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.acts import PAGE, WRITE
from tests.bench.browsing import FirstVisit
from tests.bench.load import Times


@dataclass
class Line:
    """What one page or act was measured to cost."""

    name: str
    statements: int
    commits: int
    body_bytes: int
    alone: Times
    together: Times
    cpu_seconds: float = 0.0

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu_seconds / (len(self.alone.seconds) + len(self.together.seconds))


@dataclass(frozen=True)
class Start:
    """seconds: from the start of the process to its first page; the fastest of some starts."""

    seconds: float
    pss_bytes: int


@dataclass(frozen=True)
class Bar:
    """One promise: what was measured, what is allowed, and whether that holds."""

    what: str
    measured: str
    allowed: str
    is_met: bool


def at_most(what: str, value: float, most: float, unit: str = "") -> Bar:
    return Bar(what, f"{value:.3g}{unit}", f"<= {most:g}{unit}", value <= most)


def report(lines: list[Line], start: Start, first_visit: FirstVisit | None) -> str:
    """Two Markdown tables: the cost of each page and act, and the bars."""
    by_name = {line.name: line for line in lines}
    page = by_name[PAGE].cpu_ms
    columns = (
        "page or act", "CPU ms", "x bare page", "1 connection: p50 / p95 ms", "8: p50 / p95 ms",
        "a second at 8", "queries", "commits", "KB",
    )  # fmt: skip
    rows = [f"| {' | '.join(columns)} |", "|---" * len(columns) + "|"]
    for line in lines:
        one, eight = line.alone, line.together
        rows.append(
            f"| {line.name} | {line.cpu_ms:.2f} | {line.cpu_ms / page:.2f} "
            f"| {one.at(50):.1f} / {one.at(95):.1f} | {eight.at(50):.1f} / {eight.at(95):.1f} "
            f"| {eight.rate:.0f} | {line.statements} | {line.commits} "
            f"| {line.body_bytes / 1000:.1f} |"
        )
    rows += ["", "| promise | measured | bar | |", "|---|---|---|---|"]
    for bar in bars(by_name, start, first_visit):
        verdict = "met" if bar.is_met else "**missed**"
        rows.append(f"| {bar.what} | {bar.measured} | {bar.allowed} | {verdict} |")
    return "\n".join(rows)


def bars(lines: dict[str, Line], start: Start, first_visit: FirstVisit | None) -> Iterator[Bar]:
    """Everything that is promised about these pages."""
    page, write = lines[PAGE], lines[WRITE]
    lesson, answer = lines["lesson"], lines["quiz answer"]
    yield at_most("lesson: CPU, in bare pages (aim 1.7)", lesson.cpu_ms / page.cpu_ms, 2.5)
    slower = lesson.together.at(95) / page.together.at(95)
    yield at_most("lesson: p95 at 8 connections, in bare pages", slower, 2.5)
    yield at_most("lesson: queries", lesson.statements, 4)
    for name, of in (("1 connection", "alone"), ("8 connections", "together")):
        share = 100 * getattr(answer, of).rate / getattr(write, of).rate
        what = f"quiz answer: rate at {name}, of a bare durable write"
        yield Bar(what, f"{share:.0f} %", ">= 40 %", share >= 40)
    yield at_most("quiz answer: queries", answer.statements, 6)
    yield at_most("quiz answer: commits", answer.commits, 1)
    p50, p95 = answer.together.at(50), answer.together.at(95)
    yield Bar("quiz answer: 8 writers, p95", f"{p95:.1f} ms", f"<= {max(20, 5 * p50):.0f} ms",
              p95 <= max(20, 5 * p50))  # fmt: skip
    errors = sum(len(line.alone.errors + line.together.errors) for line in lines.values())
    yield at_most("errors in all", errors, 0)
    if first_visit:
        yield from first_visit_bars(first_visit)
    yield at_most("process start to first page", start.seconds, 1.5, " s")
    yield at_most("memory idle (PSS, 2 workers)", start.pss_bytes / 1e6, 150, " MB")


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
