"""Files behind corrections that the office does not keep any longer. Called inside `saving()`."""

from datetime import datetime

from sqlalchemy import delete, select

from elearn.core.db import db
from elearn.learning.models import Ruling
from elearn.records.models import EvidenceFile

_AT_ONCE = 20  # files of some megabytes: whoever saves meanwhile waits so long


def sweep_evidence(corrected_before: datetime) -> int:
    """Delete some files behind corrections made before then; 0 when none is left."""
    old = (
        select(EvidenceFile.evidence_id)
        .join(Ruling, Ruling.evidence_id == EvidenceFile.evidence_id)
        .where(Ruling.at < corrected_before)
        .limit(_AT_ONCE)
    )
    ids = db.session.scalars(old).all()
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(ids)))
    return len(ids)
