"""A new password by e-mail: a link that works once, and as long as its letter may leave.

Whoever asks is told the same, whether the account is known, has an address, or neither.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from elearn.accounts import queries
from elearn.accounts.models import Credential, Login, Person, Reset
from elearn.accounts.rules import code_digest
from elearn.accounts.service.credentials import set_password
from elearn.core import audit, ids, outbox, throttle
from elearn.core.db import db
from elearn.core.errors import Missing
from elearn.core.i18n import force_locale, moment
from elearn.core.i18n import gettext as _
from elearn.core.permissions import NOBODY, Actor

PURPOSE = "reset by mail"  # of the digest: a printed code opens no link, nor the other way round
LETTERS_MOST = 3  # in an hour to one person, by whichever login they are asked for
BY_ACCOUNT = throttle.Limit("forgot:account", LETTERS_MOST, 60 * 60)
BY_ADDRESS = throttle.Limit("forgot:address", 20, 60 * 60)


def ask(key: str, address: str, site_url: str, now: datetime) -> None:
    """Leave a letter for whoever signs in with this and has an e-mail address; else do nothing.

    key: what was typed, in canonical form. site_url: of the settings, never of a request. TooMany
    for known and unknown alike. Called inside `saving()`.
    """
    throttle.claim(now, (BY_ACCOUNT, key), (BY_ADDRESS, address))
    person = db.session.scalar(
        select(Person)
        .join(Login, Login.person_id == Person.id)
        .join(Credential, Credential.person_id == Person.id)
        .where(Login.key == key, Person.email.is_not(None), Credential.is_active.is_(True))
    )
    is_meant = person is not None and not _has_enough(person.id, now)
    # For whom no letter is meant one is written, too, and taken back: else time would tell.
    anybody = person or db.session.scalars(select(Person).limit(1)).one()
    with db.session.begin_nested() as step:
        _leave_link(anybody, site_url, now)
        db.session.flush()
        if not is_meant:
            step.rollback()


def _leave_link(person: Person, site_url: str, now: datetime) -> None:
    token = ids.new_code()
    digest, expires_at = code_digest(PURPOSE, token), now + outbox.GOOD_FOR
    db.session.add(
        Reset(
            person_id=person.id, code_digest=digest, created_at=now, created_by=person.id,
            expires_at=expires_at,
        )
    )  # fmt: skip
    subject, body = _letter(person, f"{site_url}/reset/{token}", expires_at)
    # By the digest: numbers of links that were removed are given again.
    outbox.put(f"reset {digest[:16]}", person.id, person.email or "", subject, body, now)
    audit.note(NOBODY, "accounts:password:reset-mail", person.code, now)


def person_of(token: str, now: datetime) -> Person:
    """Whose link this is; Missing, in the same words, when it is wrong, used or over."""
    person = db.session.scalar(
        select(Person)
        .join(Reset, Reset.person_id == Person.id)
        .join(Credential, Credential.person_id == Person.id)
        .where(
            Reset.code_digest == code_digest(PURPOSE, token), Reset.used_at.is_(None),
            Reset.expires_at > now, Credential.is_active.is_(True),
        )
    )  # fmt: skip
    if person is None:
        raise Missing("reset-expired")
    return person


def use(token: str, password_hash: str, now: datetime) -> tuple[int, int]:
    """Set a new password by the link; returns person and generation. Every link and code ends."""
    reset = db.session.scalar(
        select(Reset)
        .where(Reset.code_digest == code_digest(PURPOSE, token))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if reset is None or reset.used_at is not None or reset.expires_at <= now:
        raise Missing("reset-expired")
    credential = queries.people.credential_to_change(reset.person_id)
    if not credential.is_active:
        raise Missing("reset-expired")
    reset.used_at = now
    actor = Actor(reset.person_id)
    generation = set_password(actor, credential, password_hash, "accounts:password:reset", now)
    return reset.person_id, generation


def end_links(person_ids: Collection[int]) -> None:
    """Links on their way to an address that is the person's no more open nothing."""
    own = Reset.created_by == Reset.person_id
    db.session.execute(
        delete(Reset).where(Reset.person_id.in_(person_ids), own, Reset.used_at.is_(None))
    )


def _has_enough(person_id: int, now: datetime) -> bool:
    count = db.session.scalar(
        select(func.count()).where(
            Reset.person_id == person_id, Reset.created_by == person_id,
            Reset.created_at > now - timedelta(seconds=BY_ACCOUNT.seconds),
        )
    )  # fmt: skip
    return int(count or 0) >= LETTERS_MOST


def _letter(person: Person, address: str, expires_at: datetime) -> tuple[str, str]:
    """Subject and text, in the person's language."""
    with force_locale(person.language):
        paragraphs = (
            _("Dear %(name)s,", name=person.full_name),
            _("Somebody, probably you, has asked for a new password. Open this address:"),
            address,
            _(
                "The link works once, until %(moment)s.",
                moment=moment(expires_at, person.time_zone),
            ),
            _("If it was not you, do nothing: your password stays as it is."),
        )
        return _("Your new password"), "\n\n".join(paragraphs) + "\n"
