"""Comments on the pages of a draft: what was said, and the form to say something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearn.authoring.forms.review import CommentForm
from elearn.authoring.queries import Said
from elearn.authoring.rules.sketch import Sketch
from elearn.authoring.rules.units import places_of
from elearn.authoring.views.carriage import copy_first
from elearn.core.errors import Conflict, Missing
from elearn.core.i18n import lazy_gettext as _l
from elearn.web.messages import sentence_for


@dataclass(frozen=True, slots=True)
class Talk:
    """What `authoring/_comments.html` draws. comments: by place; action: where a new one goes.

    is_closed: none is taken any more. form: one that was not taken, with what was typed; why: the
    reason, when it is none of a field.
    """

    comments: Mapping[str, list[Said]]
    action: str
    can_settle: bool
    is_closed: bool
    form: CommentForm | None = None
    why: str = ""

    def of(self, place: str) -> list[Said]:
        return self.comments.get(place, [])

    def is_faulty_at(self, place: str) -> bool:
        return self.form is not None and (self.form.place.data or "") == place


def place_in(sketch: Sketch, form: CommentForm) -> str:
    """What the comment is about. Raises Missing for what the draft does not have."""
    place = form.place.data or ""
    if place and place not in places_of(sketch):
        raise Missing("comment-missing")
    return place


def kept_comment(gone: Missing | Conflict, sent: Mapping[str, str], way_on: str) -> str:
    """The comment, to be copied, whose place or link is gone by now, or whose draft has ended."""
    return copy_first(sentence_for(gone), sent, {"text": _l("Comment")}, way_on)


def anchor(number: int) -> str:
    """Where a comment stands on its page."""
    return f"comment-{number}"
