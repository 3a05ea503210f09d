"""The private files of the data folder: what signs records, and what signs sessions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from elearn.archive.manifest import is_key_name
from elearn.archive.reading import Archive
from elearn.archive.refusals import Refused, reason
from elearn.core import config


def in_folder(data: Path) -> dict[str, bytes]:
    """Every private file that the data folder holds, by name. Raises Refused for a closed one."""
    paths = sorted(data.iterdir()) if data.is_dir() else []
    with _said(data):
        return {path.name: path.read_bytes() for path in paths if is_key_name(path.name)}


def put_in_place(archive: Archive, data: Path) -> list[str]:
    """Write the archive's private files, mode 600; names those that stay as they were, and differ.

    Called before the rows are committed: a key whose row is not there harms nobody, the reverse
    does.
    """
    kept = []
    for entry in archive.manifest.keys:
        content, path = archive.key(entry), data / entry.name
        with _said(data):
            if not config.write_once(path, content) and path.read_bytes() != content:
                kept.append(entry.name)
    return kept


@contextmanager
def _said(data: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise Refused(f"The keys in {data} cannot be read or written ({reason(fault)}).") from None
