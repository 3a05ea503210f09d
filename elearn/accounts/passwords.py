"""Password hashes: argon2id with OWASP's 19 MiB profile (about 20 ms on a small server)."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from elearn.core.text import normalized

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked when there is no account, so that a known and an unknown name take the same time. Of
# random bytes that were thrown away; made with the settings above.
NOBODYS_HASH = (
    "$argon2id$v=19$m=19456,t=2,p=1$xe4alD7St3fr9PJbCuMNNg"
    "$czvN6t8eBBj3o0HvbPXDqaqruLmx2CouWC6FD6qG8D8"
)


def hashed(password: str) -> str:
    return _hasher.hash(_as_kept(password))


def matches(password: str, password_hash: str | None) -> bool:
    """Whether it is the password; takes the same time when there is no hash to compare with."""
    try:
        _hasher.verify(password_hash or NOBODYS_HASH, _as_kept(password))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker settings than today's."""
    return _hasher.check_needs_rehash(password_hash)


def _as_kept(password: str) -> str:
    """Keyboards write the same letter in different ways; a password typed twice must be one."""
    return normalized("NFC", password)
