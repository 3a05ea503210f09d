"""Lists of people or libraries that were sent and wait to be written: kept for a day."""

from datetime import datetime, timedelta

from sqlalchemy import update

from elearn.accounts.models import Upload
from elearn.core import audit
from elearn.core.db import db
from elearn.core.ids import new_code
from elearn.core.permissions import Actor

_KEPT = timedelta(hours=24)


def keep(actor: Actor, kind: str, file_name: str, content: bytes, now: datetime) -> Upload:
    """Keep the bytes until the list is written, a day at most; older ones go now."""
    old = update(Upload).where(Upload.content.is_not(None), Upload.at <= now - _KEPT)
    db.session.execute(old.values(content=None))
    upload = Upload(
        code=new_code(), kind=kind, file_name=file_name, content=content,
        person_id=actor.person_id, at=now,
    )  # fmt: skip
    db.session.add(upload)
    return upload


def end(actor: Actor, upload: Upload, detail: str, now: datetime) -> None:
    """The list is written: its bytes go. detail: how many rows of which verdict, for the log."""
    upload.content, upload.written_at = None, now
    audit.note(actor, f"accounts:{upload.kind}:import", upload.code, now, detail)
