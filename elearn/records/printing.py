"""The record as a PDF and as a name of a file, in either language."""

from flask import current_app

from elearn.core.i18n import LANGUAGES, force_locale, page_language
from elearn.core.i18n import gettext as _
from elearn.records import rules
from elearn.records.formats import record_pdf
from elearn.records.formats.qr import QrCode, qr_code
from elearn.records.queries import Kept
from elearn.records.words import RecordWords, facts_of, words

# No sentences: they tell the languages of a file apart, so they must differ.
FIRST_WORDS = {"id": "Catatan", "en": "Record"}


def check_address(code: str) -> str:
    """Where anybody checks the record; made when it is printed, since a site can move."""
    return f"{site_url()}/verify/{code}"


def site_url() -> str:
    return str(current_app.config["SETTINGS"].site_url)


def site_host() -> str:
    return site_url().split("://", 1)[1]


def check_qr(code: str) -> QrCode:
    return qr_code(check_address(code))


def file_names(kept: Kept) -> dict[str, str]:
    """The PDF's name in each language, without ".pdf"; the language of a PDF is in its name."""
    names = {}
    for language in LANGUAGES:
        with force_locale(language):
            lines = words(kept, language)
        first = FIRST_WORDS[language]
        names[language] = rules.file_name(first, lines.course, lines.name or "", lines.number)
    return names


def pdf(kept: Kept, language: str) -> bytes:
    """The PDF in that language. Raises typesetting.Unprintable."""
    with force_locale(language):
        record = _pdf_record(kept, words(kept, language))
    return record_pdf.render(record, check_qr(kept.facts.code), kept.facts.issued_at)


def unprintable_in(kept: Kept) -> str:
    """Characters of this record that the PDF cannot show, asked before it is offered."""
    return record_pdf.unprintable_in(_pdf_record(kept, words(kept, page_language())))


def _pdf_record(kept: Kept, lines: RecordWords) -> record_pdf.PdfRecord:
    title = _("Completion record")
    number = _("Number %(number)s", number=lines.number)
    return record_pdf.PdfRecord(
        language=lines.language,
        course_language=lines.course_language,
        title=title,
        description=f"{title}, {number}",
        organiser=lines.organiser,
        name=lines.shown_name,
        holder_lines=lines.holder_lines,
        course=lines.course,
        course_lines=lines.course_lines,
        jp=lines.jp,
        address=f"{site_host()}/verify/",
        code_lines=lines.code_lines,
        issued=lines.issued,
        signatory=lines.signatory,
        signatory_post=lines.signatory_post,
        modules=tuple(
            record_pdf.PdfModule(
                f"{module.number}. {module.title}",
                "–" if module.score is None else str(module.score),
                module.jp,
            )
            for module in lines.modules
        ),
        facts=facts_of(lines, kept.standing),
        closing=(
            _("This record states a course that was completed."),
            _("It is not a certificate of competency."),
        ),
        labels={
            "number": number,
            "given": _("given to"),
            "completed": _("who has completed the self-paced online course"),
            "qr": _("QR code with the address of the public check"),
            "check": _("Check that it is genuine at"),
            "modules_title": _("Modules and learning hours"),
            "annex": lines.annex,
            "module": _("Module"),
            "quiz": _("Quiz"),
            "total": _("Total"),
            "rules_title": _("How it was counted and earned"),
        },
    )
