"""Keeping evidence: the paper or photo that a claim stands on."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select

from elearn.core import throttle
from elearn.core.db import db
from elearn.core.permissions import Actor
from elearn.core.text import tidy
from elearn.records.formats.evidence import Prepared
from elearn.records.models import Activity, Evidence, EvidenceFile

UPLOADS = throttle.Limit("records:evidence:person", 40, 3600)
LOOSE_FOR = timedelta(days=1)  # how long a file waits for the form that it was sent with
_NAME_CHARACTERS = 120


def keep_evidence(
    actor: Actor, person_id: int, prepared: Prepared, file_name: str, now: datetime
) -> Evidence:
    """Keep a file that proves something about a person. TooMany after 40 in an hour."""
    throttle.claim(now, (UPLOADS, str(actor.person_id)))
    _drop_loose_files(person_id, now)
    evidence = Evidence(
        person_id=person_id,
        media_type=prepared.media_type,
        digest=hashlib.sha256(prepared.content).hexdigest(),
        size=len(prepared.content),
        at=now,
        by=actor.person_id,
    )
    db.session.add(evidence)
    db.session.flush()
    name = tidy(file_name)[:_NAME_CHARACTERS]
    db.session.add(EvidenceFile(evidence_id=evidence.id, file_name=name, content=prepared.content))
    db.session.flush()
    return evidence


def _drop_loose_files(person_id: int, now: datetime) -> None:
    """Files that the person sent with a form which she never finished are not kept."""
    loose = select(Evidence.id).where(
        Evidence.person_id == person_id,
        Evidence.by == person_id,  # what others have sent about her belongs to their acts
        Evidence.at < now - LOOSE_FOR,
        ~exists().where(Activity.evidence_id == Evidence.id),
    )
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(loose)))
