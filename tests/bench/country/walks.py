"""What happens in one run, step by step, as the services would have written it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from elearn.courses.rules import Outline, OutlineUnit
from elearn.learning import rules
from tests.bench.country.papers import Paper, Stock
from tests.bench.country.plan import Fate, Run, Shape

MINUTE = 60.0
_BETWEEN = 6 * MINUTE  # longer than a learner has to wait for the next attempt


@dataclass(frozen=True, slots=True)
class Step:
    """One event to be. is_at_once: in the same transaction as the one before."""

    kind: str
    unit: OutlineUnit | None = None
    paper: Paper | None = None
    is_at_once: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """One attempt to be. after: place of the step before it; handing it in is the next one."""

    unit: OutlineUnit
    number: int
    paper: Paper
    after: int
    is_open: bool = False


class Walk:
    """The steps and sittings of one run through its version."""

    def __init__(
        self, run: Run, outline: Outline, stock: Mapping[str, Stock], chance: Random
    ) -> None:
        self.steps: list[Step] = [Step("enrolled")]
        self.sittings: list[Sitting] = []
        self._run, self._outline, self._stock, self._chance = run, outline, stock, chance
        self._shape = Shape.of(outline)
        self._go()

    def moments(
        self, begins: float, lasts: float, second_from: float, latest: float
    ) -> list[float]:
        """For each step its second since the epoch, in order; the first is the beginning.

        second_from: when the version was published to which a run may move on.
        """
        count = len(self.steps)
        room = max(0.0, min(lasts, latest - begins - _BETWEEN * (count + 1)))
        shares = sorted(self._chance.random() for _ in range(count))
        found = [begins + room * share + _BETWEEN * at for at, share in enumerate(shares)]
        found[0] = begins
        for at, step in enumerate(self.steps):
            if step.is_at_once:
                found[at] = found[at - 1]
        if self._run.is_moving:
            found[-1] = max(found[-1], second_from + (latest - second_from) * self._chance.random())
        return found

    def _go(self) -> None:
        reading = self._reading()
        failures = self._failures()
        passes = self._shape.passes(self._run)
        for unit in self._outline.units:
            if unit.kind in rules.SELF_DECLARED:
                self._read(unit, next(reading))
            elif unit.kind == rules.PRE_TEST and self._run.attempts:
                self._sit(unit, 0, is_passed=True)
            elif unit.kind in rules.GRADED:
                failed = next(failures)
                self._sit(unit, failed, is_passed=passes > 0)
                passes -= 1
        if self._run.fate is Fate.COMPLETED:
            self.steps.append(Step("completed", is_at_once=True))
        if self._run.is_moving:
            self.steps.append(Step("moved"))

    def _reading(self) -> Iterator[int]:
        """For each unit that is read: 2 opened and done, 1 only opened, 0 never seen."""
        left = self._run.events - self._shape.fixed_events(self._run)
        kept_for_required = 2 * self._shape.must_read if self._run.fate is Fate.COMPLETED else 0
        for unit in self._outline.units:
            if unit.kind in rules.SELF_DECLARED:
                if kept_for_required and unit.is_required:
                    here = 2
                    kept_for_required -= 2
                else:
                    here = min(2, left - kept_for_required)
                left -= here
                yield here

    def _failures(self) -> Iterator[int]:
        """For each quiz and the post-test how often it is failed, before it may be passed."""
        count = self._shape.failures(self._run)
        by_place = [0] * self._shape.quizzes
        if self._run.fate is Fate.COMPLETED:
            for place in self._chance.choices(range(self._shape.quizzes), k=count):
                by_place[place] += 1
        else:
            by_place[self._shape.passes(self._run)] = count
        yield from by_place

    def _read(self, unit: OutlineUnit, steps: int) -> None:
        self.steps += [Step(kind, unit) for kind in ("opened", "done")[:steps]]

    def _sit(self, unit: OutlineUnit, failed: int, *, is_passed: bool) -> None:
        is_open = not is_passed and self._run.has_open_attempt and self._is_next(unit)
        if failed or is_passed or is_open:
            self.steps.append(Step("opened", unit))
        stock = self._stock[unit.key]
        for number in range(1, failed + 1):
            self._hand_in(unit, number, self._chance.choice(stock.failed))
        if is_passed:
            self._hand_in(unit, failed + 1, self._chance.choice(stock.passed))
            self.steps.append(Step("done", unit, is_at_once=True))
        elif is_open:
            paper, after = self._chance.choice(stock.failed), len(self.steps) - 1
            self.sittings.append(Sitting(unit, failed + 1, paper, after, is_open=True))

    def _is_next(self, unit: OutlineUnit) -> bool:
        """Whether it is the first quiz or test that is not passed."""
        graded = [one for one in self._outline.units if one.kind in rules.GRADED]
        return graded[self._shape.passes(self._run)] is unit

    def _hand_in(self, unit: OutlineUnit, number: int, paper: Paper) -> None:
        self.sittings.append(Sitting(unit, number, paper, len(self.steps) - 1))
        self.steps.append(Step("scored", unit, paper))
