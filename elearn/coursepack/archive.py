"""Read a course from a zip: in memory, entry by entry, nothing unpacked to disk.

Python's zipfile finds the entries; every promise of an entry (name, size, kind) is checked here
before and after its bytes are taken. A broken archive makes zipfile raise many things, so each is
one problem, never an exception.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO

from elearn.coursepack import names
from elearn.coursepack.limits import DEFAULT_LIMITS, Limits, megabytes
from elearn.coursepack.model import Course
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.reading import build

_END = b"PK\x05\x06"
_END_SIZE = 22
_LONGEST_COMMENT = 65_535
_ENTRY_BYTES = 600  # of the directory, per file: more is not from a course
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    OSError,
    EOFError,
    RuntimeError,  # includes NotImplementedError: encrypted or unknown
    ValueError,  # includes names that are not what their flag says
    IndexError,
    KeyError,
    OverflowError,
)


def read_archive(
    source: bytes | Path, limits: Limits = DEFAULT_LIMITS
) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course in a zip, and all problems, sorted; None when one of them is an error.

    The course is at the top of the zip or in one folder, which then is named as the slug.
    """
    report = Report(limits.problems)
    files, folder_name = _files_of(source, limits, report)
    if files is None:
        return None, report.sorted()
    course = build(files, limits, report, folder_name)
    return (None if report.has_errors else course), report.sorted()


def unpacked(
    source: bytes, limits: Limits = DEFAULT_LIMITS
) -> tuple[dict[str, bytes] | None, tuple[Problem, ...]]:
    """The files in a zip, whatever they hold; None, and why, when the zip itself is unfit.

    The course is at the top of the zip or in one folder.
    """
    report = Report(limits.problems)
    files, _folder_name = _files_of(source, limits, report)
    return files, report.sorted()


def _files_of(
    source: bytes | Path, limits: Limits, report: Report
) -> tuple[dict[str, bytes] | None, str | None]:
    label = source.name if isinstance(source, Path) else "zip"
    try:
        with _opened(source) as stream:
            files = _unpack(stream, label, limits, report)
    except _BROKEN:
        report.add(label, 0, "archive-broken")
        files = None
    if files is None or report.has_errors:
        return None, None
    return _without_top_folder(files)


def _opened(source: bytes | Path) -> IO[bytes]:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _unpack(
    stream: IO[bytes], label: str, limits: Limits, report: Report
) -> dict[str, bytes] | None:
    size = stream.seek(0, io.SEEK_END)
    if size > limits.total_bytes + limits.files * 2 * _ENTRY_BYTES:
        report.add(label, 0, "course-bytes", longest=megabytes(limits.total_bytes))
        return None
    if not _directory_fits(stream, size, label, limits, report):
        return None
    with zipfile.ZipFile(stream) as archive:
        entries = [entry for entry in archive.infolist() if not _passed_over(entry)]
        if not _entries_fit(entries, size, label, limits, report):
            return None
        files: dict[str, bytes] = {}
        for entry in entries:
            files[entry.filename] = _content(archive, entry, report)
        return files


def _directory_fits(
    stream: IO[bytes], size: int, label: str, limits: Limits, report: Report
) -> bool:
    """Read the archive's own summary before zipfile builds an object for each entry."""
    stream.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT))
    tail = stream.read(_END_SIZE + _LONGEST_COMMENT)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        report.add(label, 0, "archive-broken")
        return False
    count = int.from_bytes(tail[at + 10 : at + 12], "little")
    directory_bytes = int.from_bytes(tail[at + 12 : at + 16], "little")
    # Folders have entries, too, so twice the files may be listed; 0xFFFF announces even more.
    if count > limits.files * 2 or directory_bytes > limits.files * 2 * _ENTRY_BYTES:
        report.add(label, 0, "course-files", count=str(count), longest=str(limits.files))
        return False
    stream.seek(0)
    return True


def _passed_over(entry: zipfile.ZipInfo) -> bool:
    empty_folder = entry.filename.endswith("/") and not entry.file_size
    fit = names.path_fault(entry.filename.rstrip("/") or "/", 99) is None
    return (empty_folder and fit) or names.is_leftover(entry.filename)


def _entries_fit(
    entries: list[zipfile.ZipInfo], size: int, label: str, limits: Limits, report: Report
) -> bool:
    """All that can be seen without unpacking; False when nothing should be unpacked."""
    if len(entries) > limits.files:
        count = str(len(entries))
        report.add(label, 0, "course-files", count=count, longest=str(limits.files))
        return False
    seen: set[str] = set()
    for entry in entries:
        fault = _entry_fault(entry, limits)
        if fault is None and entry.filename in seen:
            fault = "archive-twice"
        if fault is not None:
            longest = megabytes(limits.file_bytes)
            report.add(entry.orig_filename, 0, fault, longest=longest)
        seen.add(entry.filename)
    if sum(entry.file_size for entry in entries) > limits.total_bytes:
        report.add(label, 0, "course-bytes", longest=megabytes(limits.total_bytes))
    # Entries that share their packed bytes unpack the same bytes again and again.
    if sum(entry.compress_size for entry in entries) > size:
        report.add(label, 0, "archive-ratio")
    return not report.has_errors


def _entry_fault(entry: zipfile.ZipInfo, limits: Limits) -> str | None:
    for is_bad, code in _ENTRY_FAULTS:
        if is_bad(entry):
            return code
    # One part more than in a folder: a zip may hold the course in a folder of its own.
    if (fault := names.path_fault(entry.filename, limits.depth + 1)) is not None:
        return fault
    if entry.file_size > limits.file_bytes:
        return "file-bytes"
    if entry.file_size > max(entry.compress_size, 1) * limits.ratio:
        return "archive-ratio"
    return None


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, report: Report) -> bytes:
    try:
        with archive.open(entry) as opened:
            content = opened.read(entry.file_size + 1)
    except _BROKEN:
        report.add(entry.filename, 0, "archive-broken")
        return b""
    if len(content) != entry.file_size:
        report.add(entry.filename, 0, "archive-broken")
    return content


def _without_top_folder(files: dict[str, bytes]) -> tuple[dict[str, bytes], str | None]:
    tops = {path.partition("/")[0] for path in files}
    if len(tops) != 1 or "course.yml" in files:
        return files, None
    (top,) = tops
    if not all("/" in path for path in files):
        return files, None
    return {path.partition("/")[2]: content for path, content in files.items()}, top


def _is_special(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG) and not stat.S_ISLNK(entry.external_attr >> 16)


def _is_name_of_unknown_letters(entry: zipfile.ZipInfo) -> bool:
    return not entry.flag_bits & 0x800 and not entry.orig_filename.isascii()


_ENTRY_FAULTS: tuple[tuple[Callable[[zipfile.ZipInfo], bool], str], ...] = (
    (lambda entry: "\x00" in entry.orig_filename, "path-name"),
    (_is_name_of_unknown_letters, "path-encoding"),
    (lambda entry: stat.S_ISLNK(entry.external_attr >> 16), "file-link"),
    (_is_special, "file-special"),
    (lambda entry: bool(entry.flag_bits & 0x1), "archive-encrypted"),
    (
        lambda entry: entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
        "archive-method",
    ),
    (
        lambda entry: entry.filename.lower().endswith((".zip", ".rar", ".7z", ".tar", ".gz")),
        "archive-nested",
    ),
)
