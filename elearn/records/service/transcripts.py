"""Making transcripts. Called inside `saving()`; nothing here commits."""

from datetime import datetime

from sqlalchemy import select

from elearn.accounts import queries as people
from elearn.accounts.models import Person
from elearn.core import audit, clock, ids
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.records import keys, queries
from elearn.records.models import Transcript
from elearn.records.rules import transcript as stating
from elearn.records.service.years import terms_of


def make_transcript(
    actor: Actor, person_id: int, year: int | None, issuer: str, now: datetime
) -> Transcript:
    """What the person has learned in that year, or in all, as it stands now, signed.

    Where nothing has changed since the last one, that one is given back: a code that somebody
    holds on paper does not become one of many. The caller has asked about the right.
    """
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    stated = _stated(person_id, year, issuer, now)
    last = queries.newest_transcript(person_id, year)
    if last is not None and last.is_signed and stating.is_same(stated, last.stated):
        return last.row
    signer, payload = keys.signer(now), stating.payload(stated)
    row = Transcript(
        code=stated.code,
        person_id=person_id,
        year=year,
        payload=payload,
        signature=signer.sign(payload),
        key_id=signer.key_id,
        made_at=now,
    )
    db.session.add(row)
    db.session.flush()
    audit.note(actor, "records:transcript:make", row.code, now)
    return row


def _stated(person_id: int, year: int | None, issuer: str, now: datetime) -> stating.Transcript:
    holder = people.holder_at(person_id, now)
    today = clock.day_in(now, holder.time_zone)
    courses, activities = queries.course_lines(person_id), queries.activity_lines(person_id)
    years = {line.credit_year for line in courses} | {line.credit_year for line in activities}
    years |= {year} if year else set()
    return stating.transcript_of(
        stating.TranscriptHolder(holder.name, holder.post, holder.institution),
        courses,
        activities,
        terms_of(holder, years, today),
        year=year,
        code=ids.new_code(),
        issuer=issuer,
        made_at=now,
        zone=holder.time_zone,
    )
