"""What can be wrong with activities, what was decided about them, and their lines in the ledger."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select

from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.records.models import Activity, Credit, Decision
from elearn.records.rules import Verdict

_RESTORE = "restore its rows from a backup, and find out who changed them"
_Line = tuple[str, int, str, int, int]  # kind, person, category, year, JP


def _activities() -> Iterator[Findings]:
    """Three statements for each batch."""
    for ids in batches(Activity.id):
        mine = select(Activity).where(Activity.id.in_(ids)).order_by(Activity.id)
        decided = select(Decision).where(Decision.activity_id.in_(ids)).order_by(Decision.id)
        entered = (
            select(Decision.activity_id, Credit)
            .join(Decision, Decision.id == Credit.decision_id)
            .where(Decision.activity_id.in_(ids))
        )
        decisions: dict[int, list[Decision]] = defaultdict(list)
        for decision in db.session.scalars(decided):
            decisions[decision.activity_id].append(decision)
        lines: dict[int, list[Credit]] = defaultdict(list)
        for activity_id, line in db.session.execute(entered):
            lines[activity_id].append(line)
        for one in db.session.scalars(mine).all():
            faults = _faults(one, decisions[one.id], lines[one.id])
            yield [Finding(f"activity {one.code}: {fault}", _RESTORE) for fault in faults]


def _faults(
    activity: Activity, decisions: Sequence[Decision], entered: Sequence[Credit]
) -> Iterator[str]:
    if decisions and decisions[0].kind == Verdict.AMENDED:
        yield "it was amended and never approved"
    kept = {
        row.decision_id: (row.kind, row.person_id, row.category, row.credit_year, row.jp)
        for row in entered
    }
    for at, decision in enumerate(decisions):
        is_own = decision.by == activity.person_id
        if is_own != (decision.kind == Verdict.WITHDRAWN):
            who = "the person herself" if is_own else "somebody else"
            yield f"it was {decision.kind} by {who}"
        expected, found = _line(activity, decisions, at), kept.get(decision.id)
        if found != expected:
            told, wanted = _told(found), _told(expected)
            yield f"what was {decision.kind} is {told} in the ledger and must be {wanted}"


def _line(activity: Activity, decisions: Sequence[Decision], at: int) -> _Line | None:
    """The line of one decision: approved JP, or how an amendment differs from what was before."""
    decision = decisions[at]
    facts = activity.person_id, activity.category, activity.last_on.year
    if decision.kind == Verdict.APPROVED:
        return ("activity", *facts, decision.jp)
    if decision.kind == Verdict.AMENDED:
        return ("correction", *facts, decision.jp - (decisions[at - 1].jp if at else 0))
    return None


def _told(line: _Line | None) -> str:
    if line is None:
        return "nothing"
    kind, person_id, category, year, jp = line
    return f"{kind} of {jp} JP ({category}, {year}) for person {person_id}"


PART = Part("activities", lambda: count(Activity.id), _activities)
