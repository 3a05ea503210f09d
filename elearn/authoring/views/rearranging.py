"""Modules and lessons moved, doubled and deleted from the outline."""

from flask import request
from flask.typing import ResponseReturnValue

from elearn.authoring.rules import structure
from elearn.authoring.views.arranging import arranged, made
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.deleting import LESSON, MODULE, delete_or_ask
from elearn.core.errors import Invalid
from elearn.core.permissions import Action
from elearn.web.guard import requires

_STEPS = {"up": -1, "down": 1}


@bp.post("/<code>/lessons/<key>/arrange")
@requires(Action.AUTHORING_DRAFT_WRITE)
def arrange_lesson(code: str, key: str) -> ResponseReturnValue:
    act = request.form.get("act", "place")
    if act == "delete":
        return delete_or_ask(code, key, LESSON)
    if act == "duplicate":
        return made(
            code,
            "lesson-duplicated",
            lambda files, published: structure.duplicate_lesson(files, key, published),
        )
    if act in _STEPS:
        step = _STEPS[act]
        return arranged(
            code, "lesson-moved", key, lambda files: structure.shift_lesson(files, key, step)
        )
    place = _place()
    return arranged(
        code, "lesson-moved", key, lambda files: structure.place_lesson(files, key, place)
    )


@bp.post("/<code>/modules/<key>/arrange")
@requires(Action.AUTHORING_DRAFT_WRITE)
def arrange_module(code: str, key: str) -> ResponseReturnValue:
    act = request.form.get("act", "place")
    if act == "delete":
        return delete_or_ask(code, key, MODULE)
    if act == "duplicate":
        return made(
            code,
            "module-duplicated",
            lambda files, published: structure.duplicate_module(files, key, published),
        )
    if act in _STEPS:
        step = _STEPS[act]
        return arranged(
            code, "module-moved", key, lambda files: structure.shift_module(files, key, step)
        )
    place = _place()
    return arranged(
        code, "module-moved", key, lambda files: structure.move_module(files, key, place)
    )


def _place() -> int:
    """The place that a thing was dragged to, from 0; the form counts from 1."""
    place = request.form.get("place", "")
    if not place.isdecimal() or len(place) > 4:
        raise Invalid("input-invalid")
    return int(place) - 1
