"""The saves of a draft as people think of them: somebody at something for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=10)  # a longer one, and it is another sitting


@dataclass(frozen=True, slots=True)
class ShownSave:
    """who: a name; none when the person asked to be forgotten. what: code; about: its object."""

    number: int
    at: datetime
    who: str | None
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """Saves of one person at one thing without a long pause, the newest first."""

    saves: tuple[ShownSave, ...]

    @property
    def last(self) -> ShownSave:
        return self.saves[0]

    @property
    def first(self) -> ShownSave:
        return self.saves[-1]


def sittings(saves: Iterable[ShownSave]) -> tuple[Sitting, ...]:
    """saves: the newest first."""
    found: list[list[ShownSave]] = []
    for save in saves:
        if found and _goes_on(found[-1][-1], save):
            found[-1].append(save)
        else:
            found.append([save])
    return tuple(Sitting(tuple(one)) for one in found)


def _goes_on(later: ShownSave, earlier: ShownSave) -> bool:
    same = (later.who, later.what, later.about) == (earlier.who, earlier.what, earlier.about)
    return same and later.at - earlier.at <= PAUSE
