"""The check of a draft: everything that is wrong with it, or could be better, as one list."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from flask import render_template
from flask.typing import ResponseReturnValue

from elearn.authoring import queries
from elearn.authoring.rules.fields import Located
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.located import Shown, name_of_part, shown
from elearn.authoring.views.places import Place, place_of
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


def _by_part(found: Iterable[Located], place: Place) -> list[Group]:
    """The problems of each part of the course, under the name that people call it."""
    ordered = sorted(found, key=lambda one: _RANKS.get(one.part.kind, 2))
    named = ((name_of_part(one.part, place.sketch), one) for one in ordered)
    return [
        (name, [shown(one, place.draft.code) for _name, one in group])
        for name, group in groupby(named, key=lambda pair: pair[0])
    ]
