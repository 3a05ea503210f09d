"""What every question of the office begins with and ends in: its people, its pages, its sums."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, wraps
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    cast,
    func,
    select,
)

from elearn.accounts.models import Node, Person, Placement
from elearn.core.db import InstantType, db
from elearn.core.policy import Policy
from elearn.learning.models import Enrolment
from elearn.supervision.queries.standings import holds

PAGE = 50
_BATCH = 1000  # rows of a download that are in memory at once

PERSON, NODE, RUN = Person.__table__.c, Node.__table__.c, Enrolment.__table__.c
_PLACED = Placement.__table__.c

# What every list of people shows of one: the code is in the address of her page.
NAMED = (PERSON.code, PERSON.full_name.label("name"), NODE.name.label("library"))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is asked about.

    node_id: whose people, on the day `on`. from_at, until_at: half-open, None is without limit.
    year: of JP. course_id: None is all courses. office: its rules for that year.
    """

    node_id: int
    on: date
    now: datetime
    from_at: datetime | None
    until_at: datetime | None
    year: int
    course_id: int | None
    office: Policy

    @property
    def values(self) -> Mapping[str, Any]:
        """What the statements are given; each takes what it knows."""
        return {
            "node_id": self.node_id,
            "on": self.on,
            "from_at": self.from_at,
            "until_at": self.until_at,
            "course_id": self.course_id,
        }

    @property
    def narrowing(self) -> "Narrowing":
        return Narrowing(
            self.from_at is not None, self.until_at is not None, self.course_id is not None
        )


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a question is narrowed by. Its statements are made once for each way to do so."""

    has_begin: bool
    has_end: bool
    is_of_course: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """rows: all of them, in order. total: one row over all of them; `rows` is their number.

    shown: some of the rows with what only the reader needs, in the same order: names are looked up
    for those of a page alone.
    """

    rows: Select[*tuple[Any, ...]]
    total: Select[*tuple[Any, ...]]
    # None: the rows have everything
    shown: Callable[[Any], Select[*tuple[Any, ...]]] | None = None


def made_once(make: Callable[[Narrowing], Answer]) -> Callable[[Asked], Answer]:
    """A question whose statements depend on how it is narrowed, and on nothing else."""
    kept = lru_cache(maxsize=None)(make)

    @wraps(make)
    def put(asked: Asked) -> Answer:
        return kept(asked.narrowing)

    return put


def of_course(how: Narrowing, course_id: ColumnElement[int]) -> list[ColumnElement[bool]]:
    """The condition that narrows runs to one course, where one was chosen."""
    return [course_id == bindparam("course_id", type_=Integer)] if how.is_of_course else []


def within(how: Narrowing, column: Any) -> list[ColumnElement[bool]]:
    """The conditions that a moment lies in the period."""
    conditions = [column.is_not(None)]
    if how.has_begin:
        conditions.append(column >= bindparam("from_at", type_=InstantType))
    if how.has_end:
        conditions.append(column < bindparam("until_at", type_=InstantType))
    return conditions


def sums(rows: Select[Any], *summed: str, different: str = "") -> Select[Any]:
    """How many rows, the sums of some columns, and how many different values one of them has."""
    lines = rows.order_by(None).subquery()
    columns: list[ColumnElement[Any]] = [func.count().label("rows")]
    columns += [whole_sum(lines.c[name]).label(name) for name in summed]
    if different:
        columns.append(func.count(lines.c[different].distinct()).label(different))
    return select(*columns).select_from(lines)


def whole_sum(column: Any) -> ColumnElement[int]:
    """The sum as a whole number; of nothing it is 0."""
    return cast(func.coalesce(func.sum(column), 0), Integer)


def page(answer: Answer, asked: Asked, number: int) -> list[Row[Any]]:
    """The rows of one page, from 1. One query."""
    given = {**asked.values, "skipped": (number - 1) * PAGE}
    return list(db.session.execute(_page(answer), given))


def every(answer: Answer, asked: Asked) -> Iterator[Row[Any]]:
    """All rows in the same order, some at a time.

    Asked when the first row is taken: what is streamed outlives the session of its request.
    """
    statement, options = _shown(answer, answer.rows), {"yield_per": _BATCH}
    yield from db.session.execute(statement, asked.values, execution_options=options)


@lru_cache(maxsize=100)
def _page(answer: Answer) -> Select[Any]:
    skipped = bindparam("skipped", type_=Integer)
    return _shown(answer, answer.rows.limit(PAGE).offset(skipped))


def _shown(answer: Answer, some: Select[Any]) -> Select[Any]:
    return answer.shown(some.subquery()) if answer.shown else some


def totals(answer: Answer, asked: Asked) -> Row[Any]:
    """What is counted over all rows. One query."""
    return db.session.execute(answer.total, asked.values).one()


_CHILDREN = (
    select(NODE.id, NODE.code, NODE.name)
    .join(Placement.__table__, _PLACED.node_id == NODE.id)
    .where(_PLACED.parent_id == bindparam("node_id"), holds(_PLACED))
    .order_by(NODE.sort_key, NODE.id)
)


def children(node_id: int, on: date) -> list[Row[int, str, str]]:
    """(id, code, name) of what stands right under a node on that day, by name. One query."""
    return list(db.session.execute(_CHILDREN, {"node_id": node_id, "on": on}).all())
