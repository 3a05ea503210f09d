"""Write a course out again: the bytes it was read from, nothing re-made."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from elearn.coursepack.model import Course

# A zip keeps a date per file; one fixed date makes equal courses equal archives.
_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR_FILE = 0o100644 << 16


def folder(course: Course, target: Path) -> None:
    """Write the course as the new folder `target`.

    Raises FileExistsError when the folder is there and holds something. The folder appears whole:
    it is written beside and renamed.
    """
    if target.exists() and any(target.iterdir()):
        raise FileExistsError(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.parent / f".{target.name}.{os.getpid()}.new"
    for path, content in course.files.items():
        file = beside / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    beside.replace(target)


def archive(course: Course) -> bytes:
    """The course as a zip, in one folder named as the slug."""
    return zipped(course.slug, course.files)


def zipped(name: str, files: Mapping[str, bytes]) -> bytes:
    """Files as a zip: stored, sorted, fixed dates, in one folder of that name."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive_file:
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{path}", _DATE)
            entry.create_system = 3
            entry.external_attr = _REGULAR_FILE
            archive_file.writestr(entry, files[path])
    return buffer.getvalue()
