"""No page in any state keeps anybody out: axe, keyboard, width, frame, requests, content policy."""

import pytest

from tests.journeys.inspection import faults_of
from tests.journeys.states import ALONE, PAGES

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("state", PAGES, ids=lambda state: state.name)
def test_nothing_keeps_anybody_out(state, lived_site, look_in):
    page = look_in(state.who)
    page.goto(state.path.format(**lived_site.places))
    if state.after:
        state.after(page)
    assert faults_of(page) == []


@pytest.mark.parametrize("state", ALONE, ids=lambda state: state.name)
def test_nothing_keeps_anybody_out_of_what_is_rarely_seen(state, site, visit):
    if state.before:
        state.before(site)
    page = visit(state.who)
    page.goto(state.path)
    if state.after:
        state.after(page)
    assert faults_of(page) == []
