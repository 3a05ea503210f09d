"""Reading enrolments and where they stand. What is not the actor's own does not exist."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.courses.models import Course
from elearn.courses.rules import Outline
from elearn.learning import rules
from elearn.learning.formats import states as kept
from elearn.learning.models import Enrolment, Event, Progress, Ruling, RulingEnd
from elearn.learning.rules import UnitState

_Run = aliased(Enrolment)

# Made once: many pages ask them, and making one costs as much as answering it.
_OWN = (
    select(Enrolment)
    .join(Course, Course.id == Enrolment.course_id)
    .join(Enrolment.progress)
    .options(contains_eager(Enrolment.progress))
    .where(Enrolment.person_id == bindparam("person_id"), Course.slug == bindparam("slug"))
    .order_by(Enrolment.run.desc())
    .limit(1)
)
_OWN_TO_CHANGE = (
    select(Enrolment)
    .join(Course, Course.id == Enrolment.course_id)
    .where(Enrolment.person_id == bindparam("person_id"), Course.slug == bindparam("slug"))
    .order_by(Enrolment.run.desc())
    .limit(1)
    .with_for_update(of=Enrolment)
    .execution_options(populate_existing=True)
)
_OWN_BY_ID_TO_CHANGE = (
    select(Enrolment)
    .where(Enrolment.id == bindparam("id"), Enrolment.person_id == bindparam("person_id"))
    .with_for_update(of=Enrolment)
    .execution_options(populate_existing=True)
)
_PROGRESS_TO_CHANGE = (
    select(Progress)
    .where(Progress.enrolment_id == bindparam("enrolment_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
)
_LATEST_RUNS = (
    select(_Run)
    .join(_Run.progress)
    .options(contains_eager(_Run.progress))
    .where(
        _Run.person_id == bindparam("person_id"),
        _Run.run
        == select(func.max(Enrolment.run))
        .where(Enrolment.person_id == _Run.person_id, Enrolment.course_id == _Run.course_id)
        .scalar_subquery(),
    )
    .order_by(Progress.last_event_at.desc(), _Run.id.desc())
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an enrolment stands in its version. `units` has every unit of the outline."""

    outline: Outline
    units: Mapping[str, UnitState]
    percent: int
    done_count: int
    required_count: int
    completed_at: datetime | None
    last_unit_key: str
    last_event_at: datetime

    @property
    def is_complete(self) -> bool:
        return self.completed_at is not None


def own_enrolment(actor: Actor, slug: str) -> Enrolment:
    """The actor's latest run of a course; Missing when she has not joined it. One query.

    Its progress comes along, so that `standing` asks the database nothing more.
    """
    found = find_own_enrolment(actor, slug)
    if found is None:
        raise Missing("enrolment-missing", slug=slug)
    return found


def find_own_enrolment(actor: Actor, slug: str) -> Enrolment | None:
    """As own_enrolment, for pages that people see who have not joined."""
    if not actor.is_known:
        return None
    return db.session.scalar(_OWN, {"person_id": actor.person_id, "slug": slug})


def own_enrolments(actor: Actor) -> list[Enrolment]:
    """The actor's latest run of every course she has joined, the last studied first. One query."""
    return list(db.session.scalars(_LATEST_RUNS, {"person_id": actor.person_id}))


def own_enrolment_to_change(actor: Actor, slug: str) -> Enrolment:
    """The actor's latest run of a course, locked; Missing when she has not joined it."""
    return _locked(_OWN_TO_CHANGE, {"person_id": actor.person_id, "slug": slug})


def own_enrolment_by_id_to_change(actor: Actor, enrolment_id: int) -> Enrolment:
    """The actor's own enrolment, locked; Missing when absent or someone else's."""
    return _locked(_OWN_BY_ID_TO_CHANGE, {"person_id": actor.person_id, "id": enrolment_id})


def learners_by_version(course_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """Course -> version -> how many runs through the course are on it. One query."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for course_id, version_id, learners in db.session.execute(
        select(Enrolment.course_id, Enrolment.version_id, func.count())
        .where(Enrolment.course_id.in_(list(course_ids)))
        .group_by(Enrolment.course_id, Enrolment.version_id)
    ):
        found[course_id][version_id] = learners
    return found


def enrolments_to_change(enrolment_ids: Collection[int]) -> dict[int, Enrolment]:
    """Enrolments of anybody by number, locked in the order of the numbers. One query."""
    rows = db.session.scalars(
        select(Enrolment)
        .where(Enrolment.id.in_(enrolment_ids))
        .order_by(Enrolment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in rows}


def standing(enrolment: Enrolment) -> Standing:
    """Where the enrolment stands. No query when the enrolment came through a reading door."""
    row = db.session.get(Progress, enrolment.id)
    if row is None:
        raise LookupError(f"enrolment {enrolment.id} has no progress row")
    return standing_of(row)


def standing_of(row: Progress) -> Standing:
    outline = courses.outline(row.version_id)
    states = kept.from_text(outline, row.units)
    return Standing(
        outline=outline,
        units={unit.key: states.get(unit.key, rules.UNTOUCHED) for unit in outline.units},
        percent=row.percent,
        done_count=row.done_count,
        required_count=row.required_count,
        completed_at=row.completed_at,
        last_unit_key=row.last_unit_key,
        last_event_at=row.last_event_at,
    )


def progress_to_change(enrolment: Enrolment) -> Progress:
    """The progress row, locked: two acts on one enrolment add up, neither overwrites the other."""
    return db.session.scalars(_PROGRESS_TO_CHANGE, {"enrolment_id": enrolment.id}).one()


def many_progress_to_change(enrolment_ids: Sequence[int]) -> dict[int, Progress]:
    """Progress rows by enrolment, locked in the order of the numbers; some may be missing."""
    rows = db.session.scalars(
        select(Progress)
        .where(Progress.enrolment_id.in_(enrolment_ids))
        .order_by(Progress.enrolment_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.enrolment_id: row for row in rows}


def events_of(enrolment: Enrolment) -> list[Event]:
    """Everything that happened in an enrolment, in the order it was written."""
    return list(
        db.session.scalars(
            select(Event).where(Event.enrolment_id == enrolment.id).order_by(Event.id)
        )
    )


def _counts() -> ColumnElement[bool]:
    """Whether an event counts: a supervisor's correction that was taken back does not."""
    taken_back = select(Ruling.event_id).join(RulingEnd, RulingEnd.ruling_id == Ruling.id)
    return Event.id.not_in(taken_back)


class Happened(Protocol):
    """What adding up needs of an event, be it a row of the table or some columns of one."""

    @property
    def kind(self) -> str: ...
    @property
    def unit_key(self) -> str: ...
    @property
    def edition(self) -> int | None: ...
    @property
    def score_percent(self) -> int | None: ...
    @property
    def source(self) -> str: ...
    @property
    def recorded_at(self) -> datetime: ...


def happening(event: Happened) -> rules.Happening:
    return rules.Happening(
        event.kind, event.unit_key, event.edition, event.score_percent, event.source
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Whose events are added up."""

    person_id: int
    enrolled_at: datetime
    is_latest: bool  # of her runs through the course, the last


@dataclass(frozen=True, slots=True)
class Recount:
    """A progress row as the events add it up."""

    version_id: int
    done_count: int
    required_count: int
    percent: int
    units: str
    last_unit_key: str
    last_event_at: datetime
    completed_at: datetime | None
    started_at: datetime | None
    failed_unit_key: str
    failed_count: int
    pre_percent: int | None
    post_percent: int | None
    person_id: int
    course_id: int
    enrolled_at: datetime
    is_latest: bool

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Difference:
    """A column of a progress row that is not what the events add up to."""

    name: str
    kept: Any
    recounted: Any


def recount(enrolment: Enrolment) -> Recount:
    """What all events of an enrolment add up to in the version that it is on."""
    outline = courses.outline(enrolment.version_id)
    events = db.session.scalars(
        select(Event).where(Event.enrolment_id == enrolment.id, _counts()).order_by(Event.id)
    )
    is_last = db.session.scalar(select(is_latest()).where(Enrolment.id == enrolment.id))
    run = Run(enrolment.person_id, enrolment.enrolled_at, bool(is_last))
    return added_up(outline, events.all(), run)


def recounts(enrolment_ids: Sequence[int]) -> dict[int, Recount]:
    """As `recount`, for many enrolments by number. Two queries, however many."""
    columns = (
        Event.kind,
        Event.unit_key,
        Event.edition,
        Event.score_percent,
        Event.source,
        Event.recorded_at,
    )
    rows = db.session.execute(
        select(Event.enrolment_id, *columns)
        .where(Event.enrolment_id.in_(enrolment_ids), _counts())
        .order_by(Event.enrolment_id, Event.id)
    )
    events = {number: list(own) for number, own in groupby(rows, lambda row: row.enrolment_id)}
    runs = db.session.execute(
        select(
            Enrolment.id,
            Enrolment.version_id,
            Enrolment.person_id,
            Enrolment.enrolled_at,
            is_latest(),
        )
        .where(Enrolment.id.in_(enrolment_ids))
        .order_by(Enrolment.id)
    )
    return {
        number: added_up(
            courses.outline(version_id), events.get(number, ()), Run(person_id, enrolled_at, last)
        )
        for number, version_id, person_id, enrolled_at, last in runs.all()
    }


def is_latest() -> ColumnElement[bool]:
    """Whether there is no later run of the same person through the same course."""
    later = and_(
        _Run.person_id == Enrolment.person_id,
        _Run.course_id == Enrolment.course_id,
        _Run.run > Enrolment.run,
    )
    return ~exists().where(later)


def added_up(outline: Outline, events: Sequence[Happened], run: Run) -> Recount:
    """What events, in the order they were written, add up to in a version."""
    happenings = [happening(event) for event in events]
    places = (rules.last_place(outline, "", happened) for happened in reversed(happenings))
    acts = [e for e in events if e.source not in rules.NOT_HER_OWN]
    starts = (e.recorded_at for e in acts if e.kind in rules.ACTS_OF_STUDY)
    completions = (e.recorded_at for e in reversed(events) if e.kind == "completed")
    states = rules.from_events(outline, happenings)
    counted = rules.progress(outline, states)
    return Recount(
        version_id=outline.version_id,
        done_count=counted.done_count,
        required_count=counted.required_count,
        percent=counted.percent,
        units=kept.as_text(outline, states),
        last_unit_key=next(filter(None, places), ""),
        last_event_at=acts[-1].recorded_at if acts else run.enrolled_at,
        completed_at=next(completions, None),
        started_at=next(starts, None),
        person_id=run.person_id,
        course_id=outline.course_id,
        enrolled_at=run.enrolled_at,
        is_latest=run.is_latest,
        **asdict(rules.overview(outline, states)),
    )


def differences(row: Progress | None, recounted: Recount) -> tuple[Difference, ...]:
    """Where a kept progress row and the recount differ; everything, when the row is missing."""
    return tuple(
        Difference(name, getattr(row, name, None), value)
        for name, value in recounted.values().items()
        if row is None or getattr(row, name) != value
    )


def differences_of(enrolment_ids: Sequence[int]) -> dict[int, tuple[Difference, ...]]:
    """As `differences`, for many enrolments by number; of each that has one. Three queries."""
    query = select(Progress).where(Progress.enrolment_id.in_(enrolment_ids))
    rows = {row.enrolment_id: row for row in db.session.scalars(query)}
    found = {
        number: differences(rows.get(number), recounted)
        for number, recounted in recounts(enrolment_ids).items()
    }
    return {number: some for number, some in found.items() if some}


def _locked(statement: Select[Enrolment], wanted: Mapping[str, Any]) -> Enrolment:
    enrolment = db.session.scalar(statement, wanted)
    if enrolment is None:
        raise Missing("enrolment-missing")
    return enrolment
