"""A browser at the editor of a lesson."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient

from elearn.accounts.queries.actors import actor_named
from elearn.authoring.models import Draft
from elearn.core.db import db
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.elements import Elements
from tests.factories import published_files
from tests.rooms.authoring_drafts import draft_of, files_now

KEY, ID, EN = (
    "dust-and-light",
    "01-reading-room/01-dust-and-light.id.md",
    "01-reading-room/01-dust-and-light.en.md",
)
JSON = {"Accept": "application/json"}
LONG = "Rak 7 menghadap jendela timur, dan matahari pagi mengenainya."


def value_of(html: str, name: str) -> str:
    for tag in ("input", "textarea"):
        for attributes in Elements(html).all(tag, name=name):
            if tag == "input":
                return attributes.get("value") or ""
            found = re.search(
                rf'<textarea[^>]*name="{name}"[^>]*>\r?\n?(.*?)</textarea>', html, re.S
            )
            return found[1].replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&") if found else ""  # fmt: skip
    raise AssertionError(f"no field {name}")


@dataclass
class Editor:
    """A browser at the editor of one lesson of a draft."""

    client: FlaskClient
    draft: Draft
    language: str = "id"

    @property
    def address(self) -> str:
        return f"/authoring/{self.draft.code}/lessons/{KEY}/{self.language}"

    def open(self) -> dict[str, str]:
        page = self.client.get(self.address)
        assert page.status_code == 200
        names = ["title", "body", "sources", "base"]
        names += ["minutes"] if 'name="minutes"' in page.text else []
        return {name: value_of(page.text, name) for name in names}

    def send(self, fields, **options):
        return self.client.post(self.address, data=fields, **options)

    def now(self, path: str = ID) -> str:
        db.session.rollback()  # what the request has saved since
        return files_now(self.draft)[path].decode()


def published() -> int:
    """A version of the example course."""
    return published_files(example_files(), actor_named("budi"))


@pytest.fixture
def editor(sqlite_app: Flask) -> Editor:
    return Editor(signed_in(browser(sqlite_app), "budi"), draft_of())
