"""What can be wrong with drafts, for `elearn db check`."""

from collections.abc import Iterator

from sqlalchemy import select

from elearn.authoring import queries
from elearn.authoring.models import Change, Draft, DraftFile, Save
from elearn.core.db import db
from elearn.core.integrity import Finding, Findings, Part, batches, count
from elearn.courses.models import Blob, File

_RESTORE = "restore it from a backup"


def _drafts() -> Iterator[Findings]:
    for ids in batches(Draft.id, 1):
        for draft_id in ids:
            yield list(_faults_of_draft(draft_id))


def _faults_of_draft(draft_id: int) -> Iterator[Finding]:
    """A draft is what its saves say, and they are numbered without a gap."""
    draft = db.session.get_one(Draft, draft_id)
    numbers = db.session.scalars(
        select(Save.number).where(Save.draft_id == draft_id).order_by(Save.number)
    ).all()
    if list(numbers) != list(range(1, draft.saves + 1)):
        yield Finding(f"the saves of the draft {draft.code} are not all there", _RESTORE)
    elif queries.tree_at(draft, draft.saves) != queries.tree_of(draft):
        yield Finding(f"the draft {draft.code} is not what its saves made it", _RESTORE)
    db.session.expunge(draft)


def _kept_files() -> Iterator[Findings]:
    for digests in batches(Blob.digest, 500):
        used = {
            digest
            for column in (File.digest, DraftFile.digest, Change.digest)
            for digest in db.session.scalars(select(column).where(column.in_(digests)))
        }
        for digest in digests:
            yield (
                []
                if digest in used
                else [
                    Finding(
                        f"no course and no draft has the file {digest}",
                        "it does no harm; find out what wrote it, for no act of ours did",
                    )
                ]
            )


PARTS = (
    Part("drafts", lambda: count(Draft.id), _drafts),
    Part("kept files", lambda: count(Blob.digest), _kept_files),
)
