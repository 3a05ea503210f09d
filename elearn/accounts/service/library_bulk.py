"""Many new libraries at once: what `service.tree` does for one, in few statements for all.

The rows were judged: codes are free, parents are known or in the same list, and nobody stands
under herself. What somebody else has taken since, the database refuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from elearn.accounts.models import Node, NodeCode, Placement
from elearn.accounts.service.bulk import batches, insert_all, note_all
from elearn.accounts.service.tree import administers, one_mover_at_a_time
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Conflict, Forbidden
from elearn.core.permissions import Actor
from elearn.core.text import sort_key, tidy


@dataclass(frozen=True, slots=True)
class NewNode:
    """A place that nobody has heard of before. parent: code, "" for none; codes: by scheme."""

    code: str
    kind: str
    name: str
    library_type: str
    place: str
    time_zone: str
    contact_email: str
    parent: str
    codes: Mapping[str, str]


def add_nodes(actor: Actor, nodes: Sequence[NewNode], now: datetime) -> None:
    """New places in the tree, each under its parent from today. Called inside `saving()`.

    Conflict (list-changed) when what they were judged by is no longer so.
    """
    one_mover_at_a_time()
    today = {zone: clock.day_in(now, zone) for zone in {one.time_zone for one in nodes}}
    former = _numbers({one.parent for one in nodes} - {""})
    _refuse_foreign(actor, former, min(today.values(), default=now.date()))
    insert_all(Node, [_columns(one) for one in nodes])
    numbers = former | _numbers({one.code for one in nodes})
    placements, codes, placed, coded = [], [], [], []
    for one in nodes:
        number, from_on = numbers[one.code], today[one.time_zone]
        if one.parent:
            if one.parent not in numbers:
                raise Conflict("list-changed")
            placements.append(
                {"node_id": number, "parent_id": numbers[one.parent], "from_on": from_on}
            )
            placed.append((one.code, f"{one.parent} {from_on.isoformat()}"))
        for scheme, value in one.codes.items():
            codes.append({"node_id": number, "scheme": scheme, "value": value})
            coded.append((one.code, f"{scheme} {value}"))
    insert_all(Placement, placements)
    insert_all(NodeCode, codes)
    note_all(actor, "accounts:node:add", [(one.code, "") for one in nodes], now)
    note_all(actor, "accounts:node:place", placed, now)
    note_all(actor, "accounts:node:code", coded, now)


def _refuse_foreign(actor: Actor, parents: Mapping[str, int], on: date) -> None:
    for code, number in parents.items():
        if not administers(actor, number, on):
            raise Forbidden("node-not-yours", node=code)


def _numbers(codes: set[str]) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for batch in batches(sorted(codes)):
        rows = db.session.execute(select(Node.code, Node.id).where(Node.code.in_(batch)))
        numbers.update(dict(rows.all()))
    return numbers


def _columns(one: NewNode) -> dict[str, Any]:
    name = tidy(one.name)
    return {
        "code": one.code, "kind": one.kind, "name": name, "sort_key": sort_key(name),
        "library_type": one.library_type, "place": tidy(one.place), "time_zone": one.time_zone,
        "contact_email": one.contact_email,
    }  # fmt: skip
