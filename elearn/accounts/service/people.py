"""Persons: adding them, what they sign in with, and where they belong."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from elearn.accounts import rules
from elearn.accounts.models import (
    Credential,
    Employment,
    GrantRow,
    Login,
    LoginKind,
    Membership,
    Node,
    Person,
)
from elearn.accounts.service import mailed_reset
from elearn.accounts.service.employment import change_employment
from elearn.accounts.service.openings import hold_open
from elearn.core import audit, clock
from elearn.core.clock import DEFAULT_ZONE
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import DEFAULT_LANGUAGE
from elearn.core.permissions import Actor, Role
from elearn.core.text import sort_key, tidy


@dataclass(frozen=True, slots=True)
class Details:
    """What is known of a person; empty text where nothing is."""

    full_name: str
    post: str = ""
    nip: str = ""
    email: str = ""
    phone: str = ""
    employment: str = Employment.OTHER
    employment_from: date | None = None  # since when that is her status; None: from the change on
    language: str = DEFAULT_LANGUAGE
    time_zone: str = DEFAULT_ZONE
    show_nip: bool = False


def add_person(
    actor: Actor,
    details: Details,
    username: str,
    password_hash: str | None,
    library: Node | None,
    now: datetime,
) -> Person:
    """A new person with logins, membership in the library from today, and the learner's grant."""
    zone = library.time_zone if library else details.time_zone
    person = Person(full_name="", sort_key="", created_at=now)
    _fill(person, details)
    person.time_zone = zone
    db.session.add(person)
    db.session.flush()
    db.session.add(
        Credential(
            person_id=person.id, password_hash=password_hash, changed_at=now,
            generation=1, is_active=True,
        )
    )  # fmt: skip
    set_logins(person, {LoginKind.USERNAME: username, **_further_logins(details)})
    today = clock.day_in(now, zone)
    if library is not None:
        hold_open(library)
        db.session.add(Membership(person_id=person.id, node_id=library.id, from_on=today))
    db.session.add(GrantRow(person_id=person.id, role=Role.LEARNER, node_id=None, from_on=today))
    own = Actor(person.id) if actor.person_id is None and not actor.grants else actor
    audit.note(own, "accounts:person:add", person.code, now)
    return person


def change_details(actor: Actor, person: Person, details: Details, now: datetime) -> None:
    """Correct what is known of a person. Records that were issued keep what they say."""
    logins = _further_logins(details)
    changes_logins = (person.nip or "", person.email or "") != (
        logins[LoginKind.NIP], logins[LoginKind.EMAIL],
    )  # fmt: skip
    if details.employment_from or details.employment != person.employment:
        change_employment(actor, person, details.employment, details.employment_from, now)
    _fill(person, details)
    set_logins(person, logins)
    audit.note(actor, "accounts:person:change", person.code, now)
    if changes_logins:
        mailed_reset.end_links([person.id])
        audit.note(actor, "accounts:login:change", person.code, now)


def set_logins(person: Person, wanted: dict[LoginKind, str]) -> None:
    """Give each kind named here this value ("" = none); Conflict when another account has it."""
    present = {
        row.kind: row
        for row in db.session.scalars(select(Login).where(Login.person_id == person.id))
    }
    for kind, typed in wanted.items():
        key = rules.login_key(typed)
        former = present.get(kind)
        if former is not None and former.key == key:
            continue
        if key:
            _refuse(_FAULTS[kind](key), kind)
            _refuse_taken(key, kind)
        if former is not None:
            db.session.delete(former)
            db.session.flush()
        if key:
            db.session.add(Login(key=key, kind=kind, person_id=person.id))
        try:
            db.session.flush()
        except IntegrityError:  # another writer was faster
            raise Conflict("login-taken", field=kind.value) from None


def _refuse_taken(key: str, kind: LoginKind) -> None:
    if db.session.scalar(select(Login.person_id).where(Login.key == key)) is not None:
        raise Conflict("login-taken", field=kind.value)


def add_member(actor: Actor, person: Person, node: Node, on: date, now: datetime) -> Membership:
    """The person belongs to the node from that day on; the same membership twice is one."""
    found = db.session.scalar(
        select(Membership).where(
            Membership.person_id == person.id,
            Membership.node_id == node.id,
            Membership.from_on <= on,
            or_(Membership.to_on.is_(None), Membership.to_on > on),
        )
    )
    if found is None:
        hold_open(node)
        found = Membership(person_id=person.id, node_id=node.id, from_on=on)
        db.session.add(found)
        audit.note(actor, "accounts:membership:add", person.code, now, node.code)
    return found


def end_membership(
    actor: Actor, membership: Membership, person: Person, on: date, now: datetime
) -> None:
    """The first day on which the person no longer belongs there."""
    audit.note(actor, "accounts:membership:end", person.code, now)
    if membership.from_on >= on:  # it never held: a range of no days cannot be kept
        db.session.delete(membership)
    else:
        membership.to_on = on


def person_columns(details: Details) -> dict[str, Any]:
    """The details as a person's row keeps them; Invalid for a name or a NIP that cannot be one."""
    name, nip = tidy(details.full_name), rules.login_key(details.nip)
    _refuse(rules.fault_in_name(name), "full_name")
    if nip:
        _refuse(rules.fault_in_nip(details.nip), "nip")
    return {
        "full_name": name,
        "sort_key": sort_key(name),
        "post": tidy(details.post),
        "nip": nip or None,
        "email": rules.login_key(details.email) or None,
        "phone": tidy(details.phone),
        "employment": details.employment,
        "language": details.language,
        "time_zone": details.time_zone,
        "show_nip": details.show_nip and bool(nip),
    }


def _fill(person: Person, details: Details) -> None:
    for column, value in person_columns(details).items():
        setattr(person, column, value)


def _further_logins(details: Details) -> dict[LoginKind, str]:
    return {
        LoginKind.NIP: rules.login_key(details.nip),
        LoginKind.EMAIL: rules.login_key(details.email),
    }


_FAULTS = {
    LoginKind.USERNAME: rules.fault_in_username,
    LoginKind.NIP: rules.fault_in_nip,
    LoginKind.EMAIL: rules.fault_in_email,
}


def _refuse(fault: rules.Fault | None, field: str) -> None:
    if fault is not None:
        raise Invalid(fault.code, field=str(field), **fault.values)
