"""Pictures of a draft: which there are, and the bytes of one."""

from dataclasses import dataclass

from sqlalchemy import select

from elearn.authoring.models import Draft, DraftFile
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.courses.models import Blob

_MEDIA = "media/"


@dataclass(frozen=True, slots=True)
class PictureFile:
    path: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Picture:
    content: bytes
    digest: str


def pictures_of(draft: Draft) -> list[PictureFile]:
    """All pictures of a draft, by path. One query; no bytes."""
    rows = db.session.execute(
        select(DraftFile.path, Blob.size)
        .join(Blob, Blob.digest == DraftFile.digest)
        .where(DraftFile.draft_id == draft.id, DraftFile.path.startswith(_MEDIA))
        .order_by(DraftFile.path)
    )
    return [PictureFile(*row) for row in rows]


def picture_in(draft: Draft, path: str) -> Picture:
    """One picture. One query. Raises Missing."""
    row = db.session.execute(
        select(Blob.content, Blob.digest)
        .join(DraftFile, DraftFile.digest == Blob.digest)
        .where(DraftFile.draft_id == draft.id, DraftFile.path == path)
    ).one_or_none()
    if row is None:
        raise Missing("picture-missing", picture=path)
    return Picture(*row)
