"""What was done is said with a button that undoes it."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.views.blueprint import bp
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import gettext as _
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.redirects import safe_path
from elearn.web.session import actor


def done(words: str, code: str, number: int | None, back: str) -> ResponseReturnValue:
    """Back to a page that says what was done, with Undo. number: of the save; None: nothing was.

    back: the page, where undoing leads, too.
    """
    if number is not None:
        undo_address = url_for("authoring.undo", code=code, number=number, back=back)
        said = {"text": words, "label": _("Undo"), "action": undo_address}
        flash(said, "good")  # type: ignore[arg-type]  # as components/notices.html takes it
    return redirect(back, 303)


@bp.post("/<code>/history/<int:number>/undo")
@requires(Action.AUTHORING_DRAFT_WRITE)
def undo(code: str, number: int) -> ResponseReturnValue:
    """Take one save back: the newest one, or nothing, for later ones stand upon it."""
    back = safe_path(request.args.get("back"), url_for(".outline", code=code))
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        is_newest = draft.saves == number and number > 1
        if is_newest:
            undone = service.undo_to(draft, number - 1, actor(), clock.now())
    if not is_newest:
        flash(
            _("The course has been changed since. Choose here the state to go back to."), "warning"
        )
        return redirect(url_for(".history", code=code), 303)
    return done(_("Undone."), code, undone, back)
