"""Invitations into a library: a sheet to pin up, how many have come, and ending one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from elearn.accounts import queries as accounts
from elearn.accounts import service as accounts_service
from elearn.accounts.models import Invitation, Node
from elearn.accounts.queries.ways_in import invitation_to_end, invitations_of
from elearn.accounts.rules import shown_code
from elearn.accounts.service import ways_in
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Conflict
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.permissions import Action
from elearn.courses import queries as courses
from elearn.records.formats.qr import QrCode, qr_code
from elearn.records.printing import site_host, site_url
from elearn.supervision.forms import InviteForm
from elearn.supervision.views.blueprint import bp
from elearn.web.guard import requires
from elearn.web.messages import sentence_for
from elearn.web.session import actor

SHOWN, USES, DAYS = 50, 10, 30


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is pinned up; its code is kept nowhere."""

    code: str
    host: str
    qr: QrCode
    uses: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """state: open, used or over."""

    row: Invitation
    made_by: str
    state: str


@bp.get("/supervision/<node>/invitations")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def invitations(node: str) -> ResponseReturnValue:
    return _draw(_own(node), InviteForm(_courses(), uses=USES, days=DAYS))


@bp.post("/supervision/<node>/invitations")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def invite(node: str) -> ResponseReturnValue:
    """The sheet is in the answer itself, since nothing keeps its code."""
    form, now = InviteForm(_courses()), clock.now()
    uses, days = form.uses.data, form.days.data
    if not form.validate() or uses is None or days is None:
        return _draw(_own(node), form), 422
    until = now + timedelta(days=days)
    with saving():
        code = accounts_service.make_invitation(
            actor(), _own(node), form.course.data or None, uses, until, now
        )
    where = url_for("accounts.open_invitation", code=shown_code(code))
    qr = qr_code(f"{site_url()}{where}")
    host = f"{site_host()}{url_for('accounts.invitation')}"
    return _draw(_own(node), form, Sheet(shown_code(code), host, qr, uses, until)), 201


@bp.post("/supervision/<node>/invitations/<int:number>/end")
@requires(Action.ACCOUNTS_WAYS_IN_MAKE)
def end_invitation(node: str, number: int) -> ResponseReturnValue:
    try:
        with saving():
            place = _own(node)
            found = invitation_to_end(place.id, number)
            ways_in.end_invitation(actor(), found, place, clock.now())
    except Conflict as problem:
        flash(sentence_for(problem), "warning")
    else:
        flash(_("The code lets nobody in from now on."), "good")
    return redirect(url_for(".invitations", node=node), 303)


def _own(code: str) -> Node:
    return accounts.own_node(actor(), Action.ACCOUNTS_WAYS_IN_MAKE, code, clock.now())


def _courses() -> list[tuple[str, str]]:
    return [(course.slug, course.title_in(page_language())) for course in courses.newest_of_all()]


def _state(row: Invitation, now: datetime) -> str:
    if row.expires_at <= now:
        return "over"
    return "open" if row.uses_left else "used"


def _draw(node: Node, form: InviteForm, sheet: Sheet | None = None) -> str:
    now = clock.now()
    return render_template(
        "supervision/invitations.html",
        node=node,
        form=form,
        sheet=sheet,
        lines=[Line(row, by, _state(row, now)) for row, by in invitations_of(node.id, SHOWN)],
        is_closed=accounts_service.registration(now) == "closed",
    )
