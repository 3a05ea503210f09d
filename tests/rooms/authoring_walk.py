"""Every page of the authoring room by its route, with the forms that it draws.

The routes are asked of the application, so that a new page is tried as soon as it is there.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from tests.coursepack.example import SLUG
from tests.elements import Elements
from tests.rooms.authoring_forms import form_in

Fields = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Route:
    """One address of the room and one method that it answers."""

    method: str
    rule: str
    endpoint: str
    arguments: frozenset[str]

    def filled(self, values: Mapping[str, str]) -> str:
        """The address with these values in its places."""
        return re.sub(
            r"<(?:[^:>]+:)?([^>]+)>", lambda place: quote(values[place[1]], safe="/"), self.rule
        )


def routes_of(app: Flask, room: str = "authoring") -> list[Route]:
    """Every route of the room; those that read come first."""
    found = [
        Route(method, rule.rule, rule.endpoint, frozenset(rule.arguments))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith(f"{room}.")
        for method in sorted((rule.methods or set()) & {"GET", "POST"})
    ]
    return sorted(found, key=lambda one: (one.method, one.rule))


def forms_at(client: FlaskClient, address: str) -> dict[str, Fields]:
    """The forms of a page that is there: address they post to -> fields."""
    page = client.get(address)
    if page.status_code != 200 or page.mimetype != "text/html":
        return {}
    actions = {form.get("action") for form in Elements(page.text).all("form", method="post")}
    return {action or address: form_in(page.text, action) for action in actions}


def example_values(rule: str, code: str) -> dict[str, str]:
    """What the places of an address of the example course's draft are filled with."""
    key = next((key for part, key in _KEYS.items() if part in rule), "dust-and-light")
    name = "gift" if "/export/" in rule else "shelf.svg"
    return {
        "code": code, "key": key, "name": name, "path": "course.yml", "language": "en",
        "number": "1", "person_id": "1", "slug": SLUG, "token": "a" * 26,
    }  # fmt: skip


KINDS = ("several", "true-false", "ordering", "matching", "short-answer", "numeric")
_KEYS = {
    "/modules/<key>": "reading-room",
    "/questions/<key>": "causes",
    "/items/<key>": "causes",
}


def queries_of(route: Route) -> tuple[str, ...]:
    """What is asked behind an address; each draws a form of its own."""
    if route.endpoint == "authoring.source":
        return ("?path=course.yml", "?path=01-reading-room/01-dust-and-light.id.md")
    if route.endpoint == "authoring.new_question":
        return tuple(f"?kind={kind}" for kind in KINDS)
    return ("",)
