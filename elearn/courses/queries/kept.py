"""A small store of immutable things per database, so that a page does not read them again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

from elearn.core.db import db

Thing = TypeVar("Thing")

_MOST = 300  # things a process keeps: a few hundred KB each at the most
_stores: "WeakKeyDictionary[Engine, OrderedDict[Hashable, Any]]" = WeakKeyDictionary()
_lock = Lock()


def kept(key: Hashable, read: Callable[[], Thing | None]) -> Thing | None:
    """The thing of this key, read at the first call; what is not there is not remembered."""
    with _lock:
        store = _stores.setdefault(db.engine, OrderedDict())
        if key in store:
            store.move_to_end(key)
            return store[key]  # type: ignore[no-any-return]
    thing = read()
    if thing is not None:
        with _lock:
            store[key] = thing
            while len(store) > _MOST:
                store.popitem(last=False)
    return thing
