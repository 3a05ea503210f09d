"""No page in any state keeps anybody out: axe, keyboard, width, frame, requests, content policy."""

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import visiting
from tests.journeys.inspection import Inspection
from tests.journeys.site import Site
from tests.journeys.states import ALONE, PAGES, State

pytestmark = pytest.mark.journey

LOOKED_AT = [state for state in PAGES if not state.after]
ACTED_ON = [state for state in PAGES if state.after]


@pytest.fixture(scope="session")
def inspection() -> Inspection:
    return Inspection()


def name(state: State) -> str:
    return state.name


@pytest.mark.parametrize("state", LOOKED_AT, ids=name)
def test_nothing_keeps_anybody_out(state, look, lived_site, inspection):
    assert faults_in(inspection, state, look(state.who, state.status), lived_site) == []


@pytest.mark.parametrize("state", ACTED_ON, ids=name)
def test_nothing_keeps_anybody_out_of_what_follows_an_act(state, browser, lived_site, inspection):
    with visiting(browser, lived_site, state.status) as visit:
        assert faults_in(inspection, state, visit(state.who), lived_site) == []


@pytest.mark.parametrize("state", ALONE, ids=name)
def test_nothing_keeps_anybody_out_of_what_is_rarely_seen(state, browser, site, inspection):
    if state.before:
        state.before(site)
    with visiting(browser, site, state.status) as visit:
        assert faults_in(inspection, state, visit(state.who), site) == []


def faults_in(inspection: Inspection, state: State, page: Page, site: Site) -> list[str]:
    path = state.path.format(**site.places)
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == state.status
    assert page.url == site.address + path  # and not a page that one was sent to instead
    if state.after:
        state.after(page)
    return inspection.faults_of(page)
