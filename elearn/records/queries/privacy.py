"""What this room keeps about a person, for the person."""

from collections.abc import Iterable

from sqlalchemy import select

from elearn.core.db import db
from elearn.records import rules
from elearn.records.models import (
    Activity,
    Credit,
    Evidence,
    EvidenceFile,
    Holder,
    Record,
    RecordEvent,
    Transcript,
)
from elearn.records.queries.activities import Logged, logged
from elearn.records.queries.sheets import words_of


def personal_data(person_id: int) -> dict[str, object]:
    """Everything that this room keeps about a person, for the person."""
    records = db.session.execute(
        select(Record, Holder)
        .outerjoin(Holder, Holder.record_id == Record.id)
        .where(Record.person_id == person_id)
        .order_by(Record.id)
    ).all()
    stories = _stories(record.id for record, _ in records)
    ledger = db.session.scalars(
        select(Credit).where(Credit.person_id == person_id).order_by(Credit.id)
    )
    return {
        "records": [
            {
                "number": record.number,
                "code": record.code,
                "signed": record.payload,
                "signature": record.signature,
                "holder": rules.holder_values(words_of(record, holder)) if holder else None,
                "story": stories[record.id],
            }
            for record, holder in records
        ],
        "activities": [_told(one) for one in _activities(person_id)],
        "evidence": _evidence(person_id),
        "transcripts": _transcripts(person_id),
        "credits": [
            {
                "kind": credit.kind,
                "category": credit.category,
                "year": credit.credit_year,
                "jp": credit.jp,
                "title": credit.title,
                "at": credit.at.isoformat(),
            }
            for credit in ledger
        ],
    }


def _stories(record_ids: Iterable[int]) -> dict[int, list[dict[str, object]]]:
    """What became of each record, the earliest first."""
    found: dict[int, list[dict[str, object]]] = {number: [] for number in record_ids}
    for event in db.session.scalars(
        select(RecordEvent).where(RecordEvent.record_id.in_(found)).order_by(RecordEvent.id)
    ):
        step = {"kind": event.kind, "at": event.at, "reason": event.reason}
        found[event.record_id].append(step)
    return found


def _transcripts(person_id: int) -> list[dict[str, object]]:
    rows = db.session.scalars(
        select(Transcript).where(Transcript.person_id == person_id).order_by(Transcript.id)
    )
    return [
        {
            "code": row.code,
            "year": row.year,
            "signed": row.payload,
            "signature": row.signature,
            "at": row.made_at.isoformat(),
        }
        for row in rows
    ]


def _activities(person_id: int) -> list[Logged]:
    rows = db.session.scalars(
        select(Activity).where(Activity.person_id == person_id).order_by(Activity.id)
    )
    return logged(rows.all())


def _told(one: Logged) -> dict[str, object]:
    activity = one.activity
    return {
        "title": activity.title,
        "category": activity.category,
        "role": activity.role,
        "organiser": activity.organiser,
        "first_on": activity.first_on.isoformat(),
        "last_on": activity.last_on.isoformat(),
        "jp_claimed": activity.jp_claimed,
        "logged_at": activity.at.isoformat(),
        "evidence_code": one.proof.code if one.proof else None,
        "decisions": [
            {
                "verdict": told.verdict,
                "jp": told.jp,
                "reason": told.reason,
                "at": told.at.isoformat(),
                "by": told.by,
            }
            for told in one.decisions
        ],
    }


def _evidence(person_id: int) -> list[dict[str, object]]:
    """What was sent about the person; the files themselves are behind links of their pages."""
    rows = db.session.execute(
        select(Evidence, EvidenceFile.file_name)
        .outerjoin(EvidenceFile, EvidenceFile.evidence_id == Evidence.id)
        .where(Evidence.person_id == person_id)
        .order_by(Evidence.id)
    )
    return [
        {
            "code": row.code,
            "media_type": row.media_type,
            "size": row.size,
            "sha256": row.digest,
            "file_name": file_name,
            "is_kept": file_name is not None,
            "at": row.at.isoformat(),
        }
        for row, file_name in rows
    ]
