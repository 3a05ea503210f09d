"""The private files of the data folder: what signs records, and what signs sessions."""

from collections.abc import Iterator
from pathlib import Path

from elearn.archive.manifest import is_key_name
from elearn.archive.reading import Archive
from elearn.core import config


def in_folder(data: Path) -> dict[str, bytes]:
    """Every private file that the data folder holds, by name."""
    paths = sorted(data.iterdir()) if data.is_dir() else []
    return {path.name: path.read_bytes() for path in paths if is_key_name(path.name)}


def put_in_place(archive: Archive, data: Path) -> Iterator[str]:
    """Write the archive's private files, mode 600; names those that stay as they were, and differ.

    Called before the rows are committed: a key whose row is not there harms nobody, the reverse
    does.
    """
    for entry in archive.manifest.keys:
        content = archive.key(entry)
        path = data / entry.name
        if not config.write_once(path, content) and path.read_bytes() != content:
            yield entry.name
