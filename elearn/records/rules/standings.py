"""What became of a record: its state, read from its events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    VALID = "valid"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of a record."""

    kind: str  # issued, replaced, revoked
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a record is worth now, since when, and why."""

    state: State
    since: datetime
    reason: str


def standing(happenings: Iterable[Happening]) -> Standing:
    """Read from the events: a revocation outweighs a replacement, whatever their order."""
    by_kind = {happening.kind: happening for happening in happenings}
    for kind, state in (("revoked", State.REVOKED), ("replaced", State.REPLACED)):
        if kind in by_kind:
            return Standing(state, by_kind[kind].at, by_kind[kind].reason)
    return Standing(State.VALID, by_kind["issued"].at, "")
