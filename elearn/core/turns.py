"""Turns at writing to SQLite, which knows one writer at a time and no queue.

Its own waiting is sleeping and asking again, ever longer, and whoever asks first wins: where two
processes were busy, one in a hundred waited for as long as twenty writes take, and some for a
second. It is left for writers that are not ours, and to say no when it takes too long.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy.engine import Engine

if sys.platform != "win32":  # where the server is one process, and its threads' queue is all
    from fcntl import LOCK_EX, flock

_threads: "WeakKeyDictionary[Engine, Lock]" = WeakKeyDictionary()
_threads_lock = Lock()


@contextmanager
def turn(engine: Engine, patience_seconds: float) -> Iterator[None]:
    """Wait until nobody else writes to this database: first among threads, then among processes.

    patience_seconds: after so long behind other threads it goes on without a turn, to be told by
    the database. One thread of a process may wait longer, for a process that was stopped in the
    middle of a write; when that one ends, however it ends, its turn ends with it.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    with _threads_lock:
        lock = _threads.setdefault(engine, Lock())
    is_mine = lock.acquire(timeout=patience_seconds)
    try:
        if is_mine and sys.platform != "win32":
            with _among_processes(Path(engine.url.database or "").parent):
                yield
        else:
            yield
    finally:
        if is_mine:
            lock.release()


@contextmanager
def _among_processes(folder: Path) -> Iterator[None]:
    """The lock is on the folder: a file of its own would belong to whoever came first.

    And a second opening of the database's own files would, once closed, undo SQLite's locks.
    """
    place = os.open(folder, os.O_RDONLY)  # anew each time: a fork must not share it
    try:
        flock(place, LOCK_EX)
        yield
    finally:
        os.close(place)
