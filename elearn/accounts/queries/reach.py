"""Whom a role for a part of the tree reaches: the doors of those who oversee many.

The tree, the memberships and the grants are dated. Which day it is, is the zone's of the place that
is looked at: of a person the one of her library, in lists as behind a single door. So somebody who
moves leaves at midnight where she was and arrives at midnight where she goes, whoever looks from
where. Foreign is the same as missing.
"""

from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    exists,
    false,
    or_,
    select,
    union,
    union_all,
)

from elearn.accounts.models import Membership, Node, Person, PersonAlias, Placement
from elearn.accounts.queries.former import present_number
from elearn.accounts.queries.tree import path, subtree_query
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Action, Actor, is_everywhere, parts


def own_nodes(actor: Actor, action: Action) -> list[Node]:
    """Where the actor's reach begins: the nodes of her grants, the tops of the tree for all."""
    wanted = select(Node).order_by(Node.sort_key, Node.id)
    if is_everywhere(actor, action):
        under = exists().where(Placement.node_id == Node.id)
        return list(db.session.scalars(wanted.where(~under)))
    return list(db.session.scalars(wanted.where(Node.id.in_(parts(actor, action)))))


def own_node(actor: Actor, action: Action, code: str, now: datetime) -> Node:
    """The node with this code; Missing when there is none, or it is outside her reach today."""
    node = db.session.scalar(select(Node).where(Node.code == code))
    if node is None or not _reaches(actor, action, node.id, clock.day_in(now, node.time_zone)):
        raise Missing("node-missing")
    return node


def person_within(actor: Actor, action: Action, code: str, now: datetime) -> Person:
    """The person with this code, of a library within her reach today; else Missing."""
    found = db.session.scalar(select(Person).where(Person.code == code))
    if found is None or not is_within(actor, action, found.id, now):
        raise Missing("person-missing")
    return found


def is_within(actor: Actor, action: Action, person_id: int, now: datetime) -> bool:
    """Whether the person belongs today to a library or office that the actor reaches."""
    if is_everywhere(actor, action):
        return True
    if not parts(actor, action):
        return False
    rows = db.session.execute(
        select(Membership, Node.time_zone)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id == present_number(person_id))
    ).all()
    days = [(row, clock.day_in(now, zone)) for row, zone in rows]
    return any(
        _reaches(actor, action, row.node_id, day)
        for row, day in days
        if row.from_on <= day and (row.to_on is None or day < row.to_on)
    )


def members(node_id: int, on: date) -> Select[int, int]:
    """SELECT of (person, node) of those who belong to the node or below it on that day."""
    return select(Membership.person_id, Membership.node_id).where(
        Membership.node_id.in_(subtree_query(node_id, on)), belongs(on)
    )


def people_within(actor: Actor, action: Action, now: datetime) -> Select[int]:
    """SELECT of the persons whom the actor reaches today, to be used as `x.in_(...)`.

    Whoever was found to be one of them is among them: her rows may still carry the former number.
    """
    if is_everywhere(actor, action):
        return select(Person.id)
    reached = [
        _members_in(zones, members(node.id, day).with_only_columns(Membership.person_id))
        for node in own_nodes(actor, action)
        for day, zones in _zones_by_day(now).items()
    ]
    if not reached:
        return select(Person.id).where(false())
    return _and_former(union(*reached))


def _and_former(people: Select[int] | CompoundSelect[int]) -> Select[int]:
    """These persons, and the entries that were merged into them: rows may carry either number."""
    found = people.cte()
    number = found.c[0]
    former = select(PersonAlias.former_id).join(found, number == PersonAlias.person_id)
    return select(union_all(select(number), former).subquery().c[0])


def _zones_by_day(now: datetime) -> dict[date, list[str]]:
    """The zones of the country by the day that it is there: for most hours it is one day."""
    found: dict[date, list[str]] = {}
    for zone in clock.ZONES:
        found.setdefault(clock.day_in(now, zone), []).append(zone)
    return found


def _members_in(zones: list[str], found: Select[int]) -> Select[int]:
    """Those of them whose library is in one of the zones; all of them for all zones."""
    if len(zones) == len(clock.ZONES):
        return found
    here = select(Node.id).where(Node.time_zone.in_(zones))
    return found.where(Membership.node_id.in_(here))


def belongs(on: date) -> ColumnElement[bool]:
    """Whether a membership holds on that day."""
    return and_(Membership.from_on <= on, or_(Membership.to_on.is_(None), Membership.to_on > on))


def _reaches(actor: Actor, action: Action, node_id: int, on: date) -> bool:
    if is_everywhere(actor, action):
        return True
    ends = parts(actor, action)
    return bool(ends) and any(above.id in ends for above in path(node_id, on))
