"""Merging two entries for one person, room by room, and undoing it. Called inside `saving()`.

What nobody may change (records, the ledger of JP, activities, who published a version) is not moved
but read through the alias (`accounts.queries.with_former`); so is who may write at a course.
Attempts follow their enrolments. What moves and what does not: docs/decisions/018-the-office.md.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from elearn.accounts.models import Merge, Person
from elearn.accounts.service import merging as accounts
from elearn.accounts.service import one_stays
from elearn.core.permissions import Actor
from elearn.learning import service as learning
from elearn.supervision.service import merging as supervision


def merge(actor: Actor, former: Person, person: Person, now: datetime) -> Merge:
    """The former is found to be the person: everything of hers becomes the person's."""
    with one_stays(now):
        moved: dict[str, Mapping[str, Any] | Sequence[int]] = {
            "accounts": accounts.merge(actor, former, person, now),
            "learning": learning.merge(former.id, person.id),
            "supervision": supervision.merge(former.id, person.id),
        }
    return accounts.keep(actor, former, person, moved, now)


def unmerge(actor: Actor, person: Person, code: str, now: datetime) -> None:
    """They were two after all: each has back what was hers."""
    row, moved = accounts.begin_undo(actor, person, code, now)
    with one_stays(now):
        accounts.unmerge(actor, row, moved["accounts"], now)
    learning.unmerge(moved["learning"])
    supervision.unmerge(moved["supervision"], row.former_id)
