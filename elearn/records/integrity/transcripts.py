"""Whether each transcript is still what was signed."""

from collections.abc import Iterator

from sqlalchemy import select

from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.records.models import SigningKey, Transcript
from elearn.records.queries import KeptTranscript


def _transcripts() -> Iterator[Findings]:
    for ids in batches(Transcript.id):
        for row in db.session.execute(
            select(Transcript, SigningKey)
            .join(SigningKey, SigningKey.id == Transcript.key_id)
            .where(Transcript.id.in_(ids))
            .order_by(Transcript.id)
        ):
            kept = KeptTranscript(*row)
            what = f"transcript {kept.row.code}: the signature is not over what is kept"
            yield [] if kept.is_signed else [Finding(what, "restore its row from a backup")]


PART = Part("transcripts", lambda: count(Transcript.id), _transcripts)
