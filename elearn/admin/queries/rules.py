"""The history of a rule of the office."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select

from elearn.core.db import db
from elearn.core.policy import PolicyRow


def rows_of(name: str) -> Sequence[Row[date, str]]:
    """(from_on, value) of every value that was or will be set, the latest first."""
    return db.session.execute(
        select(PolicyRow.from_on, PolicyRow.value)
        .where(PolicyRow.name == name)
        .order_by(PolicyRow.from_on.desc())
    ).all()
