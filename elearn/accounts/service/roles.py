"""What people may do: roles for the whole site or a part of the tree, from a day until a day."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime

from sqlalchemy import or_, select, update

from elearn.accounts.models import GrantRow, Node, Person, Reset
from elearn.accounts.service.administrators import one_stays
from elearn.accounts.service.openings import hold_open
from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.permissions import Actor, Role


def grant(
    actor: Actor,
    person: Person,
    role: Role,
    node: Node | None,
    on: date,
    now: datetime,
    until: date | None = None,
    acting_for: Person | None = None,
) -> GrantRow:
    """Give a role from that day on (until: the first day without it). Twice the same is one.

    What was planned to begin within these days is part of them and goes. acting_for: whose office
    is held for a time, which needs its end. Conflict when it would leave the site to nobody.
    """
    _refuse_unfit(person, role, node, on, until, acting_for)
    if node is not None:
        hold_open(node, until)
    # Of two writers at once the second waits here, and finds what the first has given.
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    if role is not Role.LEARNER:
        _end_codes_of_overseers(person, now)
    with _administered(role, node, now):
        return _give(actor, person, role, node, on, until, acting_for, now)


def end_grant(
    actor: Actor, person: Person, role: Role, node: Node | None, on: date, now: datetime
) -> None:
    """The first day on which the role no longer holds.

    Conflict when it does not hold anyway, or when that would leave the site to nobody.
    """
    with _administered(role, node, now):
        rows = _grants_to_change(person, role, node, on)
        if not rows:
            raise Conflict("grant-missing")
        for row in rows:
            if row.from_on >= on:
                db.session.delete(row)
            else:
                row.to_on = on
    audit.note(actor, "accounts:grant:end", person.code, now, _grant_words(role, node))


def _refuse_unfit(
    person: Person,
    role: Role,
    node: Node | None,
    on: date,
    until: date | None,
    acting_for: Person | None,
) -> None:
    if role is Role.SUPERVISOR and node is None:
        raise Invalid("grant-needs-node")
    if until is not None and until <= on:
        raise Invalid("range-wrong", field="last_on")
    if acting_for is not None and until is None:
        raise Invalid("acting-needs-end", field="last_on")
    if acting_for is not None and acting_for.id == person.id:
        raise Invalid("acting-for-oneself", field="acting_for")


def _end_codes_of_overseers(person: Person, now: datetime) -> None:
    """One-time codes that a supervisor made for her before: with one she could hold this office."""
    administrators = select(GrantRow.person_id).where(
        GrantRow.role == Role.ADMINISTRATOR, GrantRow.node_id.is_(None)
    )
    db.session.execute(
        update(Reset)
        .where(
            Reset.person_id == person.id, Reset.used_at.is_(None), Reset.expires_at > now,
            Reset.created_by != person.id, Reset.created_by.not_in(administrators),
        )
        .values(expires_at=now)
    )  # fmt: skip


def _administered(role: Role, node: Node | None, now: datetime) -> AbstractContextManager[None]:
    """Only a role for the whole site can leave it to nobody.

    To be entered before any grant is locked: its rows come in one order for everybody.
    """
    return one_stays(now) if role is Role.ADMINISTRATOR and node is None else nullcontext()


def _give(
    actor: Actor,
    person: Person,
    role: Role,
    node: Node | None,
    on: date,
    until: date | None,
    acting_for: Person | None,
    now: datetime,
) -> GrantRow:
    rows = _grants_to_change(person, role, node, on)
    present = next((row for row in rows if row.from_on <= on), None)
    planned = [row for row in rows if on < row.from_on and (until is None or row.from_on < until)]
    acting_for_id = acting_for.id if acting_for else None
    if (
        present is not None
        and (present.to_on, present.acting_for_id) == (until, acting_for_id)
        and not planned
    ):
        return present
    for row in planned:
        db.session.delete(row)
    if present is None:
        present = GrantRow(
            person_id=person.id, role=role, node_id=node.id if node else None, from_on=on,
            given_by=actor.person_id,
        )  # fmt: skip
        db.session.add(present)
    present.to_on, present.acting_for_id = until, acting_for_id
    audit.note(actor, "accounts:grant:add", person.code, now, _grant_words(role, node))
    return present


def _grants_to_change(
    person: Person, role: Role, node: Node | None, on: date
) -> Sequence[GrantRow]:
    """The grants of the role in that place that hold on that day or later, locked."""
    return db.session.scalars(
        select(GrantRow)
        .where(
            GrantRow.person_id == person.id,
            GrantRow.role == role,
            GrantRow.node_id == node.id if node else GrantRow.node_id.is_(None),
            or_(GrantRow.to_on.is_(None), GrantRow.to_on > on),
        )
        .order_by(GrantRow.from_on)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _grant_words(role: Role, node: Node | None) -> str:
    return f"{role.value} {node.code if node else '*'}"
