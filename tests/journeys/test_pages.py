"""No page in any state keeps anybody out: axe, keyboard, width, frame, requests, content policy."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.conftest import visiting
from tests.journeys.inspection import faults_of
from tests.journeys.site import Site
from tests.journeys.states import ALONE, PAGES, State

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("state", PAGES, ids=lambda state: state.name)
def test_nothing_keeps_anybody_out(state, browser, lived_site):
    assert faults_in(state, browser, lived_site) == []


@pytest.mark.parametrize("state", ALONE, ids=lambda state: state.name)
def test_nothing_keeps_anybody_out_of_what_is_rarely_seen(state, browser, site):
    if state.before:
        state.before(site)
    assert faults_in(state, browser, site) == []


def faults_in(state: State, browser: Browser, site: Site) -> list[str]:
    path = state.path.format(**site.places)
    with visiting(browser, site, state.status) as visit:
        page = visit(state.who)
        answer = page.goto(path)
        assert answer.status == state.status
        assert page.url == site.address + path  # and not a page that one was sent to instead
        if state.after:
            state.after(page)
        return faults_of(page)
