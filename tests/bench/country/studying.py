"""Enrolments with all that hangs on them, some thousand at a time, in the order of time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import NamedTuple

import click

from elearn.core import policy
from elearn.core.db import saving
from elearn.courses.rules import Outline
from elearn.learning import queries, rules
from elearn.learning.formats import states
from elearn.learning.models import Enrolment, Event, Progress
from elearn.learning.service.following import follow
from tests.bench.country import attempts
from tests.bench.country.chance import Codes
from tests.bench.country.issued import Due, Office
from tests.bench.country.papers import Stock, stocked
from tests.bench.country.plan import Fate, Run
from tests.bench.country.published import SECOND_FROM
from tests.bench.country.span import LENGTH, Span, moment
from tests.bench.country.walks import Walk
from tests.bench.country.writing import Writer

CHUNK = 4_000  # enrolments in one transaction: about 100,000 events

_ENROLMENT = ("id", "code", "person_id", "course_id", "run", "version_id", "enrolled_at")
_EVENT = (
    "id", "uuid", "enrolment_id", "kind", "source", "unit_key", "edition", "version_id",
    "score_percent", "is_passed", "language", "happened_at", "recorded_at",
)  # fmt: skip
_PROGRESS = (
    "enrolment_id", "version_id", "done_count", "required_count", "percent", "units",
    "last_unit_key", "last_event_at", "completed_at", "started_at", "failed_unit_key",
    "failed_count", "pre_percent", "post_percent", "person_id", "course_id", "enrolled_at",
    "is_latest",
)  # fmt: skip


class Past(NamedTuple):
    """One event, but for its number and UUID, which it gets in the order of time."""

    enrolment_id: int
    kind: str
    unit_key: str
    edition: int | None
    version_id: int
    score_percent: int | None
    is_passed: bool | None
    language: str
    recorded_at: datetime
    source: str = rules.WEB


@dataclass(slots=True)
class _Chunk:
    """What is written in one transaction."""

    enrolments: list[tuple[object, ...]] = field(default_factory=list)
    events: list[Past] = field(default_factory=list)
    progress: list[tuple[object, ...]] = field(default_factory=list)
    sat: list[attempts.Sat] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)


class School:
    """Lets runs happen and writes them."""

    def __init__(
        self,
        outlines: Sequence[tuple[Outline, ...]],
        span: Span,
        writer: Writer,
        codes: Codes,
        chance: Random,
    ) -> None:
        self._outlines, self._span = outlines, span
        self._writer, self._codes, self._chance = writer, codes, chance
        self._stock: dict[int, dict[str, Stock]] = {
            outline.version_id: stocked(outline, codes, chance)
            for versions in outlines
            for outline in versions
        }
        self._minutes_per_jp = policy.on(span.start.date()).minutes_per_jp

    def teach(self, runs: Sequence[Run]) -> None:
        """Write all runs; they are in the order in which they begin."""
        with click.progressbar(length=len(runs), label="Enrolments", width=24) as bar:
            for start in range(0, len(runs), CHUNK):
                some = runs[start : start + CHUNK]
                with saving():
                    chunk = _Chunk()
                    for run in some:
                        self._study(run, chunk)
                    self._write(chunk)
                    follow({run.learner.person_id for run in some if run.number > 1})
                bar.update(len(some))

    def _study(self, run: Run, chunk: _Chunk) -> None:
        outline = self._outlines[run.course][run.version]
        latest = self._outlines[run.course][-1] if run.is_moving else outline
        walk = Walk(run, outline, self._stock[outline.version_id], self._chance)
        seconds = walk.moments(
            self._span.seconds(run.begins),
            run.lasts * LENGTH.total_seconds(),
            self._span.seconds(SECOND_FROM),
            self._span.seconds(1),
        )
        number = self._writer.next_id(Enrolment)
        events = list(_events(walk, number, outline, latest, seconds, run.learner.language))
        enrolled_at = events[0].recorded_at
        learner = run.learner.person_id
        recount = queries.added_up(latest, events, queries.Run(learner, enrolled_at, True))
        chunk.enrolments.append(
            (number, self._codes.code(), learner, latest.course_id, run.number, latest.version_id,
             enrolled_at)
        )  # fmt: skip
        chunk.events += events
        chunk.progress.append((number, *(recount.values()[name] for name in _PROGRESS[1:])))
        chunk.sat += attempts.sat(
            walk.sittings, seconds, run, number, outline.version_id, self._chance
        )
        if run.fate is Fate.COMPLETED:
            chunk.dues.append(self._due(run, outline, number, recount, enrolled_at))

    def _due(
        self, run: Run, outline: Outline, number: int, recount: queries.Recount, since: datetime
    ) -> Due:
        if recount.completed_at is None or recount.percent < 100:
            raise RuntimeError(f"enrolment {number} was to be completed and is not")
        evidence = rules.evidence(
            outline,
            states.from_text(outline, recount.units),
            enrolment_id=number,
            person_id=run.learner.person_id,
            minutes_per_jp=self._minutes_per_jp,
            enrolled_at=since,
            completed_at=recount.completed_at,
        )
        return Due(evidence, run.learner)

    def _write(self, chunk: _Chunk) -> None:
        add = self._writer.add
        add(Enrolment, _ENROLMENT, chunk.enrolments)
        # Learners study at the same time: the events of one lie apart, as they do in a real table.
        chunk.events.sort(key=lambda event: event.recorded_at)
        add(Event, _EVENT, map(self._numbered, chunk.events))
        add(Progress, _PROGRESS, chunk.progress)
        attempts.write(chunk.sat, self._writer, self._codes)
        Office(self._span, self._writer, self._codes).issue(chunk.dues)

    def _numbered(self, event: Past) -> tuple[object, ...]:
        return (
            self._writer.next_id(Event), self._codes.uuid(), event.enrolment_id, event.kind, event.source,
            *event[2:-1], event.recorded_at,
        )  # fmt: skip


def _events(
    walk: Walk,
    number: int,
    outline: Outline,
    latest: Outline,
    seconds: Sequence[float],
    language: str,
) -> Iterator[Past]:
    """Events of a run; `latest` is the version after the step that moves to it."""
    for step, second in zip(walk.steps, seconds, strict=True):
        unit, paper = step.unit, step.paper
        yield Past(
            number,
            step.kind,
            unit.key if unit else "",
            unit.edition if unit else None,
            latest.version_id if step.kind == "moved" else outline.version_id,
            paper.score_percent if paper else None,
            paper.is_passed if paper else None,
            language,
            moment(second),
        )
