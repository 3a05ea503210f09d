"""Forgetting a person, as far as this room knows her."""

from datetime import datetime

from sqlalchemy import delete, select

from elearn.core.db import db
from elearn.records.models import Evidence, EvidenceFile, Holder, Record


def forget(person_id: int, now: datetime) -> None:  # noqa: ARG001 - every room's has both
    """Erase who the person's records were issued to, and the files of her evidence.

    The signed bytes name nobody and stay. So do activities, decisions and the lines of the ledger:
    they say what was done elsewhere, and of whom only by a number.
    """
    own = select(Record.id).where(Record.person_id == person_id)
    db.session.execute(delete(Holder).where(Holder.record_id.in_(own)))
    sent = select(Evidence.id).where(Evidence.person_id == person_id)
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(sent)))
