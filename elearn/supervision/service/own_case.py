"""Nobody oversees herself, even where she stands within her own reach."""

from elearn.core.errors import Conflict
from elearn.core.permissions import Actor


def refuse_own_case(actor: Actor, person_id: int) -> int:
    """Raise Conflict when the matter is the actor's own; else the actor's number."""
    if actor.person_id is None or actor.person_id == person_id:
        raise Conflict("supervision-own-case")
    return actor.person_id
