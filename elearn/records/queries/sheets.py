"""Reading records. What belongs to somebody is reached through the actor."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from sqlalchemy import Select, bindparam, func, select

from elearn.accounts.queries import present_person, with_former
from elearn.core import ids
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Action, Actor, may
from elearn.records import rules
from elearn.records.formats import signature
from elearn.records.models import Holder, Record, RecordEvent, SigningKey

CODE_LENGTH = 26  # of ids.new_code

_Rows: TypeAlias = Select[Record, Holder | None, SigningKey]

# Made once: many pages ask them, and making one costs as much as answering it.
_ROWS: _Rows = (
    select(Record, Holder, SigningKey)
    .join(SigningKey, SigningKey.id == Record.key_id)
    .outerjoin(Holder, Holder.record_id == Record.id)
)
_BY_CODE = _ROWS.where(Record.code == bindparam("code"))
_BY_NUMBER = _ROWS.where(Record.number == bindparam("number"))
_OF_PERSON = _ROWS.where(Record.person_id.in_(with_former(bindparam("person_id")))).order_by(
    Record.issued_at.desc(), Record.id.desc()
)
_AFTER = _ROWS.where(Record.id > bindparam("last")).order_by(Record.id).limit(bindparam("most"))
_BY_IDS = _ROWS.where(Record.id.in_(bindparam("ids", expanding=True)))
_EVENTS = select(RecordEvent.record_id, RecordEvent.kind, RecordEvent.at, RecordEvent.reason).where(
    RecordEvent.record_id.in_(bindparam("of", expanding=True))
)


@dataclass(frozen=True)
class Kept:
    """A record with its holder (None after erasure), its key and what became of it."""

    record: Record
    holder: Holder | None
    key: SigningKey
    standing: rules.Standing

    @cached_property
    def facts(self) -> rules.Facts:
        """What was signed; the only source of what is shown."""
        return rules.read(self.record.payload)

    @property
    def holder_words(self) -> rules.HolderWords | None:
        return words_of(self.record, self.holder) if self.holder else None

    @cached_property
    def is_signed(self) -> bool:
        """Whether the kept bytes are what the key has signed, for this very holder."""
        return not faults_of(self)


def words_of(record: Record, holder: Holder) -> rules.HolderWords:
    return rules.HolderWords(
        person_id=record.person_id,
        name=holder.name,
        nip=holder.nip,
        show_nip=holder.show_nip,
        post=holder.post,
        institution=holder.institution,
    )


def faults_of(kept: Kept) -> list[str]:
    """What does not agree with the signed bytes; empty when all is as it was issued."""
    return faults_in(kept.record, kept.key, kept.holder)


def faults_in(record: Record, key: SigningKey, holder: Holder | None) -> list[str]:
    """As faults_of, for a record that may have lost what it stands with."""
    faults = []
    if signature.key_id(key.public_key) != key.id:
        faults.append("the public key is not the one that its name says")
    if not signature.is_signed(key.public_key, record.signature, record.payload):
        return [*faults, "the signature is not over these bytes"]
    stated = rules.read(record.payload)
    signed = (stated.number, stated.code, stated.edition, stated.enrolment, stated.issued_at)
    kept_apart = (
        record.number, record.code, record.edition, record.enrolment_id,
        record.issued_at.replace(microsecond=0),
    )  # fmt: skip
    if signed != kept_apart:
        faults.append("number, code, edition, enrolment or time of issue are not as signed")
    if holder and _digest(record, holder) != stated.holder_digest:
        faults.append("the holder is not the one who is signed")
    return faults


def _digest(record: Record, holder: Holder) -> str:
    try:
        return rules.holder_digest(holder.salt, words_of(record, holder))
    except ValueError:  # the salt is not hexadecimal any more
        return ""


def own_record(actor: Actor, number: str) -> Kept:
    """The actor's own record; Missing when absent or someone else's."""
    kept = record_by_number(number)
    if kept is None or not _is_own(actor, kept.record.person_id):
        raise Missing("record-not-yours")
    return kept


def _is_own(actor: Actor, person_id: int) -> bool:
    """Whether the record is hers; one that somebody got who was found to be her is, too."""
    action = Action.RECORDS_RECORD_READ
    return may(actor, action, person_id) or may(actor, action, present_person(person_id))


def own_records(actor: Actor) -> list[Kept]:
    """The actor's records, newest first; earlier editions are left out."""
    kept = _kept(_OF_PERSON, {"person_id": actor.person_id})
    return [one for one in kept if one.standing.state != rules.State.REPLACED]


def record_of_enrolment(actor: Actor, enrolment_id: int) -> Record | None:
    """The newest edition of the record of the actor's own enrolment, if it was issued."""
    return db.session.scalar(
        select(Record)
        .where(
            Record.enrolment_id == enrolment_id,
            Record.person_id.in_(with_former(actor.person_id or 0)),
        )
        .order_by(Record.edition.desc())
        .limit(1)
    )


def newest_edition(enrolment_id: int) -> Record | None:
    """The newest edition of an enrolment's record, whoever's it is: for this room's services."""
    return db.session.scalar(
        select(Record)
        .where(Record.enrolment_id == enrolment_id)
        .order_by(Record.edition.desc())
        .limit(1)
    )


def record_by_code(code: str) -> Kept | None:
    """For everybody: whoever has the code may see what is printed."""
    return next(iter(_kept(_BY_CODE, {"code": code})), None)


def record_by_number(number: str) -> Kept | None:
    return next(iter(_kept(_BY_NUMBER, {"number": number})), None)


def record_by_typed_code(typed: str) -> Kept | None:
    """By the code as somebody copied it: groups, capitals and look-alike letters are forgiven."""
    code = ids.typed(typed).lower()
    return record_by_code(code) if len(code) == CODE_LENGTH else None


def kept_records(record_ids: Sequence[int]) -> list[Kept]:
    """Records by their row numbers, in no order. Two statements, however many."""
    return _kept(_BY_IDS, {"ids": record_ids})


def next_edition(kept: Kept) -> Record | None:
    """What a replaced record was replaced by: the newest edition."""
    newest = newest_edition(kept.record.enrolment_id)
    return newest if newest and newest.edition > kept.record.edition else None


def all_records(batch: int = 200) -> Iterator[Kept]:
    """Every record, oldest first, a batch at a time."""
    last = 0
    while found := _kept(_AFTER, {"last": last, "most": batch}):
        yield from found
        last = found[-1].record.id


def count_issued() -> int:
    """How many records this site has ever issued, replacements included."""
    return db.session.scalar(select(func.count()).select_from(Record)) or 0


def _kept(statement: _Rows, values: Mapping[str, object]) -> list[Kept]:
    """Records with what became of them: two statements, however many records."""
    rows = db.session.execute(statement, values).all()
    events: dict[int, list[rules.Happening]] = {record.id: [] for record, _, _ in rows}
    for record_id, kind, at, reason in db.session.execute(_EVENTS, {"of": list(events)}):
        events[record_id].append(rules.Happening(kind, at, reason))
    return [
        Kept(record, holder, key, rules.standing(events[record.id])) for record, holder, key in rows
    ]
