"""Sums by library or district, and which of them may be shown to whom persons are not shown.

A sum over a few people says what each of them did. So a small group is not shown, and neither is
what would let it be reckoned from the total: where the hidden groups together are still only a few
people, the smallest group that is shown is hidden, too (secondary suppression; Hundepool et al.,
"Handbook on Statistical Disclosure Control", on tables with totals).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Sums:
    """What people of one group did. A person counts once: in one group and in one state."""

    people: int = 0
    started: int = 0  # have begun, whatever their state is now
    finished: int = 0  # state finished
    running: int = 0  # state running
    stuck: int = 0  # state stuck, begun or not
    jp: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            people=self.people + other.people,
            started=self.started + other.started,
            finished=self.finished + other.finished,
            running=self.running + other.running,
            stuck=self.stuck + other.stuck,
            jp=self.jp + other.jp,
        )


class Hidden(StrEnum):
    """Why the sums of a group are not shown."""

    FEW = "few"  # fewer people than a group must have
    GUARD = "guard"  # with it, the sums of a small group could be reckoned


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a table: sums, or the reason why there are none."""

    key: str
    shown: Sums | Hidden


@dataclass(frozen=True, slots=True)
class Table:
    """Groups in the order in which they came, and the sums of all of them."""

    groups: tuple[Group, ...]
    total: Sums | Hidden


def added_up(parts: Iterable[tuple[str, Sums]]) -> dict[str, Sums]:
    """Sums by key, in order of first appearance: those of libraries become those of districts."""
    found: dict[str, Sums] = {}
    for key, sums in parts:
        found[key] = found.get(key, Sums()) + sums
    return found


def protected(groups: Sequence[tuple[str, Sums]], small_group: int) -> Table:
    """The table with what may be shown of it.

    small_group: people that a group must have to be shown, from the office's policy. An empty
    group is shown: its zeros are nobody's.
    """
    total = sum((sums for _, sums in groups), Sums())
    hidden = _hidden([sums.people for _, sums in groups], small_group)
    return Table(
        groups=tuple(
            Group(key, hidden.get(place, sums)) for place, (key, sums) in enumerate(groups)
        ),
        total=Hidden.FEW if 0 < total.people < small_group else total,
    )


def percent(part: int, of: int) -> int | None:
    """A share, rounded down so that 100 means all; None where there is nobody."""
    return 100 * part // of if of else None


def _hidden(sizes: Sequence[int], small_group: int) -> dict[int, Hidden]:
    """Places of the groups that are not shown, by the number of people in each group."""
    hidden = {place: Hidden.FEW for place, people in enumerate(sizes) if 0 < people < small_group}
    if not hidden:
        return {}
    # One group alone is always fewer than that, so two or more are hidden in the end.
    others = [place for place, people in enumerate(sizes) if people >= small_group]
    for place in sorted(others, key=lambda place: sizes[place]):
        if sum(sizes[place] for place in hidden) >= small_group:
            break
        hidden[place] = Hidden.GUARD
    return hidden
