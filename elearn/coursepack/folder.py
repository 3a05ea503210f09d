"""Read a course from a folder or a zip file on this machine."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
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
    walk = _Walk(limits, Report(limits.problems))
    walk.go(source)
    course = build(walk.files, limits, walk.report, source.resolve().name)
    return (None if walk.report.has_errors else course), walk.report.sorted()


@dataclass
class _Walk:
    """Takes the bytes of all regular files below a folder, up to the limits."""

    limits: Limits
    report: Report
    files: dict[str, bytes] = field(default_factory=dict)
    total_bytes: int = 0
    seen: int = 0

    def go(self, source: Path) -> None:
        waiting = [(source, "")]
        while waiting:
            folder, prefix = waiting.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                self.report.add(prefix, 0, "file-unreadable", reason=error.strerror or "")
                continue
            for entry in entries:
                self.seen += 1
                # `build` says that these are too many; here it is enough not to go on.
                if self.seen > self.limits.files * 2 or self.total_bytes > self.limits.total_bytes:
                    return
                path = prefix + entry.name
                if names.is_leftover(path):
                    continue
                if entry.is_dir(follow_symlinks=False) and path.count("/") < self.limits.depth - 1:
                    waiting.append((folder / entry.name, f"{path}/"))
                elif (code := self._fault(entry, path)) is not None:
                    self.report.add(path, 0, code)
                else:
                    self._take(folder / entry.name, path)

    def _fault(self, entry: os.DirEntry[str], path: str) -> str | None:
        if entry.is_symlink():
            return "file-link"
        if entry.is_dir(follow_symlinks=False):
            return "path-deep"
        if not entry.is_file(follow_symlinks=False):
            return "file-special"
        return None if _encodable(path) else "path-encoding"

    def _take(self, file: Path, path: str) -> None:
        content = _content(file, path, self.limits, self.report)
        self.total_bytes += len(content)
        self.files[path] = content


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
