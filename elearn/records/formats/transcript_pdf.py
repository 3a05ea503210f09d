"""A transcript as PDF: what was signed, with words around it, on sheets of A4."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from elearn.records.formats import typesetting
from elearn.records.formats.qr import QrCode, svg
from elearn.records.rules.transcript import Transcript, YearSum

TYPICAL_BYTES = 35_000  # said before the download; a test holds it near the truth


@dataclass(frozen=True, slots=True)
class TranscriptLabels:
    """The words that are the same on every transcript."""

    name: str
    nip: str
    post: str
    institution: str
    qr: str  # what the picture is, for those who do not see it
    check: str
    page: str  # with {page} and {pages}
    courses: str
    no_courses: str
    number: str
    course: str
    version: str
    days: str
    activities: str
    no_activities: str
    category: str
    activity: str
    claimed: str
    approved: str
    decided_by: str
    years: str
    year: str
    of_courses: str
    of_activities: str
    earned: str
    counted: str
    terms: str


@dataclass(frozen=True, slots=True)
class TranscriptWords:
    """What is not in the signed facts, and how these are said in one language."""

    language: str
    letterhead: tuple[str, ...]  # two large lines, then small ones; may be empty
    title: str
    subtitle: str  # the year, or that it is of all
    nip: str  # '' unless the holder wants it printed
    as_of: str  # the moment with its zone, in a sentence
    address: str  # of the check, up to the code
    code_lines: tuple[str, ...]
    closing: tuple[str, ...]
    categories: Mapping[str, str]  # of activities, by code
    roles: Mapping[str, str]  # in them, by code
    period: Callable[[date, date], str]  # first and last day
    year_note: Callable[[YearSum], str]  # cap and target, and what of it is reached
    labels: TranscriptLabels


def unprintable_in(stated: Transcript, words: TranscriptWords) -> str:
    """The characters of its lines that no bundled font has."""
    return typesetting.unprintable_in(_lines(stated, words))


def render(stated: Transcript, words: TranscriptWords, qr: QrCode) -> bytes:
    """The PDF.

    Raises typesetting.Unprintable, and KeyError for a category or role without a word.
    """
    return typesetting.typeset(
        "transcript.typ", _lines(stated, words), {"qr": svg(qr)}, stated.made_at
    )


def _lines(stated: Transcript, words: TranscriptWords) -> dict[str, Any]:
    """Everything that is printed."""
    labels, holder = words.labels, stated.holder
    of_holder = (
        (labels.name, holder.name),
        (labels.nip, words.nip),
        (labels.post, holder.post),
        (labels.institution, holder.institution),
    )
    return {
        "language": words.language,
        "issuer": stated.issuer,
        "letterhead": words.letterhead,
        "title": words.title,
        "subtitle": words.subtitle,
        "description": f"{words.title}, {words.subtitle}, {holder.name}",
        "name": holder.name,
        "holder": tuple((label, value) for label, value in of_holder if value),
        "as_of": words.as_of,
        "address": words.address,
        "code_lines": words.code_lines,
        "courses": tuple(
            {
                "number": line.number,
                "language": (language := _title_language(line.titles, words.language)),
                "title": line.titles[language],
                "version": line.version,
                "days": words.period(line.first_on, line.last_on),
                "jp": line.jp,
            }
            for line in stated.courses
        ),
        "activities": tuple(
            {
                "category": words.categories[line.category],
                "title": line.title,
                "organiser": line.organiser,
                "role": words.roles[line.role],
                "days": words.period(line.first_on, line.last_on),
                "jp_claimed": line.jp_claimed,
                "jp_approved": line.jp_approved,
                "decided_by": line.decided_by,
                "decided_by_post": line.decided_by_post,
            }
            for line in stated.activities
        ),
        "years": tuple({**asdict(one), "note": words.year_note(one)} for one in stated.years),
        "closing": words.closing,
        "labels": asdict(labels),
    }


def _title_language(titles: Mapping[str, str], language: str) -> str:
    """The paper's language where the course has it, else one that it has."""
    return language if language in titles else min(titles)
