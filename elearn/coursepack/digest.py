"""One number for the whole content of a course folder."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping


def of(files: Mapping[str, bytes]) -> str:
    """SHA-256 in hex over path, length and bytes of every file, in the order of the paths."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path}\n{len(files[path])}\n".encode())
        digest.update(files[path])
    return digest.hexdigest()
