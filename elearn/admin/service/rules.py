"""The office's rules by hand: a value from a day on, and plans taken back."""

from datetime import date, datetime

from sqlalchemy import delete, select

from elearn.core import audit, policy
from elearn.core.db import db
from elearn.core.errors import Invalid, Missing
from elearn.core.permissions import Actor
from elearn.core.policy import PolicyRow


def set_rule(
    actor: Actor, name: str, value: str, from_on: date, today: date, now: datetime
) -> None:
    """From that day on the rule has this value. What was issued before keeps its own.

    Raises Invalid for a day that is over: what counted then has been shown and printed.
    """
    if from_on < today:
        raise Invalid("policy-past", field="on")
    policy.change(name, value, from_on)
    audit.note(actor, "core:policy:set", name, now, f"{value[:80]} {from_on.isoformat()}")


def cancel_rule(actor: Actor, name: str, from_on: date, today: date, now: datetime) -> None:
    """Take back a value that is planned; Missing when none is, or its day has come."""
    planned = select(PolicyRow.id).where(PolicyRow.name == name, PolicyRow.from_on == from_on)
    number = db.session.scalar(planned)
    if number is None or from_on <= today:
        raise Missing("plan-missing")
    db.session.execute(delete(PolicyRow).where(PolicyRow.id == number))
    audit.note(actor, "core:policy:cancel", name, now, from_on.isoformat())
