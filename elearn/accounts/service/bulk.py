"""Many rows in one statement. While a list is written nobody else writes on SQLite: so few of them.

What two rows may not share, the database refuses: it was judged to be free, so somebody was faster.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from elearn.core.audit import Audit
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor

BATCH = 1_000
Thing = TypeVar("Thing")
Rows = list[dict[str, Any]]


def batches(things: Sequence[Thing]) -> Iterator[list[Thing]]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch


def insert_all(model: type[Any], rows: Rows) -> None:
    """Conflict (list-changed) when one of them is taken by now."""
    try:
        for batch in batches(rows):
            db.session.execute(insert(model.__table__), batch)
    except IntegrityError:
        raise Conflict("list-changed") from None


def note_all(actor: Actor, action: str, subjects: Sequence[tuple[str, str]], now: datetime) -> None:
    """A line of the log for each (subject, detail), as `audit.note` writes one."""
    insert_all(
        Audit,
        [
            {
                "at": now, "actor_id": actor.person_id, "action": action, "subject": subject,
                "detail": detail,
            }
            for subject, detail in subjects
        ],
    )  # fmt: skip
