"""All people of a part of the tree, one row each, narrowed and in pages. One query a page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Row, Select, bindparam, func, select

from elearn.accounts.models import Node, Person, PersonAlias
from elearn.core.db import db
from elearn.core.text import sort_key
from elearn.courses.models import Course
from elearn.learning.models import Enrolment
from elearn.records.models import Credit
from elearn.supervision.queries.standings import BELOW, RANKS, each_course, in_words
from elearn.supervision.rules.standing import Reason, State

PAGE = 50
_BATCH = 1000  # rows of a download that are in memory at once

_RUN = Enrolment.__table__.c
_NODE, _PERSON, _CREDIT = Node.__table__.c, Person.__table__.c, Credit.__table__.c
_ALIAS = PersonAlias.__table__.c


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; "" and None narrow nothing."""

    words: str = ""  # each in the name of the person or of her library
    library: str = ""  # code
    state: State | None = None
    course: str = ""  # slug: then states are those of this course, and who did not join is left out


@dataclass(frozen=True, slots=True)
class Line:
    """One person: how she stands in the most urgent of her courses."""

    person_id: int
    code: str
    name: str
    library: str
    state: State
    reason: Reason | None
    since: datetime | None  # None: she has joined no course
    version_id: int | None  # of that course
    percent: int
    last_at: datetime | None  # her last own act in any of these courses
    jp: int  # of the year, before caps


def page(
    values: Mapping[str, Any], year: int, wanted: Wanted, number: int
) -> tuple[list[Line], int]:
    """The people of one page, from 1, and how many the list has on all its pages; nobody, and 0,
    on a page that does not exist.

    The stuck come first, and those who wait longest before others.
    """
    skipped = bindparam("skipped", type_=Integer)
    statement = _with_names(_narrowed(wanted).limit(PAGE).offset(skipped))
    given = {**_given(values, year, wanted), "skipped": (number - 1) * PAGE}
    rows = db.session.execute(statement, given).all()
    return [_line(row) for row in rows], rows[0].total if rows else 0


def every(values: Mapping[str, Any], year: int, wanted: Wanted) -> Iterator[Line]:
    """The whole list in the same order, for a download; some at a time.

    Asked when the first row is taken: what is streamed outlives the session of its request.
    """
    statement = _with_names(_narrowed(wanted))
    given = _given(values, year, wanted)
    for row in db.session.execute(statement, given, execution_options={"yield_per": _BATCH}):
        yield _line(row)


_COURSE = select(Course.id).where(Course.slug == bindparam("course")).scalar_subquery()
_IN_ANY_COURSE, _IN_ONE_COURSE = each_course(), each_course(_RUN.course_id == _COURSE)
_LIBRARY = select(_NODE.id).where(_NODE.code == bindparam("library")).scalar_subquery()
_IN_YEAR = _CREDIT.credit_year == bindparam("year", type_=Integer)
_OWN_JP = (
    select(func.coalesce(func.sum(_CREDIT.jp), 0))
    .where(_CREDIT.person_id == _PERSON.id, _IN_YEAR)
    .scalar_subquery()
)
# Lines of the ledger never change: those of an entry that was merged into hers keep its number.
_FORMER_JP = (
    select(func.coalesce(func.sum(_CREDIT.jp), 0))
    .join(PersonAlias.__table__, _ALIAS.former_id == _CREDIT.person_id)
    .where(_ALIAS.person_id == _PERSON.id, _IN_YEAR)
    .scalar_subquery()
)
_JP = _OWN_JP + _FORMER_JP


def _narrowed(wanted: Wanted) -> Select[Any]:
    """One row a person, by the most urgent of her courses; with the number of all rows."""
    first = _IN_ONE_COURSE if wanted.course else _IN_ANY_COURSE
    conditions: list[ColumnElement[bool]] = [first.c.place == 1]
    if wanted.course:
        conditions.append(first.c.enrolment_id.is_not(None))
    if wanted.library:
        conditions.append(first.c.node_id == _LIBRARY)
    if wanted.state is not None:
        ranks = [number for number, (state, _) in enumerate(RANKS) if state is wanted.state]
        conditions.append(first.c.rank.in_(ranks))
    statement = select(first, _PERSON.sort_key, func.count().over().label("total")).join(
        Person.__table__, _PERSON.id == first.c.person_id
    )
    if words := sort_key(wanted.words).split():
        statement = statement.join(Node.__table__, _NODE.id == first.c.node_id)
        conditions += [
            _PERSON.sort_key.contains(word, autoescape=True)
            | _NODE.sort_key.contains(word, autoescape=True)
            for word in words
        ]
    return statement.where(*conditions).order_by(
        first.c.rank, first.c.since, _PERSON.sort_key, first.c.person_id
    )


def _with_names(narrowed: Select[Any]) -> Select[Any]:
    """The rows with what is shown of each; looked up for those of the page alone."""
    one = narrowed.subquery()
    names = (_PERSON.code, _PERSON.full_name, _NODE.name.label("library"))
    return (
        select(one, *names, _JP.label("jp"))
        .join(Person.__table__, _PERSON.id == one.c.person_id)
        .join(Node.__table__, _NODE.id == one.c.node_id)
        .order_by(one.c.rank, one.c.since, one.c.sort_key, one.c.person_id)
    )


def _given(values: Mapping[str, Any], year: int, wanted: Wanted) -> dict[str, Any]:
    return {**values, "year": year, "course": wanted.course, "library": wanted.library}


def _line(row: Row[Any]) -> Line:
    state, reason = in_words(row.rank)
    return Line(
        person_id=row.person_id,
        code=row.code,
        name=row.full_name,
        library=row.library,
        state=state,
        reason=reason,
        since=row.since,
        version_id=row.version_id,
        percent=row.percent or 0,
        last_at=row.last_at,
        jp=int(row.jp),
    )


_LIBRARIES = (
    select(_NODE.code, _NODE.name)
    .join(BELOW, BELOW.c.id == _NODE.id)
    .order_by(_NODE.sort_key, _NODE.id)
    .limit(bindparam("most", type_=Integer))
)


def places(values: Mapping[str, Any], most: int) -> list[tuple[str, str]]:
    """(code, name) of the node and all below it, by name, at most so many. One query."""
    rows = db.session.execute(_LIBRARIES, {**values, "most": most})
    return [(code, name) for code, name in rows]
