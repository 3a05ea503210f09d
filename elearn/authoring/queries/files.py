"""Files of a draft: as they are, and as a save left them."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Select, select

from elearn.authoring.models import Change, Draft, DraftFile, Save
from elearn.authoring.rules import Files
from elearn.core.db import db
from elearn.courses.models import Blob

_MEDIA = "media/"
Tree = Mapping[str, str]  # path -> digest


def tree_of(draft: Draft) -> dict[str, str]:
    """Paths and digests of a draft as it is now. One query."""
    rows = db.session.execute(
        select(DraftFile.path, DraftFile.digest)
        .where(DraftFile.draft_id == draft.id)
        .order_by(DraftFile.path)
    )
    return {path: value for path, value in rows}  # noqa: C416  (rows are not pairs to mypy)


def tree_at(draft: Draft, number: int) -> dict[str, str]:
    """Paths and digests as the save of this number left them. One query."""
    tree: dict[str, str] = {}
    for path, digest in db.session.execute(
        select(Change.path, Change.digest)
        .join(Save, Save.id == Change.save_id)
        .where(Save.draft_id == draft.id, Save.number <= number)
        .order_by(Save.number)
    ):
        if digest is None:
            tree.pop(path, None)
        else:
            tree[path] = digest
    return dict(sorted(tree.items()))


def files_of(draft: Draft) -> Files:
    """Every file of a draft. One query; up to the course's limit of bytes."""
    return _read(select(DraftFile.path, Blob.content).where(DraftFile.draft_id == draft.id))


def texts_of(draft: Draft) -> Files:
    """Every file that is text: all but the media. One query."""
    return _read(
        select(DraftFile.path, Blob.content).where(
            DraftFile.draft_id == draft.id, ~DraftFile.path.startswith(_MEDIA)
        )
    )


def some_of(draft: Draft, paths: Iterable[str]) -> Files:
    """Those of these files that are there. One query."""
    return _read(
        select(DraftFile.path, Blob.content).where(
            DraftFile.draft_id == draft.id, DraftFile.path.in_(list(paths))
        )
    )


def bytes_of(tree: Tree) -> Files:
    """The bytes of a tree, of a draft as it was. One query."""
    rows = db.session.execute(
        select(Blob.digest, Blob.content).where(Blob.digest.in_(set(tree.values())))
    )
    found = {digest: content for digest, content in rows}  # noqa: C416  (as above)
    return {path: found[digest] for path, digest in tree.items()}


def _read(statement: Select[str, bytes]) -> Files:
    rows = db.session.execute(
        statement.join(Blob, Blob.digest == DraftFile.digest).order_by(DraftFile.path)
    )
    return {path: value for path, value in rows}  # noqa: C416  (rows are not pairs to mypy)
