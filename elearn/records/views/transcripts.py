"""My transcripts: made by a button, shown, printed; and the public check of one."""

from flask import current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.i18n import LANGUAGES
from elearn.core.permissions import Action
from elearn.records import queries, service, transcripts
from elearn.records.formats import proof
from elearn.records.formats.transcript_pdf import TYPICAL_BYTES
from elearn.records.forms import TranscriptForm
from elearn.records.labels import CATEGORIES, PARTS
from elearn.records.transcript_words import closing, code_lines, span, year_note
from elearn.records.views.blueprint import bp
from elearn.web.guard import public, requires
from elearn.web.session import actor

_WORDS = {"categories": CATEGORIES, "roles": PARTS, "span": span, "year_note": year_note}


@bp.get("/records/transcript/")
@requires(Action.RECORDS_RECORD_READ)
def transcripts_mine() -> ResponseReturnValue:
    """What was made, and the button that makes one."""
    return _draw_own(TranscriptForm.of_years(queries.credit_by_year(_own_id())))


@bp.post("/records/transcript/")
@requires(Action.RECORDS_RECORD_READ)
def make_transcript() -> ResponseReturnValue:
    form = TranscriptForm.of_years(queries.credit_by_year(_own_id()))
    if not form.validate():
        return _draw_own(form), 422
    with saving():
        row = service.make_transcript(
            actor(), _own_id(), form.chosen_year, transcripts.issuer(), clock.now()
        )
    return redirect(url_for(".transcript", code=row.code), 303)


@bp.get("/records/transcript/<code>/")
@requires(Action.RECORDS_RECORD_READ)
def transcript(code: str) -> ResponseReturnValue:
    """One transcript as it states what was learned."""
    kept = queries.own_transcript(actor(), code)
    return render_template(
        "records/transcript.html",
        kept=kept,
        languages=LANGUAGES,
        pdf_bytes=TYPICAL_BYTES,
        **_WORDS,
    )


@bp.get("/records/transcript/<code>/<language>.pdf")
@requires(Action.RECORDS_RECORD_READ)
def transcript_pdf(code: str, language: str) -> ResponseReturnValue:
    return transcripts.pdf_answer(queries.own_transcript(actor(), code), language)


@bp.get("/verify/transcript/<code>")
@public
def verify_transcript(code: str) -> ResponseReturnValue:
    """The public check: everything that is signed, and whether the signature is over it."""
    kept = queries.transcript_by_typed_code(code)
    status = 200 if kept else 404
    page = render_template(
        "records/verify_transcript.html",
        kept=kept,
        code=code,
        code_shown="".join(code_lines(kept.row.code)) if kept else "",
        closing=closing(),
        now=clock.now(),
        **_WORDS,
    )
    return page, status


@bp.get("/verify/transcript/<code>.json")
@public
def verify_transcript_json(code: str) -> ResponseReturnValue:
    """The signed bytes, the signature and the key: what an outsider checks them with alone."""
    kept = queries.transcript_by_typed_code(code)
    if kept is None:
        raise Missing("transcript-missing")
    row = kept.row
    return current_app.json.response(
        proof.transcript_proof(row.payload, row.signature, kept.key.public_key, clock.now())
    )


def _draw_own(form: TranscriptForm) -> str:
    return render_template(
        "records/transcripts.html", form=form, made=queries.transcripts_of(_own_id()), span=span
    )


def _own_id() -> int:
    return actor().person_id or 0
