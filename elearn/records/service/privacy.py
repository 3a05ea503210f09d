"""Forgetting a person, as far as this room knows her."""

from datetime import datetime

from sqlalchemy import delete, select

from elearn.core import clock, policy
from elearn.core.db import db
from elearn.records.models import Evidence, EvidenceFile, Holder, Reading, Record, Transcript


def forget(person_id: int, now: datetime) -> None:
    """Erase who the person's records were issued to, her transcripts and the files of her evidence.

    Where the office's rule on archives says so (`keep_holder_names`), records keep their holder.
    The signed bytes of a record name nobody and stay. So do activities, decisions and the lines of
    the ledger: they say what was done elsewhere, and of whom only by a number.
    """
    if policy.on(clock.day_in(now, clock.DEFAULT_ZONE)).keep_holder_names == "no":
        own = select(Record.id).where(Record.person_id == person_id)
        db.session.execute(delete(Holder).where(Holder.record_id.in_(own)))
    db.session.execute(delete(Reading).where(Reading.person_id == person_id))
    db.session.execute(delete(Transcript).where(Transcript.person_id == person_id))
    sent = select(Evidence.id).where(Evidence.person_id == person_id)
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(sent)))
