"""Who looked at what is kept of a person, and who changed it: read from the log.

A line of the log is about her when it names her, one of her records or her activities; or when it
is a download of a part of the tree to which her library belonged on that day, or of everybody.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import and_, literal, or_, select

from elearn.accounts import queries as accounts
from elearn.accounts.models import Membership, Node, Person, Placement
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db
from elearn.records.models import Activity, Record

_DOWNLOAD = ":download"
_EVERYBODY = "accounts:people:export"  # its subject is the list's own name


@dataclass(frozen=True, slots=True)
class Look:
    """One act of somebody else that concerned the person."""

    at: datetime
    act: str  # room:thing:verb
    about: str  # title of an activity, number of a record, name of a place; "" for herself
    by: str  # name; "" for an act of the site itself
    post: str


@dataclass(frozen=True, slots=True)
class _Belonging:
    """A library of the person, from when until when, and the zone of its days."""

    node_id: int
    zone: str
    from_on: date
    to_on: date | None

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


def looks(person_id: int, limit: int) -> list[Look]:
    """The newest acts of others that concerned the person, at most `limit`."""
    subjects = _subjects(person_id)
    belongings = _belongings(person_id)
    places = _places_above({each.node_id for each in belongings})
    since = select(Person.created_at).where(Person.id == person_id).scalar_subquery()
    wanted = (
        select(Audit, Person.full_name, Person.post)
        .outerjoin(Person, Person.id == Audit.actor_id)
        .where(
            or_(Audit.actor_id.is_(None), Audit.actor_id.not_in(accounts.with_former(person_id))),
            or_(
                Audit.subject.in_(subjects),
                Audit.subject.in_(places) & Audit.action.endswith(_DOWNLOAD),
                and_(Audit.subject == "people", Audit.action == _EVERYBODY, Audit.at >= since),
            ),
        )
        .order_by(Audit.at.desc(), Audit.id.desc())
    )

    @cache
    def codes_above(node_id: int, day: date) -> frozenset[str]:
        return frozenset(node.code for node in accounts.path(node_id, day))

    def is_about_her(line: Audit) -> bool:
        if line.subject in subjects or line.action == _EVERYBODY:
            return True
        days = ((each, clock.day_in(line.at, each.zone)) for each in belongings)
        return any(
            each.holds(day) and line.subject in codes_above(each.node_id, day) for each, day in days
        )

    found: list[Look] = []
    for line, name, post in db.session.execute(wanted).yield_per(limit):
        if is_about_her(line):
            about = subjects.get(line.subject) or places.get(line.subject, "")
            found.append(Look(line.at, line.action, about, name or "", post or ""))
        if len(found) == limit:
            break
    return found


def _subjects(person_id: int) -> dict[str, str]:
    """What the log may call her or hers, and how she calls it."""
    own = accounts.with_former(person_id)
    codes = db.session.scalars(select(Person.code).where(Person.id.in_(own)))
    numbers = db.session.scalars(select(Record.number).where(Record.person_id.in_(own)))
    titles = db.session.execute(
        select(Activity.code, Activity.title).where(Activity.person_id.in_(own))
    )
    return {
        **dict.fromkeys(codes, ""),
        **{number: number for number in numbers},
        **{row.code: row.title for row in titles},
    }


def _belongings(person_id: int) -> list[_Belonging]:
    rows = db.session.execute(
        select(Membership.node_id, Node.time_zone, Membership.from_on, Membership.to_on)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id.in_(accounts.with_former(person_id)))
    )
    return [_Belonging(*row) for row in rows]


def _places_above(node_ids: set[int]) -> dict[str, str]:
    """Code -> name of these nodes and of all under which they ever stood."""
    if not node_ids:
        return {}
    first, *others = sorted(node_ids)
    start = select(literal(first).label("id"))
    above = (start.union(*(select(literal(each)) for each in others)) if others else start).cte(
        "ever_above", recursive=True
    )
    above = above.union(select(Placement.parent_id).join(above, Placement.node_id == above.c.id))
    rows = db.session.execute(select(Node.code, Node.name).where(Node.id.in_(select(above.c.id))))
    return {row.code: row.name for row in rows}
