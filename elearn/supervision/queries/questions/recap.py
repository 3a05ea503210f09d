"""The recap of an office: what the people of each part of a node did in a period."""

from sqlalchemy import Integer, cast, func, or_, select

from elearn.accounts.models import Node
from elearn.supervision.queries.questions.acts import people_by_part
from elearn.supervision.queries.questions.asking import NODE, Answer, Asked, sums
from elearn.supervision.queries.standings import BELOW, MEMBERS

_PEOPLE = select(MEMBERS.c.part, func.count().label("people")).group_by(MEMBERS.c.part).subquery()
_PARTS = select(BELOW.c.part).distinct().subquery()


def recap(asked: Asked) -> Answer:
    """The parts by name: their people, who of them began and who finished a course, and its JP.

    The node itself is a part only where somebody belongs to it directly.
    """
    begun, ended = people_by_part(asked)
    rows = (
        select(
            NODE.code,
            NODE.name,
            func.coalesce(_PEOPLE.c.people, 0).label("people"),
            func.coalesce(begun.c.people, 0).label("started"),
            func.coalesce(ended.c.people, 0).label("finished"),
            cast(func.coalesce(ended.c.jp, 0), Integer).label("jp"),
        )
        .select_from(_PARTS)
        .join(Node.__table__, NODE.id == _PARTS.c.part)
        .outerjoin(_PEOPLE, _PEOPLE.c.part == NODE.id)
        .outerjoin(begun, begun.c.part == NODE.id)
        .outerjoin(ended, ended.c.part == NODE.id)
        .where(or_(NODE.id != asked.node_id, _PEOPLE.c.people.is_not(None)))
        .order_by(NODE.sort_key, NODE.id)
    )
    return Answer(rows, sums(rows, "people", "started", "finished", "jp"))
