"""A YAML file of a draft as plain data, and what makes it say other data."""

from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.coursepack.yamledit import decoded, emit, plain, update


def data_in(files: Files, path: str) -> dict[str, Any]:
    """The fields of a file; none when it is not there or holds no fields. Raises Unreadable."""
    content = files.get(path, b"")
    data = plain(decoded(content, path)) if content.strip() else {}
    return data if isinstance(data, dict) else {}


def saying(files: Files, path: str, data: dict[str, Any]) -> Changes:
    """The file saying these data, begun where there is none. Raises Unreadable."""
    content = files.get(path, b"")
    if not content.strip():
        return {path: emit(data).encode()}
    return {path: update(decoded(content, path), data).encode()}
