"""What the pages of studying cost: statements at two data sizes, bytes of a first view."""

import shutil
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.learning import service
from tests.conftest import browser, in_use, make_app, signed_in
from tests.factories import published_example
from tests.queries import counted
from tests.rooms.learning_acts import actor, begin_two_parts, finish, join, publish_as, score

# address, who, the most statements
BARS = [
    ("/", "siti", 9),
    ("/", None, 1),
    ("/", "budi", 9),  # a newcomer
    ("/courses/", "siti", 3),
    ("/courses/", None, 1),
    ("/courses/?q=contoh&show=mine", "siti", 3),
    ("/courses/contoh/", "siti", 5),
    ("/courses/contoh/", "budi", 4),
    ("/courses/contoh/", None, 2),
    ("/courses/contoh/mulai", "siti", 3),
    ("/courses/contoh/task", "siti", 3),
]


def many() -> None:
    """More courses, versions, people, events: what a page must not go through one by one."""
    begin_two_parts()
    published_example(2)
    for number in range(6):
        publish_as(f"kursus-{number}")
        with saving():
            service.enrol(actor("siti"), f"kursus-{number}", "id", clock.now())
    for who in ("joko", "ratna", "dewi"):
        join(who)
        finish("mulai", "folder", username=who)
    for points in range(30):
        score("satu-quiz", points, False)
    finish("internet")


@pytest.fixture(scope="module")
def quiet(sqlite_template, tmp_path_factory):
    """A site on which little has happened; only looked at."""
    return lived(sqlite_template, tmp_path_factory.mktemp("quiet"), begin_two_parts)


@pytest.fixture(scope="module")
def busy(sqlite_template, tmp_path_factory):
    """A site on which much has happened; only looked at."""
    return lived(sqlite_template, tmp_path_factory.mktemp("busy"), many)


def lived(template: Path, folder: Path, live: Callable[[], None]) -> Flask:
    shutil.copy(template, folder / "elearn.sqlite")
    app = make_app(folder)
    with in_use(app):
        live()
    return app


def statements(app: Flask, address: str, who: str | None) -> list[str]:
    with in_use(app):
        reader = signed_in(browser(app), who) if who else browser(app)
        reader.get(address)  # what is immutable is kept from here on
        db.session.remove()
        with counted() as sent:
            assert reader.get(address).status_code == 200
        return sent


@pytest.mark.parametrize(("address", "who", "most"), BARS)
def test_a_page_asks_the_database_as_often_for_much_as_for_little(quiet, address, who, most):
    little = statements(quiet, address, who)
    assert len(little) <= most, "\n".join(little)


@pytest.mark.parametrize(("address", "who", "most"), BARS)
def test_and_no_more_often_when_there_is_much(busy, address, who, most):
    much = statements(busy, address, who)
    assert len(much) <= most, "\n".join(much)


def test_a_lesson_of_text_is_at_most_25_kb_at_the_first_view(quiet):
    """The page and its one sheet, as a browser gets them."""
    with in_use(quiet):
        reader = signed_in(browser(quiet), "siti")
        page = reader.get("/courses/contoh/mulai", headers={"Accept-Encoding": "br"})
        html = brotli.decompress(page.data).decode()
        sheet = html.partition('rel="stylesheet" href="')[2].partition('"')[0]
        style = reader.get(sheet, headers={"Accept-Encoding": "br"})
    assert style.status_code == 200
    assert "<script" not in html
    assert len(page.data) + len(style.data) <= 25_000
