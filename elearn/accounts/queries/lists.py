"""The lists of people and libraries as they go out: read again, they change nothing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache

from sqlalchemy import select

from elearn.accounts.formats.lists import SCHEMES, WORDS
from elearn.accounts.models import Login, LoginKind, Membership, Node, NodeCode, Person, Placement
from elearn.core import clock
from elearn.core.db import db


def people_rows(now: datetime) -> Iterator[list[str]]:
    """Everybody who can sign in, by name, in the columns of `formats.lists.PEOPLE`.

    Who belongs to two libraries, or is to move, has no library here: a list knows one only.
    """
    usernames: dict[int, str] = {}
    known: set[int] = set()
    for number, kind, key in db.session.execute(select(Login.person_id, Login.kind, Login.key)):
        known.add(number)
        if kind == LoginKind.USERNAME:
            usernames[number] = key
    places = _places(now)
    p = Person.__table__.c
    rows = db.session.execute(
        select(p.id, p.full_name, p.nip, p.email, p.phone, p.post, p.employment).order_by(
            p.sort_key, p.id
        )
    )
    for row in rows:
        if row.id in known:
            libraries = places[row.id]
            yield [
                usernames.get(row.id, ""), row.full_name, row.nip or "", row.email or "",
                row.phone, row.post, WORDS["employment"][row.employment],
                next(iter(libraries)) if len(libraries) == 1 else "",
            ]  # fmt: skip


def library_rows(now: datetime) -> Iterator[list[str]]:
    """Every library and office by name, in the columns of `formats.lists.LIBRARIES`."""
    nodes = {row.id: row for row in db.session.execute(select(Node.__table__))}
    today = cache(lambda zone: clock.day_in(now, zone))
    parents = {}
    for row in db.session.execute(select(Placement.__table__)):
        if _holds(row.from_on, row.to_on, today(nodes[row.node_id].time_zone)):
            parents[row.node_id] = nodes[row.parent_id].code
    schemes = {
        (row.node_id, row.scheme): row.value
        for row in db.session.execute(select(NodeCode.__table__))
    }
    for row in sorted(nodes.values(), key=lambda node: (node.sort_key, node.id)):
        yield [
            row.code, row.name, WORDS["kind"][row.kind], row.library_type,
            parents.get(row.id, ""), row.place, WORDS["time_zone"].get(row.time_zone, ""),
            row.contact_email, *(schemes.get((row.id, scheme), "") for scheme in SCHEMES),
        ]  # fmt: skip


def _places(now: datetime) -> defaultdict[int, set[str]]:
    """Codes of the libraries that each person has not left yet."""
    today = cache(lambda zone: clock.day_in(now, zone))
    places: defaultdict[int, set[str]] = defaultdict(set)
    rows = db.session.execute(
        select(Membership.person_id, Membership.to_on, Node.code, Node.time_zone).join(
            Node, Node.id == Membership.node_id
        )
    )
    for row in rows:
        if row.to_on is None or row.to_on > today(row.time_zone):
            places[row.person_id].add(row.code)
    return places


def _holds(from_on: date, to_on: date | None, on: date) -> bool:
    return from_on <= on and (to_on is None or to_on > on)
