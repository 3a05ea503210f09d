"""The public check of a record."""

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts.rules import address_group
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.i18n import page_language
from elearn.records import keys, printing, queries, service
from elearn.records.formats import proof
from elearn.records.forms import CodeForm, NipForm
from elearn.records.queries import Kept
from elearn.records.rules import published_holder
from elearn.records.views.blueprint import bp
from elearn.records.words import edition_line, minutes_of_study, words
from elearn.web.guard import public
from elearn.web.security import csrf


@bp.get("/verify/")
@public
def verify_form() -> ResponseReturnValue:
    """Where a code or number is typed."""
    form = CodeForm(request.args)
    if "code" not in request.args:
        return render_template("records/verify_form.html", form=form, is_missing=False)
    if not form.validate():
        return render_template("records/verify_form.html", form=form, is_missing=False), 422
    return redirect(url_for(".verify", code=(form.code.data or "").strip()), 303)


@bp.get("/verify/<code>")
@public
def verify(code: str) -> ResponseReturnValue:
    """The public check of a record: everything that is printed on it, and its state."""
    kept = _found(code)
    if kept is None:
        form = CodeForm(data={"code": code})
        return render_template("records/verify_form.html", form=form, is_missing=True), 404
    return _draw_check(kept, NipForm(formdata=None), None)


@bp.post("/verify/<code>")
@csrf.exempt
@public
def match_nip(code: str) -> ResponseReturnValue:
    """Say whether a typed NIP is the holder's. No session, no token: nothing of anybody changes."""
    kept = _found(code)
    if kept is None:
        return redirect(url_for(".verify", code=code), 303)
    form = NipForm()
    if not form.validate():
        return _draw_check(kept, form, None), 422
    with saving():
        is_same = service.match_nip(kept, form.nip.data or "", _address(), clock.now())
    return _draw_check(kept, NipForm(formdata=None), is_same)


@bp.get("/verify/<code>.json")
@public
def verify_json(code: str) -> ResponseReturnValue:
    """The signed bytes, the signature and what else an outsider needs to check them alone."""
    kept = _found(code)
    if kept is None:
        raise Missing("record-missing")
    holder = kept.holder and kept.holder_words
    return current_app.json.response(
        proof.proof(
            kept.record.payload,
            kept.record.signature,
            kept.key.public_key,
            published_holder(kept.holder.salt, holder) if kept.holder and holder else None,
            kept.standing,
            clock.now(),
        )
    )


@bp.get("/verify/keys.json")
@public
def verify_keys() -> ResponseReturnValue:
    """Every public key that has signed records here, to be kept by those who check them."""
    return current_app.json.response([proof.key(key.public_key) for key in keys.all_keys()])


def _found(typed: str) -> Kept | None:
    """A code costs one reading; whatever else is typed is counted, so that nobody can try many."""
    kept = queries.record_by_typed_code(typed)
    if kept is None:
        with saving():
            kept = service.find_by_number(typed, _address(), clock.now())
    return kept


def _address() -> str:
    return address_group(request.remote_addr)


def _draw_check(kept: Kept, form: NipForm, is_same_nip: bool | None) -> str:
    lines = words(kept, page_language())
    return render_template(
        "records/verify.html",
        kept=kept,
        lines=lines,
        newer=queries.next_edition(kept) if kept.standing.state == "replaced" else None,
        edition=edition_line(lines),
        one_jp=minutes_of_study(lines.minutes_per_jp),
        host=printing.site_host(),
        form=form,
        is_same_nip=is_same_nip,
        now=clock.now(),
    )
