"""A password is slow to hash, on purpose. Here it is not, but where that is what is tested."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from elearn.accounts import passwords

_QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
_IN_PRODUCTION = passwords._hasher, passwords.NOBODYS_HASH


def _set(patch: pytest.MonkeyPatch, hasher: PasswordHasher, nobodys_hash: str) -> None:
    patch.setattr(passwords, "_hasher", hasher)
    patch.setattr(passwords, "NOBODYS_HASH", nobodys_hash)


@contextmanager
def quick_hashing() -> Iterator[None]:
    """The same function with the least that it can be given, for all tests of a run."""
    with pytest.MonkeyPatch.context() as patch:
        _set(patch, _QUICK, _QUICK.hash("nobody's"))
        yield


@pytest.fixture
def hashing_as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, *_IN_PRODUCTION)
