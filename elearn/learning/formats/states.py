"""States of units as the text that a progress row keeps."""

import json

from elearn.learning.rules import UNTOUCHED, CourseFacts, States, U, UnitState


def as_text(course: CourseFacts[U], states: States) -> str:
    """JSON: unit key -> {"opened": edition, "done": edition, "best": percent, "last": percent,
    "fails": times}.

    In course order and without what is empty, so that equal states are equal text.
    """
    kept = {
        unit.key: _kept(unit.edition, states[unit.key])
        for unit in course.units
        if states.get(unit.key, UNTOUCHED) != UNTOUCHED
    }
    return json.dumps(kept, separators=(",", ":"))


def from_text(course: CourseFacts[U], text: str) -> dict[str, UnitState]:
    """The states of this version; what was kept of another edition does not count in it."""
    kept: dict[str, dict[str, int]] = json.loads(text)
    return {
        unit.key: _state(kept[unit.key])
        for unit in course.units
        if unit.key in kept and kept[unit.key]["opened"] == unit.edition
    }


def _kept(edition: int, state: UnitState) -> dict[str, int]:
    kept = {"opened": edition}
    if state.done:
        kept["done"] = edition
    if state.best_percent is not None and state.last_percent is not None:
        kept["best"], kept["last"] = state.best_percent, state.last_percent
    if state.fails:
        kept["fails"] = state.fails
    return kept


def _state(kept: dict[str, int]) -> UnitState:
    return UnitState(
        opened=True, done="done" in kept, best_percent=kept.get("best"),
        last_percent=kept.get("last"), fails=kept.get("fails", 0),
    )  # fmt: skip
