"""The attendance list of an event: what would become of each row, then all of them at once.

Between the two the list travels in the page, signed: nothing of it is kept on the server.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict, Invalid
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext
from elearn.core.permissions import Action
from elearn.records import service as ledger
from elearn.records.forms import AttendanceForm, TakeForm
from elearn.records.rules import Claim
from elearn.records.rules.attendance import Attendee, Match
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.messages import sentence, sentence_for
from elearn.web.session import actor

_MAX_AGE_SECONDS = 12 * 3600
_List = tuple[Claim, list[Attendee], frozenset[int]]


@bp.get("/supervision/decisions/attendance")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def attendance() -> ResponseReturnValue:
    return _draw(AttendanceForm(formdata=None))


@bp.post("/supervision/decisions/attendance")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def read_attendance() -> ResponseReturnValue:
    """The verdict on each row; nothing is written."""
    from elearn.records.formats.attendance import read_list  # some megabytes, for whoever imports

    form, now = AttendanceForm(), clock.now()
    is_right = form.is_claimable(clock.day_in(now, current_user.time_zone))
    content = form.content()
    if not content.strip():
        form.file.errors = [sentence("attendance-needed")]
        is_right = False
    if not is_right:
        return _draw(form), 422
    read = read_list(content)
    if read.faults:
        form.file.errors = [
            _("Line %(line)s: %(fault)s", line=line, fault=sentence(fault.code, fault.values))
            for line, fault in read.faults
        ]
        return _draw(form), 422
    return _draw(form, form.claim(), read.attendees)


@bp.post("/supervision/decisions/attendance/all")
@requires(Action.RECORDS_ACTIVITY_DECIDE)
def take_attendance() -> ResponseReturnValue:
    """Write it, when every row still means whom it meant on the page."""
    form, now = TakeForm(), clock.now()
    opened = _opened(form.token.data or "")
    if opened is None:
        flash(_("Read the list once more: this page is too old, or it was changed."), "warning")
        return redirect(url_for(".attendance"), 303)
    event, attendees, expected = opened
    today = clock.day_in(now, current_user.time_zone)
    try:
        with saving():
            if _meant(ledger.judge(actor(), event, attendees, now)) != expected:
                raise Conflict("attendance-changed")
            ledger.import_list(actor(), event, expected, today, now)
    except (Conflict, Invalid) as refusal:
        flash(sentence_for(refusal), "warning")
        return _draw(_filled(event), event, attendees), 409
    count = len(expected)
    text = ngettext(
        "The event counts for %(num)d person.", "The event counts for %(num)d people.", count
    )
    flash(text, "good")
    return redirect(url_for(".decisions_made"), 303)


def _draw(
    form: AttendanceForm, event: Claim | None = None, attendees: Sequence[Attendee] = ()
) -> str:
    matches = ledger.judge(actor(), event, attendees, clock.now()) if event else ()
    meant = _meant(matches)
    return render_template(
        "supervision/attendance.html",
        form=form,
        event=event,
        rows=[(match, _why(match)) for match in sorted(matches, key=lambda one: not one.fault)],
        count=len(meant),
        take=TakeForm(formdata=None, token=_sealed(event, attendees, meant)) if meant else None,
    )


def _why(match: Match) -> str:
    return sentence(match.fault.code, match.fault.values) if match.fault else ""


def _meant(matches: Sequence[Match]) -> frozenset[int]:
    return frozenset(
        match.member.person_id for match in matches if match.member and not match.fault
    )


def _filled(event: Claim) -> AttendanceForm:
    return AttendanceForm(formdata=None, data=asdict(event))


def _sealed(event: Claim | None, attendees: Sequence[Attendee], meant: frozenset[int]) -> str:
    """The list for the page to carry: signed, for this person."""
    facts = {name: str(value) for name, value in asdict(event).items()} if event else {}
    rows = [(one.line, one.logins, one.name, one.library) for one in attendees]
    return str(_signer().dumps([actor().person_id, facts, rows, sorted(meant)]))


def _opened(token: str) -> _List | None:
    """The list of a token; None for one that is old, changed or somebody else's."""
    try:
        person_id, facts, rows, meant = _signer().loads(token, max_age=_MAX_AGE_SECONDS)
    except BadData:
        return None
    if person_id != actor().person_id:
        return None
    attendees = [
        Attendee(line, tuple(logins), name, library) for line, logins, name, library in rows
    ]
    return _claim(facts), attendees, frozenset(meant)


def _claim(facts: dict[str, Any]) -> Claim:
    days = {name: date.fromisoformat(facts[name]) for name in ("first_on", "last_on")}
    return Claim(**{**facts, **days, "jp": int(facts["jp"])})


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        current_app.config["SECRET_KEY"], salt="elearn.records.attendance"
    )
