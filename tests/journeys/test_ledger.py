"""A seminar is logged on a phone and approved with one press; the person sees by whom."""

import pytest
from playwright.sync_api import expect

from elearn.core import clock
from tests.journeys.walking import follow, press
from tests.rooms.records_activities import photo

pytestmark = pytest.mark.journey

TITLE = "Seminar Literasi Desa"


def test_a_seminar_is_logged_on_a_phone_and_seen_approved(site, visit):
    today = clock.day_in(clock.now(), clock.DEFAULT_ZONE).isoformat()
    page = visit("siti", script=False)
    page.goto("/records/")
    follow(page, site.say("Activities elsewhere"))
    follow(page, site.say("Log an activity"))
    page.locator("[name=category]").select_option("seminar")
    for name, value in (
        ("title", TITLE),
        ("organiser", "Dinas"),
        ("first_on", today),
        ("last_on", today),
    ):
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=evidence]").set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    press(page, site.say("Log the activity"))  # the JP were forgotten
    page.locator("[name=jp]").fill("8")
    press(page, site.say("Log the activity"))  # and the photo is still there
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator(".status")).to_have_text(site.say("Waits since today"))

    supervisor = visit("ratna", script=False)
    supervisor.goto("/supervision/decisions/")
    supervisor.get_by_text(TITLE).wait_for()
    supervisor.locator("details summary").click()
    shown = supervisor.locator("article img")
    expect(shown).to_be_visible()
    assert shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    supervisor.locator("button[name=only]").click()
    expect(supervisor.locator(".empty")).to_contain_text(site.say("Nothing waits"))

    page.reload()
    expect(page.locator(".status")).to_have_text(site.say("Approved"))
    expect(page.get_by_role("main")).to_contain_text("Dra. Ratna Dewanti")
    page.goto("/records/")
    expect(page.locator(".big-number")).to_contain_text("8")
