"""Reading activities, what was decided about them, and their evidence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from elearn.accounts import queries as people
from elearn.accounts.models import Person
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Action, Actor
from elearn.core.text import sort_key
from elearn.records import rules
from elearn.records.models import Activity, Decision, Evidence, EvidenceFile


@dataclass(frozen=True, slots=True)
class Told:
    """One decision with the name of who made it."""

    verdict: str
    jp: int
    reason: str
    at: datetime
    by: str
    by_post: str


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence without its bytes; is_kept: the file has not been deleted."""

    code: str
    media_type: str
    size: int
    is_kept: bool

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence with its bytes; of_code: of whom it is, "" for the reader herself."""

    code: str
    media_type: str
    content: bytes
    of_code: str


@dataclass(frozen=True, slots=True)
class Logged:
    """An activity with all that was decided about it, the earliest first."""

    activity: Activity
    decisions: tuple[Told, ...]
    proof: Proof | None

    @property
    def standing(self) -> rules.ActivityStanding:
        return rules.activity_standing((told.verdict, told.jp) for told in self.decisions)


def own_activities(actor: Actor, page: int, size: int) -> tuple[list[Logged], int]:
    """One page of what the actor has logged, the newest first; and how many there are in all."""
    own = _is_own(Activity.person_id, actor)
    count = db.session.scalar(select(func.count()).select_from(Activity).where(own)) or 0
    rows = db.session.scalars(
        select(Activity)
        .where(own)
        .order_by(Activity.at.desc(), Activity.id.desc())
        .limit(size)
        .offset((page - 1) * size)
    )
    return logged(rows.all()), count


def own_waiting_jp(actor: Actor) -> int:
    """JP that the actor has claimed and nobody has decided about yet."""
    claimed = select(func.sum(Activity.jp_claimed))
    own = _is_own(Activity.person_id, actor)
    return db.session.scalar(claimed.where(own, is_undecided())) or 0


def own_activity(actor: Actor, code: str) -> Logged:
    """The actor's own activity; Missing when absent or someone else's."""
    found = db.session.scalar(
        select(Activity).where(Activity.code == code, _is_own(Activity.person_id, actor))
    )
    return _whole(found)


def own_activity_to_change(actor: Actor, code: str) -> Activity:
    """The actor's own activity, locked; Missing when absent or someone else's."""
    found = db.session.scalar(
        select(Activity)
        .where(Activity.code == code, _is_own(Activity.person_id, actor))
        .with_for_update()
    )
    if found is None:
        raise Missing("activity-missing")
    return found


def activity_within(actor: Actor, code: str, now: datetime) -> Logged:
    """An activity that the actor may decide about today: within her reach, and not her own."""
    return _whole(_within(actor, db.session.scalar(_by_code(code)), now))


def activity_within_to_change(actor: Actor, code: str, now: datetime) -> Activity:
    """As activity_within, locked: two who decide at once come one after the other."""
    return _within(actor, db.session.scalar(_by_code(code).with_for_update()), now)


def activities_within_to_change(
    actor: Actor, codes: Iterable[str], now: datetime
) -> list[Activity]:
    """Those of these activities that the actor may decide about, locked in the order of the log.

    One order for everybody: two who lock the same rows never wait for each other in a circle.
    """
    rows = db.session.scalars(
        select(Activity)
        .where(
            Activity.code.in_(set(codes)),
            Activity.person_id.in_(people_within(actor, now)),
            ~_is_own(Activity.person_id, actor),
        )
        .order_by(Activity.id)
        .with_for_update()
    )
    return list(rows)


def people_within(actor: Actor, now: datetime) -> Select[int]:
    """SELECT of the persons about whose activities the actor decides today, herself included."""
    return people.people_within(actor, Action.RECORDS_ACTIVITY_DECIDE, now)


def decisions_of(activity: Activity) -> list[Decision]:
    """All that was decided about an activity, the earliest first."""
    return list(
        db.session.scalars(
            select(Decision).where(Decision.activity_id == activity.id).order_by(Decision.id)
        )
    )


def is_undecided() -> ColumnElement[bool]:
    """Whether an activity still waits: nothing was decided, and it was not withdrawn.

    Each activity is looked up: as NOT EXISTS, PostgreSQL reads the decisions of the whole country.
    """
    decided = select(Decision.id).where(Decision.activity_id == Activity.id).limit(1)
    return decided.correlate(Activity).scalar_subquery().is_(None)


def people_with_activity(person_ids: Iterable[int], title: str, last_on: date) -> frozenset[int]:
    """Those for whom the same title and last day count or wait already. Two statements."""
    entries = people.entries_of(set(person_ids))
    ended = exists().where(
        Decision.activity_id == Activity.id,
        Decision.kind.in_((rules.Verdict.REFUSED, rules.Verdict.WITHDRAWN)),
    )
    rows = db.session.execute(
        select(Activity.person_id, Activity.title).where(
            Activity.person_id.in_(entries), Activity.last_on == last_on, ~ended
        )
    )
    return frozenset(entries[who] for who, what in rows if sort_key(what) == sort_key(title))


def own_evidence(actor: Actor, code: str) -> Evidence:
    """What the actor has sent for herself, with its file still there; else Missing."""
    found = db.session.scalar(
        select(Evidence)
        .join(EvidenceFile, EvidenceFile.evidence_id == Evidence.id)
        .where(
            Evidence.code == code,
            _is_own(Evidence.person_id, actor),
            _is_own(Evidence.by, actor),
        )
    )
    if found is None:
        raise Missing("evidence-missing")
    return found


def evidence_for(actor: Actor, code: str, now: datetime) -> Exhibit:
    """Evidence with its bytes: the person's own, or of one about whom the actor decides today."""
    row = db.session.execute(
        select(Evidence, EvidenceFile.content)
        .join(EvidenceFile, EvidenceFile.evidence_id == Evidence.id)
        .where(Evidence.code == code)
    ).one_or_none()
    if row is None:
        raise Missing("evidence-missing")
    found, content = row
    person_id = people.present_person(found.person_id)
    if person_id == actor.person_id:
        return Exhibit(found.code, found.media_type, content, "")
    if not people.is_within(actor, Action.RECORDS_ACTIVITY_DECIDE, person_id, now):
        raise Missing("evidence-missing")
    return Exhibit(found.code, found.media_type, content, people.person(person_id).code)


def _is_own(column: InstrumentedAttribute[int], actor: Actor) -> ColumnElement[bool]:
    """Whether a row is the actor's, or of somebody who was found to be her."""
    return column.in_(people.with_former(actor.person_id or 0))


def logged(activities: Sequence[Activity]) -> list[Logged]:
    """Activities with their decisions and evidence: two statements, however many they are."""
    decisions = _decisions([activity.id for activity in activities])
    proofs = _proofs({one.evidence_id for one in activities if one.evidence_id is not None})
    return [
        Logged(one, tuple(decisions.get(one.id, ())), proofs.get(one.evidence_id or 0))
        for one in activities
    ]


def _whole(found: Activity | None) -> Logged:
    if found is None:
        raise Missing("activity-missing")
    return logged([found])[0]


def _by_code(code: str) -> Select[Activity]:
    return select(Activity).where(Activity.code == code)


def _within(actor: Actor, found: Activity | None, now: datetime) -> Activity:
    action = Action.RECORDS_ACTIVITY_DECIDE
    if (
        found is None
        or people.present_person(found.person_id) == actor.person_id
        or not people.is_within(actor, action, found.person_id, now)
    ):
        raise Missing("activity-missing")
    return found


def _decisions(activity_ids: list[int]) -> Mapping[int, list[Told]]:
    told: dict[int, list[Told]] = {}
    if not activity_ids:
        return told
    rows = db.session.execute(
        select(Decision, Person.full_name, Person.post)
        .join(Person, Person.id == Decision.by)
        .where(Decision.activity_id.in_(activity_ids))
        .order_by(Decision.id)
    )
    for row, name, post in rows:
        told.setdefault(row.activity_id, []).append(
            Told(row.kind, row.jp, row.reason, row.at, name, post)
        )
    return told


def _proofs(evidence_ids: set[int]) -> Mapping[int, Proof]:
    if not evidence_ids:
        return {}
    rows = db.session.execute(
        select(Evidence, EvidenceFile.evidence_id)
        .outerjoin(EvidenceFile, EvidenceFile.evidence_id == Evidence.id)
        .where(Evidence.id.in_(evidence_ids))
    )
    return {
        row.id: Proof(row.code, row.media_type, row.size, file_id is not None)
        for row, file_id in rows
    }
