"""Paths inside a course: plain names that mean one file on every system, and nothing outside."""

from __future__ import annotations

import re
from collections.abc import Iterable

from elearn.coursepack.limits import Limits
from elearn.coursepack.problems import Report

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
MAX_NAME_CHARACTERS = 100
# Left behind by file managers; they hold nothing of the author's.
LEFTOVERS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"})


def is_leftover(path: str) -> bool:
    """Whether a file manager left this file; such files are passed over."""
    parts = path.split("/")
    return parts[0] == "__MACOSX" or parts[-1] in LEFTOVERS


def path_fault(path: str, depth: int) -> str | None:
    """Code of what makes a path unfit, None for a good one."""
    if path.startswith(("/", "\\")) or _DRIVE.match(path):
        return "path-absolute"
    if "\\" in path:
        return "path-backslash"
    parts = path.split("/")
    if ".." in parts:
        return "path-outside"
    if len(parts) > depth:
        return "path-deep"
    for part in parts:
        if _RESERVED.fullmatch(part):
            return "path-reserved"
        if len(part) > MAX_NAME_CHARACTERS or not _NAME.fullmatch(part) or part.endswith("."):
            return "path-name"
    return None


def check_paths(paths: Iterable[str], limits: Limits, report: Report) -> list[str]:
    """The good ones of these paths; faults and clashes of names are reported."""
    good: list[str] = []
    folded: dict[str, str] = {}
    for path in sorted(paths):
        code = path_fault(path, limits.depth)
        if code is not None:
            report.add(path, 0, code)
            continue
        parts = path.split("/")
        # Folders are compared, too: `Media/a` and `media/b` are one folder on some systems.
        clash = None
        for count in range(1, len(parts) + 1):
            own = "/".join(parts[:count]) + ("" if count == len(parts) else "/")
            kept = folded.setdefault(own.rstrip("/").casefold(), own)
            if kept != own:
                clash = kept
        if clash is not None:
            report.add(path, 0, "path-clash", other=clash)
            continue
        good.append(path)
    return good
