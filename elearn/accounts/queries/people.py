"""Persons: of a session, of a login, and as holders of a record."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import and_, bindparam, or_, select

from elearn.accounts import rules
from elearn.accounts.models import (
    Credential,
    GrantRow,
    Login,
    LoginKind,
    Membership,
    Node,
    Person,
)
from elearn.accounts.queries.consents import RULES as CONSENT
from elearn.core import clock, policy
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor, Grant, Role, SessionUser


@dataclass(frozen=True, slots=True)
class HolderFacts:
    """A person as a completion record names them on one day."""

    person_id: int
    name: str
    nip: str | None
    show_nip: bool
    post: str
    institution: str  # the library of the membership that day; "" when there is none
    time_zone: str  # of that library, which she cannot choose; her own where there is none
    employment: str
    language: str


@dataclass(frozen=True, slots=True)
class SignInFacts:
    """What is needed to judge a sign-in: loaded before the password is compared."""

    person_id: int
    password_hash: str | None
    generation: int
    is_active: bool


_PERSON, _CREDENTIAL = Person.__table__.c, Credential.__table__.c
_GRANT, _NODE = GrantRow.__table__.c, Node.__table__.c

# Made once, and of tables rather than of classes: every request of a session asks it, and making
# it or reading it as classes costs as much as answering it.
_OF_SESSION = (
    select(
        _PERSON.id, _PERSON.full_name, _PERSON.language, _PERSON.time_zone,
        _GRANT.role, _GRANT.node_id, _GRANT.from_on, _GRANT.to_on,
        _NODE.time_zone.label("node_zone"),
        policy.changed_until(CONSENT, bindparam("today")).scalar_subquery().label("text_since"),
    )
    .join(Credential.__table__, _CREDENTIAL.person_id == _PERSON.id)
    .outerjoin(
        GrantRow.__table__,
        and_(
            _GRANT.person_id == _PERSON.id,
            _GRANT.from_on <= bindparam("high"),
            or_(_GRANT.to_on.is_(None), _GRANT.to_on > bindparam("low")),
        ),
    )
    .outerjoin(Node.__table__, _NODE.id == _GRANT.node_id)
    .where(
        _PERSON.id == bindparam("person_id"),
        _CREDENTIAL.generation == bindparam("generation"),
        _CREDENTIAL.is_active.is_(True),
    )
)  # fmt: skip


def session_user(person_id: int, generation: int) -> SessionUser | None:
    """The person of a session with today's grants; None when the session has ended. One query.

    A grant's day is that of its node, or of the person where it has none; the database is asked
    for the days around, and each zone's own day decides.
    """
    now = clock.now()
    low, high = now.date() - timedelta(days=1), now.date() + timedelta(days=1)
    today = clock.day_in(now, clock.FIRST_ZONE)
    wanted = {
        "person_id": person_id, "generation": generation, "low": low, "high": high, "today": today,
    }  # fmt: skip
    rows = db.session.execute(_OF_SESSION, wanted).all()
    if not rows:
        return None
    person = rows[0]
    grants = frozenset(
        Grant(Role(row.role), row.node_id)
        for row in rows
        if row.role and _holds(row.from_on, row.to_on, now, row.node_zone or person.time_zone)
    )
    return SessionUser(
        person_id=person.id,
        generation=generation,
        full_name=person.full_name,
        language=person.language,
        time_zone=person.time_zone,
        actor=Actor(person.id, grants),
        text_since=person.text_since,
    )


def _holds(from_on: date, to_on: date | None, now: datetime, zone: str) -> bool:
    today = clock.day_in(now, zone)
    return from_on <= today and (to_on is None or today < to_on)


def person(person_id: int) -> Person:
    """The person with this number; Missing when there is none."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise Missing("person-missing")
    return found


def person_by_login(key: str) -> Person | None:
    """The person who signs in with this username, NIP or e-mail, however it was typed."""
    return db.session.scalar(
        select(Person)
        .join(Login, Login.person_id == Person.id)
        .where(Login.key == rules.login_key(key))
    )


def any_login_of(person_id: int) -> str:
    """Something that the person signs in with: the username where there is one."""
    return logins_by_person([person_id]).get(person_id, "")


def logins_by_person(numbers: Sequence[int]) -> dict[int, str]:
    """The same for many, of whom some may have none. One query."""
    logins: dict[int, str] = {}
    rows = db.session.execute(
        select(Login.person_id, Login.kind, Login.key)
        .where(Login.person_id.in_(numbers))
        .order_by(Login.person_id, Login.kind)
    )
    for person_id, kind, key in rows:
        if kind == LoginKind.USERNAME or person_id not in logins:
            logins[person_id] = key
    return logins


def logins_of(person_id: int) -> dict[str, str]:
    """What the person signs in with, by kind."""
    rows = db.session.execute(
        select(Login.kind, Login.key).where(Login.person_id == person_id)
    ).all()
    return {row.kind: row.key for row in rows}


def places_of(person_id: int, on: date) -> tuple[Node, ...]:
    """The libraries and offices to which the person belongs on that day, the latest first."""
    rows = db.session.scalars(
        select(Node)
        .join(Membership, Membership.node_id == Node.id)
        .where(
            Membership.person_id == person_id,
            Membership.from_on <= on,
            or_(Membership.to_on.is_(None), Membership.to_on > on),
        )
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    return tuple(rows)


def places_of_each(person_ids: Collection[int], now: datetime) -> dict[int, list[Node]]:
    """Where each of these people belongs at this moment, the latest place first. One query.

    Which day it is, is each place's own zone's; who belongs nowhere is left out.
    """
    if not person_ids:
        return {}
    rows = db.session.execute(
        select(Membership, Node)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id.in_(person_ids))
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    found: dict[int, list[Node]] = {}
    for row, node in rows:
        if _holds(row.from_on, row.to_on, now, node.time_zone):
            found.setdefault(row.person_id, []).append(node)
    return found


def sign_in_facts(key: str) -> SignInFacts | None:
    """What decides a sign-in with this canonical login. One query, whether it is known or not."""
    row = db.session.execute(
        select(
            Login.person_id, Credential.password_hash, Credential.generation, Credential.is_active
        )
        .join(Credential, Credential.person_id == Login.person_id)
        .where(Login.key == key)
    ).one_or_none()
    return SignInFacts(*row) if row else None


def credential_to_change(person_id: int) -> Credential:
    """The person's credential, locked; Missing when they have none."""
    found = db.session.scalar(
        select(Credential)
        .where(Credential.person_id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("person-missing")
    return found


def own_person_to_change(actor: Actor) -> Person:
    """The actor's own person, locked."""
    found = db.session.scalar(
        select(Person)
        .where(Person.id == actor.person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("person-missing")
    return found


def holder_facts(person_id: int, on: date) -> HolderFacts:
    """The person as a record names them on that day; Missing when there is none. One query."""
    row = db.session.execute(
        select(Person, Node.name, Node.time_zone)
        .outerjoin(
            Membership,
            and_(
                Membership.person_id == Person.id,
                Membership.from_on <= on,
                or_(Membership.to_on.is_(None), Membership.to_on > on),
            ),
        )
        .outerjoin(Node, Node.id == Membership.node_id)
        .where(Person.id == person_id)
        .order_by(Membership.from_on.desc(), Membership.id.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        raise Missing("person-missing")
    holder, institution, zone = row
    return HolderFacts(
        person_id=holder.id,
        name=holder.full_name,
        nip=holder.nip,
        show_nip=holder.show_nip,
        post=holder.post,
        institution=institution or "",
        time_zone=zone or holder.time_zone,
        employment=holder.employment,
        language=holder.language,
    )


def holder_at(person_id: int, moment: datetime) -> HolderFacts:
    """The same on the day that it is at her library at that moment. One query.

    Two in those hours of a night in which it is another day there than in the west.
    """
    day = clock.day_in(moment, clock.DEFAULT_ZONE)
    found = holder_facts(person_id, day)
    own_day = clock.day_in(moment, found.time_zone)
    return found if own_day == day else holder_facts(person_id, own_day)


def grants_of(person: Person, now: datetime) -> frozenset[Grant]:
    """The roles that a person has at this moment."""
    rows = db.session.execute(
        select(GrantRow, Node.time_zone)
        .outerjoin(Node, Node.id == GrantRow.node_id)
        .where(GrantRow.person_id == person.id)
    )
    return frozenset(
        Grant(Role(row.role), row.node_id)
        for row, zone in rows
        if _holds(row.from_on, row.to_on, now, zone or person.time_zone)
    )
