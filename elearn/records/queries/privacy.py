"""What this room keeps about a person, for the person."""

from sqlalchemy import select

from elearn.core.db import db
from elearn.records import rules
from elearn.records.models import Credit, Holder, Record
from elearn.records.queries.sheets import words_of


def personal_data(person_id: int) -> dict[str, object]:
    """Everything that this room keeps about a person, for the person."""
    records = db.session.execute(
        select(Record, Holder)
        .outerjoin(Holder, Holder.record_id == Record.id)
        .where(Record.person_id == person_id)
        .order_by(Record.id)
    )
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
            }
            for record, holder in records
        ],
        "credits": [
            {
                "kind": credit.kind,
                "year": credit.credit_year,
                "jp": credit.jp,
                "title": credit.title,
                "at": credit.at.isoformat(),
            }
            for credit in ledger
        ],
    }
