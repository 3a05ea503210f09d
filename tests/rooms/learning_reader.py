"""Whoever opens the pages of a course."""

import re

import pytest

from tests.conftest import browser

COURSE = "/courses/contoh/"
LESSON = "/courses/contoh/mulai"


def text_of(response) -> str:
    """What is read on the page, without its marks."""
    main = response.text.partition("<main")[2].partition("</main>")[0]
    words = re.sub(r"<[^>]+>", " ", main).replace("&nbsp;", " ").replace("\xa0", " ")
    return " ".join(words.split())


@pytest.fixture
def reader(sqlite_app):
    """A browser that prefers English, on SQLite: pages do not depend on the database."""
    client = browser(sqlite_app)
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.set_cookie("elearn_language", "en")
    return client
