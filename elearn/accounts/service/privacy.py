"""The right to be forgotten, as far as this room names the person."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update

from elearn.accounts.models import (
    Credential,
    GrantRow,
    Login,
    Membership,
    Merge,
    Reset,
    Upload,
)
from elearn.accounts.queries.people import person as person_of
from elearn.core import clock, jobs, post
from elearn.core.db import db, rows_met
from elearn.core.text import ERASED, sort_key


def forget(person_id: int, now: datetime) -> None:
    """Remove everything that names the person; the number stays, so that totals stay true.

    Logins, codes, letters to her, lists that she brought and those that wait to be written go, the
    credential closes and all sessions end. Libraries and roles end today: nobody waits for her any
    more, and sums of earlier days count her still. That she once agreed to a text stays, since it
    may have to be proved.
    """
    person = person_of(person_id)
    today = clock.day_in(now, person.time_zone)
    db.session.execute(delete(Login).where(Login.person_id == person_id))
    db.session.execute(delete(Reset).where(Reset.person_id == person_id))
    post.forget_letters(person_id)
    db.session.execute(delete(Upload).where(Upload.person_id == person_id))
    _drop_waiting_lists()
    # What was kept to undo a merging names her, too; without it there is no way back.
    merged = or_(Merge.former_id == person_id, Merge.person_id == person_id)
    db.session.execute(update(Merge).where(merged).values(moved=""))
    ranges: tuple[type[Any], ...] = (Membership, GrantRow)
    for table in ranges:
        for row in db.session.scalars(select(table).where(table.person_id == person_id)):
            if row.from_on >= today:
                db.session.delete(row)
            elif row.to_on is None or row.to_on > today:
                row.to_on = today
    credential = db.session.get(Credential, person_id)
    if credential is not None:
        credential.password_hash = None
        credential.is_active = False
        credential.generation += 1
        credential.changed_at = now
    person.full_name, person.sort_key = ERASED, sort_key(ERASED)
    person.nip = person.email = None
    person.post = person.phone = ""
    person.show_nip = False
    db.session.flush()


def _drop_waiting_lists() -> None:
    """Lists that somebody has brought and not yet written may name anybody; so may their verdicts.

    Who brought one is told to send it again.
    """
    waiting = Upload.written_at.is_(None)
    jobs.withdraw(select(Upload.job_code).where(waiting), "upload-gone")
    jobs.forget_all_but(select(Upload.job_code))
    db.session.execute(update(Upload).where(waiting).values(content=None))


def sweep_uploads(before: datetime) -> int:
    """Delete the bytes of lists that were brought before then; that they came stays."""
    old = update(Upload).where(Upload.at < before, Upload.content.is_not(None)).values(content=None)
    return rows_met(old)
