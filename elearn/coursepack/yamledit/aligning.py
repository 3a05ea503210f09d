"""Which old entry of a list a new one continues."""

from __future__ import annotations

from difflib import SequenceMatcher

from elearn.coursepack.yamledit.data import Data

KEY = "key"


def aligned(old: list[Data], new: list[Data]) -> list[int | None]:
    """For each new entry the index of the old one that it is, or None when it is added.

    Entries with a `key` are known by it; others by being equal, and where some were replaced in
    one place, by their order there.
    """
    old_keys, new_keys = _keys(old), _keys(new)
    if old_keys is not None and new_keys is not None:
        index_of = {key: index for index, key in enumerate(old_keys)}
        found = [index_of.get(key) for key in new_keys]
        for index, item in enumerate(new[: len(old)]):
            is_free = found[index] is None and old_keys[index] not in new_keys
            if is_free and _but_key(item) == _but_key(old[index]):
                found[index] = index  # it got another key
        return found
    return _by_value([_frozen(item) for item in old], [_frozen(item) for item in new])


def _keys(items: list[Data]) -> list[str] | None:
    """The keys of entries that all have one of their own."""
    keys = [item.get(KEY) if isinstance(item, dict) else None for item in items]
    texts = [key for key in keys if isinstance(key, str)]
    return texts if len(set(texts)) == len(items) else None


def _but_key(item: Data) -> str:
    return _frozen({**item, KEY: None}) if isinstance(item, dict) else ""


def _by_value(old: list[str], new: list[str]) -> list[int | None]:
    found: list[int | None] = [None] * len(new)
    replaced: list[tuple[range, range]] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            found[j1:j2] = range(i1, i2)
        else:
            replaced.append((range(i1, i2), range(j1, j2)))
    free: dict[str, list[int]] = {}
    for gone, _ in replaced:
        for index in gone:
            free.setdefault(old[index], []).append(index)
    moved: set[int] = set()
    for _, come in replaced:
        for index in come:
            if free.get(new[index]):
                before = free[new[index]].pop(0)
                found[index] = before
                moved.add(before)
    for gone, come in replaced:
        left = [index for index in gone if index not in moved]
        for index, other in zip((i for i in come if found[i] is None), left, strict=False):
            found[index] = other
    return found


def _frozen(data: Data) -> str:
    """A text that is equal for data that mean the same."""
    if isinstance(data, dict):
        return "{" + ",".join(f"{key!r}:{_frozen(data[key])}" for key in sorted(data)) + "}"
    if isinstance(data, list):
        return "[" + ",".join(map(_frozen, data)) + "]"
    if isinstance(data, bool | str) or data is None:
        return repr(data)
    return str(data)
