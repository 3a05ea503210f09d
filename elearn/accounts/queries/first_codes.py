"""People whom the office has entered and who have never set a password: they need a first code."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, exists, func, select

from elearn.accounts.models import Credential, Login, Node, Person, Reset
from elearn.accounts.queries.directory import holders_of_an_office
from elearn.accounts.queries.people import logins_by_person
from elearn.accounts.queries.places import parts_below
from elearn.accounts.queries.reach import members
from elearn.core import clock
from elearn.core.db import db
from elearn.core.permissions import Action, Actor, is_everywhere


class Whom(StrEnum):
    """Who of them gets a code."""

    FRESH = "fresh"  # who holds none that still works
    ALL = "all"  # what they hold lets nobody in any more


@dataclass(frozen=True, slots=True)
class Expected:
    """Somebody who is in the list and has never signed in."""

    person_id: int
    code: str
    full_name: str
    login: str
    language: str
    time_zone: str
    library: str


@dataclass(frozen=True, slots=True)
class Count:
    """How many are expected; coded: those of them who hold a code that still works."""

    all: int
    coded: int

    @property
    def fresh(self) -> int:
        return self.all - self.coded


def count_expected(actor: Actor, node: Node, now: datetime) -> Count:
    """How many of this part of the tree today. One query."""
    found = _expected(actor, node, now).subquery()
    row = db.session.execute(
        select(func.count(), func.count().filter(found.c.is_coded)).select_from(found)
    ).one()
    return Count(*row)


def count_by_part(actor: Actor, node: Node, now: datetime) -> list[tuple[Node, int]]:
    """The places right under the node where somebody is expected, by name, with how many."""
    found, below = _expected(actor, node, now).subquery(), parts_below(node, _today(node, now))
    rows = db.session.execute(
        select(Node, func.count())
        .join(below, below.c.top == Node.id)
        .join(found, found.c.node_id == below.c.id)
        .group_by(Node.id)
        .order_by(Node.sort_key, Node.id)
    )
    return [(place, count) for place, count in rows]


def expected_to_change(
    actor: Actor, node: Node, whom: Whom, most: int, now: datetime
) -> list[Expected]:
    """By library and name, their credentials locked: who sets a password meanwhile waits."""
    found = _expected(actor, node, now).subquery()
    wanted = (
        select(Person, Node.name)
        .join(found, found.c.person_id == Person.id)
        .join(Node, Node.id == found.c.node_id)
        .join(Credential, Credential.person_id == Person.id)
        .order_by(Node.sort_key, Node.id, Person.sort_key, Person.id)
        .limit(most)
        .with_for_update(of=Credential)
    )
    if whom is Whom.FRESH:
        wanted = wanted.where(~found.c.is_coded)
    rows = db.session.execute(wanted).all()
    logins = logins_by_person([person.id for person, _ in rows])
    return [
        Expected(
            person.id, person.code, person.full_name, logins[person.id], person.language,
            person.time_zone, library,
        )
        for person, library in rows
    ]  # fmt: skip


def _expected(actor: Actor, node: Node, now: datetime) -> Select[int, int, bool]:
    """SELECT of person, node (one of hers in this part) and whether she holds a code that works.

    Those who hold an office are for who may do it everywhere: with the code one could be them.
    """
    today = _today(node, now)
    of_part = members(node.id, today).subquery()
    works = exists().where(
        Reset.person_id == Person.id, Reset.used_at.is_(None), Reset.expires_at > now
    )
    wanted = (
        select(Person.id.label("person_id"), func.min(of_part.c.node_id).label("node_id"))
        .add_columns(works.label("is_coded"))
        .join(of_part, of_part.c.person_id == Person.id)
        .join(Credential, Credential.person_id == Person.id)
        .where(
            Credential.password_hash.is_(None),
            Credential.is_active.is_(True),
            Person.id != actor.person_id,
            exists().where(Login.person_id == Person.id),
        )
        .group_by(Person.id)
    )
    if is_everywhere(actor, Action.ACCOUNTS_WAYS_IN_MAKE):
        return wanted
    return wanted.where(Person.id.not_in(holders_of_an_office(now)))


def _today(node: Node, now: datetime) -> date:
    return clock.day_in(now, node.time_zone)
