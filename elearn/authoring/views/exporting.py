"""The questions of a module as files for other systems, with what a format cannot carry said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString

from elearn.accounts.formats.workbook_write import MEDIA_TYPE
from elearn.authoring import queries
from elearn.authoring.formats.exchange import Data, Writing, Written
from elearn.authoring.models import Draft
from elearn.authoring.rules.questions import questions_in
from elearn.authoring.views.bench import Bench, bench_for, module_in, name_of
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.desk import unreadable
from elearn.authoring.views.places import place_of
from elearn.authoring.views.verdicts import words_of
from elearn.core.errors import Missing
from elearn.core.i18n import LANGUAGES, page_language
from elearn.core.i18n import lazy_gettext as _l
from elearn.core.permissions import Action
from elearn.coursepack.yamledit import Unreadable
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.session import actor


@dataclass(frozen=True, slots=True)
class Format:
    """module: in authoring/formats; it takes some megabytes, so the first who exports loads it."""

    name: LazyString
    meaning: LazyString
    module: str
    suffix: str
    type: str

    def write(self, questions: Iterable[Data], language: str) -> Writing:
        formats: Any = import_module(f"elearn.authoring.formats.{self.module}")
        written: Writing = formats.write(questions, language)
        return written


FORMATS = {
    "xlsx": Format(
        _l("Spreadsheet"), _l("For Excel or LibreOffice, one question a row."),
        "sheet", "xlsx", MEDIA_TYPE,
    ),
    "moodle": Format(
        _l("Moodle XML"), _l("For Moodle; it keeps most."),
        "moodle_xml", "xml", "application/xml",
    ),
    "gift": Format(
        _l("GIFT"), _l("Plain text, which Moodle and other systems read."),
        "gift", "gift.txt", "text/plain",
    ),
}  # fmt: skip


@bp.get("/<code>/modules/<key>/questions/export")
@requires(Action.AUTHORING_DRAFT_WRITE)
def export_questions(code: str, key: str) -> ResponseReturnValue:
    """What each format would carry, and what it would lose; each leads to its file."""
    draft = queries.own_draft(actor(), code)
    bench = bench_for(draft)
    place, folder = place_of(draft, "outline"), bench.module(key).folder
    language, why = _language(bench), ""
    offers: list[dict[str, Any]] = []
    try:
        questions = questions_in(bench.files, folder)
        offers = [
            _offer(bench, name, one.write(questions, language).questions, questions)
            for name, one in FORMATS.items()
        ]
    except Unreadable as fault:
        why = unreadable(fault)
    return render_template(
        "authoring/export.html",
        place=place,
        module=module_in(place.sketch, key),
        offers=offers,
        formats=FORMATS,
        language=language,
        why=why,
    )


@bp.get("/<code>/modules/<key>/questions/export/<name>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def download_questions(code: str, key: str, name: str) -> ResponseReturnValue:
    bench = bench_for(queries.own_draft(actor(), code))
    module, kind = bench.module(key), FORMATS.get(name)
    if kind is None:
        raise Missing("page-missing")
    language = _language(bench)
    try:
        writing = kind.write(questions_in(bench.files, module.folder), language)
    except Unreadable:
        raise Missing("page-missing") from None
    return attachment(
        writing.content, kind.type, f"{_plain(bench.draft)}-{module.key}-{language}.{kind.suffix}"
    )


@bp.get("/<code>/questions-template.xlsx")
@requires(Action.AUTHORING_DRAFT_WRITE)
def question_template(code: str) -> ResponseReturnValue:
    """An empty sheet with an example of each kind, in the reader's language."""
    from elearn.authoring.formats import workbook

    queries.own_draft(actor(), code)
    language = page_language() if page_language() in LANGUAGES else "en"
    return attachment(workbook.template(language), MEDIA_TYPE, f"questions-{language}.xlsx")


def _offer(
    bench: Bench, name: str, written: tuple[Written, ...], questions: list[Data]
) -> dict[str, Any]:
    """One format: how many questions it carries, and what is lost of which."""
    lost = [
        {
            "name": name_of(data, bench.languages) or one.key,
            "is_there": one.is_there,
            "texts": [words_of(fault) for fault in one.lost],
        }
        for one, data in zip(written, questions, strict=True)
        if one.lost or not one.is_there
    ]
    return {
        "name": name,
        "count": sum(one.is_there for one in written),
        "total": len(written),
        "lost": lost,
    }


def _language(bench: Bench) -> str:
    """The language that the file is to be in: the one asked for, else the course's own."""
    wanted = request.args.get("language", "")
    return wanted if wanted in bench.languages else bench.languages[0]


def _plain(draft: Draft) -> str:
    """The name in the address, fit for the name of a file."""
    return "".join(c for c in draft.slug if c.isalnum() or c == "-") or "course"
