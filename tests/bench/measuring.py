"""Measuring acts beside their references, round by round.

A machine is now fast and now slow. So each act is compared with what was measured a second before
it, and what counts is the middle one of some rounds.
"""

from dataclasses import dataclass, field
from statistics import median

from tests.bench.acts import Act
from tests.bench.load import Connection, Times, run
from tests.bench.server import Server

CONNECTIONS = 8


@dataclass(frozen=True)
class Sample:
    """One act in one round. cpu_ms: of the server, for one request."""

    cpu_ms: float
    alone: Times
    together: Times


@dataclass(frozen=True)
class Count:
    """What one request does, when the process is warm."""

    statements: int
    commits: int
    body_bytes: int


@dataclass
class Line:
    """What one page or act was measured to cost; beside: its references, in the same rounds."""

    name: str
    count: Count
    samples: list[Sample] = field(default_factory=list)
    beside: dict[str, list[Sample]] = field(default_factory=dict)

    @property
    def cpu_ms(self) -> float:
        return median(sample.cpu_ms for sample in self.samples)

    @property
    def errors(self) -> list[str]:
        return [e for s in self.samples for e in (*s.alone.errors, *s.together.errors)]

    def at(self, percent: int, connections: int) -> float:
        """The time within which so many percent were answered, in milliseconds."""
        return median(_times(sample, connections).at(percent) for sample in self.samples)

    def rate(self, connections: int) -> float:
        """Answers a second."""
        return median(_times(sample, connections).rate for sample in self.samples)

    def cpu_ratio(self, reference: str) -> float:
        """Processor time, in those of the reference."""
        return median(own.cpu_ms / ref.cpu_ms for own, ref in self._pairs(reference))

    def slower(self, reference: str, percent: int, connections: int) -> float:
        """Times at this percentile, in those of the reference."""
        return median(
            _times(own, connections).at(percent) / _times(ref, connections).at(percent)
            for own, ref in self._pairs(reference)
        )

    def rate_share(self, reference: str, connections: int) -> float:
        """Percent of the reference's answers a second."""
        return median(
            100 * _times(own, connections).rate / _times(ref, connections).rate
            for own, ref in self._pairs(reference)
        )

    def _pairs(self, reference: str) -> list[tuple[Sample, Sample]]:
        return list(zip(self.samples, self.beside[reference], strict=True))


def counted(port: int, act: Act) -> Count:
    """Statements, commits and bytes of one request."""
    connection = Connection(port)
    for at in range(CONNECTIONS):
        connection.send(act.ask(at))
    request = act.ask(0)
    answer = connection.send(request, **{"X-Bench-Count": "yes"})
    connection.close()
    if answer.status != request.expected:
        raise RuntimeError(f"{request.method} {request.path}: {answer.status}")
    statements, commits = (int(answer.headers[f"x-bench-{n}"]) for n in ("statements", "commits"))
    return Count(statements, commits, len(answer.body))


def sampled(server: Server, act: Act) -> Sample:
    before = server.cpu_seconds()
    alone = run(server.port, act.ask, act.single, 1)
    together = run(server.port, act.ask, act.parallel, CONNECTIONS)
    spent = server.cpu_seconds() - before
    return Sample(1000 * spent / (act.single + act.parallel), alone, together)


def add_round(server: Server, act: Act, line: Line, references: dict[str, Act]) -> None:
    """One more round of an act, after its references."""
    for name in act.beside:
        line.beside.setdefault(name, []).append(sampled(server, references[name]))
    line.samples.append(sampled(server, act))


def _times(sample: Sample, connections: int) -> Times:
    return sample.alone if connections == 1 else sample.together
