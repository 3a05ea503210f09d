"""Who issues completion records: the organisers and their days."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, or_, select

from elearn.accounts.models import Node, Organiser
from elearn.core.db import db


def organiser_on(code: str, on: date) -> Organiser | None:
    """The organiser with this code as it is on that day."""
    return db.session.scalar(
        select(Organiser)
        .where(
            Organiser.code == code,
            Organiser.from_on <= on,
            or_(Organiser.to_on.is_(None), Organiser.to_on > on),
        )
        .order_by(Organiser.from_on.desc())
        .limit(1)
    )


def organisers_on(on: date) -> Sequence[Organiser]:
    """Every organiser of that day, by name."""
    return db.session.scalars(
        select(Organiser)
        .where(Organiser.from_on <= on, or_(Organiser.to_on.is_(None), Organiser.to_on > on))
        .order_by(Organiser.name)
    ).all()


def organiser_rows(code: str) -> Sequence[Row[Any]]:
    """All that is kept of the organiser with this code, of whatever days, and its node's code."""
    table = Organiser.__table__
    return db.session.execute(
        select(table, Node.code.label("node_code"))
        .outerjoin(Node, Node.id == table.c.node_id)
        .where(table.c.code == code)
        .order_by(table.c.from_on)
    ).all()


def all_organisers() -> Sequence[Organiser]:
    """Every organiser that there was, is or will be; by code, the latest first."""
    return db.session.scalars(
        select(Organiser).order_by(Organiser.code, Organiser.from_on.desc())
    ).all()
