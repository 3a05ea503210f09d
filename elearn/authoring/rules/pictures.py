"""Pictures of a draft: where they are shown and in which words, and names for new ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from elearn.authoring.rules import Files
from elearn.core.text import normalized
from elearn.coursepack.images import KINDS
from elearn.coursepack.model import media_path
from elearn.coursepack.names import path_fault

MEDIA = "media/"
LONGEST_NAME = 60  # characters, without the ending
# A target behind "](" (in a line) or "]:" (a reference below the text). Its alternative text is
# looked for backwards, so that a text of nothing but brackets costs no more than any other.
_TARGET = re.compile(r"\](\(|:)\s{0,3}<?([^()\s<>]{1,300})")
_LONGEST_ALT = 500
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Use:
    """One place where a text shows a picture. alt: what is read to who cannot see it."""

    path: str  # of the text
    alt: str


def uses_of(files: Files) -> Mapping[str, tuple[Use, ...]]:
    """Picture -> where texts show it, in the order of the files. Media are passed over."""
    found: dict[str, list[Use]] = {}
    for path, content in sorted(files.items()):
        if not path.startswith(MEDIA):
            for target, alt in _targets(content):
                picture = media_path(path, target)
                if picture is not None:
                    found.setdefault(picture, []).append(Use(path, alt))
    return {picture: tuple(uses) for picture, uses in found.items()}


def is_picture(path: str) -> bool:
    """Whether a path is a picture's by its place and ending; what it holds is for the reader."""
    return path.startswith(MEDIA) and path.rpartition(".")[2].lower() in KINDS


def shown_as(picture: str, alt: str, caption: str = "") -> str:
    """Markdown that shows a picture in a lesson."""
    name = picture.removeprefix(MEDIA)
    title = " ".join(caption.replace('"', "”").split())
    words = re.sub(r"([\[\]\\])", r"\\\1", " ".join(alt.split()))
    return f'![{words}](../media/{name} "{title}")' if title else f"![{words}](../media/{name})"


def name_for(file_name: str, suffix: str, taken: Collection[str]) -> str:
    """A path for a picture that was called so on somebody's computer: plain, short, its own.

    suffix: with its dot. taken: paths that are there; capital letters make no difference.
    """
    stem = file_name.replace("\\", "/").rpartition("/")[2]
    stem = stem.rpartition(".")[0] or stem
    plain = normalized("NFKD", stem).encode("ascii", "ignore").decode().lower()
    stem = _UNSAFE.sub("-", plain).strip("-")[:LONGEST_NAME].strip("-") or "gambar"
    if path_fault(f"{stem}{suffix}", 1):  # "con", "aux": Windows keeps such names for itself
        stem = f"gambar-{stem}"
    others = {path.casefold() for path in taken}
    path, number = f"{MEDIA}{stem}{suffix}", 2
    while path in others:
        path, number = f"{MEDIA}{stem}-{number}{suffix}", number + 1
    return path


# Read once each: a page asks it of all files of a course, and hardly any has changed.
@lru_cache(maxsize=2_000)
def _targets(content: bytes) -> tuple[tuple[str, str], ...]:
    text = content.decode(errors="replace")
    return tuple(
        (match[2], _alt_before(text, match.start()) if match[1] == "(" else "")
        for match in _TARGET.finditer(text)
    )


def _alt_before(text: str, end: int) -> str:
    start = text.rfind("![", max(0, end - _LONGEST_ALT), end)
    return "" if start < 0 else " ".join(text[start + 2 : end].split())
