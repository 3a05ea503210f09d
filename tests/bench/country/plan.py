"""Who studies what, from when, and how far: decided before anything is written.

So the sums of events, attempts and records come out exactly, and everything can then be written
in the order of time, some thousand enrolments at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from random import Random

from elearn.courses.rules import Outline
from elearn.learning import rules
from tests.bench.country.chance import levelled
from tests.bench.country.people import Inhabitant
from tests.bench.country.published import SECOND_FROM
from tests.bench.country.sizes import Sizes

_LATEST = 0.99  # share of the span after which nobody enrols
_PAUSE = 0.005  # nearly three days between two runs at the least
_EARLY = 0.4  # part of the first runs, the earliest, of which some are taken again
_BEGUN, _UNDER_WAY = 0.4, 0.35  # of those who have not completed; the others are stuck
_OPEN, _MOVING = 0.1, 0.1  # of those under way: with an open attempt; gone on to the next version
_MOST_ATTEMPTS = 40


class Fate(Enum):
    """How it goes on after enrolling."""

    COMPLETED = auto()
    BEGUN = auto()  # looked at the first pages and never came back
    UNDER_WAY = auto()
    STUCK = auto()  # fails the same quiz again and again


@dataclass(slots=True)
class Run:
    """One enrolment to be. begins, lasts: shares of the span."""

    learner: Inhabitant
    course: int
    number: int
    begins: float
    lasts: float
    fate: Fate = Fate.COMPLETED
    attempts: int = 0
    events: int = 0
    is_taken_again: bool = False
    has_open_attempt: bool = False
    is_moving: bool = False

    @property
    def version(self) -> int:
        """Place of the version among those of the course."""
        return 0 if self.begins < SECOND_FROM else 1


@dataclass(frozen=True)
class Shape:
    """What a version consists of, as far as events are counted."""

    must_read: int  # required units that the learner's own word finishes
    may_read: int  # others of that kind
    quizzes: int  # quizzes and the post-test: what can be failed

    @classmethod
    def of(cls, outline: Outline) -> "Shape":
        own = [unit for unit in outline.units if unit.kind in rules.SELF_DECLARED]
        must_read = sum(unit.is_required for unit in own)
        quizzes = sum(unit.kind in rules.GRADED for unit in outline.units)
        return cls(must_read, len(own) - must_read, quizzes)

    def attempts(self, run: Run) -> tuple[int, int]:
        """The fewest and the most attempts; the pre-test is the first one."""
        fewest, most = {
            Fate.COMPLETED: (1 + self.quizzes, _MOST_ATTEMPTS),
            Fate.BEGUN: (0, 1),
            Fate.UNDER_WAY: (1 + run.has_open_attempt, self.quizzes + 3),
            Fate.STUCK: (3, _MOST_ATTEMPTS),
        }[run.fate]
        return fewest, most

    def passes(self, run: Run) -> int:
        """Quizzes and tests that are passed, not counting the pre-test."""
        if run.fate is Fate.COMPLETED:
            return self.quizzes
        handed_in = run.attempts - run.has_open_attempt
        return max(0, min(handed_in - 1, self.quizzes - 1)) if run.fate is Fate.UNDER_WAY else 0

    def failures(self, run: Run) -> int:
        return max(0, run.attempts - run.has_open_attempt - 1 - self.passes(run))

    def fixed_events(self, run: Run) -> int:
        """Events but for those of reading: enrolling, and what attempts bring with them."""
        pre_test = 3 * (run.attempts > 0)
        failing = self.failures(run)
        if run.fate is Fate.COMPLETED:  # opened, scored, done for each; completed
            return 1 + pre_test + 3 * self.quizzes + failing + 1
        opening = 1 if failing or run.has_open_attempt else 0
        return 1 + pre_test + 3 * self.passes(run) + opening + failing + run.is_moving

    def events(self, run: Run) -> tuple[int, int]:
        """The fewest and the most events that the run can have with its attempts."""
        fixed = self.fixed_events(run)
        if run.fate is Fate.COMPLETED:
            fixed += 2 * self.must_read
            return fixed, fixed + 2 * self.may_read
        if run.fate is Fate.BEGUN:
            return fixed, fixed + 4
        return fixed, fixed + 2 * (self.must_read + self.may_read)


def planned(
    sizes: Sizes,
    learners: Sequence[Inhabitant],
    outlines: Sequence[tuple[Outline, ...]],
    chance: Random,
) -> list[Run]:
    """All enrolments in the order in which they begin."""
    runs = _first_runs(sizes.enrolments - sizes.retakes, learners, len(outlines), chance)
    runs += _retakes(runs, sizes.retakes, chance)
    _give_fates(runs, sizes.records, chance)
    runs.sort(key=lambda run: run.begins)
    shapes = [[Shape.of(outline) for outline in versions] for versions in outlines]
    own = [shapes[run.course][run.version] for run in runs]
    bounds = [shape.attempts(run) for shape, run in zip(own, runs, strict=True)]
    wanted = [
        _wanted_attempts(run, low, chance) for run, (low, _) in zip(runs, bounds, strict=True)
    ]
    for run, attempts in zip(runs, levelled(wanted, bounds, sizes.attempts, chance), strict=True):
        run.attempts = attempts
    bounds = [shape.events(run) for shape, run in zip(own, runs, strict=True)]
    wanted = [chance.randint(low, high) for low, high in bounds]
    for run, events in zip(runs, levelled(wanted, bounds, sizes.events, chance), strict=True):
        run.events = events
    return runs


def _first_runs(
    count: int, learners: Sequence[Inhabitant], courses: int, chance: Random
) -> list[Run]:
    appetites = [round(chance.triangular(0, courses + 0.9)) for _ in learners]
    each = levelled(appetites, [(0, courses)] * len(learners), count, chance)
    return [
        Run(learner, course, 1, _between(learner.joined, _LATEST, chance), _lasts(chance))
        for learner, many in zip(learners, each, strict=True)
        for course in chance.sample(range(courses), many)
    ]


def _retakes(runs: list[Run], count: int, chance: Random) -> list[Run]:
    """Second runs, each after an early first one that was completed."""
    by_beginning = sorted(runs, key=lambda run: run.begins)
    again = []
    for first in chance.sample(by_beginning[: round(_EARLY * len(runs))], count):
        first.is_taken_again = True
        first.lasts = min(first.lasts, 0.9 * (_LATEST - first.begins))
        begins = _between(first.begins + first.lasts + _PAUSE, _LATEST, chance)
        again.append(Run(first.learner, first.course, 2, begins, _lasts(chance)))
    return again


def _give_fates(runs: list[Run], completed: int, chance: Random) -> None:
    """So many are completed, among them all that are taken again."""
    rest = [run for run in runs if not run.is_taken_again]
    completed -= len(runs) - len(rest)
    if not 0 <= completed <= len(rest):
        raise ValueError("records must be as many as retakes, and no more than enrolments")
    chance.shuffle(rest)
    for run in rest[completed:]:
        lot = chance.random()
        if lot < _BEGUN:
            run.fate = Fate.BEGUN
        elif lot < _BEGUN + _UNDER_WAY:
            run.fate = Fate.UNDER_WAY
            run.has_open_attempt = chance.random() < _OPEN
            run.is_moving = run.version == 0 and chance.random() < _MOVING
        else:
            run.fate = Fate.STUCK


def _wanted_attempts(run: Run, fewest: int, chance: Random) -> int:
    if run.fate is Fate.COMPLETED:
        return fewest + int(chance.expovariate(0.4))
    if run.fate is Fate.STUCK:
        return fewest + int(chance.expovariate(0.17))
    return fewest + chance.randint(0, 2)


def _between(low: float, high: float, chance: Random) -> float:
    return low + (high - low) * chance.random()


def _lasts(chance: Random) -> float:
    """Eleven days to four months."""
    return _between(0.02, 0.22, chance)
