"""An author writes a question in the browser: rows come and go in place, and it saves by itself."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.site import Site
from tests.rooms.authoring_drafts import draft_of, files_now

pytestmark = pytest.mark.journey


def test_rows_are_added_and_moved_in_place_and_what_is_typed_saves_itself(site: Site, visit):
    with site.app.app_context():
        draft = draft_of()
    page = visit("budi")
    page.goto(f"/authoring/{draft.code}/modules/reading-room/questions/new?kind=single")
    page.locator("#text-id").fill("Apa yang mengangkat debu?")
    page.locator("button[value=add-options]").click()
    page.locator("#options-4-text-id").fill("Sapu lidi")
    page.reload()  # it was not sent yet, and the new page has no fifth row
    expect(page.locator("#text-id")).to_have_value("Apa yang mengangkat debu?")
    page.locator(".save-bar [name=save]").click()
    expect(page.locator("#options-0-text-id")).to_have_value("Sapu lidi")
    page.go_back()
    assert page.evaluate("sessionStorage.length") == 0
    page.goto(f"/authoring/{draft.code}/questions/lift-dust")
    page.locator("#text-en").fill("What takes dust away?")
    page.locator("button[value=add-options]").click()
    expect(page.locator("#options-4-text-id")).to_be_focused()
    expect(page.locator("#text-en")).to_have_value("What takes dust away?")
    page.keyboard.type("Sapu")
    page.locator("button[value=up-options-4]").click()
    expect(page.locator("#options-3-text-id")).to_have_value("Sapu")
    expect(page.locator("#save-state")).to_have_class(re.compile("save-state--saved"))
    with site.app.app_context():
        saved = files_now(draft)["01-reading-room/quiz.yml"].decode()
    assert "What takes dust away?" in saved
    assert saved.index("Kemoceng") < saved.index("Sapu")
