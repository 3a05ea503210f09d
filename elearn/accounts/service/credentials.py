"""Passwords: judging a sign-in, changing one, and the codes that the office prints."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from elearn.accounts import passwords, queries
from elearn.accounts.models import Credential, Login, Reset
from elearn.accounts.queries.people import SignInFacts, credential_to_change
from elearn.accounts.rules import PASSWORD_MAXIMUM, code_digest
from elearn.core import audit, ids, throttle
from elearn.core.db import db
from elearn.core.errors import Invalid, Missing, TooMany
from elearn.core.permissions import Actor

# Per thing typed, known or not: a person has at most three, so at most 15 guesses in the time.
BY_ACCOUNT = throttle.Limit("sign-in:account", 5, 15 * 60)
BY_ADDRESS = throttle.Limit("sign-in:address", 30, 15 * 60)
# Codes have tries of their own: whoever is kept out by another's guessing gets in by a code.
RESET_BY_ACCOUNT = throttle.Limit("reset:account", 5, 15 * 60)
RESET_MINUTES = 30


@dataclass(frozen=True, slots=True)
class Try:
    """One try to show who one is, counted before it is judged."""

    key: str
    taken: tuple[int, ...]


def begin_try(key: str, address: str, now: datetime) -> Try:
    """Count a try for this login and this address; TooMany when either has had enough."""
    return Try(key, throttle.claim(now, (BY_ACCOUNT, key), (BY_ADDRESS, address)))


def begin_reset_try(key: str, address: str, now: datetime) -> Try:
    """The same for a try with a printed code."""
    return Try(key, throttle.claim(now, (RESET_BY_ACCOUNT, key), (BY_ADDRESS, address)))


def is_locked(keys: Iterable[str], now: datetime) -> bool:
    """Whether somebody typed wrong passwords for one of these logins so often that it waits."""
    try:
        for key in keys:
            throttle.refuse_when_full(BY_ACCOUNT, key, now)
    except TooMany:
        return True
    return False


def is_right(facts: SignInFacts | None, password: str) -> bool:
    """Whether the password is the account's; as slow for an unknown account as for a known one."""
    known = facts.password_hash if facts and len(password) <= PASSWORD_MAXIMUM else None
    matched = passwords.matches(password[:PASSWORD_MAXIMUM], known)
    return matched and facts is not None and facts.is_active


def end_try(made: Try) -> None:
    """The try was right: the account's counts begin anew, the address gets this one back."""
    throttle.forget(BY_ACCOUNT, made.key)
    throttle.forget(RESET_BY_ACCOUNT, made.key)
    throttle.give_back(made.taken)


def keep_stronger_hash(person_id: int, former: str, stronger: str) -> None:
    """Replace a hash of weaker settings, unless the password was changed meanwhile."""
    credential = credential_to_change(person_id)
    if credential.password_hash == former:
        credential.password_hash = stronger


def change_password(
    actor: Actor, person_id: int, judged_hash: str | None, password_hash: str, now: datetime
) -> int:
    """Set the person's password; returns the new generation, which ends all earlier sessions.

    judged_hash: the hash that the present password was compared with; another one now means that
    somebody was faster.
    """
    credential = credential_to_change(person_id)
    if credential.password_hash != judged_hash or not credential.is_active:
        raise Invalid("password-not-present")
    return set_password(actor, credential, password_hash, "accounts:password:change", now)


def make_reset(actor: Actor, person_id: int, expires_at: datetime, now: datetime) -> str:
    """A one-time code for a new password, to be printed; earlier codes of the person end."""
    credential = credential_to_change(person_id)
    if not credential.is_active:
        raise Invalid("account-closed")
    db.session.execute(delete(Reset).where(Reset.person_id == person_id, Reset.used_at.is_(None)))
    code = ids.new_short_code()
    db.session.add(
        Reset(
            person_id=person_id,
            code_digest=code_digest("reset", code),
            created_at=now,
            created_by=actor.person_id,
            expires_at=expires_at,
        )
    )
    audit.note(actor, "accounts:password:reset-code", queries.person(person_id).code, now)
    return code


def use_reset(key: str, code: str, password_hash: str, now: datetime) -> tuple[int, int]:
    """Set a new password by a printed code; returns person and generation. The code is spent.

    Missing, in the same words, for an unknown account, a wrong, a used and an expired code.
    """
    reset = db.session.scalar(
        select(Reset)
        .join(Login, Login.person_id == Reset.person_id)
        .where(Reset.code_digest == code_digest("reset", code), Login.key == key)
        .with_for_update(of=Reset)
        .execution_options(populate_existing=True)
    )
    if reset is None or reset.used_at is not None or reset.expires_at <= now:
        raise Missing("reset-wrong")
    credential = credential_to_change(reset.person_id)
    if not credential.is_active:
        raise Missing("reset-wrong")
    reset.used_at = now
    actor = Actor(reset.person_id)
    generation = set_password(actor, credential, password_hash, "accounts:password:reset", now)
    return reset.person_id, generation


def set_password(
    actor: Actor, credential: Credential, password_hash: str, action: str, now: datetime
) -> int:
    """The new password of a locked credential; all sessions, codes and links of before end."""
    db.session.execute(
        delete(Reset).where(Reset.person_id == credential.person_id, Reset.used_at.is_(None))
    )
    credential.password_hash = password_hash
    credential.generation += 1
    credential.changed_at = now
    audit.note(actor, action, queries.person(credential.person_id).code, now)
    return credential.generation
