"""Where a person belongs over time: moving to another library, leaving, and coming back."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select

from elearn.accounts import queries
from elearn.accounts.models import GrantRow, Membership, Node, Person, Reset
from elearn.accounts.queries.people import credential_to_change
from elearn.accounts.service.administrators import one_stays
from elearn.accounts.service.credentials import BY_ACCOUNT, RESET_BY_ACCOUNT
from elearn.accounts.service.people import add_member, end_membership
from elearn.accounts.service.roles import grant
from elearn.core import audit, clock, throttle
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid, Missing
from elearn.core.permissions import Actor, Role


def move_member(
    actor: Actor, person: Person, membership_id: int, library: Node, on: date, now: datetime
) -> None:
    """From that day on the person belongs to the other library; records and progress stay hers."""
    membership = _membership_to_change(person, membership_id)
    if membership.node_id == library.id:
        raise Conflict("member-already", node=library.name)
    if membership.to_on is not None and membership.to_on <= on:
        raise Conflict("membership-over")
    end_membership(actor, membership, person, on, now)
    db.session.flush()
    add_member(actor, person, library, on, now)


def end_member(actor: Actor, person: Person, membership_id: int, on: date, now: datetime) -> None:
    """The first day on which the person no longer belongs there."""
    membership = _membership_to_change(person, membership_id)
    if membership.to_on is not None and membership.to_on <= clock.day_in(now, person.time_zone):
        raise Conflict("membership-over")
    end_membership(actor, membership, person, on, now)


def leave(actor: Actor, person: Person, last_on: date, now: datetime) -> None:
    """Memberships and roles end after that day, and the account closes; records stay.

    last_on: today or earlier. Who goes later is entered on the day, since closing cannot wait.
    Invalid, too, when something of hers began after it, as when the year is wrong. Conflict when
    that would leave the site to nobody.
    """
    today = clock.day_in(now, person.time_zone)
    if last_on > today:
        raise Invalid("leave-later", field="last_on")
    with one_stays(now):
        _end_everything(person, last_on + timedelta(days=1), today)
        credential = credential_to_change(person.id)
        credential.is_active, credential.generation = False, credential.generation + 1
    db.session.execute(delete(Reset).where(Reset.person_id == person.id, Reset.used_at.is_(None)))
    audit.note(actor, "accounts:person:leave", person.code, now, last_on.isoformat())


def come_back(actor: Actor, person: Person, library: Node, now: datetime) -> None:
    """Open the account again for somebody who has left; she belongs to the library from today."""
    credential = credential_to_change(person.id)
    if credential.is_active:
        raise Conflict("account-open")
    if queries.merge_of(person.id) is not None:
        raise Conflict("person-merged")
    credential.is_active = True
    today = clock.day_in(now, library.time_zone)
    add_member(actor, person, library, today, now)
    grant(actor, person, Role.LEARNER, None, today, now)
    audit.note(actor, "accounts:person:return", person.code, now)


def unlock(actor: Actor, person: Person, now: datetime) -> None:
    """Too many wrong passwords are forgotten: the person may try again at once."""
    for key in queries.logins_of(person.id).values():
        throttle.forget(BY_ACCOUNT, key)
        throttle.forget(RESET_BY_ACCOUNT, key)
    audit.note(actor, "accounts:person:unlock", person.code, now)


def _membership_to_change(person: Person, membership_id: int) -> Membership:
    found = db.session.scalar(
        select(Membership)
        .where(Membership.id == membership_id, Membership.person_id == person.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing("membership-missing")
    return found


def _end_everything(person: Person, on: date, today: date) -> None:
    for table in (Membership, GrantRow):
        for row in _rows_after(table, person, on):
            if on <= row.from_on < today:
                raise Invalid("leave-before", field="last_on", day=row.from_on)
            if row.from_on >= on:
                db.session.delete(row)
            else:
                row.to_on = on


def _rows_after(
    table: type[Membership] | type[GrantRow], person: Person, on: date
) -> list[Membership | GrantRow]:
    """What holds on that day or begins later, locked."""
    return list(
        db.session.scalars(
            select(table)
            .where(table.person_id == person.id, or_(table.to_on.is_(None), table.to_on > on))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )
