"""Reading the ledger of JP."""

from sqlalchemy import bindparam, func, select

from elearn.accounts.queries import with_former
from elearn.core.db import db
from elearn.records.models import Credit, Record
from elearn.records.rules import Category

# Made once: many pages ask them, and making one costs as much as answering it.
_IS_HERS = Credit.person_id.in_(with_former(bindparam("person_id")))
_JP_OF_YEAR = select(func.sum(Credit.jp)).where(_IS_HERS, Credit.credit_year == bindparam("year"))
_CATEGORIES_OF_YEAR = (
    select(Credit.category, func.sum(Credit.jp))
    .where(_IS_HERS, Credit.credit_year == bindparam("year"))
    .group_by(Credit.category)
)
_NEWEST_CREDITS = (
    select(Credit, Record)
    .outerjoin(Record, Record.id == Credit.record_id)
    .where(_IS_HERS)
    .order_by(Credit.at.desc(), Credit.id.desc())
    .limit(bindparam("most"))
)


def credit_of_year(person_id: int, year: int) -> int:
    """JP in a person's ledger for one calendar year; caps are a matter of the yearly view."""
    return db.session.scalar(_JP_OF_YEAR, {"person_id": person_id, "year": year}) or 0


def credit_of_year_by_category(person_id: int, year: int) -> dict[str, int]:
    """JP in a person's ledger for one calendar year, in the order of the categories."""
    rows = db.session.execute(_CATEGORIES_OF_YEAR, {"person_id": person_id, "year": year})
    return _in_order({category: int(jp) for category, jp in rows})


def credit_by_year(person_id: int) -> dict[int, int]:
    """JP of each year that has an entry, newest first."""
    earned = credit_by_year_and_category(person_id)
    return {year: sum(earned[year].values()) for year in sorted(earned, reverse=True)}


def credit_by_year_and_category(person_id: int) -> dict[int, dict[str, int]]:
    """JP of each year that has an entry, in the order of the categories."""
    rows = db.session.execute(
        select(Credit.credit_year, Credit.category, func.sum(Credit.jp))
        .where(Credit.person_id.in_(with_former(person_id)))
        .group_by(Credit.credit_year, Credit.category)
    )
    found: dict[int, dict[str, int]] = {}
    for year, category, jp in rows:
        found.setdefault(year, {})[category] = int(jp)
    return {year: _in_order(earned) for year, earned in found.items()}


def _in_order(earned: dict[str, int]) -> dict[str, int]:
    return {category: earned[category] for category in Category if category in earned}


def recent_credits(person_id: int, limit: int) -> list[tuple[Credit, Record | None]]:
    """The newest lines of a person's ledger, each with the record that it stands on."""
    rows = db.session.execute(_NEWEST_CREDITS, {"person_id": person_id, "most": limit})
    return [(credit, record) for credit, record in rows]
