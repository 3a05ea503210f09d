"""Reading transcripts, and what a new one is made from."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Select, select

from elearn.accounts.queries import with_former
from elearn.core import clock, ids
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor
from elearn.records import rules
from elearn.records.formats import signature
from elearn.records.models import Activity, SigningKey, Transcript
from elearn.records.queries.activities import Logged, logged
from elearn.records.queries.sheets import CODE_LENGTH, Kept, own_records
from elearn.records.rules import transcript as stating

_ROWS: Select[Transcript, SigningKey] = (
    select(Transcript, SigningKey)
    .join(SigningKey, SigningKey.id == Transcript.key_id)
    .order_by(Transcript.made_at.desc(), Transcript.id.desc())
)


@dataclass(frozen=True)
class KeptTranscript:
    """A transcript as it was made, and its key."""

    row: Transcript
    key: SigningKey

    @cached_property
    def stated(self) -> stating.Transcript:
        """What was signed; the only source of what is shown."""
        return stating.read(self.row.payload)

    @cached_property
    def is_signed(self) -> bool:
        """Whether the kept bytes are what the key has signed, under this very code."""
        public, row = self.key.public_key, self.row
        return (
            signature.key_id(public) == row.key_id
            and signature.is_signed(public, row.signature, row.payload)
            and self.stated.code == row.code
        )


def transcripts_of(person_id: int) -> list[KeptTranscript]:
    """Every transcript of a person, the newest first. The caller has asked about the right."""
    of_her = Transcript.person_id.in_(with_former(person_id))
    return [KeptTranscript(*row) for row in db.session.execute(_ROWS.where(of_her))]


def newest_transcript(person_id: int, year: int | None) -> KeptTranscript | None:
    """The last one that was made of a person for this year, or for all."""
    of_year = Transcript.year.is_not_distinct_from(year)
    row = db.session.execute(
        _ROWS.where(Transcript.person_id == person_id, of_year).limit(1)
    ).one_or_none()
    return KeptTranscript(*row) if row else None


def transcript_of_person(person_id: int, code: str) -> KeptTranscript:
    """A person's transcript with this code; else Missing. The caller has asked about the right."""
    row = db.session.execute(
        _ROWS.where(Transcript.code == code, Transcript.person_id.in_(with_former(person_id)))
    ).one_or_none()
    if row is None:
        raise Missing("transcript-missing")
    return KeptTranscript(*row)


def own_transcript(actor: Actor, code: str) -> KeptTranscript:
    """The actor's own transcript; Missing when absent or someone else's."""
    return transcript_of_person(actor.person_id or 0, code)


def transcript_by_typed_code(typed: str) -> KeptTranscript | None:
    """For everybody, by the code as somebody copied it from the paper."""
    code = ids.typed(typed).lower()
    if len(code) != CODE_LENGTH:
        return None
    row = db.session.execute(_ROWS.where(Transcript.code == code)).one_or_none()
    return KeptTranscript(*row) if row else None


def course_lines(person_id: int) -> list[stating.CourseLine]:
    """The person's completion records that are in force."""
    return [
        _course_line(kept)
        for kept in own_records(Actor(person_id))
        if kept.standing.state == rules.State.VALID
    ]


def activity_lines(person_id: int) -> list[stating.ActivityLine]:
    """The person's activities that were approved and still bring JP."""
    rows = db.session.scalars(
        select(Activity).where(Activity.person_id.in_(with_former(person_id))).order_by(Activity.id)
    )
    found = logged(rows.all())
    is_approved = rules.ActivityState.APPROVED
    return [
        _activity_line(one)
        for one in found
        if one.standing.state is is_approved and one.standing.jp
    ]


def _course_line(kept: Kept) -> stating.CourseLine:
    facts = kept.facts
    return stating.CourseLine(
        number=facts.number,
        titles=facts.course_titles,
        version=facts.course_version,
        first_on=clock.day_in(facts.enrolled_at, facts.zone),
        last_on=clock.day_in(facts.completed_at, facts.zone),
        jp=facts.jp,
        credit_year=facts.credit_year,
    )


def _activity_line(one: Logged) -> stating.ActivityLine:
    activity, last = one.activity, one.decisions[-1]
    return stating.ActivityLine(
        category=activity.category,
        title=activity.title,
        organiser=activity.organiser,
        role=activity.role,
        first_on=activity.first_on,
        last_on=activity.last_on,
        jp_claimed=activity.jp_claimed,
        jp_approved=one.standing.jp,
        credit_year=activity.last_on.year,
        decided_by=last.by,
        decided_by_post=last.by_post,
    )
