"""Importing a list of people: judge every row, then write all of them or none.

A row is the person who signs in with its username, NIP or e-mail; nobody is ever found by name.
An empty cell leaves what is known; a person who is not in the list stays as they are.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import select

from elearn.accounts import rules
from elearn.accounts.formats.lists import word_of
from elearn.accounts.formats.table import Row, Table
from elearn.accounts.models import GrantRow, Login, LoginKind, Membership, Node, Person
from elearn.accounts.queries.tree import closing_nodes
from elearn.accounts.rules import Fault
from elearn.accounts.service import people_bulk
from elearn.accounts.service.bulk import batches
from elearn.accounts.service.imports import Kind, Verdict, unwatched, verdicts_of_faults
from elearn.accounts.service.people import Details
from elearn.accounts.service.people_bulk import Newcomer
from elearn.accounts.service.people_moving import change_logins, move_people
from elearn.accounts.service.roles import grant
from elearn.core import clock
from elearn.core.db import db
from elearn.core.errors import Conflict
from elearn.core.permissions import Actor, Role
from elearn.core.text import tidy

_BATCH = 500
_REPORTED = 500  # rows between two reports
# Roles are given one by one, as by hand. On SQLite nobody else writes meanwhile: so many take half
# of the time that a learner's answer waits for its turn.
ROLES_MOST = 1_500
_LOGINS = {"username": LoginKind.USERNAME, "nip": LoginKind.NIP, "email": LoginKind.EMAIL}


@dataclass(frozen=True, slots=True)
class Work:
    """One row that is to be written."""

    person_id: int | None  # None: a new person
    username: str
    details: Details
    library_id: int | None
    role: Role | None
    role_at_id: int | None
    changes: tuple[str, ...] = ()  # columns, of a person who is known


@dataclass(frozen=True, slots=True)
class Plan:
    verdicts: list[Verdict]
    work: list[Work]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database holds about everybody whom the list could mean."""

    owners: Mapping[str, int]
    usernames: Mapping[int, str]
    people: Mapping[int, Person]
    places: Mapping[int, set[int]]
    grants: set[tuple[int, str, int | None]]
    nodes: Mapping[str, Node]
    closed: frozenset[int]  # nodes that close, or have


def plan(table: Table, now: datetime, report: Callable[[int], None] = unwatched) -> Plan:
    """A verdict for each row, and the work that the list means. Writes nothing.

    report: is told, now and then, how many rows are judged.
    """
    verdicts = verdicts_of_faults(table)
    known = _known(table.rows, now)
    work = []
    seen: dict[str | int, int] = {}
    role_count = 0
    for number, row in enumerate(table.rows, 1):
        verdict, item = _judge(row, known, seen)
        role_count += item is not None and item.role is not None
        if role_count > ROLES_MOST and item is not None and item.role is not None:
            fault = Fault("list-roles-many", {"maximum": ROLES_MOST})
            verdict, item = Verdict(row.line, Kind.PROBLEM, verdict.subject, faults=(fault,)), None
        verdicts.append(verdict)
        if item is not None:
            work.append(item)
        if number % _REPORTED == 0:
            report(number)
    return Plan(sorted(verdicts, key=lambda verdict: verdict.line), work)


def write(
    actor: Actor, work: Sequence[Work], now: datetime, report: Callable[[int], None]
) -> list[tuple[int, Work]]:
    """Write all of it; returns the new persons' numbers with their rows. Called inside `saving()`.

    report: is told, now and then, how many rows are written. Conflict (list-changed) when what the
    work was judged by is no longer so.
    """
    done: list[tuple[int, Work]] = []
    for batch in batches([item for item in work if item.person_id is None]):
        numbers = people_bulk.add_people(actor, [_newcomer(item) for item in batch], now)
        done += zip(numbers, batch, strict=True)
        report(len(done))
    made = list(done)
    for batch in batches([item for item in work if item.person_id is not None]):
        known = {item.person_id: item for item in batch if item.person_id is not None}
        _change(actor, known, now)
        done += known.items()
        report(len(done))
    for number, item in done:
        if item.role is not None:
            _give_role(actor, number, item, item.role, now)
    return made


def weight(work: Sequence[Work]) -> int:
    """How many times as long as judging one row it takes, about, to write all of this."""
    return 3 * len(work) + 100 * sum(item.role is not None for item in work)


def _newcomer(item: Work) -> Newcomer:
    if item.library_id is None:
        raise Conflict("list-changed")
    return Newcomer(item.details, item.username, item.library_id)


def _change(actor: Actor, known: Mapping[int, Work], now: datetime) -> None:
    """What is known of these persons, what they sign in with, and where they belong."""
    people_bulk.change_people(actor, {number: item.details for number, item in known.items()}, now)
    logins = {number: _changed_logins(item) for number, item in known.items()}
    change_logins(actor, {number: keys for number, keys in logins.items() if keys}, now)
    libraries = {
        number: item.library_id for number, item in known.items() if item.library_id is not None
    }
    move_people(actor, libraries, now)


def _changed_logins(item: Work) -> dict[LoginKind, str]:
    keys = {"username": item.username, "nip": item.details.nip, "email": item.details.email}
    return {_LOGINS[name]: key for name, key in keys.items() if name in item.changes}


def _give_role(actor: Actor, number: int, item: Work, role: Role, now: datetime) -> None:
    where = db.session.get(Node, item.role_at_id) if item.role_at_id else None
    zone = where.time_zone if where else clock.DEFAULT_ZONE
    person = db.session.get_one(Person, number)
    grant(actor, person, role, where, clock.day_in(now, zone), now)


def _judge(row: Row, known: _Known, seen: dict[str | int, int]) -> tuple[Verdict, Work | None]:
    typed = {column: rules.login_key(row[column]) for column in _LOGINS}
    keys = [key for key in typed.values() if key]
    subject = next(iter(keys), row["full_name"])
    faults = _faults_in_cells(row, typed, known)
    owners = {known.owners[key] for key in keys if key in known.owners}
    if not keys:
        faults.append(Fault("row-no-login"))
    if len(owners) > 1:
        faults.append(Fault("row-two-people"))
    person_id = next(iter(owners)) if len(owners) == 1 else None
    library = known.nodes.get(row["library"].casefold())
    present = known.places.get(person_id or 0, set())
    if library is not None and library.id in known.closed - present:
        faults.append(Fault("node-closed", {"node": library.name}))
    faults += _repeated(row.line, [*keys, *([person_id] if person_id else [])], seen)
    former = known.usernames.get(person_id or 0, "")
    if former and typed["username"] and typed["username"] != former:
        faults.append(Fault("row-other-username", {"username": former}))
    if person_id is None and not row["library"]:
        faults.append(Fault("library-missing"))
    if faults:
        return Verdict(row.line, Kind.PROBLEM, subject, faults=tuple(faults)), None
    return _compare(row, typed, person_id, subject, known)


def _compare(
    row: Row, typed: Mapping[str, str], person_id: int | None, subject: str, known: _Known
) -> tuple[Verdict, Work | None]:
    """The row against what is known: new, the same, or changed in these columns."""
    person = known.people[person_id] if person_id else None
    details = _details(row, typed, person)
    library = known.nodes.get(row["library"].casefold())
    role, role_at = _role(row), known.nodes.get(row["role_at"].casefold())
    role_at_id = role_at.id if role_at else None
    library_id = library.id if library else None
    if person is None:
        item = Work(None, typed["username"], details, library_id, role, role_at_id)
        return Verdict(row.line, Kind.NEW, subject), item
    before = details_of(person)
    changes = [name for name in ("full_name", "post", "nip", "email", "phone", "employment")
               if getattr(details, name) != getattr(before, name)]  # fmt: skip
    username = typed["username"] if person.id not in known.usernames else ""
    if username:
        changes.append("username")
    moves = library is not None and known.places.get(person.id, set()) != {library.id}
    if moves:
        changes.append("library")
    if role is not None and (person.id, role.value, role_at_id) in known.grants:
        role = None
    if role is not None:
        changes.append("role")
    if not changes:
        return Verdict(row.line, Kind.SAME, subject), None
    library_id = library.id if library is not None and moves else None
    item = Work(person.id, username, details, library_id, role, role_at_id, tuple(changes))
    return Verdict(row.line, Kind.CHANGED, subject, tuple(changes)), item


def _faults_in_cells(row: Row, typed: Mapping[str, str], known: _Known) -> list[Fault]:
    found: list[Fault | None] = [rules.fault_in_name(tidy(row["full_name"]))]
    if typed["username"]:
        found.append(rules.fault_in_username(typed["username"]))
    if row["nip"]:
        found.append(rules.fault_in_nip(row["nip"]))
    if typed["email"]:
        found.append(rules.fault_in_email(typed["email"]))
    for column in ("employment", "role"):
        word = word_of(column, row[column])
        found.append(word if isinstance(word, Fault) else None)
    for column in ("library", "role_at"):
        if row[column] and row[column].casefold() not in known.nodes:
            found.append(Fault("node-unknown", {"node": row[column]}))
    if _role(row) is Role.SUPERVISOR and not row["role_at"]:
        found.append(Fault("grant-needs-node"))
    return [fault for fault in found if fault is not None]


def _repeated(line: int, marks: list[Any], seen: dict[str | int, int]) -> list[Fault]:
    """A login or a person that an earlier row has already."""
    earlier = {seen[mark] for mark in marks if mark in seen}
    for mark in marks:
        seen.setdefault(mark, line)
    return [Fault("row-repeated", {"line": min(earlier)})] if earlier else []


def _role(row: Row) -> Role | None:
    word = word_of("role", row["role"])
    return Role(word) if isinstance(word, str) and word else None


def _details(row: Row, typed: Mapping[str, str], person: Person | None) -> Details:
    base = details_of(person) if person else Details(full_name="")
    given = {
        "full_name": tidy(row["full_name"]),
        "post": tidy(row["post"]),
        "nip": typed["nip"],
        "email": typed["email"],
        "phone": tidy(row["phone"]),
        "employment": word_of("employment", row["employment"]),
    }
    changed: dict[str, Any] = {name: value for name, value in given.items() if value}
    return replace(base, **changed)


def details_of(person: Person) -> Details:
    return Details(
        full_name=person.full_name,
        post=person.post,
        nip=person.nip or "",
        email=person.email or "",
        phone=person.phone,
        employment=person.employment,
        language=person.language,
        time_zone=person.time_zone,
        show_nip=person.show_nip,
    )


def _known(rows: Iterable[Row], now: datetime) -> _Known:
    keys = {rules.login_key(row[column]) for row in rows for column in _LOGINS} - {""}
    codes = {row[column].casefold() for row in rows for column in ("library", "role_at")} - {""}
    owners: dict[str, int] = {}
    for batch in _batches(keys):
        found = select(Login.key, Login.person_id).where(Login.key.in_(batch))
        owners.update((key, person_id) for key, person_id in db.session.execute(found))
    nodes: dict[str, Node] = {}
    for batch in _batches(codes):
        rows_found = db.session.scalars(select(Node).where(Node.code.in_(batch)))
        nodes.update((node.code, node) for node in rows_found)
    usernames: dict[int, str] = {}
    people: dict[int, Person] = {}
    places: dict[int, set[int]] = {}
    grants: set[tuple[int, str, int | None]] = set()
    today = cache(lambda zone: clock.day_in(now, zone))
    for batch in _batches(set(owners.values())):
        people.update(
            (person.id, person)
            for person in db.session.scalars(select(Person).where(Person.id.in_(batch)))
        )
        named = select(Login.person_id, Login.key).where(
            Login.person_id.in_(batch), Login.kind == LoginKind.USERNAME
        )
        usernames.update((person_id, key) for person_id, key in db.session.execute(named))
        members = (
            select(Membership.person_id, Membership.node_id, Membership.to_on, Node.time_zone)
            .join(Node, Node.id == Membership.node_id)
            .where(Membership.person_id.in_(batch))
        )
        for person_id, node_id, to_on, zone in db.session.execute(members):
            if to_on is None or to_on > today(zone):
                places.setdefault(person_id, set()).add(node_id)
        held = select(GrantRow.person_id, GrantRow.role, GrantRow.node_id).where(
            GrantRow.person_id.in_(batch), GrantRow.to_on.is_(None)
        )
        grants.update((who, role, node) for who, role, node in db.session.execute(held))
    return _Known(owners, usernames, people, places, grants, nodes, closing_nodes())


def _batches(values: set[Any]) -> Iterable[list[Any]]:
    left = iter(sorted(values))
    while batch := list(islice(left, _BATCH)):
        yield batch
