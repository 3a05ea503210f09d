"""All people of a part of the tree, one row each, narrowed and in pages. One query a page."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Row,
    Select,
    String,
    bindparam,
    func,
    select,
)

from elearn.accounts.models import Node, Person, PersonAlias
from elearn.core.db import db
from elearn.core.text import sort_key
from elearn.courses.models import Course
from elearn.records.models import Credit
from elearn.supervision.queries.standings import (
    BELOW,
    OTHER,
    RANKS,
    in_words,
    members_by_urgency,
)
from elearn.supervision.rules.standing import Reason, State

PAGE = 50
_BATCH = 1000  # rows of a download that are in memory at once

_ESCAPE = "/"
_MEANS_MORE = re.compile(r"[%_/]")
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
    given = {**_given(values, year, wanted), "skipped": (number - 1) * PAGE}
    rows = db.session.execute(_page(_shape(wanted)), given).all()
    return [_line(row) for row in rows], rows[0].total if rows else 0


def every(values: Mapping[str, Any], year: int, wanted: Wanted) -> Iterator[Line]:
    """The whole list in the same order, for a download; some at a time.

    Asked when the first row is taken: what is streamed outlives the session of its request.
    """
    statement, given = _whole(_shape(wanted)), _given(values, year, wanted)
    for row in db.session.execute(statement, given, execution_options={"yield_per": _BATCH}):
        yield _line(row)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a statement depends on beside the values that it is given."""

    is_of_course: bool
    is_of_library: bool
    ranks: tuple[int, ...]  # none: every state
    word_count: int


def _shape(wanted: Wanted) -> _Shape:
    ranks = [number for number, (state, _) in enumerate(RANKS) if state is wanted.state]
    words = len(_patterns(wanted))
    return _Shape(bool(wanted.course), bool(wanted.library), tuple(ranks), words)


_COURSE = select(Course.id).where(Course.slug == bindparam("course")).scalar_subquery()
_IN_ANY_COURSE = members_by_urgency()
_IN_ONE_COURSE = members_by_urgency(OTHER.course_id == _COURSE)
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


def _lines(shape: _Shape) -> CTE:
    """One row a person, by the most urgent of her courses, or by the one that was chosen."""
    first = _IN_ONE_COURSE if shape.is_of_course else _IN_ANY_COURSE
    lines = select(first, _PERSON.sort_key).join(Person.__table__, _PERSON.id == first.c.person_id)
    if shape.is_of_course:
        lines = lines.where(first.c.enrolment_id.is_not(None))
    if shape.is_of_library:
        lines = lines.where(first.c.node_id == _LIBRARY)
    if shape.ranks:
        lines = lines.where(first.c.rank.in_(shape.ranks))
    if shape.word_count:
        lines = lines.join(Node.__table__, _NODE.id == first.c.node_id)
    for place in range(shape.word_count):
        word = bindparam(f"word_{place}", type_=String)
        lines = lines.where(
            _PERSON.sort_key.like(word, escape=_ESCAPE) | _NODE.sort_key.like(word, escape=_ESCAPE)
        )
    return lines.cte("lines")


def _order(lines: Any) -> tuple[ColumnElement[Any], ...]:
    return (lines.c.rank, lines.c.since, lines.c.sort_key, lines.c.person_id)


@lru_cache(maxsize=50)
def _page(shape: _Shape) -> Select[Any]:
    """Made once for each shape. The names are looked up for the people of the page alone."""
    lines = _lines(shape)
    total = select(func.count()).select_from(lines).scalar_subquery()
    some = select(lines, total.label("total")).order_by(*_order(lines)).limit(PAGE)
    return _with_names(some.offset(bindparam("skipped", type_=Integer)).subquery(), shape)


@lru_cache(maxsize=50)
def _whole(shape: _Shape) -> Select[Any]:
    return _with_names(_lines(shape), shape)


def _with_names(one: Any, shape: _Shape) -> Select[Any]:
    """The rows with what is shown of each."""
    last_at = (
        select(func.max(OTHER.last_event_at))
        .where(OTHER.person_id == one.c.person_id, OTHER.is_latest)
        .where(*([OTHER.course_id == _COURSE] if shape.is_of_course else []))
        .scalar_subquery()
    )
    names = (_PERSON.code, _PERSON.full_name, _NODE.name.label("library"))
    return (
        select(one, *names, last_at.label("last_at"), _JP.label("jp"))
        .join(Person.__table__, _PERSON.id == one.c.person_id)
        .join(Node.__table__, _NODE.id == one.c.node_id)
        .order_by(*_order(one))
    )


def _given(values: Mapping[str, Any], year: int, wanted: Wanted) -> dict[str, Any]:
    words = {f"word_{place}": pattern for place, pattern in enumerate(_patterns(wanted))}
    given = {"year": year, "course": wanted.course, "library": wanted.library}
    return {**values, **given, **words}


def _patterns(wanted: Wanted) -> list[str]:
    """Each word, anywhere in a name; what means "any letter" to the database means itself."""
    words = sort_key(wanted.words).split()
    return ["%" + _MEANS_MORE.sub(_ESCAPE + r"\g<0>", word) + "%" for word in words]


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
