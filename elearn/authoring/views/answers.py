"""How an editor answers a save: to the script with a receipt, to a plain form with a page."""

from collections.abc import Callable

from flask import flash, jsonify, redirect, request
from flask.typing import ResponseReturnValue

from elearn.authoring.service import Outcome
from elearn.core import clock
from elearn.core.i18n import clock_time
from elearn.core.i18n import gettext as _


def is_script() -> bool:
    """Whether the page's script asks, which wants a receipt and no page."""
    return request.accept_mimetypes.best == "application/json"


def answer(outcome: Outcome, back: str, redraw: Callable[[Outcome], str]) -> ResponseReturnValue:
    """The receipt of an edit: 200 or back to the page when it is saved; 409 when it is overtaken.

    redraw: the page with what was typed, what is there now, and where they differ.
    """
    if is_script():
        status = 200 if outcome.is_safe else 409
        return jsonify(state=_state(outcome), text=_words(outcome), base=outcome.base), status
    if not outcome.is_safe:
        return redraw(outcome), 409
    flash(_words(outcome), "good")
    return redirect(back, 303)


def refusal(sentences: list[str], redraw: Callable[[], str]) -> ResponseReturnValue:
    """What was sent cannot be used: why, and nothing is lost. 422."""
    if is_script():
        return jsonify(state="refused", text=" ".join(sentences)), 422
    return redraw(), 422


def _state(outcome: Outcome) -> str:
    return "saved" if outcome.is_safe else "overtaken"


def _words(outcome: Outcome) -> str:
    if not outcome.is_safe:
        return _(
            "Somebody else has changed this since you opened it. Press Save to see both versions; "
            "nothing of yours is lost."
        )
    return _("Saved at %(time)s.", time=clock_time(clock.now()))
