"""A class exam: a thousand simulated learners against one `elearn serve`, as it is run by default.

About eleven minutes; progress on stderr. The learners share the machine with the server; the
last lines say how much of it each of the two has taken.
"""

import argparse
import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

from tests.bench.examinee import Examinee, Journal
from tests.bench.load import Times
from tests.bench.prepare import Crowd, Learner, demo, gathered
from tests.bench.server import ELEARN, Server, free_port, running
from tests.bench.table import Bar, at_most, bars_table, rows

THINK_SECONDS = (30.0, 90.0)
TOGETHER = 200
WRITERS, SAVES = 50, 20
_FILES = 8192  # open connections of ours and of the server


@dataclass(frozen=True)
class Phase:
    """One part of the exam. CPU in percent of one core, of the server and of the learners."""

    name: str
    journal: Journal
    server_percent: float
    client_percent: float
    seconds: float  # until the last learner was served


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.exam", description=__doc__)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=600, help="of the exam itself")
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(_FILES, hard), hard))
    with tempfile.TemporaryDirectory(prefix="elearn-exam-") as name:
        folder, port = Path(name) / "site", free_port()
        say("building the demo, and learners")
        demo(folder)
        crowd = gathered(folder, options.learners + 2 * TOGETHER + WRITERS)
        serve = (*ELEARN, "serve", "--port", str(port))
        with running(serve, folder, port, Path(name) / "server.log") as server:
            phases = asyncio.run(examined(server, crowd, options.learners, options.seconds))
    print(report(phases))


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


async def examined(server: Server, crowd: Crowd, learners: int, seconds: float) -> list[Phase]:
    left = iter(crowd.learners)

    def some(number: int) -> list[Learner]:
        return list(islice(left, number))

    return [
        await starting(server, crowd, some(TOGETHER)),
        await starting_signed_out(server, crowd, some(TOGETHER)),
        await saving_hard(server, crowd, some(WRITERS)),
        await sitting(server, crowd, some(learners), seconds),
    ]


async def starting(server: Server, crowd: Crowd, learners: list[Learner]) -> Phase:
    """All press "start" at once, and have their questions before them."""
    journal = Journal(Times)
    examinees = [Examinee(learner, server.port, journal) for learner in learners]
    await asyncio.gather(*(examinee.connect() for examinee in examinees))
    start = (examinee.begin(crowd.quizzes[0]) for examinee in examinees)
    return await _watched(f"{len(learners)} start together", server, journal, start)


async def starting_signed_out(server: Server, crowd: Crowd, learners: list[Learner]) -> Phase:
    """The same from the sign-in page on: passwords are slow to check, on purpose."""
    journal = Journal(Times)

    async def from_the_door(learner: Learner) -> None:
        examinee = Examinee(learner, server.port, journal)
        await examinee.sign_in()
        await examinee.read_token(crowd.quizzes[0])
        await examinee.begin(crowd.quizzes[0])

    start = (from_the_door(learner) for learner in learners)
    return await _watched(f"{len(learners)} sign in and start", server, journal, start)


async def saving_hard(server: Server, crowd: Crowd, learners: list[Learner]) -> Phase:
    """Each saves one answer after the other, without thinking."""
    examinees = [Examinee(learner, server.port, Journal(Times)) for learner in learners]
    papers = [await examinee.begin(crowd.quizzes[0]) for examinee in examinees]
    journal = Journal(Times)
    savers = [Examinee(learner, server.port, journal) for learner in learners]
    work = (s.answer_often(paper, SAVES) for s, paper in zip(savers, papers, strict=True))
    return await _watched(f"{len(learners)} save at once", server, journal, work)


async def sitting(server: Server, crowd: Crowd, learners: list[Learner], seconds: float) -> Phase:
    """Everybody reads, answers and thinks, until the time is up."""
    journal, chance = Journal(Times), Random(1)

    async def pause() -> None:
        await asyncio.sleep(chance.uniform(*THINK_SECONDS))

    async def student(learner: Learner, at: int) -> None:
        await asyncio.sleep(chance.uniform(0, THINK_SECONDS[1]))
        examinee = Examinee(learner, server.port, journal)
        lessons = islice(cycle(crowd.lessons), at, None)
        for lesson, quiz in zip(lessons, crowd.quizzes, strict=False):
            await examinee.study(lesson, quiz, pause)

    async def until_the_bell() -> None:
        tasks = [asyncio.create_task(student(learner, at)) for at, learner in enumerate(learners)]
        _, running_on = await asyncio.wait(tasks, timeout=seconds)
        for task in running_on:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                journal["a learner's way"].errors.append(repr(outcome))

    name = f"{len(learners)} learners for {seconds:g} s"
    return await _watched(name, server, journal, [until_the_bell()])


async def _watched(
    name: str, server: Server, journal: Journal, work: Iterable[Awaitable[object]]
) -> Phase:
    say(name)
    began, ours, theirs = time.perf_counter(), time.process_time(), server.cpu_seconds()
    for outcome in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(outcome, Exception):
            journal["a learner's way"].errors.append(repr(outcome))
    wall = time.perf_counter() - began
    return Phase(
        name,
        journal,
        100 * (server.cpu_seconds() - theirs) / wall,
        100 * (time.process_time() - ours) / wall,
        wall,
    )


def report(phases: list[Phase]) -> str:
    """Times by act, use of the machine, and the bars."""
    times: list[Iterable[object]] = [
        ("phase", "request", "number", "p50 ms", "p95 ms", "p99 ms", "errors")
    ]
    for phase in phases:
        for what, taken in (*phase.journal.items(), ("all", together(phase.journal))):
            marks = [f"{taken.at(p):.1f}" if taken.seconds else "" for p in (50, 95, 99)]
            times.append((phase.name, what, len(taken.seconds), *marks, len(taken.errors)))
    use: list[Iterable[object]] = [("phase", "s", "server, % of a core", "learners, % of a core")]
    for phase in phases:
        shares = f"{phase.server_percent:.0f}", f"{phase.client_percent:.0f}"
        use.append((phase.name, f"{phase.seconds:.1f}", *shares))
    faults = [e for phase in phases for e in together(phase.journal).errors]
    shown = "\n".join(["", *(f"- {fault}" for fault in faults[:20])]) if faults else ""
    return "\n\n".join([rows(*times), rows(*use), bars_table(bars(phases))]) + shown


def bars(phases: list[Phase]) -> Iterable[Bar]:
    start, _signed_out, saving, exam = phases
    everything = together(exam.journal)
    yield at_most("class exam: p95", everything.at(95), 100, " ms")
    yield at_most("errors in all phases", sum(len(together(p.journal).errors) for p in phases), 0)
    yield at_most(f"{start.name}: the last one served", start.seconds, 2, " s")
    yield at_most(f"{saving.name}: p99", together(saving.journal).at(99), 300, " ms")


def together(journal: Journal) -> Times:
    """All requests of a phase."""
    times = Times()
    for taken in journal.values():
        times.add(taken)
    return times


if __name__ == "__main__":
    main()
