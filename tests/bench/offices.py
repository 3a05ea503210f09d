"""Who oversees what in a site, and the requests of an office's day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Flask
from sqlalchemy import func, select

from elearn.accounts import queries as accounts
from elearn.accounts.models import GrantRow, Node, Person
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Role
from elearn.records import queries as records
from elearn.records.models import Activity
from elearn.supervision.rules.questions import Question
from tests.bench.acts import PAGE, Act
from tests.bench.load import Request
from tests.bench.sessions import Session, session_of

FILE = ".csv"
OF_ONE = ("one person", "transcripts", "my data")  # what stands there depends on her alone


@dataclass(frozen=True, slots=True)
class Office:
    """A part of the tree with somebody who oversees it. member: the code of one of her people."""

    code: str
    kind: str
    people: int
    member: str
    session: Session


@dataclass(frozen=True, slots=True)
class _Seat:
    node_id: int
    code: str
    kind: str
    person_id: int
    people: int


def median_and_largest(app: Flask, *kinds: str) -> list[Office]:
    """Of each kind of node the office with the median number of people, and the one with the most."""
    with app.app_context():
        seats = sorted(_seats(), key=lambda seat: (seat.people, seat.code))
    chosen: list[_Seat] = []
    for kind in kinds:
        own = [seat for seat in seats if seat.kind == kind]
        chosen += dict.fromkeys((own[len(own) // 2], own[-1])) if own else []
    return [_office(app, seat) for seat in chosen]


def alike(app: Flask, other: Flask, kind: str) -> tuple[Office, Office]:
    """One office of each site with as many people, and as much that waits for a decision.

    Of such pairs the largest: what differs between the two is all around them.
    """
    found = []
    for site in (app, other):
        with site.app_context():
            seats = [seat for seat in _seats() if seat.kind == kind]
            found.append({(seat.people, _waiting(seat.node_id)): seat for seat in seats})
            db.session.remove()
    size = max(found[0].keys() & found[1].keys())
    return _office(app, found[0][size]), _office(other, found[1][size])


def of_all(app: Flask) -> Office:
    """The top of the tree, for an administrator."""
    with app.app_context():
        on = clock.now().date()
        row = db.session.execute(
            select(Node.id, Node.code, Node.kind, GrantRow.person_id)
            .join(GrantRow, GrantRow.role == Role.ADMINISTRATOR)
            .where(Node.kind == "national", GrantRow.to_on.is_(None))
            .limit(1)
        ).one()
        seat = _Seat(*row, people=_count(row.id, on))
    return _office(app, seat)


def _seats() -> list[_Seat]:
    """Every node that somebody oversees today, with how many people belong there."""
    on = clock.now().date()
    rows = db.session.execute(
        select(Node.id, Node.code, Node.kind, func.min(GrantRow.person_id))
        .join(GrantRow, GrantRow.node_id == Node.id)
        .where(GrantRow.role == Role.SUPERVISOR, GrantRow.to_on.is_(None))
        .group_by(Node.id, Node.code, Node.kind)
    ).all()
    seats = [_Seat(*row, people=_count(row[0], on)) for row in rows]
    db.session.remove()
    return seats


def _count(node_id: int, on: date) -> int:
    members = accounts.members(node_id, on).subquery()
    return db.session.scalar(select(func.count()).select_from(members)) or 0


def _waiting(node_id: int) -> int:
    """Activities without a decision, of those who belong there today."""
    members = accounts.members(node_id, clock.now().date()).subquery()
    waiting = select(func.count()).where(
        records.is_undecided(), Activity.person_id.in_(select(members.c.person_id))
    )
    return db.session.scalar(waiting) or 0


def _office(app: Flask, seat: _Seat) -> Office:
    with app.app_context():
        people = accounts.members(seat.node_id, clock.now().date()).subquery()
        member = db.session.scalars(
            select(Person.code)
            .where(Person.id.in_(select(people.c.person_id)), Person.id != seat.person_id)
            .order_by(Person.id)
            .limit(1)
        ).one()
        db.session.remove()
    return Office(seat.code, seat.kind, seat.people, member, session_of(app, seat.person_id))


def acts(office: Office) -> Iterator[Act]:
    """The pages of an office, and its lists as files."""
    for name, path in _pages(office):
        yield _act(office, name, path, 8, 16)
    for name, path in _files(office):
        yield _act(office, name + FILE, path, 3, 8)


def _act(office: Office, name: str, path: str, single: int, parallel: int) -> Act:
    return Act(
        name, lambda _: Request("GET", path, office.session.cookie), single, parallel, (PAGE,)
    )


def _pages(office: Office) -> Iterator[tuple[str, str]]:
    part = f"/supervision/{office.code}/"
    yield "part", part
    yield "people", f"{part}people"
    yield "people who are stuck", f"{part}people?state=stuck"
    yield "people by name", f"{part}people?q=wahyuni"
    yield OF_ONE[0], f"/supervision/people/{office.member}/"
    for question in Question:
        yield f"question {question}", f"{part}questions/{question}"
    yield "decisions", "/supervision/decisions/"
    yield "papers", f"{part}papers/"
    yield OF_ONE[1], "/records/transcript/"
    yield OF_ONE[2], "/my-data/"


def _files(office: Office) -> Iterator[tuple[str, str]]:
    part = f"/supervision/{office.code}/"
    yield "people", f"{part}people.csv"
    for question in Question:
        yield f"question {question}", f"{part}questions/{question}.csv"
