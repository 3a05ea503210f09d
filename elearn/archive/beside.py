"""Writing a file beside the one that it replaces, which stays whole until the new one is."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import IO

_STALE_SECONDS = 3600  # a file that is being written is younger; an older one was cut off


@contextmanager
def written_beside(target: Path, now: datetime) -> Iterator[IO[bytes]]:
    """A private file (mode 600) that takes the target's place at the end, whole and on the disk.

    On any exception the target stays as it was. What a killed writer left beside it goes.
    """
    _sweep(target, now)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make a new name durable. Systems that cannot open a folder do it by themselves."""
    with suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _sweep(target: Path, now: datetime) -> None:
    for part in target.parent.glob(f".{escape(target.name)}.*.part"):
        with suppress(FileNotFoundError):
            if now.timestamp() - part.stat().st_mtime > _STALE_SECONDS:
                part.unlink()
