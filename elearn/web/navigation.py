"""Links that lead from a lower floor to a higher one: the factory fills them, nobody calls up."""

from dataclasses import dataclass

from flask import Flask, request, url_for
from flask_babel import LazyString
from flask_login import current_user

from elearn.core.permissions import Action, Actor, may, parts


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation, for those who may do the action (None: everybody)."""

    endpoint: str
    label: LazyString
    action: Action | None = None


@dataclass(frozen=True, slots=True)
class ShownItem:
    endpoint: str
    label: LazyString
    current: bool


class Navigation:
    """Filled once by the factory, read by every page."""

    def __init__(self) -> None:
        self.items: list[NavItem] = []
        self.overseers: NavItem | None = None  # where those begin who oversee a part of the tree
        self.room_entries: dict[str, str] = {}  # room -> entry that its other pages belong to
        self.unit_endpoints: dict[str, str] = {}

    def shown(self) -> list[ShownItem]:
        """The entries that this reader may use, with the room of this page marked."""
        here = self._entry_of(request.endpoint or "")
        return [
            ShownItem(item.endpoint, item.label, item.endpoint == here)
            for item in self.items
            if item.action is None or may(current_user.actor, item.action)
        ]

    def _entry_of(self, endpoint: str) -> str | None:
        """The entry that a page belongs to: itself, else what its room is filed under."""
        if any(item.endpoint == endpoint for item in self.items):
            return endpoint
        return self.room_entries.get(endpoint.split(".")[0])


navigation = Navigation()


def first_page(actor: Actor) -> str:
    """Where somebody goes who has just signed in and had asked for no page.

    Who oversees a part of the tree begins there: she has ten minutes, and what she studies herself
    is one click away. Everybody else begins at home.
    """
    overseers = navigation.overseers
    if overseers and overseers.action and parts(actor, overseers.action):
        return url_for(overseers.endpoint)
    return f"{request.script_root}/"


def unit_url(slug: str, kind: str, key: str) -> str:
    """The page of a unit: a lesson's in `learning`, a quiz's in `quizzes`."""
    return url_for(navigation.unit_endpoints[kind], slug=slug, key=key)


def register_navigation(app: Flask) -> None:
    app.jinja_env.globals["unit_url"] = unit_url

    @app.context_processor
    def items() -> dict[str, object]:
        return {"nav_items": navigation.shown()}
