"""My records, one record, and its PDF."""

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.errors import Invalid, Missing
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.records import printing, queries, service
from elearn.records.formats import record_pdf, typesetting
from elearn.records.labels import CATEGORIES
from elearn.records.views.blueprint import bp
from elearn.records.words import facts_of, words
from elearn.web.downloads import attachment
from elearn.web.guard import requires
from elearn.web.session import actor


@bp.get("/records/")
@requires(Action.RECORDS_RECORD_READ)
def mine() -> ResponseReturnValue:
    """My records and the JP of each year."""
    ledger = service.ledger_of(actor(), clock.now())
    records = [(kept, words(kept, page_language())) for kept in queries.own_records(actor())]
    return render_template(
        "records/mine.html",
        ledger=ledger,
        records=records,
        waiting_jp=queries.own_waiting_jp(actor()),
        categories=CATEGORIES,
    )


@bp.get("/records/<number>/")
@requires(Action.RECORDS_RECORD_READ)
def show(number: str) -> ResponseReturnValue:
    """One record as it is printed."""
    kept = queries.own_record(actor(), number)
    lines = words(kept, page_language())
    return render_template(
        "records/show.html",
        kept=kept,
        lines=lines,
        facts=facts_of(lines, kept.standing),
        qr=printing.check_qr(lines.code),
        host=printing.site_host(),
        file_names=printing.file_names(kept),
        unprintable=printing.unprintable_in(kept),
        pdf_bytes=record_pdf.TYPICAL_BYTES,
    )


@bp.get("/records/<number>/<file_name>.pdf")
@requires(Action.RECORDS_RECORD_READ)
def pdf(number: str, file_name: str) -> ResponseReturnValue:
    """The record as PDF; which language is in the file's name."""
    kept = queries.own_record(actor(), number)
    languages = {name: language for language, name in printing.file_names(kept).items()}
    if file_name not in languages:
        raise Missing("record-not-yours")
    try:
        content = printing.pdf(kept, languages[file_name])
    except typesetting.Unprintable as fault:
        raise Invalid("record-unprintable", characters=" ".join(fault.characters)) from None
    return attachment(content, "application/pdf", f"{file_name}.pdf")
