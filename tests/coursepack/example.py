"""The example course of docs/course-format.md: the one good course that these tests start from."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "course-format.md"
SLUG = "care-of-books"
_FILE = re.compile(
    r"^\*\*`(?P<path>[^`]+)`\*\*\n\n(?P<fence>`{3,4})\w*\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def example_files() -> dict[str, bytes]:
    """Path in the course -> bytes, as the document shows them."""
    found = _FILE.finditer(DOCUMENT.read_text(encoding="utf-8"))
    return {match["path"].removeprefix(f"{SLUG}/"): match["text"].encode() for match in found}


def changed(path: str, old: str, new: str) -> dict[str, bytes]:
    """The example with one place of one file changed; the place must be there."""
    files = example_files()
    text = files[path].decode()
    assert old in text, f"{old!r} is not in {path}"
    return {**files, path: text.replace(old, new, 1).encode()}


def write_example(target: Path, files: dict[str, bytes] | None = None) -> Path:
    """Write the course as a folder below target."""
    folder = target / SLUG
    for path, content in (files or example_files()).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder
