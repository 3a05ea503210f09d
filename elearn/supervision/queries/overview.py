"""The sums of a part of the tree: by state and part, by course, by month; and who is most urgent.

All of it is one statement: who belongs there is asked once, their runs twice, first by person and
then each by itself.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    Select,
    String,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)  # fmt: skip

from elearn.accounts.models import Node
from elearn.core.db import InstantType, db
from elearn.learning.models import Progress
from elearn.records import queries as records
from elearn.records.models import Activity
from elearn.supervision.models import Contact
from elearn.supervision.queries.standings import (
    BELOW,
    MEMBERS,
    NUMBERS,
    STUCK_RANKS,
    in_words,
    members_by_urgency,
    rank,
)
from elearn.supervision.rules.groups import Sums
from elearn.supervision.rules.standing import Reason, State
from elearn.supervision.rules.year import Month

_AT, _NODE, _CONTACT = Progress.__table__.c, Node.__table__.c, Contact.__table__.c
_EARLIER = -1  # in place of a rank: a run that was followed by another one of the same course


@dataclass(frozen=True, slots=True)
class Part:
    """A child of the node, or the node itself for who belongs to it directly, with its sums."""

    node_id: int
    code: str
    name: str
    sums: Sums


@dataclass(frozen=True, slots=True)
class CourseSums:
    """How the people of a node stand in one course; who did not join it is not counted."""

    course_id: int
    version_id: int  # the newest that somebody there is on: it gives the course its title
    sums: Sums


@dataclass(frozen=True, slots=True)
class Overview:
    """How the people of a node stand; each counts once, by what is most urgent of her courses."""

    people: int
    libraries: int
    by_state: Mapping[State, int]
    by_reason: Mapping[Reason, int]
    parts: tuple[Part, ...]
    courses: tuple[CourseSums, ...]  # those that most people follow first
    begun: Mapping[int, int]  # courses by month of the year, earlier runs as well
    finished: Mapping[int, int]
    most_urgent: tuple[tuple[int, int], ...]  # (enrolment, node) of who is stuck, in order


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and from when on somebody who was contacted need not be written to again."""

    person_id: int
    reminded_since: datetime


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


def _month_of(column: Any) -> Any:
    """1 to 12 for a moment of the year that is asked for, else 0."""
    starts = [bindparam(f"start_{number}", type_=InstantType) for number in range(1, 14)]
    return case(
        (column.is_(None), 0),
        (column < starts[0], 0),
        *((column < start, month) for month, start in enumerate(starts[1:], 1)),
        else_=0,
    )


_READER = bindparam("reader_id", type_=Integer)
_STANDING = members_by_urgency()
# Whoever writes to the first ten finds the next ten here, not the same ones for a week.
_MUST_WAIT = or_(
    _STANDING.c.person_id == _READER,
    exists().where(
        _CONTACT.person_id == _STANDING.c.person_id,
        _CONTACT.at >= bindparam("reminded_since", type_=InstantType),
    ),
)
_URGENT = (
    select(
        _STANDING.c.enrolment_id,
        _STANDING.c.node_id,
        func.row_number()
        .over(
            order_by=(
                case((_MUST_WAIT, 1), else_=0),
                _STANDING.c.rank,
                _STANDING.c.since,
                _STANDING.c.person_id,
            )
        )
        .label("position"),
    )
    .where(_STANDING.c.rank < STUCK_RANKS)
    .order_by("position")
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_RUNS = (
    select(
        _AT.course_id,
        _AT.version_id,
        case((_AT.is_latest, rank(_AT)), else_=_EARLIER).label("rank"),
        _month_of(_AT.started_at).label("begun"),
        _month_of(_AT.completed_at).label("finished"),
    )
    .select_from(MEMBERS)
    .join(Progress.__table__, _AT.person_id == MEMBERS.c.person_id)
    .subquery()
)
_COUNT = func.count()


def _rows(kind: str, *columns: Any) -> Select[Any]:
    """Rows of one kind of sum; each has as many whole numbers, so that they can stand together."""
    numbers = [*columns, *[literal(0, Integer)] * (_NUMBERS - len(columns))]
    return select(
        literal(kind, String).label("kind"),
        *(column.label(f"number_{place}") for place, column in enumerate(numbers)),
    )


_NUMBERS = 6
_BY_RUN = (_RUNS.c.course_id, _RUNS.c.rank, _RUNS.c.begun, _RUNS.c.finished)
_ALL = union_all(
    _rows("part", _STANDING.c.part, _STANDING.c.rank, _COUNT)
    .select_from(_STANDING)
    .group_by(_STANDING.c.part, _STANDING.c.rank),
    _rows("urgent", _URGENT.c.position, _URGENT.c.enrolment_id, _URGENT.c.node_id),
    _rows("runs", *_BY_RUN, _COUNT, func.max(_RUNS.c.version_id)).group_by(*_BY_RUN),
)


def overview(
    values: Mapping[str, Any], months: Sequence[Month], reader: Reader, most: int
) -> Overview:
    """Everything that is counted of a node's people. Two queries.

    months: those of the year that have begun. most: of the people who are stuck, how many to name:
    first whom the reader can write to today.
    """
    asked = {
        **values,
        **_starts(months),
        "reader_id": reader.person_id,
        "reminded_since": reader.reminded_since,
        "most": most,
    }
    counts = _Counts.of(db.session.execute(_ALL, asked))
    named = db.session.execute(_NAMED_PARTS, values).all()
    return Overview(
        people=counts.by_state.total(),
        libraries=sum(row.libraries for row in named),
        by_state=counts.by_state,
        by_reason=counts.by_reason,
        parts=tuple(
            Part(row.id, row.code, row.name, counts.parts[row.id])
            for row in named
            if row.id != values["node_id"] or row.id in counts.parts
        ),
        courses=tuple(
            CourseSums(number, counts.versions[number], sums)
            for number, sums in sorted(
                counts.courses.items(), key=lambda course: (-course[1].people, course[0])
            )
        ),
        begun=counts.begun,
        finished=counts.finished,
        most_urgent=tuple(place for _position, place in sorted(counts.urgent.items())),
    )


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the rows of the one statement come to, by the numbers of parts and courses."""

    parts: dict[int, Sums] = field(default_factory=lambda: defaultdict(Sums))
    courses: dict[int, Sums] = field(default_factory=lambda: defaultdict(Sums))
    versions: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    by_state: Counter[State] = field(default_factory=Counter)
    by_reason: Counter[Reason] = field(default_factory=Counter)
    begun: Counter[int] = field(default_factory=Counter)
    finished: Counter[int] = field(default_factory=Counter)
    urgent: dict[int, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Row[Any]]) -> "_Counts":
        counts = cls()
        adds: Mapping[str, Callable[..., None]] = {
            "part": counts._add_people,
            "urgent": counts._name,
            "runs": counts._add_runs,
        }
        for row in rows:
            adds[row.kind](*row[1:])
        del counts.begun[0], counts.finished[0]  # what happened in no month of this year
        return counts

    def _add_people(self, part: int, rank: int, people: int, *_: int) -> None:
        state, reason = in_words(rank)
        self.by_state[state] += people
        if reason is not None:
            self.by_reason[reason] += people
        self.parts[part] += _sums(state, people)

    def _name(self, position: int, enrolment: int, node: int, *_: int) -> None:
        self.urgent[position] = (enrolment, node)

    def _add_runs(
        self, course: int, rank: int, month: int, end: int, runs: int, version: int
    ) -> None:
        self.begun[month] += runs
        self.finished[end] += runs
        if rank != _EARLIER:
            self.courses[course] += _sums(in_words(rank)[0], runs)
            self.versions[course] = max(self.versions[course], version)


_WAITING = (
    select(_COUNT)
    .select_from(NUMBERS)
    .join(Activity, Activity.person_id == NUMBERS.c.number)
    .where(records.is_undecided(), NUMBERS.c.person_id != _READER)
)


def waiting_count(values: Mapping[str, Any], reader_id: int) -> int:
    """Activities elsewhere that the reader can decide about, of those who belong there. One query.

    Her own are somebody else's to decide.
    """
    return db.session.scalar(_WAITING, {**values, "reader_id": reader_id}) or 0


def _starts(months: Sequence[Month]) -> dict[str, datetime]:
    """When each month begins; those to come begin, as far as counting goes, when this one ends."""
    starts = {f"start_{month.number}": month.from_at for month in months}
    last = months[-1].until_at
    return starts | {f"start_{number}": last for number in range(len(months) + 1, 14)}


def _sums(state: State, people: int) -> Sums:
    return Sums(
        people=people,
        finished=people if state is State.FINISHED else 0,
        running=people if state is State.RUNNING else 0,
        stuck=people if state is State.STUCK else 0,
    )
