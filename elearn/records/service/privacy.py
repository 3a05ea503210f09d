"""Forgetting a person, as far as this room knows her."""

from datetime import datetime

from sqlalchemy import delete, select, update

from elearn.core import clock, policy
from elearn.core.db import db
from elearn.core.text import ERASED
from elearn.records.models import (
    Activity,
    Decision,
    Evidence,
    EvidenceFile,
    Holder,
    Reading,
    Record,
    RecordEvent,
    Transcript,
)
from elearn.records.service.activities import withdraw_waiting


def forget(person_id: int, now: datetime) -> None:
    """Erase who the person's records were issued to, her transcripts and the files of her evidence.

    Where the office's rule on archives says so (`keep_holder_names`), records keep their holder.
    The signed bytes of a record name nobody and stay. So do activities, decisions and the lines of
    the ledger: they say what was done elsewhere, and of whom only by a number. What still waits is
    withdrawn. Why something was refused, changed or revoked is struck out: a reason names whom it
    is about.
    """
    withdraw_waiting(person_id, now)
    records = select(Record.id).where(Record.person_id == person_id)
    if policy.on(clock.day_in(now, clock.DEFAULT_ZONE)).keep_holder_names == "no":
        db.session.execute(delete(Holder).where(Holder.record_id.in_(records)))
    db.session.execute(delete(Reading).where(Reading.person_id == person_id))
    db.session.execute(delete(Transcript).where(Transcript.person_id == person_id))
    sent = select(Evidence.id).where(Evidence.person_id == person_id)
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(sent)))
    activities = select(Activity.id).where(Activity.person_id == person_id)
    for words, own in (
        (Decision, Decision.activity_id.in_(activities)),
        (RecordEvent, RecordEvent.record_id.in_(records)),
    ):
        db.session.execute(update(words).where(own, words.reason != "").values(reason=ERASED))
