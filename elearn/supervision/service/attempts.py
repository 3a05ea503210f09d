"""One more attempt for somebody who has used up hers. Called inside `saving()`."""

from datetime import datetime

from elearn.accounts.models import Person
from elearn.core.permissions import Actor
from elearn.quizzes import service as quizzes
from elearn.supervision.service.own_case import refuse_own_case


def grant_one_more(
    actor: Actor, person: Person, slug: str, unit_key: str, reason: str, now: datetime
) -> None:
    """Allow one attempt beyond the limit, in the person's latest run of the course.

    Raises Conflict: supervision-own-case, or what forbids it at this quiz; Missing when she has not
    joined it or it has no such quiz; Invalid without a reason.
    """
    refuse_own_case(actor, person.id)
    quizzes.grant_attempt(actor, person.id, slug, unit_key, reason, now)
