"""A node's own words and its end: renaming, codes of schemes, closing, and plans taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, or_, select

from elearn.accounts.models import GrantRow, Membership, Node, NodeCode, NodeKind, Placement
from elearn.accounts.queries.places import scheme_codes
from elearn.accounts.service.tree import name_in_scheme, one_mover_at_a_time, refuse_circle
from elearn.core import audit
from elearn.core.clock import DEFAULT_ZONE
from elearn.core.db import db
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Actor
from elearn.core.text import sort_key, tidy


@dataclass(frozen=True, slots=True)
class NodeWords:
    """What is known of a place, but its code and where it stands."""

    name: str
    kind: NodeKind
    library_type: str = ""
    place: str = ""
    time_zone: str = DEFAULT_ZONE
    contact_email: str = ""


def change_node(actor: Actor, node: Node, words: NodeWords, now: datetime) -> None:
    """Correct or rename. Records that were issued keep what they say."""
    former = node.name
    node.name, node.sort_key = tidy(words.name), sort_key(tidy(words.name))
    node.kind, node.library_type = words.kind, tidy(words.library_type)
    node.place, node.time_zone = tidy(words.place), words.time_zone
    node.contact_email = words.contact_email.strip()
    detail = f"{former} -> {node.name}" if former != node.name else ""
    audit.note(actor, "accounts:node:change", node.code, now, detail)


def set_scheme_codes(actor: Actor, node: Node, codes: dict[str, str], now: datetime) -> None:
    """The node's codes by scheme; an empty one goes."""
    present = scheme_codes(node)
    for scheme, value in codes.items():
        if value.strip():
            if present.get(scheme) != value.strip().upper():
                name_in_scheme(actor, node, scheme, value, now)
        elif scheme in present:
            db.session.execute(
                delete(NodeCode).where(NodeCode.node_id == node.id, NodeCode.scheme == scheme)
            )
            audit.note(actor, "accounts:node:code", node.code, now, f"{scheme} -")


def close_node(actor: Actor, node: Node, on: date, now: datetime) -> None:
    """The first day on which the node stands nowhere any more.

    Conflict while somebody belongs there, holds a role there, or something stands under it on that
    day or later, and when another move is planned: those come first.
    """
    one_mover_at_a_time()
    placements = _placements_to_change(node, on)
    if not placements:
        raise Conflict("node-stands-nowhere", node=node.name)
    if any(row.from_on >= on for row in placements):
        raise Conflict("placement-later", node=node.name)
    for code, count in _in_the_way(node, on).items():
        if count:
            raise Conflict(code, count=count, node=node.name)
    placements[0].to_on = on
    audit.note(actor, "accounts:node:close", node.code, now, on.isoformat())


def cancel_plan(actor: Actor, node: Node, on: date, today: date, now: datetime) -> None:
    """Take back the move or the closing that is planned for that day; what held before goes on.

    Missing when nothing is planned for it, or the day has come.
    """
    one_mover_at_a_time()
    rows = _placements_to_change(node, today)
    planned = next((row for row in rows if row.from_on == on), None)
    former = next((row for row in rows if row.to_on == on), None)
    if on <= today or (planned is None and former is None):
        raise Missing("plan-missing")
    until = planned.to_on if planned else None
    if planned is not None:
        db.session.delete(planned)
        db.session.flush()  # the planned row goes before the former one is open again
    if former is not None:
        former.to_on = until
        db.session.flush()
        refuse_circle(node.id, former.parent_id, on, node.code)
    audit.note(actor, "accounts:node:plan-cancel", node.code, now, on.isoformat())


def _placements_to_change(node: Node, on: date) -> list[Placement]:
    """Where the node stands on that day and later, locked, in order."""
    return list(
        db.session.scalars(
            select(Placement)
            .where(
                Placement.node_id == node.id,
                or_(Placement.to_on.is_(None), Placement.to_on > on),
            )
            .order_by(Placement.from_on)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _in_the_way(node: Node, on: date) -> dict[str, int]:
    """What must end before the node does: fault code -> how many."""
    columns: dict[str, tuple[Any, type[Membership | Placement | GrantRow]]] = {
        "node-has-members": (Membership.node_id, Membership),
        "node-has-children": (Placement.parent_id, Placement),
        "node-has-grants": (GrantRow.node_id, GrantRow),
    }
    return {
        code: db.session.scalar(
            select(func.count()).where(
                column == node.id, or_(table.to_on.is_(None), table.to_on > on)
            )
        )
        or 0
        for code, (column, table) in columns.items()
    }
