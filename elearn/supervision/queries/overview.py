"""The sums of a part of the tree: by state and part, by course, by month, by JP. One query each."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, and_, bindparam, case, func, or_, select

from elearn.accounts.models import Node, Person
from elearn.core.db import InstantType, db
from elearn.core.policy import Policy
from elearn.learning.models import Enrolment, Progress
from elearn.records.models import Credit
from elearn.records.rules import Category
from elearn.supervision.queries.standings import BELOW, MEMBERS, in_words, of_members, rank
from elearn.supervision.rules.groups import Sums
from elearn.supervision.rules.standing import Reason, State
from elearn.supervision.rules.year import Month

_RUN, _AT = Enrolment.__table__.c, Progress.__table__.c
_NODE, _PERSON, _CREDIT = Node.__table__.c, Person.__table__.c, Credit.__table__.c


@dataclass(frozen=True, slots=True)
class Part:
    """A child of the node, or the node itself for who belongs to it directly, with its sums."""

    node_id: int
    code: str
    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class Overview:
    """How the people of a node stand; each counts once, by what is most urgent of her courses."""

    people: int
    libraries: int
    by_state: Mapping[State, int]
    by_reason: Mapping[Reason, int]
    parts: tuple[Part, ...]


_PERSON_STANDS = (
    select(
        MEMBERS.c.person_id,
        MEMBERS.c.part,
        func.min(rank()).label("rank"),
        func.max(_AT.started_at).label("started_at"),
    )
    .select_from(of_members())
    .group_by(MEMBERS.c.person_id, MEMBERS.c.part)
    .subquery()
)
_BY_PART = select(
    _PERSON_STANDS.c.part,
    _PERSON_STANDS.c.rank,
    func.count().label("people"),
    func.count(_PERSON_STANDS.c.started_at).label("started"),
).group_by(_PERSON_STANDS.c.part, _PERSON_STANDS.c.rank)

# Every node of the part, with the one that it is counted in: the parts and how many libraries.
_PARTS = (
    select(BELOW.c.part, func.sum(case((_NODE.kind == "library", 1), else_=0)).label("libraries"))
    .select_from(BELOW)
    .join(Node.__table__, _NODE.id == BELOW.c.id)
    .group_by(BELOW.c.part)
    .subquery()
)
_NAMED_PARTS = (
    select(_NODE.id, _NODE.code, _NODE.name, _PARTS.c.libraries)
    .join(_PARTS, _PARTS.c.part == _NODE.id)
    .order_by(_NODE.sort_key, _NODE.id)
)


def overview(values: Mapping[str, Any]) -> Overview:
    """The tiles, why people are stuck, and the progress of each part. Two queries."""
    sums: dict[int, Sums] = defaultdict(Sums)
    by_state: Counter[State] = Counter()
    by_reason: Counter[Reason] = Counter()
    for row in db.session.execute(_BY_PART, values):
        state, reason = in_words(row.rank)
        by_state[state] += row.people
        if reason is not None:
            by_reason[reason] += row.people
        sums[row.part] += _sums(state, row.people, row.started)
    named = db.session.execute(_NAMED_PARTS, values).all()
    return Overview(
        people=by_state.total(),
        libraries=sum(row.libraries for row in named),
        by_state=by_state,
        by_reason=by_reason,
        parts=tuple(
            Part(row.id, row.code, row.name, sums[row.id])
            for row in named
            if row.id != values["node_id"] or row.id in sums
        ),
    )


@dataclass(frozen=True, slots=True)
class CourseSums:
    """How the people of a node stand in one course; who did not join it is not counted."""

    course_id: int
    version_id: int  # the newest that somebody there is on: it gives the course its title
    sums: Sums


_RANK = rank()
_BY_COURSE = (
    select(
        _RUN.course_id,
        _RANK.label("rank"),
        func.max(_RUN.version_id).label("version_id"),
        func.count().label("people"),
        func.count(_AT.started_at).label("started"),
    )
    .select_from(of_members())
    .where(_RUN.id.is_not(None))
    .group_by(_RUN.course_id, _RANK)
)


def by_course(values: Mapping[str, Any]) -> list[CourseSums]:
    """Progress by course, those that most people follow first. One query."""
    sums: dict[int, Sums] = defaultdict(Sums)
    versions: dict[int, int] = defaultdict(int)
    for row in db.session.execute(_BY_COURSE, values):
        sums[row.course_id] += _sums(in_words(row.rank)[0], row.people, row.started)
        versions[row.course_id] = max(versions[row.course_id], row.version_id)
    found = [CourseSums(course, versions[course], one) for course, one in sums.items()]
    return sorted(found, key=lambda one: (-one.sums.people, one.course_id))


def _month_of(column: Any) -> Any:
    """1 to 12 for a moment of the year that is asked for, else NULL."""
    return case(
        (column < bindparam("start_1", type_=InstantType), None),
        *(
            (column < bindparam(f"start_{month + 1}", type_=InstantType), month)
            for month in range(1, 13)
        ),
        else_=None,
    )


def _in_year(column: Any) -> Any:
    return and_(
        column >= bindparam("start_1", type_=InstantType),
        column < bindparam("start_13", type_=InstantType),
    )


_BEGUN, _FINISHED = _month_of(_AT.started_at), _month_of(_AT.completed_at)
_MONTHS = (
    select(_BEGUN, _FINISHED, func.count())
    .select_from(MEMBERS)
    .join(Enrolment.__table__, _RUN.person_id == MEMBERS.c.person_id)
    .join(Progress.__table__, _AT.enrolment_id == _RUN.id)
    .where(or_(_in_year(_AT.started_at), _in_year(_AT.completed_at)))
    .group_by(_BEGUN, _FINISHED)
)


def by_month(
    values: Mapping[str, Any], months: Sequence[Month]
) -> tuple[dict[int, int], dict[int, int]]:
    """How many courses were begun and how many finished, by month of a year. One query.

    months: those of the year that have begun. Earlier runs of a course count, too.
    """
    starts = {f"start_{month.number}": month.from_at for month in months}
    last = months[-1].until_at
    starts |= {f"start_{number}": last for number in range(len(months) + 1, 14)}
    begun: Counter[int] = Counter()
    finished: Counter[int] = Counter()
    for started, completed, runs in db.session.execute(_MONTHS, {**values, **starts}):
        if started is not None:
            begun[started] += runs
        if completed is not None:
            finished[completed] += runs
    return begun, finished


_CAPPED = [category for category in Category if category is not Category.COURSE]
_OF_CATEGORY = (
    select(_CREDIT.person_id, _CREDIT.category, func.sum(_CREDIT.jp).label("jp"))
    .join(MEMBERS, MEMBERS.c.person_id == _CREDIT.person_id)
    .where(_CREDIT.credit_year == bindparam("year", type_=Integer))
    .group_by(_CREDIT.person_id, _CREDIT.category)
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
    .select_from(MEMBERS)
    .join(Person.__table__, _PERSON.id == MEMBERS.c.person_id)
    .outerjoin(_OF_PERSON, _OF_PERSON.c.person_id == MEMBERS.c.person_id)
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


def _sums(state: State, people: int, started: int) -> Sums:
    return Sums(
        people=people,
        started=started,
        finished=people if state is State.FINISHED else 0,
        running=people if state is State.RUNNING else 0,
        stuck=people if state is State.STUCK else 0,
    )
