"""An author writes a lesson in the browser: marks, preview, receipts, two tabs, an ended session."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, expect

from elearn.accounts.models import Credential
from elearn.core.db import db, saving
from tests import people
from tests.conftest import person_id
from tests.journeys.site import Site
from tests.journeys.walking import sign_in
from tests.rooms.authoring_drafts import draft_of, files_now

pytestmark = pytest.mark.journey

KEY, ID = "dust-and-light", "01-reading-room/01-dust-and-light.id.md"
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>'
SHELF_AFTER = FilePayload(name="Sesudah.svg", mimeType="image/svg+xml", buffer=DRAWING)
PASTE = """html => {
  const held = new DataTransfer();
  held.setData("text/html", html);
  held.setData("text/plain", "only words");
  const event = new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true});
  document.getElementById("body").dispatchEvent(event);
}"""


@pytest.fixture
def draft(site: Site):
    with site.app.app_context():
        return draft_of()


@pytest.fixture
def address(draft) -> str:
    return f"/authoring/{draft.code}/lessons/{KEY}/id"


def text_in(site: Site, draft) -> str:
    with site.app.app_context():
        return files_now(draft)[ID].decode().partition("\n---\n")[2]


def is_saved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_class(re.compile("save-state--saved"))


def is_unsaved(page: Page) -> None:
    expect(page.locator("#save-state")).to_have_class(re.compile("save-state--unsent"))


def press_save(page: Page, site: Site) -> None:
    page.get_by_role("button", name=site.say("Save"), exact=True).click()


def test_a_lesson_is_written_with_marks_seen_as_it_will_be_and_saved_by_itself(
    site, visit, draft, address
):
    page = visit("budi")
    page.goto(address)
    body, preview = page.locator("#body"), page.locator("[data-live=preview]")
    body.fill("Rak kita")
    page.get_by_role("button", name=site.say("Heading")).click()
    expect(body).to_have_value("## Rak kita")
    expect(preview.get_by_role("heading", name="Rak kita")).to_be_visible()

    body.press("Control+End")
    body.press("Enter")
    page.locator(".toolbar summary", has_text=site.say("Box")).click()
    page.get_by_role("button", name=site.say("Tip")).click()
    page.keyboard.press("Control+b")
    page.keyboard.type("debu")
    assert '!!! tip "Kiat"\n    Tulis di sini.' in body.input_value()
    assert "**debu**" in body.input_value()
    expect(preview.locator("aside strong, p strong")).to_have_text("debu")

    page.locator(".toolbar summary", has_text=site.say("Link")).click()
    page.get_by_role("button", name="Jadwal mingguan").click()
    expect(preview.locator("a", has_text="Jadwal mingguan")).to_have_attribute(
        "href", re.compile("/preview/weekly-plan")
    )

    before = body.input_value()
    page.get_by_role("button", name=site.say("Table")).click()
    assert "| --- | --- |" in body.input_value()
    body.press("Control+z")
    expect(body).to_have_value(before)

    page.locator(".toolbar summary", has_text=site.say("Picture")).click()
    own, there = page.get_by_role("button", name=site.say("Put it here")).all()
    there.click()
    assert "![" not in body.input_value(), "no picture without words for who cannot see it"
    page.locator(".toolbar__picture input").last.fill("Rak [tua]")
    there.click()
    assert "![Rak \\[tua\\]](../media/shelf.svg)" in body.input_value()
    expect(preview.locator("img")).to_have_attribute("alt", "Rak [tua]")

    page.locator("#body-file").set_input_files(SHELF_AFTER)
    page.locator("#body-alt").fill("Rak sesudahnya")
    own.click()
    expect(body).to_have_value(re.compile(r"!\[Rak sesudahnya\]\(\.\./media/sesudah\.svg\)"))
    expect(preview.locator("img")).to_have_count(2)

    page.evaluate(PASTE, "<h1>Dari Word</h1><p>satu <b>dua</b></p><script>alert(1)</script>")
    expect(body).to_have_value(re.compile(r"\n\n## Dari Word\n\nsatu \*\*dua\*\*"))

    is_saved(page)
    expect(page.locator("#save-state")).not_to_contain_text(site.say("Saving…"))
    assert "## Dari Word" in text_in(site, draft)
    assert page.evaluate("sessionStorage.length") == 0


def test_words_that_could_not_be_sent_are_kept_without_a_line_and_without_a_session(
    site, visit, draft, address
):
    page = visit("budi")
    page.goto(address)
    page.context.set_offline(True)
    page.locator("#body").fill("Ditulis tanpa jaringan.")
    press_save(page, site)
    is_unsaved(page)
    page.context.set_offline(False)
    is_saved(page)
    assert text_in(site, draft) == "Ditulis tanpa jaringan.\n"

    page.locator("#body").fill("Ditulis sebelum sesi berakhir.")
    with site.app.app_context(), saving():
        db.session.get(Credential, person_id("budi")).generation += 1
    page.get_by_role("link", name=site.say("Continue")).click()  # the script was told
    sign_in(page, "budi", people.PASSWORD)
    page.wait_for_url(f"**{address}")
    expect(page.locator("#body")).to_have_value("Ditulis sebelum sesi berakhir.")
    is_unsaved(page)
    press_save(page, site)
    is_saved(page)
    assert text_in(site, draft) == "Ditulis sebelum sesi berakhir.\n"


def test_who_writes_in_two_tabs_sees_both_versions_and_chooses(site, visit, draft, address):
    page = visit("budi")
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.locator("#body").fill("Dari tab lain.")
    press_save(other, site)
    is_saved(other)

    page.locator("#body").fill("Dari tab ini.")
    press_save(page, site)
    expect(page.locator(".difference ins")).to_contain_text("Dari tab ini.")
    expect(page.locator(".difference del")).to_contain_text("Dari tab lain.")
    assert text_in(site, draft) == "Dari tab lain.\n"
    press_save(page, site)
    expect(page.locator(".difference")).to_have_count(0)
    assert text_in(site, draft) == "Dari tab ini.\n"


def test_without_javascript_the_same_is_written_saved_and_seen(site, visit, draft, address):
    page = visit("budi", script=False)
    page.goto(address)
    expect(page.locator("[data-toolbar]")).to_be_hidden()
    page.locator("#body").fill("## Tanpa skrip\n\n![Rak](../media/shelf.svg)")
    page.get_by_role("button", name=site.say("Save and preview")).click()
    shown = page.locator("#preview")
    expect(shown.get_by_role("heading", name="Tanpa skrip")).to_be_visible()
    expect(shown.locator("img")).to_have_attribute("alt", "Rak")
    assert "## Tanpa skrip" in text_in(site, draft)
