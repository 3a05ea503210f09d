"""Files of evidence that the office does not keep any longer; what was decided stays.

Called inside `saving()`.
"""

from datetime import datetime

from sqlalchemy import delete, exists, or_, select

from elearn.core.db import db
from elearn.records.models import Activity, Decision, EvidenceFile
from elearn.records.queries import is_undecided

_AT_ONCE = 20  # files of some megabytes: whoever saves meanwhile waits so long


def sweep_evidence(decided_before: datetime) -> int:
    """Delete some files whose activities were all decided before then; 0 when none is left.

    What still waits for a decision keeps its file however old it is.
    """
    is_for_it = Activity.evidence_id == EvidenceFile.evidence_id
    is_decided_since = exists().where(
        Decision.activity_id == Activity.id, Decision.at >= decided_before
    )
    old = (
        select(EvidenceFile.evidence_id)
        .where(
            exists().where(is_for_it),
            ~exists().where(is_for_it, or_(is_undecided(), is_decided_since)),
        )
        .limit(_AT_ONCE)
    )
    ids = db.session.scalars(old).all()
    db.session.execute(delete(EvidenceFile).where(EvidenceFile.evidence_id.in_(ids)))
    return len(ids)
