"""How much a course may hold; operators change these by settings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of one course; bytes unless the name says otherwise."""

    files: int = 2_000
    total_bytes: int = 50 * 1024 * 1024
    file_bytes: int = 2 * 1024 * 1024
    text_bytes: int = 256 * 1024  # of one text file
    all_text_bytes: int = 4 * 1024 * 1024  # text is decoded, scanned and kept beside its bytes
    all_yaml_bytes: int = 768 * 1024  # the slowest to read: about 200 KB a second
    depth: int = 4  # parts of a path
    ratio: int = 200  # unpacked to packed
    problems: int = 500
    yaml_depth: int = 12
    yaml_nodes: int = 30_000  # values in all .yml files; a question has about sixty
    image_pixels: int = 25_000_000
    minutes_per_jp: int = 45


DEFAULT_LIMITS = Limits()


def megabytes(size_bytes: int) -> str:
    """Whole MB of 1,024 KB, as the sentences about limits say them."""
    return str(size_bytes // (1024 * 1024))
