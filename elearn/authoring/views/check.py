"""The check of a draft: everything that is wrong with it, or could be better, as one list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.rules import Changes
from elearn.authoring.rules.fields import Located
from elearn.authoring.rules.strays import is_stray
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.located import Shown, name_of_part, shown
from elearn.authoring.views.places import Place, place_of
from elearn.authoring.views.sentences import said as words_of_act
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.permissions import Action
from elearn.courses.limits import course_limits
from elearn.web.guard import requires
from elearn.web.session import actor

Group = tuple[str, list[Shown]]

# The order of the course as its author thinks of it.
_RANKS = {"draft": 0, "course": 1, "task": 3, "picture": 4, "file": 5}


@bp.get("/<code>/check")
@requires(Action.AUTHORING_DRAFT_WRITE)
def check(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    place = place_of(draft, "check")
    found = queries.findings_of(draft, course_limits())
    errors = [one for one in found if one.problem.severity == "error"]
    advice = [one for one in found if one.problem.severity == "warning"]
    return render_template(
        "authoring/check.html",
        place=place,
        errors=_by_part(errors, place),
        error_count=len(errors),
        advice=_by_part(advice, place),
        advice_count=len(advice),
    )


@bp.post("/<code>/check/delete")
@requires(Action.AUTHORING_DRAFT_WRITE)
def delete_stray(code: str) -> ResponseReturnValue:
    """Only a file that no course may have; a second click finds nothing left to do."""
    path = request.form.get("path", "")
    if not is_stray(path):
        raise Missing("page-missing")
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        gone: Changes = {path: None}
        number = service.save(draft, gone, "file-deleted", path, actor(), clock.now())
    return done(words_of_act("file-deleted", path), code, number, url_for(".check", code=code))


def _by_part(found: Iterable[Located], place: Place) -> list[Group]:
    """The problems of each part of the course, under the name that people call it."""
    ordered = sorted(found, key=lambda one: _RANKS.get(one.part.kind, 2))
    named = ((name_of_part(one.part, place.sketch), one) for one in ordered)
    return [
        (name, [shown(one, place.draft.code) for _name, one in group])
        for name, group in groupby(named, key=lambda pair: pair[0])
    ]
