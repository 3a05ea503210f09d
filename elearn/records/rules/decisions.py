"""What was decided about an activity, read from the decisions: nothing is ever changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from elearn.accounts.rules import Fault
from elearn.records.rules.claims import fault_in_jp

REASON_CHARACTERS = range(3, 501)


class Verdict(StrEnum):
    """One decision. The first three end the waiting; only what is approved can be amended."""

    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    AMENDED = "amended"


class ActivityState(StrEnum):
    """What an activity is now."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ActivityStanding:
    """What an activity is now, and the JP that count for it."""

    state: ActivityState
    jp: int


def activity_standing(decisions: Iterable[tuple[str, int]]) -> ActivityStanding:
    """Read from (verdict, JP from then on), the earliest first."""
    state, jp = ActivityState.WAITING, 0
    for verdict, counted_jp in decisions:
        jp = counted_jp
        if verdict != Verdict.AMENDED:
            state = ActivityState(verdict)
    return ActivityStanding(state, jp)


def fault_in_correction(claimed: int, jp: int, reason: str) -> Fault | None:
    """Approving other JP than were claimed needs a reason, and approving none is refusing."""
    if jp == claimed:
        return None
    return fault_in_jp(jp) or fault_in_reason(reason)


def fault_in_amendment(standing: ActivityStanding, jp: int, reason: str) -> Fault | None:
    """What was approved may become anything else, nothing included; nothing else may be amended."""
    if standing.state is not ActivityState.APPROVED:
        return Fault("activity-not-approved")
    if jp == standing.jp:
        return Fault("amendment-same", {"jp": jp})
    return (fault_in_jp(jp) if jp else None) or fault_in_reason(reason)


def fault_in_reason(reason: str) -> Fault | None:
    """The person reads the reason: it must be one."""
    if len(reason) in REASON_CHARACTERS:
        return None
    return Fault("reason-length", {"least": REASON_CHARACTERS[0], "most": REASON_CHARACTERS[-1]})
