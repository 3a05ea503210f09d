"""Everything that is kept of a person, and erasing it: room by room, from the top floor down."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from elearn.accounts import queries as accounts
from elearn.accounts import service as accounts_service
from elearn.authoring import service as authoring
from elearn.core.permissions import Actor
from elearn.learning import service as learning
from elearn.quizzes import service as quizzes
from elearn.records import service as records
from elearn.records.queries import personal_data as record_data
from elearn.supervision import service as supervision

Collect = Callable[[int], Mapping[str, Any]]

# Room by room, from the top floor down: what was made of a person's rows goes before the person.
COLLECT: dict[str, Collect] = {
    "supervision": supervision.personal_data,
    "authoring": authoring.personal_data,
    "quizzes": quizzes.personal_data,
    "learning": learning.personal_data,
    "records": record_data,
    "accounts": accounts.personal_data,
}


def collect(person_id: int) -> dict[str, Any]:
    """Everything that any room keeps of the person, by room."""
    return {room: data(person_id) for room, data in COLLECT.items()}


def forget(person_id: int, actor: Actor, now: datetime) -> None:
    """Erase what names the person, in every room. Called inside `saving()`."""
    supervision.forget(person_id, now)
    authoring.forget(person_id, now)
    quizzes.forget(person_id, now)
    learning.forget(person_id, now)
    records.forget(person_id, now)
    accounts_service.forget(person_id, now, actor)
