"""The keys that sign records: private halves as files of mode 600, public halves in the database.

One key is current. It is made at the first start, so that every backup holds it;
`elearn records rotate-key` closes it and opens another. Old public keys stay for ever, since the
records that they signed do.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import select, text

from elearn.core import audit, config
from elearn.core.db import db
from elearn.core.errors import Unavailable
from elearn.core.permissions import NOBODY
from elearn.records.formats import signature
from elearn.records.models import SigningKey

_LOCK = 0x7265636B  # "reck": who makes or closes a key on PostgreSQL


@dataclass(frozen=True, slots=True)
class Signer:
    """The current key, ready to sign."""

    key_id: str
    private_pem: bytes

    def sign(self, payload: str) -> str:
        return signature.sign(self.private_pem, payload)


def signer(now: datetime) -> Signer:
    """The current key; made when there is none yet. Called inside `saving()`.

    Raises Unavailable when the file of the key that the database knows is not in the data folder,
    cannot be read or made, or holds another key: what it signed nobody could ever check.
    """
    current = _current() or _make_or_refuse(now)
    path = _path(current.id)
    try:
        private = path.read_bytes()
        is_its_own = signature.key_id(signature.public_half(private)) == current.id
    except (OSError, ValueError, TypeError):
        is_its_own = False
    if not is_its_own:
        raise Unavailable("record-key-missing", file=path.name)
    return Signer(current.id, private)


def _make_or_refuse(now: datetime) -> SigningKey:
    """A learner who completes a course is not to suffer from a folder that cannot be written."""
    try:
        return make_first(now)
    except OSError:
        raise Unavailable("record-key-missing", file=_path("").name) from None


def make_first(now: datetime) -> SigningKey:
    """Make a key when none is in use, and return the one in use. Called inside `saving()`.

    OSError when its file cannot be written.
    """
    lock()
    return _current() or _make(now)


def rotate(now: datetime) -> SigningKey:
    """Close the current key and open another. Called inside `saving()`."""
    lock()
    current = _current()
    if current is not None:
        current.to_at = now
        db.session.flush()
    made = _make(now)
    audit.note(NOBODY, "records:key:rotate", made.id, now, current.id if current else "")
    return made


def all_keys() -> list[SigningKey]:
    """Every key, oldest first."""
    return list(db.session.scalars(select(SigningKey).order_by(SigningKey.from_at, SigningKey.id)))


def has_private_half(key: SigningKey) -> bool:
    """Whether this machine could sign with the key."""
    return _path(key.id).is_file()


def lock() -> None:
    """From here to the end of the transaction nobody else makes or closes a key.

    SQLite needs no lock: `saving()` lets one writer in at a time.
    """
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})


def _current() -> SigningKey | None:
    return db.session.scalar(
        select(SigningKey)
        .where(SigningKey.to_at.is_(None))
        .execution_options(populate_existing=True)
    )


def _make(now: datetime) -> SigningKey:
    """The file first: a key whose row was never committed harms nobody, the reverse does."""
    private = signature.new_private_key()
    public = signature.public_half(private)
    key = SigningKey(id=signature.key_id(public), public_key=public, from_at=now, to_at=None)
    config.write_once(_path(key.id), private)
    db.session.add(key)
    db.session.flush()
    return key


def _path(key_id: str) -> Path:
    folder: Path = current_app.config["SETTINGS"].data
    return folder / f"record-key-{key_id}"
