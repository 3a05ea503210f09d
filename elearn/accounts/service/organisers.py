"""Who issues completion records, from a day on. Issued records keep what they say."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from elearn.accounts import rules
from elearn.accounts.models import Node, Organiser
from elearn.core import audit
from elearn.core.db import db
from elearn.core.errors import Conflict, Invalid
from elearn.core.permissions import Actor
from elearn.core.text import tidy


@dataclass(frozen=True, slots=True)
class OrganiserWords:
    """What a record prints of its organiser."""

    name: str
    place: str
    signatory: str
    signatory_post: str


def add_organiser(
    actor: Actor, code: str, words: OrganiserWords, node: Node | None, on: date, now: datetime
) -> Organiser:
    """The organiser as it is from that day on; what held before ends there."""
    code = code.strip().casefold()
    if fault := rules.fault_in_node_code(code):
        raise Invalid(fault.code, **fault.values)
    rows = db.session.scalars(
        select(Organiser)
        .where(Organiser.code == code, or_(Organiser.to_on.is_(None), Organiser.to_on > on))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if any(row.from_on > on for row in rows):
        raise Conflict("organiser-later", organiser=code)
    present = next(iter(rows), None)
    if present is None or present.from_on < on:
        if present is not None:
            present.to_on = on
        present = Organiser(code=code, from_on=on)
        db.session.add(present)
    present.node_id = node.id if node else None
    present.name, present.place = tidy(words.name), tidy(words.place)
    present.signatory = tidy(words.signatory)
    present.signatory_post = tidy(words.signatory_post)
    db.session.flush()
    audit.note(actor, "accounts:organiser:add", code, now, on.isoformat())
    return present


def end_organiser(actor: Actor, code: str, on: date, now: datetime) -> None:
    """The first day on which nobody issues records under this code; what is planned goes, too.

    Conflict when nothing holds on that day or later.
    """
    rows = db.session.scalars(
        select(Organiser)
        .where(Organiser.code == code, or_(Organiser.to_on.is_(None), Organiser.to_on > on))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not rows:
        raise Conflict("organiser-over", organiser=code)
    for row in rows:
        if row.from_on >= on:
            db.session.delete(row)
        else:
            row.to_on = on
    audit.note(actor, "accounts:organiser:end", code, now, on.isoformat())
