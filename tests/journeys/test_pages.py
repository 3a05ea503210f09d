"""No page in any state keeps anybody out: axe, keyboard, width, frame, requests, content policy."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Watch, opened, visiting
from tests.journeys.inspection import Inspection
from tests.journeys.site import Site
from tests.journeys.state import State
from tests.journeys.states import ALONE, LEFT_IN_THE_BROWSER, PAGES

pytestmark = pytest.mark.journey

IN_THE_WAY = [state for state in PAGES if state.after in LEFT_IN_THE_BROWSER]
LOOKED_AT = [state for state in PAGES if state not in IN_THE_WAY]


@pytest.fixture(scope="session")
def inspection() -> Inspection:
    return Inspection()


Windows = dict[str | None, tuple[Page, Watch]]


@pytest.fixture(scope="session")
def _windows(still_engine: Browser) -> Iterator[Windows]:
    windows: Windows = {}
    yield windows
    for page, _watch in windows.values():
        page.context.close()


@pytest.fixture
def look(
    _windows: Windows, still_engine: Browser, lived_site: Site, inspection: Inspection
) -> Iterator[Callable[[State], Page]]:
    """look(state): the window of the person who is there.

    It stays open for the next look: a new browser for each takes as long as the looking.
    """
    used: list[Watch] = []

    def look(state: State) -> Page:
        if state.who not in _windows:
            watch = Watch(lived_site.address)
            page = inspection.ready(opened(still_engine, lived_site, watch, state.who))
            _windows[state.who] = page, watch
        page, watch = _windows[state.who]
        watch.status = state.status
        watch.troubles.clear()
        used.append(watch)
        return page

    yield look
    assert [trouble for watch in used for trouble in watch.troubles] == []


def name(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", LOOKED_AT, ids=name)
def test_nothing_keeps_anybody_out(state, look, lived_site, inspection):
    assert faults_in(inspection, state, look(state), lived_site) == []


@pytest.mark.parametrize("state", IN_THE_WAY, ids=name)
def test_nothing_keeps_anybody_out_after_an_interruption(state, browser, lived_site, inspection):
    with visiting(browser, lived_site, state.status) as visit:
        page = inspection.ready(visit(state.who))
        assert faults_in(inspection, state, page, lived_site) == []


@pytest.mark.parametrize("state", ALONE, ids=name)
def test_nothing_keeps_anybody_out_of_what_is_rarely_seen(state, still_engine, site, inspection):
    if state.before:
        state.before(site)
    with visiting(still_engine, site, state.status) as visit:
        page = inspection.ready(visit(state.who))
        assert faults_in(inspection, state, page, site) == []


def faults_in(inspection: Inspection, state: State, page: Page, site: Site) -> list[str]:
    path = state.path.format(**site.places)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == state.status
    assert page.url == site.address + path  # and not a page that one was sent to instead
    if state.after:
        state.after(page)
    return inspection.faults_of(page)
