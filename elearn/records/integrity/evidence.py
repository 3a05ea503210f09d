"""Whether each file of evidence is still the one that was sent."""

import hashlib
from collections.abc import Iterator

from sqlalchemy import select

from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.records.models import Evidence, EvidenceFile

_FEW = 20  # files of some megabytes in memory at once


def _files() -> Iterator[Findings]:
    for ids in batches(EvidenceFile.evidence_id, _FEW):
        for row, content in db.session.execute(
            select(Evidence, EvidenceFile.content)
            .join(EvidenceFile, EvidenceFile.evidence_id == Evidence.id)
            .where(Evidence.id.in_(ids))
            .order_by(Evidence.id)
        ):
            is_same = hashlib.sha256(content).hexdigest() == row.digest
            advice = "restore its file from a backup"
            what = f"evidence {row.code}: its file is not the one that was sent"
            yield [] if is_same else [Finding(what, advice)]


PART = Part("files of evidence", lambda: count(EvidenceFile.evidence_id), _files)
