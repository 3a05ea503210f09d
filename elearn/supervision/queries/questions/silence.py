"""When there was last a sign of somebody: an act of study, or a note of who oversees her."""

from sqlalchemy import case, func, or_, select

from elearn.accounts.models import Node, Person
from elearn.learning.models import Progress
from elearn.supervision.models import Contact
from elearn.supervision.queries.questions.asking import (
    NAMED,
    NODE,
    PERSON,
    Answer,
    Asked,
    whole_sum,
)
from elearn.supervision.queries.standings import MEMBERS

_AT, _CONTACT = Progress.__table__.c, Contact.__table__.c

# Joining is no act of study: who has not begun has only been entered.
_LAST_ACT = (
    select(func.max(_AT.last_event_at))
    .where(_AT.person_id == MEMBERS.c.person_id, _AT.started_at.is_not(None))
    .correlate(MEMBERS)
    .scalar_subquery()
)
_LAST_NOTE = (
    select(func.max(_CONTACT.at))
    .where(_CONTACT.person_id == MEMBERS.c.person_id)
    .correlate(MEMBERS)
    .scalar_subquery()
)
_SIGNS = (
    select(
        MEMBERS.c.person_id,
        PERSON.sort_key,
        *NAMED,
        _LAST_ACT.label("acted_at"),
        _LAST_NOTE.label("noted_at"),
    )
    .join(Person.__table__, PERSON.id == MEMBERS.c.person_id)
    .join(Node.__table__, NODE.id == MEMBERS.c.node_id)
    .subquery()
)
_ACTED, _NOTED = _SIGNS.c.acted_at, _SIGNS.c.noted_at
_LATEST = case((or_(_NOTED.is_(None), _ACTED > _NOTED), _ACTED), else_=_NOTED)
_ROWS = select(_SIGNS, _LATEST.label("last_at")).order_by(
    _LATEST.is_not(None), _LATEST, _SIGNS.c.sort_key, _SIGNS.c.person_id
)
_LINES = _ROWS.order_by(None).subquery()
_TOTAL = select(
    func.count().label("rows"),
    whole_sum(case((_LINES.c.last_at.is_(None), 1), else_=0)).label("never"),
).select_from(_LINES)


def contact(_asked: Asked) -> Answer:
    """Everybody, those of whom there was never a sign first, then the longest silence."""
    return Answer(_ROWS, _TOTAL)
