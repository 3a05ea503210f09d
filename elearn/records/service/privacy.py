"""Forgetting a person, as far as this room knows her."""

from datetime import datetime

from sqlalchemy import delete, select

from elearn.core.db import db
from elearn.records.models import Holder, Record


def forget(person_id: int, now: datetime) -> None:  # noqa: ARG001 - every room's has both
    """Erase who the person's records were issued to; the signed bytes name nobody and stay."""
    own = select(Record.id).where(Record.person_id == person_id)
    db.session.execute(delete(Holder).where(Holder.record_id.in_(own)))
