"""The dated library tree: what stands under what on a day. A recursive query is enough."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from elearn.accounts.models import Node, Placement
from elearn.core.db import db
from elearn.core.text import sort_key


def node_by_code(code: str) -> Node | None:
    return db.session.scalar(select(Node).where(Node.code == code.strip().casefold()))


def placed(on: date | BindParameter[date]) -> ColumnElement[bool]:
    """Whether a placement holds on that day."""
    return and_(Placement.from_on <= on, or_(Placement.to_on.is_(None), Placement.to_on > on))


def subtree_query(node_id: int, on: date) -> Select[int]:
    """SELECT of the numbers of the node and of all that stand under it on that day.

    To be used inside other statements: `x.in_(subtree_query(...))`.
    """
    # Without a name of its own: a statement may ask for the parts of several nodes.
    below = select(literal(node_id).label("id")).cte(recursive=True)
    # UNION, not UNION ALL: it also ends if the table should ever hold a circle.
    below = below.union(
        select(Placement.node_id).join(below, Placement.parent_id == below.c.id).where(placed(on))
    )
    return select(below.c.id)


_DEEPEST = 50  # a real tree has five floors


def _path() -> Select[Node]:
    """Made once: every page of an office asks it, and making it costs more than answering it."""
    above = select(bindparam("node_id", type_=Integer).label("id"), literal(0).label("depth")).cte(
        "above", recursive=True
    )
    above = above.union(
        select(Placement.parent_id, above.c.depth + 1)
        .join(above, Placement.node_id == above.c.id)
        .where(placed(bindparam("on", type_=Date)), above.c.depth < _DEEPEST)
    )
    return select(Node).join(above, Node.id == above.c.id).order_by(above.c.depth.desc())


_PATH = _path()


def path(node_id: int, on: date) -> tuple[Node, ...]:
    """The nodes above and the node itself on that day, the topmost first. One query."""
    return tuple(db.session.scalars(_PATH, {"node_id": node_id, "on": on}))


def closing_of(node_id: int) -> date | None:
    """The day from which the node stands nowhere; None for one that stays, and for a top."""
    latest = select(Placement.to_on).where(Placement.node_id == node_id)
    return db.session.scalar(latest.order_by(Placement.from_on.desc()).limit(1))


def closing_nodes() -> frozenset[int]:
    """Numbers of the nodes that stand nowhere from some day on."""
    later = aliased(Placement)
    goes_on = exists().where(later.node_id == Placement.node_id, later.from_on > Placement.from_on)
    ends = select(Placement.node_id).where(Placement.to_on.is_not(None), ~goes_on)
    return frozenset(db.session.scalars(ends))


def find_libraries(words: str, on: date, limit: int = 20) -> Sequence[Node]:
    """Libraries whose name has every word, in the order of their names; closed ones are not."""
    wanted = sort_key(words).split()
    if not wanted:
        return ()
    return db.session.scalars(
        select(Node)
        .where(
            Node.kind == "library",
            or_(
                ~exists().where(Placement.node_id == Node.id),
                exists().where(
                    Placement.node_id == Node.id,
                    or_(Placement.to_on.is_(None), Placement.to_on > on),
                ),
            ),
            *(
                or_(
                    Node.sort_key.contains(word, autoescape=True),
                    Node.code.contains(word, autoescape=True),
                )
                for word in wanted
            ),
        )
        .order_by(Node.sort_key, Node.id)
        .limit(limit)
    ).all()
