"""JP of a year of many people, each category cut to its cap: one query."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Integer, and_, bindparam, case, func, select

from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.policy import Policy
from elearn.records.models import Credit
from elearn.records.rules import Category
from elearn.supervision.queries.standings import NUMBERS

_PERSON, _CREDIT = Person.__table__.c, Credit.__table__.c

_CAPPED = [category for category in Category if category is not Category.COURSE]
# From the people to their lines: an inner join lets SQLite read the ledger of the whole country.
_OF_CATEGORY = (
    select(NUMBERS.c.person_id, _CREDIT.category, func.sum(_CREDIT.jp).label("jp"))
    .select_from(
        NUMBERS.outerjoin(
            Credit.__table__,
            and_(
                _CREDIT.person_id == NUMBERS.c.number,
                _CREDIT.credit_year == bindparam("year", type_=Integer),
            ),
        )
    )
    .group_by(NUMBERS.c.person_id, _CREDIT.category)
    .subquery()
)
_OF_PERSON = (
    select(
        _OF_CATEGORY.c.person_id,
        func.sum(
            case(
                *(
                    (
                        and_(
                            _OF_CATEGORY.c.category == category,
                            _OF_CATEGORY.c.jp > bindparam(f"cap_{category}", type_=Integer),
                        ),
                        bindparam(f"cap_{category}", type_=Integer),
                    )
                    for category in _CAPPED
                ),
                else_=_OF_CATEGORY.c.jp,
            )
        ).label("jp"),
    )
    .group_by(_OF_CATEGORY.c.person_id)
    .subquery()
)
_JP = func.coalesce(_OF_PERSON.c.jp, 0)
_BY_JP = (
    select(_PERSON.employment, _JP, func.count())
    .select_from(_OF_PERSON)
    .join(Person.__table__, _PERSON.id == _OF_PERSON.c.person_id)
    .group_by(_PERSON.employment, _JP)
)


def by_jp(values: Mapping[str, Any], year: int, office: Policy) -> dict[int | None, dict[int, int]]:
    """How many people have how many JP that count in a year, by the target that holds for them.

    None: people of whom no JP are expected. One query.
    """
    caps = {f"cap_{category}": office.caps_by_category[category] for category in _CAPPED}
    found: dict[int | None, Counter[int]] = defaultdict(Counter)
    rows = db.session.execute(_BY_JP, {**values, "year": year, **caps})
    for employment, jp, people in rows:
        cap = office.cap_jp(employment)
        counted = int(jp) if cap is None else min(int(jp), cap)
        found[office.target_jp(employment)][counted] += people
    return {target: dict(counts) for target, counts in found.items()}
