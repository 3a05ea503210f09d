"""What can be wrong with completion records and their lines in the ledger."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.records import queries, rules
from elearn.records.models import Credit, Holder, Record, RecordEvent, SigningKey

_RESTORE = "restore its rows from a backup, and find out who changed them"


@dataclass(slots=True)
class _Sheet:
    """A record with everything that belongs to it, whatever of it is there."""

    record: Record
    holder: Holder | None
    key: SigningKey | None
    has_next: bool  # there is a newer edition
    events: set[str] = field(default_factory=set)
    credits: list[Credit] = field(default_factory=list)


def _records() -> Iterator[Findings]:
    for record_ids in batches(Record.id):
        for sheet in _sheets(record_ids):
            yield [Finding(f"record {sheet.record.number}: {f}", _RESTORE) for f in _faults(sheet)]


def _sheets(record_ids: list[int]) -> Iterator[_Sheet]:
    """Four statements, however many records."""
    rows = db.session.execute(
        select(Record, Holder, SigningKey)
        .outerjoin(SigningKey, SigningKey.id == Record.key_id)
        .outerjoin(Holder, Holder.record_id == Record.id)
        .where(Record.id.in_(record_ids))
        .order_by(Record.id)
    ).all()
    enrolments = {record.enrolment_id for record, _, _ in rows}
    editions = set(
        db.session.execute(
            select(Record.enrolment_id, Record.edition).where(Record.enrolment_id.in_(enrolments))
        )
    )
    sheets = {
        record.id: _Sheet(
            record, holder, key, (record.enrolment_id, record.edition + 1) in editions
        )
        for record, holder, key in rows
    }
    for event in db.session.scalars(
        select(RecordEvent).where(RecordEvent.record_id.in_(record_ids))
    ):
        sheets[event.record_id].events.add(event.kind)
    for credit in db.session.scalars(select(Credit).where(Credit.record_id.in_(record_ids))):
        sheets[credit.record_id or 0].credits.append(credit)
    yield from sheets.values()


def _faults(sheet: _Sheet) -> Iterator[str]:
    record = sheet.record
    if sheet.key is None:
        yield f"the key {record.key_id} that signed it is gone"
        return
    faults = queries.faults_in(record, sheet.key, sheet.holder)
    yield from faults
    if not faults:  # what is not signed says nothing about the ledger
        yield from _faults_of_events(sheet)
        yield from _faults_of_credits(sheet, rules.read(record.payload))


def _faults_of_events(sheet: _Sheet) -> Iterator[str]:
    if "issued" not in sheet.events:
        yield "no event says that it was issued"
    if sheet.has_next and "replaced" not in sheet.events:
        yield "there is a newer edition, and no event says that it was replaced"
    if "replaced" in sheet.events and not sheet.has_next:
        yield "an event says that it was replaced, and there is no newer edition"


def _faults_of_credits(sheet: _Sheet, stated: rules.Facts) -> Iterator[str]:
    """The first edition brings its JP once; a revocation takes them back once."""
    wanted = {
        "record": stated.jp if stated.edition == 1 else None,
        "correction": -stated.jp if "revoked" in sheet.events else None,
    }
    for kind, jp in wanted.items():
        expected = set() if jp is None else {(sheet.record.person_id, stated.credit_year, jp)}
        kept = {(c.person_id, c.credit_year, c.jp) for c in sheet.credits if c.kind == kind}
        if kept != expected:
            yield f"its {kind} in the ledger is {_told(kept)} and must be {_told(expected)}"


def _told(entries: set[tuple[int, int, int]]) -> str:
    told = (f"{jp} JP of {year} for person {person}" for person, year, jp in sorted(entries))
    return ", ".join(told) or "nothing"


PART = Part("records", lambda: count(Record.id), _records)
