"""Lists that wait to be written: each belongs to whoever sent it."""

from sqlalchemy import select

from elearn.accounts.models import Upload
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.permissions import Actor


def own_upload(actor: Actor, code: str) -> Upload:
    """The actor's own upload; Missing when there is none."""
    return _found(
        db.session.scalar(
            select(Upload).where(Upload.code == code, Upload.person_id == actor.person_id)
        )
    )


def own_upload_to_change(actor: Actor, code: str) -> Upload:
    """The same, locked: of two who press the button at once, one begins."""
    return _found(
        db.session.scalar(
            select(Upload)
            .where(Upload.code == code, Upload.person_id == actor.person_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _found(upload: Upload | None) -> Upload:
    if upload is None:
        raise Missing("upload-missing")
    return upload
