"""JP of a year: by category, cut to the caps, against the target of the employment status.

It says of many what `records.rules.years` says of one.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, cast, func, literal, null, select

from elearn.accounts.models import Employment, Node, Person
from elearn.accounts.queries import former_employments
from elearn.core.policy import Policy
from elearn.records.models import Credit
from elearn.records.rules import Category, policy_day
from elearn.supervision.queries.questions.asking import (
    NAMED,
    NODE,
    PERSON,
    Answer,
    Asked,
    sums,
)
from elearn.supervision.queries.standings import MEMBERS, NUMBERS
from elearn.supervision.rules.questions import Target

_CREDIT = Credit.__table__.c


def jp(asked: Asked, target: Target) -> Answer:
    """Everybody's year, those who miss most of their target first; narrowed to some of them."""
    return _of(asked.year, policy_day(asked.year, asked.on), asked.office, target)


@lru_cache(maxsize=32)
def _of(year: int, rules_of: date, office: Policy, target: Target) -> Answer:
    """Made once for each set of rules: they stand in the statement."""
    lines = _lines(year, rules_of, office).subquery()
    wanted = {
        Target.SHORT: lines.c.short > 0,
        Target.REACHED: lines.c.short <= 0,
        Target.NONE: lines.c.target.is_(None),
    }
    rows = select(lines).order_by(
        lines.c.target.is_(None), lines.c.short.desc(), lines.c.sort_key, lines.c.person_id
    )
    if target in wanted:
        rows = rows.where(wanted[target])
    return Answer(rows, sums(rows, *Category, "whole", "counted", "short"))


def _lines(year: int, rules_of: date, office: Policy) -> Select[Any]:
    earned, former = _earned(year), former_employments(rules_of)
    status = func.coalesce(former.c.employment, PERSON.employment)
    caps = office.caps_by_category
    of_category = {c: func.coalesce(_cut(earned.c[c], caps.get(c)), 0) for c in Category}
    whole = sum(of_category.values(), literal(0))
    people = (
        select(
            MEMBERS.c.person_id,
            PERSON.sort_key,
            status.label("employment"),
            PERSON.nip,
            *NAMED,
            *(column.label(category) for category, column in of_category.items()),
            whole.label("whole"),
            _by_status(status, office.cap_jp).label("cap"),
            _by_status(status, office.target_jp).label("target"),
        )
        .join(Person.__table__, PERSON.id == MEMBERS.c.person_id)
        .join(Node.__table__, NODE.id == MEMBERS.c.node_id)
        .outerjoin(former, former.c.person_id == MEMBERS.c.person_id)
        .outerjoin(earned, earned.c.person_id == MEMBERS.c.person_id)
        .subquery()
    )
    counted = case((people.c.whole > people.c.cap, people.c.cap), else_=people.c.whole)
    missing = people.c.target - counted
    return select(
        people,
        counted.label("counted"),
        case((missing > 0, missing), (people.c.target.is_not(None), 0)).label("short"),
    )


def _earned(year: int) -> Any:
    """JP of each person by category, as they stand in the ledger."""
    columns = (
        func.sum(case((_CREDIT.category == category, _CREDIT.jp), else_=0)).label(category)
        for category in Category
    )
    is_hers = and_(_CREDIT.person_id == NUMBERS.c.number, _CREDIT.credit_year == year)
    return (
        select(NUMBERS.c.person_id, *columns)
        .join(Credit.__table__, is_hers)
        .group_by(NUMBERS.c.person_id)
        .subquery()
    )


def _cut(column: ColumnElement[int], cap: int | None) -> ColumnElement[int]:
    return column if cap is None else case((column > cap, cap), else_=column)


def _by_status(
    status: ColumnElement[str], jp_of: Callable[[str], int | None]
) -> ColumnElement[int | None]:
    """A value of the office's rules by employment status, NULL where it has none."""
    known = {each: jp_of(each) for each in Employment}
    cases = [(status == each, literal(jp)) for each, jp in known.items() if jp is not None]
    return case(*cases, else_=None) if cases else cast(null(), Integer)
