"""Files get other names, and the links that lead to them follow."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from typing import Any

from elearn.authoring.rules import Files
from elearn.core import markdown
from elearn.coursepack.lesson import LESSON_FILE, front_span
from elearn.coursepack.model import resolved
from elearn.coursepack.yamledit import Unreadable, plain, update

# What may be the target of a link; whether it is one, only the reader of Markdown can tell.
_CANDIDATE = re.compile(r"(?<=\]\()(?P<lead> *<?)(?P<target>[^\s()<>#]+)")
_MARK = "elearn-target-"
Moves = Mapping[str, str]  # former path -> path


def moved(files: Files, moves: Moves) -> dict[str, bytes]:
    """All the files, those of `moves` under their new names, with every link still leading on.

    A file that cannot be read keeps its bytes: none of its links leads anywhere.
    """
    return {
        moves.get(path, path): followed(content, path, moves.get(path, path), moves, files)
        for path, content in files.items()
    }


def followed(content: bytes, path: str, now: str, moves: Moves, files: Files) -> bytes:
    """One file, that was at `path` and is at `now`, with its links as the moves want them."""
    if b"](" not in content:
        return content
    try:
        text = content.decode()
        if LESSON_FILE.fullmatch(path.rpartition("/")[2]):
            span = front_span(text)
            start = span.body if span else 0
            return (text[:start] + _relinked(text[start:], path, now, moves, files)).encode()
        if path.endswith(".yml"):
            data = _each(plain(text), lambda one: _relinked(one, path, now, moves, files))
            return update(text, data).encode()
    except (UnicodeDecodeError, Unreadable):
        pass
    return content


def _each(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, dict):
        return {name: _each(value, change) for name, value in data.items()}
    if isinstance(data, list):
        return [_each(item, change) for item in data]
    return change(data) if isinstance(data, str) and "](" in data else data


def _relinked(text: str, path: str, now: str, moves: Moves, files: Files) -> str:
    wanted = {
        match.start("target"): target
        for match in _CANDIDATE.finditer(text)
        if (target := _target(match["target"], path, now, moves, files)) is not None
    }
    if not wanted:
        return text
    marked = _with_targets(text, {at: f"{_MARK}{at}" for at in wanted})
    real = _links_in(marked)
    return _with_targets(text, {at: to for at, to in wanted.items() if f"{_MARK}{at}" in real})


def _target(written: str, path: str, now: str, moves: Moves, files: Files) -> str | None:
    """How a link must be written from now on; None when it is right, or led nowhere."""
    there = resolved(path, written)
    if there is None or there not in files:
        return None
    wanted = moves.get(there, there)
    if resolved(now, written) == wanted:
        return None
    return posixpath.relpath(wanted, posixpath.dirname(now) or ".")


def _with_targets(text: str, targets: Mapping[int, str]) -> str:
    def put(match: re.Match[str]) -> str:
        return match["lead"] + targets.get(match.start("target"), match["target"])

    return _CANDIDATE.sub(put, text)


def _links_in(text: str) -> set[str]:
    """Targets of the links of a text without their anchors: what stands in code is none."""
    try:
        markdown.refuse_when_slow(text)
    except markdown.Refused:
        return {match["target"] for match in _CANDIDATE.finditer(text)}
    return {link.target.partition("#")[0] for link in markdown.scan(text).links}
