"""The files that a draft begins with: of a course that is new, or of a published version."""

import re
from collections.abc import Mapping
from typing import Any

from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.sketch import sketch
from elearn.core.text import normalized
from elearn.coursepack.fields import MAX_KEY_CHARACTERS
from elearn.coursepack.manifest import WEAVES
from elearn.coursepack.yamledit import Unreadable, decoded, emit, plain, update

PASS_PERCENT = 70
_NOT_IN_KEY = re.compile(r"[^a-z0-9]+")
_MOST_CALL_LETTERS = 3


def proposed_key(title: str, default: str) -> str:
    """A key made from a title: small letters, digits and hyphens; the default when none is left."""
    plain_letters = normalized("NFKD", title).encode("ascii", "ignore").decode().lower()
    key = _NOT_IN_KEY.sub("-", plain_letters).strip("-")[:MAX_KEY_CHARACTERS].strip("-")
    return key or default


def new_course(slug: str, title: str, languages: tuple[str, ...], organiser: str) -> Files:
    """A course that has nothing yet but its name. title: in the first language."""
    first = languages[0]
    course: dict[str, Any] = {
        "format": 1,
        "slug": slug,
        "version": 1,
        "languages": list(languages),
        "title": _in(languages, {first: title}),
        "summary": _in(languages, {}),
        "call_code": _call_code(title),
        "weave": WEAVES[sum(map(ord, slug)) % len(WEAVES)],
        "organiser": organiser,
        "outcomes": [],
        "competencies": [],
        "completion": {
            "required": "all",
            "pass_percent": PASS_PERCENT,
            "order": "free",
        },
        "modules": [],
        "change_note": _in(languages, {}),
    }
    return {"course.yml": emit(course).encode()}


def next_version(files: Files, number: int) -> Changes:
    """What makes the files of a published version the beginning of the version of this number.

    Raises Unreadable when course.yml is not one.
    """
    course = _course(files)
    emptied = dict.fromkeys(course.get("change_note") or {}, "")
    return _with_course(files, {**course, "version": number, "change_note": emptied})


def adopted(files: Files, slug: str, version: int) -> Changes:
    """What gives an uploaded course the name and the version number that it has on this site.

    Raises Unreadable when course.yml is missing or is not one.
    """
    return _with_course(files, {**_course(files), "slug": slug, "version": version})


def announced(files: Files, version: int, notes: Mapping[str, str]) -> Changes:
    """What makes a draft the version of this number with this change note. Raises Unreadable."""
    return _with_course(files, {**_course(files), "version": version, "change_note": {**notes}})


def as_if_announced(files: Files) -> Files:
    """The draft with a change note in every language: what it is to say is asked when publishing.

    The same files when course.yml cannot be read: the check says so.
    """
    head = {path: content for path, content in files.items() if path == "course.yml"}
    notes = dict.fromkeys(sketch(head).languages, "…")
    try:
        changes = announced(files, version_in(files), notes)
    except Unreadable:
        return files
    return {**files, **{path: content for path, content in changes.items() if content is not None}}


def notes_in(files: Files) -> dict[str, str]:
    """The change note of a draft as far as it is written, by language. Raises Unreadable."""
    notes = _course(files).get("change_note")
    return {k: v for k, v in notes.items() if isinstance(v, str)} if isinstance(notes, dict) else {}


def slug_in(files: Files) -> str:
    """The name that a course gives itself; "" when it gives none. Raises Unreadable."""
    slug = _course(files).get("slug")
    return slug if isinstance(slug, str) else ""


def version_in(files: Files) -> int:
    """The number that a course gives itself; 0 when it gives none. Raises Unreadable."""
    number = _course(files).get("version")
    return number if isinstance(number, int) else 0


def _course(files: Files) -> dict[str, Any]:
    data = plain(decoded(files.get("course.yml", b""), "course.yml"))
    return data if isinstance(data, dict) else {}


def _with_course(files: Files, course: dict[str, Any]) -> Changes:
    return {"course.yml": update(decoded(files["course.yml"]), course).encode()}


def _in(languages: tuple[str, ...], words: dict[str, str]) -> dict[str, str]:
    return {language: words.get(language, "") for language in languages}


def _call_code(title: str) -> str:
    """Capital letters for the catalogue card: the first ones of the title's words."""
    words = proposed_key(title, "kursus").split("-")
    letters = "".join(w[0] for w in words if w[0].isalpha())
    if len(letters) < 2:
        letters = "".join(c for c in words[0] if c.isalpha())
    return (letters + "XX")[: max(2, min(len(letters), _MOST_CALL_LETTERS))].upper()
