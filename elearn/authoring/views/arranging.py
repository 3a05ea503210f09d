"""Doing something to the contents of a draft, and saying what was done."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.rules import Changes, Files
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.structure import Unknown
from elearn.authoring.views.sentences import name_of, said
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.i18n import gettext as _
from elearn.coursepack.yamledit import Unreadable
from elearn.web.session import actor

Keys = frozenset[str]
Made = tuple[Changes, str]  # and the key of what is new


def arranged(
    code: str, what: str, key: str, rule: Callable[[Files], Changes]
) -> ResponseReturnValue:
    """Do this to a module or lesson as one save; back to its place in the outline, with Undo."""
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            files = queries.texts_of(draft)
            name = name_of(sketch(files), what, key)
            number = service.save(draft, rule(files), what, key, actor(), clock.now())
    except (Unknown, Unreadable) as refusal:
        return refused(refusal, code)
    return done(said(what, name), code, number, _place(code, what, key))


def made(
    code: str, what: str, rule: Callable[[Files, Keys], Made], back: str = ""
) -> ResponseReturnValue:
    """As `arranged`, for what makes a new module or lesson. back: instead of its place."""
    try:
        with saving():
            draft = queries.own_draft_to_change(actor(), code)
            files = queries.texts_of(draft)
            changes, key = rule(files, queries.published_keys(draft.slug))
            number = service.save(draft, changes, what, key, actor(), clock.now())
            name = name_of(sketch(queries.texts_of(draft)), what, key)
    except (Unknown, Unreadable) as refusal:
        return refused(refusal, code)
    return done(said(what, name), code, number, back or _place(code, what, key))


def _place(code: str, what: str, key: str) -> str:
    anchor = None if what.endswith("-deleted") else f"{what.partition('-')[0]}-{key}"
    return url_for(".outline", code=code, _anchor=anchor)


def refused(refusal: Unknown | Unreadable, code: str) -> ResponseReturnValue:
    """Back to the outline, which says why nothing was done."""
    flash(_why(refusal), "warning")
    return redirect(url_for("authoring.outline", code=code), 303)


def _why(refusal: Unknown | Unreadable) -> str:
    if isinstance(refusal, Unknown):
        return _("This is no longer there: somebody has deleted it meanwhile. Nothing was changed.")
    return _(
        "A file of this course cannot be read, so its contents cannot be rearranged. "
        "Open “Check” and mend it first. Nothing was changed."
    )
