"""What was done to a draft, by whom and when; and back to any state it was in."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from elearn.authoring import queries, service
from elearn.authoring.models import Draft
from elearn.authoring.rules.edits import Piece, differences
from elearn.authoring.rules.history import sittings
from elearn.authoring.rules.sketch import Sketch
from elearn.authoring.views.blueprint import bp
from elearn.authoring.views.deleting import place_named
from elearn.authoring.views.places import place_of
from elearn.authoring.views.sentences import name_of, said
from elearn.authoring.views.undoing import done
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Missing
from elearn.core.permissions import Action
from elearn.web.guard import requires
from elearn.web.session import actor

SAVES_A_PAGE = 100
MOST_COMPARED = 20  # texts of one state; the others are named only
LONGEST_COMPARED_BYTES = 60_000  # comparing takes longer than the square of the lines


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that is other now than it was. state: what has become of it since."""

    name: str
    state: str  # added, deleted, changed
    pieces: tuple[Piece, ...]  # none: a picture, or a text that is too long


@bp.get("/<code>/history")
@requires(Action.AUTHORING_DRAFT_WRITE)
def history(code: str) -> ResponseReturnValue:
    draft = queries.own_draft(actor(), code)
    before = request.args.get("before", type=int)
    saves = queries.saves_of(draft, SAVES_A_PAGE, before)
    place = place_of(draft, "history")
    lines = [
        (said(one.last.what, name_of(place.sketch, one.last.what, one.last.about)), one)
        for one in sittings(saves)
    ]
    older = saves[-1].number if saves and saves[-1].number > 1 else None
    return render_template("authoring/history.html", place=place, lines=lines, older=older)


@bp.get("/<code>/history/<int:number>")
@requires(Action.AUTHORING_DRAFT_WRITE)
def state(code: str, number: int) -> ResponseReturnValue:
    """A state of the draft beside what it is now."""
    draft = queries.own_draft(actor(), code)
    save = next(iter(queries.saves_of(draft, 1, number + 1)), None)
    if save is None or save.number != number:
        raise Missing("page-missing")
    place = place_of(draft, "history")
    return render_template(
        "authoring/state.html",
        place=place,
        save=save,
        sentence=said(save.what, name_of(place.sketch, save.what, save.about)),
        changed=_changed(draft, number, place.sketch),
    )


@bp.post("/<code>/history/<int:number>/restore")
@requires(Action.AUTHORING_DRAFT_WRITE)
def restore(code: str, number: int) -> ResponseReturnValue:
    """Back to this state: one more save, which can be undone like any other."""
    with saving():
        draft = queries.own_draft_to_change(actor(), code)
        if not 1 <= number <= draft.saves:
            raise Missing("page-missing")
        undone = service.undo_to(draft, number, actor(), clock.now())
    back = url_for(".history", code=code)
    return done(said("undone-to", str(number)), code, undone, back)


def _changed(draft: Draft, number: int, picture: Sketch) -> list[Changed]:
    """Three queries, however many files there are."""
    now, then = queries.tree_of(draft), queries.tree_at(draft, number)
    paths = sorted(path for path in {*now, *then} if now.get(path) != then.get(path))
    compared = [path for path in paths if path in now and path in then and _is_text(path)]
    compared = compared[:MOST_COMPARED]
    new = queries.bytes_of({path: now[path] for path in compared})
    old = queries.bytes_of({path: then[path] for path in compared})
    return [
        Changed(
            name=place_named(picture, path),
            state="deleted" if path not in now else "added" if path not in then else "changed",
            pieces=_pieces(new[path], old[path]) if path in new else (),
        )
        for path in paths
    ]


def _pieces(new: bytes, old: bytes) -> tuple[Piece, ...]:
    if max(len(new), len(old)) > LONGEST_COMPARED_BYTES:
        return ()
    return differences(new.decode(errors="replace"), old.decode(errors="replace"))


def _is_text(path: str) -> bool:
    return path.endswith((".md", ".yml"))
