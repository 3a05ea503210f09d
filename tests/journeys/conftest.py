"""A real browser, a site of one's own for each journey, and nothing unseen going wrong on a page."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import abort
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import create_engine

from elearn.core import clock
from elearn.core.db import saving
from elearn.coursepack.folder import read_course
from elearn.courses import service
from elearn.courses.formats.html import render_course
from tests.conftest import make_app
from tests.factories import administrator
from tests.journeys.lives import live
from tests.journeys.site import BASIC_ICT, Site, running

PHONE = {"width": 360, "height": 740}
# What Chromium says of every answer above 399, and of every line that is cut on purpose.
FAILED = "Failed to load resource: "
CUT = f"{FAILED}net::ERR_INTERNET_DISCONNECTED"
REFUSED = f"{FAILED}the server responded with a status of "


@pytest.fixture(scope="session")
def browser(engine: Browser) -> Browser:
    return engine


@pytest.fixture(scope="session")
def course_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cast and the real course, published; copied for each site."""
    folder = tmp_path_factory.mktemp("journeys")
    shutil.copy(sqlite_template, folder / "elearn.sqlite")
    app = make_app(folder)
    with app.app_context():
        course, problems = read_course(BASIC_ICT)
        assert course is not None, [problem.format("en") for problem in problems]
        html, actor = render_course(course), administrator()
        with saving():
            service.publish(course, html, actor, clock.now())
    return whole(folder / "elearn.sqlite")


def whole(file: Path) -> Path:
    """The same file with nothing left in its log beside it."""
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture
def site(course_template: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of its own, as in production, answering on this machine."""
    with running(course_template, tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def lived_site(course_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site on which the cast has been at work. Look at it, and change nothing that others see."""
    with running(course_template, tmp_path_factory.mktemp("lived")) as site:
        site.app.add_url_rule("/error/<int:status>", view_func=lambda status: abort(status))
        with site.app.app_context():
            site.places.update(live())
        yield site


@dataclass
class Watch:
    """What no page may do behind the reader's back; a refusal (4xx) and `status` are no trouble."""

    home: str
    status: int = 200
    troubles: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        context.on("console", lambda message: self._hear(message.type, message.text))
        context.on("weberror", lambda fault: self.troubles.append(f"script: {fault.error}"))
        context.on("request", lambda request: self._see(request.url))

    def _hear(self, kind: str, text: str) -> None:
        expected = (CUT, f"{REFUSED}4", f"{REFUSED}{self.status}")
        if kind in ("error", "warning") and not text.startswith(expected):
            self.troubles.append(f"{kind}: {text}")

    def _see(self, url: str) -> None:
        if not url.startswith((self.home, "data:")):
            self.troubles.append(f"a request left the site: {url}")


Visit = Callable[..., Page]


def opened(
    browser: Browser, site: Site, watch: Watch, who: str | None, *, script: bool = True
) -> Page:
    """A page in a browser of its own, on a phone."""
    context = browser.new_context(
        viewport=PHONE, locale="id-ID", timezone_id="Asia/Jakarta", reduced_motion="reduce",
        java_script_enabled=script, base_url=site.address,
    )  # fmt: skip
    context.set_default_timeout(10_000)
    if who:
        context.add_cookies(site.cookies(who))
    watch.over(context)
    return context.new_page()


@contextmanager
def visiting(browser: Browser, site: Site, status: int = 200) -> Iterator[Visit]:
    """visit(who=None, script=True): at the end no page has met an error or left the site."""
    watch = Watch(site.address, status)
    pages: list[Page] = []

    def visit(who: str | None = None, *, script: bool = True) -> Page:
        pages.append(opened(browser, site, watch, who, script=script))
        return pages[-1]

    yield visit
    for page in pages:
        page.context.close()
    assert watch.troubles == []


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    """Browsers on a site of one's own."""
    with visiting(browser, site) as visit:
        yield visit


@pytest.fixture
def look_in(browser: Browser, lived_site: Site) -> Iterator[Visit]:
    """Browsers on the site where the cast has been at work."""
    with visiting(browser, lived_site) as visit:
        yield visit
