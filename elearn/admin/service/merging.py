"""Merging two entries for one person, room by room, and undoing it. Called inside `saving()`.

Records, the ledger of JP and activities are not moved: nobody may change them. They are read
through the alias (`accounts.queries.with_former`). Attempts follow their enrolments.
"""

from datetime import datetime

from elearn.accounts.models import Merge, Person
from elearn.accounts.service import merging as accounts
from elearn.authoring.service import merging as authoring
from elearn.core.permissions import Actor
from elearn.learning import service as learning
from elearn.supervision.service import merging as supervision


def merge(actor: Actor, former: Person, person: Person, now: datetime) -> Merge:
    """The former is found to be the person: everything of hers becomes the person's."""
    accounts.refuse_merge(actor, former, person)
    moved = {
        "supervision": supervision.merge(former.id, person.id),
        "authoring": authoring.merge(former.id, person.id),
        "learning": learning.merge(former.id, person.id),
        "accounts": accounts.merge(actor, former, person, now),
    }
    return accounts.keep(actor, former, person, moved, now)


def unmerge(actor: Actor, person: Person, code: str, now: datetime) -> None:
    """They were two after all: each has back what was hers."""
    row, moved = accounts.begin_undo(actor, person, code, now)
    accounts.unmerge(actor, row, moved["accounts"], now)
    learning.unmerge(moved["learning"])
    authoring.unmerge(moved["authoring"], row.former_id, row.person_id)
    supervision.unmerge(moved["supervision"], row.former_id)
