"""The directory of people: found by what is known of them, and one person's whole story.

For administrators of the whole site: nothing here asks whose part of the tree somebody is in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from elearn.accounts import rules
from elearn.accounts.models import (
    Credential,
    GrantRow,
    Login,
    Membership,
    Node,
    Person,
    PersonAlias,
)
from elearn.accounts.queries.people import logins_by_person
from elearn.accounts.queries.reach import belongs
from elearn.accounts.queries.tree import subtree_query
from elearn.core.db import db
from elearn.core.errors import Conflict, Missing
from elearn.core.permissions import Role
from elearn.core.text import ERASED, sort_key

PAGE = 50


class State(StrEnum):
    """What an entry for a person is today."""

    OPEN = "open"  # she can sign in
    EXPECTED = "expected"  # she can as soon as she has set a password: a first code lets her
    CLOSED = "closed"
    MERGED = "merged"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the directory."""

    person: Person
    login: str
    libraries: tuple[str, ...]
    state: State


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, from 1, and how many there are on all."""

    lines: list[Listed]
    count: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.count // PAGE))


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody has, had or will have."""

    row: GrantRow
    node: Node | None
    acting_for: str  # name, "" where the office is her own


def person_by_code(code: str) -> Person:
    """The person with this code; Missing when there is none."""
    found = db.session.scalar(select(Person).where(Person.code == code))
    if found is None:
        raise Missing("person-missing")
    return found


def person_to_change(code: str) -> Person:
    """The same, locked; Conflict when the entry is nobody's any more."""
    found = db.session.scalar(
        select(Person)
        .where(Person.code == code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("person-missing")
    refuse_gone(found)
    return found


def state_of(person: Person) -> State:
    """What this entry is today."""
    return _states([person])[person.id]


def refuse_gone(person: Person) -> None:
    """Conflict for an entry that was merged into another one or erased: nothing is done to it."""
    state = state_of(person)
    if state in (State.MERGED, State.ERASED):
        raise Conflict(f"person-{state}")


def find_people(words: str, node: Node | None, on: date, page: int) -> Page:
    """People with every word in their name, or who sign in with what was typed; 50 a page."""
    wanted = _matching(words, node, on)
    count = db.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    number = min(max(1, page), max(1, -(-count // PAGE)))
    found = db.session.scalars(
        wanted.order_by(Person.sort_key, Person.id).limit(PAGE).offset((number - 1) * PAGE)
    ).all()
    return Page(_listed(found, on), count, number)


def memberships_of(person_id: int) -> list[tuple[Membership, Node]]:
    """Every library or office to which the person belonged, belongs or will; newest first."""
    rows = db.session.execute(
        select(Membership, Node)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id == person_id)
        .order_by(Membership.from_on.desc(), Membership.id.desc())
    )
    return [(row, node) for row, node in rows]


def roles_of(person_id: int) -> list[Held]:
    """Every role that the person had, has or will have; newest first."""
    other = aliased(Person)
    rows = db.session.execute(
        select(GrantRow, Node, other.full_name)
        .outerjoin(Node, Node.id == GrantRow.node_id)
        .outerjoin(other, other.id == GrantRow.acting_for_id)
        .where(GrantRow.person_id == person_id)
        .order_by(GrantRow.from_on.desc(), GrantRow.id.desc())
    )
    return [Held(row, node, name or "") for row, node, name in rows]


def role_of(person_id: int, number: int) -> Held:
    """One of them by its number; Missing when the person has none such."""
    held = next((held for held in roles_of(person_id) if held.row.id == number), None)
    if held is None:
        raise Missing("grant-missing")
    return held


def credential_of(person_id: int) -> Credential | None:
    """How the person signs in, as far as it may be shown: never the hash to a page."""
    return db.session.get(Credential, person_id)


def holders_of_an_office(now: datetime) -> Select[int]:
    """SELECT of those who have any role but a learner's, or are planned to get one.

    The day in Greenwich and one more: zones differ, and who is counted in vain asks once more.
    """
    return select(GrantRow.person_id).where(
        GrantRow.role != Role.LEARNER,
        or_(GrantRow.to_on.is_(None), GrantRow.to_on >= now.date()),
    )


def has_role_but_learner(person_id: int, now: datetime) -> bool:
    """Whether the person is one of them."""
    hers = holders_of_an_office(now).where(GrantRow.person_id == person_id)
    return db.session.scalar(hers.limit(1)) is not None


def _matching(words: str, node: Node | None, on: date) -> Select[Person]:
    wanted = select(Person)
    if node is not None:
        inside = select(Membership.person_id).where(
            Membership.node_id.in_(subtree_query(node.id, on)), belongs(on)
        )
        wanted = wanted.where(Person.id.in_(inside))
    parts = sort_key(words).split()
    if not parts:
        return wanted
    named = [Person.sort_key.contains(part, autoescape=True) for part in parts]
    key = rules.login_key(words)
    by_login = select(Login.person_id).where(Login.key.startswith(key, autoescape=True))
    return wanted.where(or_(and_(*named), Person.id.in_(by_login)))


def _listed(people: Sequence[Person], on: date) -> list[Listed]:
    numbers = [person.id for person in people]
    logins = logins_by_person(numbers)
    libraries: dict[int, list[str]] = {}
    for person_id, name in db.session.execute(
        select(Membership.person_id, Node.name)
        .join(Node, Node.id == Membership.node_id)
        .where(Membership.person_id.in_(numbers), belongs(on))
        .order_by(Node.sort_key)
    ):
        libraries.setdefault(person_id, []).append(name)
    states = _states(people)
    return [
        Listed(
            person,
            logins.get(person.id, ""),
            tuple(libraries.get(person.id, ())),
            states[person.id],
        )
        for person in people
    ]


def _states(people: Sequence[Person]) -> dict[int, State]:
    rows = db.session.execute(
        select(
            Person.id,
            Person.full_name,
            PersonAlias.former_id,
            Credential.is_active,
            Credential.password_hash.is_(None),
        )
        .outerjoin(PersonAlias, PersonAlias.former_id == Person.id)
        .outerjoin(Credential, Credential.person_id == Person.id)
        .where(Person.id.in_([person.id for person in people]))
    )
    return {
        number: State.MERGED if former_id else _state(name, is_open, is_expected)
        for number, name, former_id, is_open, is_expected in rows
    }


def _state(name: str, is_open: bool | None, is_expected: bool) -> State:
    """Of an entry that was not merged; is_open is None where it has no account."""
    if is_open:
        return State.EXPECTED if is_expected else State.OPEN
    return State.ERASED if name == ERASED else State.CLOSED
