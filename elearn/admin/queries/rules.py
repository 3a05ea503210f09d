"""The office's rules with their history and what is planned."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Row, select

from elearn.core.db import db
from elearn.core.policy import RULES, PolicyRow


def rows_of(name: str) -> Sequence[Row[date, str]]:
    """(from_on, value) of every value that was or will be set, the latest first."""
    return db.session.execute(
        select(PolicyRow.from_on, PolicyRow.value)
        .where(PolicyRow.name == name)
        .order_by(PolicyRow.from_on.desc())
    ).all()


def present_and_planned(today: date) -> tuple[dict[str, str], dict[str, list[PolicyRow]]]:
    """Each rule's value of today as text, and its later rows, the next first. One query."""
    present = {name: rule.default for name, rule in RULES.items()}
    planned: dict[str, list[PolicyRow]] = {}
    for row in db.session.scalars(select(PolicyRow).order_by(PolicyRow.from_on)):
        if row.from_on <= today:
            present[row.name] = row.value
        else:
            planned.setdefault(row.name, []).append(row)
    return present, planned
