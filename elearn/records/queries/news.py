"""What was decided about a person's activities since she last looked."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from elearn.accounts.models import Person
from elearn.accounts.queries import with_former
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.records.models import Activity, Decision, Reading
from elearn.records.queries.activities import Told


@dataclass(frozen=True, slots=True)
class News:
    """The last decision about one activity."""

    code: str  # of the activity
    title: str
    told: Told


# Made once and of tables: the first page asks it, and making it costs as much as answering it.
_ACTIVITY, _DECISION = Activity.__table__.c, Decision.__table__.c
_PERSON, _READING = Person.__table__.c, Reading.__table__.c
_HERS = with_former(bindparam("person_id"))
_READ = (
    select(func.coalesce(func.max(_READING.decision_id), 0))
    .where(_READING.person_id == bindparam("person_id"))
    .scalar_subquery()
)
_NEWS = (
    select(
        _ACTIVITY.code, _ACTIVITY.title, _DECISION.kind, _DECISION.jp, _DECISION.reason,
        _DECISION.at, _PERSON.full_name, _PERSON.post,
    )
    .select_from(Activity.__table__)
    .join(Decision.__table__, _DECISION.activity_id == _ACTIVITY.id)
    .join(Person.__table__, _PERSON.id == _DECISION.by)
    .where(_ACTIVITY.person_id.in_(_HERS), _DECISION.by.not_in(_HERS), _DECISION.id > _READ)
    .order_by(_DECISION.id.desc())
)  # fmt: skip


def news_of(actor: Actor) -> list[News]:
    """What others have decided that she has not read yet, the latest first. One query."""
    found: dict[str, News] = {}
    for code, title, *told in db.session.execute(_NEWS, {"person_id": actor.person_id}):
        found.setdefault(code, News(code, title, Told(*told)))
    return list(found.values())
