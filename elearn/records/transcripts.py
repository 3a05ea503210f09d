"""Transcripts as they are shown and printed, for the person and for who oversees her."""

from flask import Response, current_app

from elearn.accounts import queries as people
from elearn.core import clock, policy
from elearn.core.errors import Invalid, Missing
from elearn.core.i18n import LANGUAGES, force_locale
from elearn.records import rules
from elearn.records.formats import transcript_pdf
from elearn.records.formats.qr import QrCode, qr_code
from elearn.records.formats.typesetting import Unprintable
from elearn.records.printing import site_host, site_url
from elearn.records.queries import KeptTranscript
from elearn.records.transcript_words import Sheet, transcript_words
from elearn.web.downloads import attachment

# No sentences: they tell the languages of a file apart, so they must differ.
FIRST_WORDS = {"id": "Transkrip", "en": "Transcript"}


def issuer() -> str:
    """Who states it: the site."""
    return str(current_app.config["SETTINGS"].site_name)


def check_qr(code: str) -> QrCode:
    """The address where anybody checks the transcript; made when it is printed."""
    return qr_code(f"{site_url()}/verify/transcript/{code}")


def file_name(kept: KeptTranscript, language: str) -> str:
    """A name to find the file again by, without ".pdf": Transkrip-Siti-Aminah-2026."""
    stated = kept.stated
    when = str(stated.year or clock.day_in(stated.made_at, stated.zone))
    return rules.file_name(FIRST_WORDS[language], "", stated.holder.name, when)


def pdf(kept: KeptTranscript, language: str) -> bytes:
    """The PDF in that language. Raises typesetting.Unprintable."""
    stated = kept.stated
    today = clock.day_in(stated.made_at, stated.zone)
    holder = people.holder_facts(kept.row.person_id, today)
    sheet = Sheet(
        nip=(holder.nip or "") if holder.show_nip else "",
        letterhead=tuple(policy.on(today).letterhead.splitlines()),
        address=f"{site_host()}/verify/transcript/",
    )
    with force_locale(language):
        words = transcript_words(stated, sheet, language)
        return transcript_pdf.render(stated, words, check_qr(stated.code))


def pdf_answer(kept: KeptTranscript, language: str) -> Response:
    """A transcript as a file, in one of the languages of the site."""
    if language not in LANGUAGES:
        raise Missing("page-missing")
    try:
        content = pdf(kept, language)
    except Unprintable as fault:
        characters = " ".join(fault.characters)
        raise Invalid("transcript-unprintable", characters=characters) from None
    return attachment(content, "application/pdf", f"{file_name(kept, language)}.pdf")
