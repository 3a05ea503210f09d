"""One place of the tree for who keeps the tree: what stands under it, its codes, its moves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import CTE, and_, func, or_, select

from elearn.accounts.models import Membership, Node, NodeCode, Placement
from elearn.accounts.queries.reach import belongs
from elearn.accounts.queries.tree import placed, subtree_query
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.text import sort_key


@dataclass(frozen=True, slots=True)
class Below:
    """A child of a node, with how many nodes and people there are in its part of the tree."""

    node: Node
    node_count: int  # under it, without itself
    people_count: int


@dataclass(frozen=True, slots=True)
class Stay:
    """Under which node a node stood, stands or will stand."""

    parent: Node
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What is planned for a node on a day: another parent, or (None) its end."""

    on: date
    parent: Node | None


def known_node(code: str) -> Node:
    """The node with this code; Missing when there is none."""
    found = db.session.scalar(select(Node).where(Node.code == code))
    if found is None:
        raise Missing("node-missing")
    return found


def node_to_change(code: str) -> Node:
    """The same, locked."""
    found = db.session.scalar(
        select(Node)
        .where(Node.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("node-missing")
    return found


def find_nodes(words: str, limit: int = 50) -> Sequence[Node]:
    """Places of any kind with every word in name or code, or with this code in some scheme."""
    parts = sort_key(words).split()
    if not parts:
        return ()
    coded = select(NodeCode.node_id).where(NodeCode.value == words.strip().upper())
    named = [
        or_(
            Node.sort_key.contains(part, autoescape=True),
            Node.code.contains(part, autoescape=True),
        )
        for part in parts
    ]
    return db.session.scalars(
        select(Node)
        .where(or_(Node.id.in_(coded), and_(*named)))
        .order_by(Node.sort_key, Node.id)
        .limit(limit)
    ).all()


def children_of(node: Node, on: date) -> list[Below]:
    """What stands right under the node on that day, by name, with the sums of each part."""
    below = parts_below(node, on)
    sums = (
        select(
            below.c.top,
            func.count(func.distinct(below.c.id)).label("nodes"),
            func.count(func.distinct(Membership.person_id)).label("people"),
        )
        .outerjoin(Membership, (Membership.node_id == below.c.id) & belongs(on))
        .group_by(below.c.top)
        .subquery()
    )
    rows = db.session.execute(
        select(Node, sums.c.nodes, sums.c.people)
        .join(sums, sums.c.top == Node.id)
        .order_by(Node.sort_key, Node.id)
    )
    return [Below(found, nodes - 1, people) for found, nodes, people in rows]


def parts_below(node: Node, on: date) -> CTE:
    """Every node under this one that day, with the child of it in whose part it stands (top)."""
    top = (
        select(Placement.node_id.label("id"), Placement.node_id.label("top"))
        .where(Placement.parent_id == node.id, placed(on))
        .cte("below", recursive=True)
    )
    return top.union(
        select(Placement.node_id, top.c.top)
        .join(top, Placement.parent_id == top.c.id)
        .where(placed(on))
    )


def count_people(node: Node, on: date) -> int:
    """People of the place and of all under it on that day: those that the directory lists."""
    inside = Membership.node_id.in_(subtree_query(node.id, on))
    counted = select(func.count(func.distinct(Membership.person_id))).where(inside, belongs(on))
    return db.session.scalar(counted) or 0


def scheme_codes(node: Node) -> dict[str, str]:
    """The node's codes by scheme (kemendagri, bps, npp)."""
    rows = db.session.execute(
        select(NodeCode.scheme, NodeCode.value).where(NodeCode.node_id == node.id)
    )
    return dict(rows.all())


def stays_of(node: Node) -> list[Stay]:
    """Where the node has stood, stands and is planned to stand; the latest first."""
    rows = db.session.execute(
        select(Node, Placement.from_on, Placement.to_on)
        .join(Placement, Placement.parent_id == Node.id)
        .where(Placement.node_id == node.id)
        .order_by(Placement.from_on.desc())
    )
    return [Stay(*row) for row in rows]


def plans_in(stays: Sequence[Stay], today: date) -> list[Plan]:
    """What is planned after today, the next first. stays: as `stays_of` gives them."""
    moves = [Plan(stay.from_on, stay.parent) for stay in stays if stay.from_on > today]
    until = stays[0].to_on if stays else None
    ends = [Plan(until, None)] if until is not None and until > today else []
    return sorted([*moves, *ends], key=lambda plan: plan.on)
