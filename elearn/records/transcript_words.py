"""A transcript in words: what page, PDF and public check say beside the signed facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString

from elearn.core import ids
from elearn.core.i18n import gettext as _
from elearn.core.i18n import moment
from elearn.records.formats.transcript_pdf import TranscriptLabels, TranscriptWords
from elearn.records.labels import CATEGORIES, PARTS
from elearn.records.rules.transcript import Transcript, YearSum
from elearn.records.words import days

_LINE = 16  # characters of the code on the first line


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a print needs that the signed facts do not have."""

    nip: str  # '' unless the holder wants it printed
    letterhead: tuple[str, ...]
    address: str  # of the check, up to the code


def transcript_words(stated: Transcript, sheet: Sheet, language: str) -> TranscriptWords:
    """The words of the PDF; the caller has made `language` the one of gettext, too."""
    return TranscriptWords(
        language=language,
        letterhead=sheet.letterhead,
        title=_("Transcript of learning hours (JP)"),
        subtitle=span(stated.year),
        nip=sheet.nip,
        as_of=_("As of %(moment)s", moment=moment(stated.made_at, stated.zone)),
        address=sheet.address,
        code_lines=code_lines(stated.code),
        closing=closing(),
        categories=_words(CATEGORIES),
        roles=_words(PARTS),
        period=days,
        year_note=year_note,
        labels=_labels(),
    )


def span(year: int | None) -> str:
    """Which years a transcript is of."""
    return _("All years") if year is None else _("Year %(year)s", year=year)


def code_lines(code: str) -> tuple[str, str]:
    """The code in groups, on two short lines."""
    return ids.grouped(code[:_LINE]) + "-", ids.grouped(code[_LINE:])


def year_note(one: YearSum) -> str:
    """Target and cap of a year, and what of the target is reached."""
    parts = []
    if one.target is None:
        parts.append(_("No target."))
    elif one.missing:
        parts.append(
            _("Target %(target)s JP: %(jp)s JP missing.", target=one.target, jp=one.missing)
        )
    else:
        parts.append(_("Target %(target)s JP: reached.", target=one.target))
    if one.cap is not None:
        parts.append(_("At most %(cap)s JP count.", cap=one.cap))
    if one.earned > one.counted:
        parts.append(_("%(jp)s JP are above a cap.", jp=one.earned - one.counted))
    return " ".join(parts)


def closing() -> tuple[str, ...]:
    return (
        _("This transcript states what was recorded on this day; the check shows it unchanged."),
        _("A transcript is not a certificate of competency."),
    )


def _words(labels: Mapping[str, LazyString]) -> dict[str, str]:
    return {str(code): str(word) for code, word in labels.items()}


def _labels() -> TranscriptLabels:
    return TranscriptLabels(
        name=_("Name"),
        nip=_("NIP"),
        post=_("Post"),
        institution=_("Library"),
        qr=_("QR code with the address of the public check"),
        check=_("Check that it is genuine at"),
        page=_("Page {page} of {pages}"),
        courses=_("Completed online courses"),
        no_courses=_("No course was completed."),
        number=_("Number"),
        course=_("Course"),
        version=_("Version"),
        days=_("Days"),
        activities=_("Approved activities elsewhere"),
        no_activities=_("No activity was approved."),
        category=_("Category"),
        activity=_("Activity"),
        claimed=_("Claimed"),
        approved=_("Approved"),
        decided_by=_("Decided by"),
        years=_("Sums by year"),
        year=_("Year"),
        of_courses=_("Courses"),
        of_activities=_("Activities"),
        earned=_("Earned"),
        counted=_("Counted"),
        terms=_("Caps and target"),
    )
