"""What these rules need to know of a question, and how one was dealt out to an attempt."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol, TypeAlias


class Question(Protocol):
    """The marking side of a question, as `courses` publishes it. Positions count from 0."""

    @property
    def key(self) -> str: ...
    @property
    def module_key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def pool(self) -> str: ...
    @property
    def points(self) -> int: ...
    @property
    def rights(self) -> tuple[bool, ...]:
        """single, several: whether each option is right."""

    @property
    def answer(self) -> bool | Decimal | None:
        """true-false, number."""

    @property
    def tolerance(self) -> Decimal:
        """number: how far off still counts."""

    @property
    def accepted(self) -> tuple[str, ...]:
        """text: what counts as right."""

    @property
    def item_count(self) -> int:
        """ordering: items, in their right order."""

    @property
    def pair_count(self) -> int:
        """matching: pairs; choice i below this is the partner of pair i."""

    @property
    def extra_count(self) -> int:
        """matching: choices after those, which are nobody's partner."""

    @property
    def places(self) -> tuple[int, ...]:
        """ordering, matching: what a corrected key says of each item or pair; () as published."""


def right_place(question: Question, at: int) -> int:
    """ordering: the place, from 0, of an item; matching: the choice that belongs to a pair."""
    return question.places[at] if question.places else at


class Unit(Protocol):
    """The quiz or test that is drawn for."""

    @property
    def kind(self) -> str: ...
    @property
    def module_key(self) -> str | None: ...
    @property
    def draw(self) -> int | None:
        """quiz: questions of an attempt; tests: questions per module."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One question of an attempt; order: file positions of what is shown, top to bottom."""

    key: str
    order: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A number as it was typed, and what it was read as; None when it could not be read."""

    typed: str
    value: Decimal | None


# An answer, always by file positions, never by the order shown; None is no answer.
#   single: option  |  several: options, rising  |  true-false: bool  |  text: as typed
#   ordering: for each item its rank from 1, or None  |  matching: for each pair a choice, or None
Given: TypeAlias = bool | int | str | tuple[int | None, ...] | TypedNumber | None

# What one question's fields sent: "" for the question's own field, "1", "2"... for its places.
Fields: TypeAlias = Mapping[str, tuple[str, ...]]
