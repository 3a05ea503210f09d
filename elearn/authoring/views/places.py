"""Where a page of a draft is: the draft, its picture, and the way to its other pages."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from elearn.authoring import queries
from elearn.authoring.models import Draft
from elearn.authoring.rules.sketch import Sketch, sketch
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.courses import queries as courses

# Tabs that a published draft has no use for.
_WRITING = frozenset({"check", "publishing"})


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a draft that is read only. number: of its version; newest: of the course."""

    number: int
    newest: int


@dataclass(frozen=True, slots=True)
class Place:
    """A draft as its pages need it. title: of the course, in title_language."""

    draft: Draft
    sketch: Sketch
    tabs: tuple[Tab, ...]
    ended: Ended | None

    @property
    def title_language(self) -> str:
        wanted = page_language()
        return wanted if self.sketch.titles.get(wanted) else self.sketch.first_language

    @property
    def title(self) -> str:
        return self.sketch.title(self.title_language)

    def address(self, page: str, /, **values: Any) -> str:
        """The address of another page of this draft: `place.address("facts")`."""
        return url_for(f"authoring.{page}", code=self.draft.code, **values)


def place_of(draft: Draft, here: str) -> Place:
    """here: endpoint of the tab that this page belongs to, without the room.

    Two queries; of a draft that has been published some more.
    """
    ended = ended_of(draft)
    drawn = sketch(queries.texts_of(draft), tuple(queries.tree_of(draft)))
    tabs = tuple(
        Tab(label, url_for(f"authoring.{page}", code=draft.code), page == here)
        for page, label in _tabs()
        if not (ended and page in _WRITING)
    )
    return Place(draft, drawn, tabs, ended)


def ended_of(draft: Draft) -> Ended | None:
    """None while the draft can be written at."""
    if draft.version_id is None:
        return None
    number, newest = courses.outline(draft.version_id).number, courses.newest(draft.slug)
    return Ended(number, max(number, newest.number) if newest else number)


def _tabs() -> list[tuple[str, str]]:
    return [
        ("outline", _("Contents")),
        ("facts", _("About the course")),
        ("media", _("Pictures")),
        ("check", _("Check")),
        ("preview", _("Preview")),
        ("history", _("History")),
        ("publishing", _("Publish")),
    ]
