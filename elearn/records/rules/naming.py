"""Numbers as they are printed, and names of files that are found again."""

import re

from elearn.core.text import normalized

_FILE_PART_LENGTH = 60
_NUMBER = re.compile(r"(\d{4})([0-9A-Z]{8})([0-9A-Z])")


def number_as_printed(canonical_text: str) -> str | None:
    """2026-7KQ4M2XD-R from 20267KQ4M2XDR; None for what cannot be a number."""
    match = _NUMBER.fullmatch(canonical_text)
    return "-".join(match.groups()) if match else None


def file_name(word: str, course: str, holder: str, number: str) -> str:
    """A name to find the file again by: Catatan-TIK-Dasar-Siti-Aminah-2026-7KQ4M2XD-R.

    Plain letters, digits and hyphens, which every disk and mail program carries. Without ".pdf".
    """
    # What stands behind a comma in a name is academic: "Siti Aminah, S.IP."
    parts = [_plain(word), _plain(course), _plain(holder.split(",")[0]), number]
    return "-".join(part for part in parts if part)


def _plain(text: str) -> str:
    letters = normalized("NFKD", text).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[A-Za-z0-9]+", letters))
    if len(words) <= _FILE_PART_LENGTH:
        return words
    return words[:_FILE_PART_LENGTH].rsplit("-", 1)[0]
