"""The library tree: new nodes, and which stands under which from a day on."""

from datetime import date, datetime

from sqlalchemy import or_, select, text

from elearn.accounts import queries, rules
from elearn.accounts.models import Node, NodeCode, NodeKind, Placement
from elearn.accounts.service.openings import refuse_closed
from elearn.core import audit
from elearn.core.clock import DEFAULT_ZONE
from elearn.core.db import db
from elearn.core.errors import Conflict, Forbidden, Invalid
from elearn.core.permissions import Actor, Role
from elearn.core.text import sort_key, tidy


def add_node(
    actor: Actor,
    code: str,
    kind: NodeKind,
    name: str,
    now: datetime,
    *,
    library_type: str = "",
    place_name: str = "",
    time_zone: str = DEFAULT_ZONE,
    contact_email: str = "",
) -> Node:
    """A new place in the tree; it stands nowhere until `place` is called."""
    code = code.strip().casefold()
    if fault := rules.fault_in_node_code(code):
        raise Invalid(fault.code, field="code", **fault.values)
    if queries.node_by_code(code) is not None:
        raise Conflict("node-taken", field="code", node=code)
    shown = tidy(name)
    node = Node(
        code=code, kind=kind, name=shown, sort_key=sort_key(shown), library_type=library_type,
        place=tidy(place_name), time_zone=time_zone, contact_email=contact_email,
    )  # fmt: skip
    db.session.add(node)
    db.session.flush()
    audit.note(actor, "accounts:node:add", code, now)
    return node


def place(actor: Actor, node: Node, parent: Node, on: date, now: datetime) -> None:
    """From that day on the node stands under the parent. Earlier days stay as they were.

    Both ends are checked: where the node stands now and where it goes must be the actor's to
    change. Conflict when it would stand under itself on that day or on any planned one, or when a
    later placement is planned already, and when the parent is closed or will be.
    """
    one_mover_at_a_time()
    for there in (node, parent):
        if not administers(actor, there.id, on):
            raise Forbidden("node-not-yours", node=there.code)
    refuse_closed(parent)
    rows = db.session.scalars(
        select(Placement)
        .where(Placement.node_id == node.id, or_(Placement.to_on.is_(None), Placement.to_on > on))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if any(row.from_on > on for row in rows):
        raise Conflict("placement-later", node=node.name)
    present = next(iter(rows), None)
    if present is not None and present.parent_id == parent.id:
        return
    refuse_circle(node.id, parent.id, on, node.code)
    if present is not None and present.from_on == on:
        present.parent_id = parent.id
    else:
        until = None
        if present is not None:
            until, present.to_on = present.to_on, on  # a closing that is planned stays planned
            db.session.flush()  # the open row ends before the next one begins
        db.session.add(Placement(node_id=node.id, parent_id=parent.id, from_on=on, to_on=until))
    db.session.flush()
    audit.note(actor, "accounts:node:place", node.code, now, f"{parent.code} {on.isoformat()}")


def name_in_scheme(actor: Actor, node: Node, scheme: str, value: str, now: datetime) -> None:
    """Keep the node's code in somebody's scheme (kemendagri, bps, npp)."""
    value = value.strip().upper()
    other = db.session.scalar(
        select(NodeCode.node_id).where(NodeCode.scheme == scheme, NodeCode.value == value)
    )
    if other == node.id:
        return
    if other is not None:
        raise Conflict("node-code-taken", scheme=scheme, value=value)
    former = db.session.get(NodeCode, (node.id, scheme))
    if former is None:
        db.session.add(NodeCode(node_id=node.id, scheme=scheme, value=value))
    else:
        former.value = value
    db.session.flush()
    audit.note(actor, "accounts:node:code", node.code, now, f"{scheme} {value}")


def administers(actor: Actor, node_id: int, on: date) -> bool:
    """Whether the node is in a part of the tree that the actor administers on that day."""
    ends = {grant.node_id for grant in actor.grants if grant.role is Role.ADMINISTRATOR}
    if None in ends:
        return True
    return bool(ends) and any(node.id in ends for node in queries.path(node_id, on))


def _days_that_matter(on: date) -> list[date]:
    """That day and every later one on which something in the tree is planned to move."""
    later = db.session.scalars(
        select(Placement.from_on).where(Placement.from_on > on).distinct()
    ).all()
    return [on, *sorted(later)]


def refuse_circle(node_id: int, parent_id: int, on: date, code: str) -> None:
    """Conflict when the node would stand under itself on that day or on any planned one."""
    for day in _days_that_matter(on):
        path = queries.path(parent_id, day)
        if any(above.id == node_id for above in path):
            raise Conflict("placement-circle", node=code, parent=path[-1].code)


def one_mover_at_a_time() -> None:
    """Two moves at once could each be right and make a circle together. SQLite has one writer."""
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE accounts_placement IN SHARE ROW EXCLUSIVE MODE"))
