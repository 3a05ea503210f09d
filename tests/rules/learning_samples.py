"""A small course and what was done in it."""

from dataclasses import dataclass

from elearn.learning.rules import UnitState

DONE = UnitState(opened=True, done=True)


@dataclass(frozen=True)
class Unit:
    key: str
    kind: str = "lesson"
    edition: int = 1
    is_required: bool = True
    pass_percent: int | None = None


@dataclass(frozen=True)
class Course:
    units: tuple[Unit, ...]
    is_sequential: bool = False
