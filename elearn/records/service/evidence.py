"""Keeping evidence: the paper or photo that a claim stands on."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, exists, select

from elearn.core import throttle
from elearn.core.db import db, rows_met
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
    _delete_files(_loose(now).where(Evidence.person_id == person_id))
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


def drop_loose_files(now: datetime) -> int:
    """Delete files that came with a form which nobody finished; how many."""
    return _delete_files(_loose(now))


def _loose(now: datetime) -> Select[Any]:
    return select(Evidence.id).where(
        Evidence.by == Evidence.person_id,  # what others have sent about her belongs to their acts
        Evidence.at < now - LOOSE_FOR,
        ~exists().where(Activity.evidence_id == Evidence.id),
    )


def _delete_files(of: Select[Any]) -> int:
    return rows_met(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(of)))
