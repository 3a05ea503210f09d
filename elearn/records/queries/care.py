"""Records for those who care for them: found by number, code or person, with all that happened.

For administrators of the whole site: nothing here asks whose part of the tree somebody is in.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select

from elearn.accounts.models import Login, Person, PersonAlias
from elearn.accounts.rules import login_key
from elearn.core import ids
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.text import sort_key
from elearn.records.models import Record, RecordEvent
from elearn.records.queries.sheets import Kept, kept_records, record_by_number

MOST_FOUND = 50  # records in a list: who finds more writes more of the name


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to one edition of a record."""

    number: str
    edition: int
    kind: str  # issued, replaced, revoked
    at: datetime
    reason: str
    by: str  # name; "" for the site itself


def find_records(words: str) -> list[Kept]:
    """Records of this number or code, or of people with these words in their name or login.

    Also those of an entry that was merged into theirs. The newest first, every edition, at most
    MOST_FOUND; the newest of all where nothing is typed.
    """
    wanted = select(Record.id)
    if words.strip():
        wanted = wanted.where(_matches(words))
    found = db.session.scalars(wanted.order_by(Record.id.desc()).limit(MOST_FOUND)).all()
    return sorted(kept_records(found), key=lambda kept: kept.record.id, reverse=True)


def known_record(number: str) -> Kept:
    """The record of this number; Missing when there is none."""
    kept = record_by_number(number)
    if kept is None:
        raise Missing("record-missing")
    return kept


def story_of(record: Record) -> list[Step]:
    """What happened to all editions of this record, the first thing first."""
    rows = db.session.execute(
        select(Record.number, Record.edition, RecordEvent, Person.full_name)
        .join(RecordEvent, RecordEvent.record_id == Record.id)
        .outerjoin(Person, Person.id == RecordEvent.by)
        .where(Record.enrolment_id == record.enrolment_id)
        .order_by(RecordEvent.id)
    )
    return [
        Step(number, edition, event.kind, event.at, event.reason, name or "")
        for number, edition, event, name in rows
    ]


def _matches(words: str) -> ColumnElement[bool]:
    compact = ids.typed(words)
    named = [Person.sort_key.contains(part, autoescape=True) for part in sort_key(words).split()]
    by_login = select(Login.person_id).where(Login.key == login_key(words))
    people = select(Person.id).where(or_(and_(*named), Person.id.in_(by_login)))
    former = select(PersonAlias.former_id).where(PersonAlias.person_id.in_(people))
    return or_(
        Record.number == words.strip().upper(),
        Record.code == compact.lower(),
        Record.person_id.in_(people),
        Record.person_id.in_(former),
    )
