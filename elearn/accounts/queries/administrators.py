"""Who administers the whole site, on which days."""

from datetime import date, timedelta

from sqlalchemy import Select, or_, select

from elearn.accounts.models import Credential, GrantRow
from elearn.core.db import db
from elearn.core.permissions import Role

Range = tuple[date, date | None]


def has_administrator(on: date) -> bool:
    """Whether somebody administers the site that day and can sign in."""
    # A day more on both sides: zones differ, and this door is better shut.
    near = (
        GrantRow.from_on <= on + timedelta(days=1),
        or_(GrantRow.to_on.is_(None), GrantRow.to_on >= on),
    )
    return db.session.execute(_ADMINISTERED.where(*near).limit(1)).first() is not None


def days_administered_to_change() -> list[Range]:
    """From when until when each administrator who can sign in has the site in hand.

    The rows are locked, in one order for everybody: of two who take each other's role at once, the
    second waits here and is told what the first has left.
    """
    rows = db.session.execute(_ADMINISTERED.order_by(GrantRow.id).with_for_update())
    return [(row.from_on, row.to_on) for row in rows]


_ADMINISTERED: Select[date, date | None] = (
    select(GrantRow.from_on, GrantRow.to_on)
    .join(Credential, Credential.person_id == GrantRow.person_id)
    .where(
        GrantRow.role == Role.ADMINISTRATOR,
        GrantRow.node_id.is_(None),
        Credential.is_active.is_(True),
    )
)
