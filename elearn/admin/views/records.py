"""Caring for completion records: finding one, its whole story, a reissue, a revocation."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts.models import Person
from elearn.admin.forms.records import RevocationForm, SureForm
from elearn.admin.views.blueprint import bp
from elearn.admin.views.drawing import Step, draw_form, home_step
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.learning import queries as learning
from elearn.learning import service as studying
from elearn.records import queries, service
from elearn.records.queries import Kept
from elearn.records.rules import HolderWords, State
from elearn.records.words import words
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.searching import words_asked
from elearn.web.session import actor


@bp.get("/admin/records/")
@requires(Action.RECORDS_RECORD_REISSUE)
def records() -> ResponseReturnValue:
    """Records by number, code or person; the newest where nothing is asked for."""
    typed = words_asked()
    return render_template(
        "admin/records.html",
        steps=[home_step()],
        words=typed,
        found=[(kept, words(kept, page_language())) for kept in queries.find_records(typed)],
        most=queries.MOST_FOUND,
        missing=learning.count_recordless(),
    )


@bp.get("/admin/records/<number>/")
@requires(Action.RECORDS_RECORD_REISSUE)
def record(number: str) -> ResponseReturnValue:
    """One record with all that happened to it and its other editions."""
    kept = queries.known_record(number)
    return render_template(
        "admin/record.html",
        steps=_steps(),
        kept=kept,
        person=_holder(kept),
        lines=words(kept, page_language()),
        story=queries.story_of(kept.record),
        is_own=_is_own(kept),
    )


@bp.get("/admin/records/<number>/reissue")
@requires(Action.RECORDS_RECORD_REISSUE)
def compare(number: str) -> ResponseReturnValue:
    """The words on the record beside those that a new edition would have."""
    kept = _in_force(number)
    printed = service.holder_today(kept.record, clock.now())
    return render_template(
        "admin/compare.html",
        steps=_steps(kept),
        kept=kept,
        person=_holder(kept),
        rows=_side_by_side(kept, printed),
    )


@bp.route("/admin/records/<number>/reissue/sure", methods=["GET", "POST"])
@requires(Action.RECORDS_RECORD_REISSUE)
def reissue(number: str) -> ResponseReturnValue:
    kept, form = _in_force(number), SureForm()
    form.number = kept.record.number
    if not form.validate_on_submit():
        return _draw_reissue(kept, form)
    with saving():
        found = queries.known_record(number).record
        newer = service.reissue(found, actor(), clock.now()).number
    flash(_("Issued anew under the number %(number)s.", number=newer), "good")
    return redirect(url_for(".record", number=newer), 303)


@bp.route("/admin/records/<number>/revoke", methods=["GET", "POST"])
@requires(Action.RECORDS_RECORD_REVOKE)
def revoke(number: str) -> ResponseReturnValue:
    """First the reason; what follows from it is asked on a page of its own."""
    kept, form = _in_force(number), RevocationForm()
    if form.validate_on_submit():
        return _draw_revocation(kept, SureForm(formdata=None, reason=form.reason.data))
    lead = [_("The holder's JP are taken back. For a wrong name, reissue the record instead.")]
    title = _("Revoke %(number)s", number=number)
    return draw_form(form, title, _("Continue"), _steps(kept), lead)


@bp.post("/admin/records/<number>/revoke/sure")
@requires(Action.RECORDS_RECORD_REVOKE)
def revoke_surely(number: str) -> ResponseReturnValue:
    kept, form = _in_force(number), SureForm()
    form.number = kept.record.number
    if not form.validate():
        return _draw_revocation(kept, form)
    with saving():
        found = queries.known_record(number).record
        service.revoke(found, form.reason.data or "", actor(), clock.now())
    flash(_("Revoked. The public check says so from now on."), "good")
    return redirect(url_for(".record", number=number), 303)


@bp.route("/admin/records/missing", methods=["GET", "POST"])
@requires(Action.RECORDS_RECORD_REISSUE)
def missing_records() -> ResponseReturnValue:
    """Completed courses without a record, why, and issuing them now, a page at a time."""
    listed = learning.recordless(queries.MOST_FOUND)
    if request.method == "POST":
        return _issue([one.enrolment_id for one in listed if _is_wanted(one.code)])
    return _draw_missing(listed, {})


def _in_force(number: str) -> Kept:
    kept = queries.known_record(number)
    if kept.standing.state != State.VALID:
        raise Conflict("record-not-in-force", number=number)
    if _is_own(kept):
        raise Conflict("person-yourself")
    return kept


def _holder(kept: Kept) -> Person:
    """Whose it is today, also when it was issued under an entry that was merged into hers."""
    return accounts.person(accounts.present_person(kept.record.person_id))


def _is_own(kept: Kept) -> bool:
    return _holder(kept).id == actor().person_id


def _side_by_side(kept: Kept, printed: HolderWords) -> list[tuple[str, str, str]]:
    """Each line of the holder: its name, how it stands on the record, how it would stand."""
    former = kept.holder_words
    read: list[tuple[str, Callable[[HolderWords], str]]] = [
        (_("Name"), lambda holder: holder.name),
        (_("Post"), lambda holder: holder.post),
        (_("Institution"), lambda holder: holder.institution),
        (_("NIP on the sheet"), lambda holder: holder.nip if holder.show_nip else ""),
    ]
    return [(name, of(former) if former else "", of(printed)) for name, of in read]


def _draw_reissue(kept: Kept, form: SureForm) -> ResponseReturnValue:
    lead = [
        _(
            "Whoever checks number %(number)s reads that a newer edition stands in its place, and "
            "is led to it. Both numbers stay for ever.",
            number=kept.record.number,
        ),
        _("The holder finds the new edition among her records and must print it anew. JP stay."),
    ]
    title = _("Issue %(number)s anew?", number=kept.record.number)
    return draw_form(form, title, _("Issue anew"), _steps(kept), lead)


def _draw_revocation(kept: Kept, form: SureForm) -> ResponseReturnValue:
    return render_template(
        "admin/revoke.html",
        steps=_steps(kept),
        kept=kept,
        lines=words(kept, page_language()),
        form=form,
    ), 422 if form.errors else 200


def _is_wanted(code: str) -> bool:
    """One that was chosen, or all where none was."""
    return request.form.get("enrolment", "") in ("", code)


def _issue(enrolment_ids: list[int]) -> ResponseReturnValue:
    with saving():
        done = studying.issue_missing(enrolment_ids, clock.now())
    why = {number: sentence_for(problem) for number, problem in done.refusals.items()}
    if done.count:
        flash(_("Records issued: %(count)s.", count=done.count), "good")
    if not why:
        return redirect(url_for(".missing_records"), 303)
    return _draw_missing(learning.recordless(queries.MOST_FOUND), why), 409


def _draw_missing(listed: list[learning.Recordless], why: dict[int, str]) -> str:
    return render_template(
        "admin/missing_records.html",
        steps=_steps(),
        listed=listed,
        count=learning.count_recordless(),
        title_of=_course_title,
        why=why,
    )


def _course_title(one: learning.Recordless) -> str:
    return courses.outline(one.version_id).title_in(page_language())


def _steps(kept: Kept | None = None) -> list[Step]:
    steps = [home_step(), (_("Completion records"), url_for("admin.records"))]
    if kept is not None:
        number = kept.record.number
        steps.append((number, url_for("admin.record", number=number)))
    return steps
