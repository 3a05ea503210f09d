"""A stranger holds a printed record and asks whether it is genuine."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.journeys.qrcode import scan

pytestmark = pytest.mark.journey

# Lines of the two sheets that say something of this record, and no more than one fact between commas;
# the last of all is the state, which the sheet cannot know.
FACTS = (
    ".record__sheet strong", ".record__number", ".record__name", ".record__name + .record__small",
    ".record__course", ".record__course ~ .record__small", ".record__signature",
    ".record__foot > div:last-child > p:first-child", ".record tbody td", ".record dd:not(:last-child)",
)  # fmt: skip


def test_every_printed_fact_is_on_the_page_that_the_qr_code_leads_to(lived_site, look_in):
    sheet = look_in("ratna", script=False)
    sheet.goto(f"/records/{lived_site.places['record']}/")
    printed = [text for each in FACTS for text in sheet.locator(each).all_inner_texts()]
    assert len(printed) > len(FACTS)

    stranger = look_in(script=False)
    answer = stranger.goto(scan(sheet.locator("svg.qr")))
    assert answer.status == 200
    stranger.locator("details summary").click()
    told = plain(stranger.get_by_role("main").inner_text())
    facts = {fact for text in printed for fact in re.split(r", |\n", plain(text, r"[ \t\xa0]+"))}
    assert {fact for fact in facts if fact.strip(" .") not in told} == set()


def plain(text: str, spaces: str = r"\s+") -> str:
    return re.sub(spaces, " ", text)


def test_the_page_answers_programs_with_what_was_signed(lived_site, look_in):
    page = look_in(script=False)
    page.goto(f"/verify/{lived_site.places['code']}")
    link = page.get_by_role("main").get_by_role("link", name=re.compile(r"\.json$"))
    answer = page.request.get(link.get_attribute("href"))
    assert answer.ok
    assert lived_site.places["record"] in json.dumps(answer.json())


def test_a_record_that_does_not_hold_any_more_says_so_first(lived_site, look_in):
    page = look_in(script=False)
    page.goto(f"/verify/{lived_site.places['revoked-code']}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        lived_site.say("This record was revoked")
    )
    expect(page.get_by_role("main")).to_contain_text("Nama tertukar")


def test_a_code_with_a_slip_leads_to_a_page_that_takes_the_right_one(lived_site, look_in):
    page = look_in(script=False)
    right = lived_site.places["code"]
    slip = right[:-1] + ("2" if right[-1] != "2" else "3")
    assert page.goto(f"/verify/{slip}").status == 404
    field = page.locator("main input[name=code]")
    expect(field).to_have_value(slip)
    field.fill(f"  {right.upper()} ")
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        lived_site.say("This record is valid")
    )
