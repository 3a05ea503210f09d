"""Read a course from a folder or a zip file on this machine."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from elearn.coursepack import names
from elearn.coursepack.archive import read_archive
from elearn.coursepack.limits import DEFAULT_LIMITS, Limits
from elearn.coursepack.model import Course
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.reading import build, read_files

__all__ = ["read_course", "read_files"]


def read_course(
    source: Path, limits: Limits = DEFAULT_LIMITS
) -> tuple[Course | None, tuple[Problem, ...]]:
    """The course in a folder or a zip file, and all problems, sorted.

    Never raises for what it finds there, follows no link, writes nothing. The course is None when
    one of the problems is an error.
    """
    if not source.is_dir():
        return read_archive(source, limits)
    report = Report(limits.problems)
    files = _collect(source, limits, report)
    course = None if files is None else build(files, limits, report, source.resolve().name)
    return (None if report.has_errors else course), report.sorted()


def _collect(source: Path, limits: Limits, report: Report) -> dict[str, bytes] | None:
    """Bytes of all regular files below; None when there are more than a course may hold."""
    files: dict[str, bytes] = {}
    total = seen = 0
    waiting = [(source, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            report.add(prefix.rstrip("/"), 0, "file-unreadable", reason=error.strerror or "")
            continue
        for entry in entries:
            path = prefix + entry.name
            seen += 1
            if seen > limits.files * 2:
                report.add("", 0, "course-files", count=f"> {seen - 1}", longest=str(limits.files))
                return None
            if names.is_leftover(path):
                continue
            if entry.is_symlink():
                report.add(_shown(path), 0, "file-link")
            elif entry.is_dir(follow_symlinks=False):
                if path.count("/") + 1 < limits.depth:
                    waiting.append((folder / entry.name, f"{path}/"))
                else:
                    report.add(_shown(path), 0, "path-deep")
            elif not entry.is_file(follow_symlinks=False):
                report.add(_shown(path), 0, "file-special")
            elif not _encodable(path):
                report.add(_shown(path), 0, "path-encoding")
            else:
                content = _content(folder / entry.name, path, limits, report)
                total += len(content)
                if total > limits.total_bytes:
                    longest = str(limits.total_bytes // (1024 * 1024))
                    report.add("", 0, "course-bytes", longest=longest)
                    return None
                files[path] = content
    return files


def _content(file: Path, path: str, limits: Limits, report: Report) -> bytes:
    """At most one byte more than a file may have, so that the check sees it is too large."""
    try:
        # Not blocking: what was a file a moment ago may be a pipe by now.
        flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(file, flags | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as opened:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                report.add(path, 0, "file-special")
                return b""
            return opened.read(limits.file_bytes + 1)
    except OSError as error:
        report.add(path, 0, "file-unreadable", reason=error.strerror or "")
        return b""


def _encodable(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(path: str) -> str:
    return path.encode(errors="backslashreplace").decode()
