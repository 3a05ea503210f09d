"""A learner's whole way: from a printed invitation to a record that a stranger can check."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from pypdf import PdfReader
from sqlalchemy import select

from elearn.learning.models import Progress
from elearn.records.formats.evidence import LONG_SIDE
from tests.factories import published_example
from tests.journeys.qrcode import scan
from tests.journeys.site import SLUG
from tests.journeys.walking import (
    answer_all,
    begin_quiz,
    hand_in,
    is_at,
    press,
    sign_in,
    walk_to_the_record,
)
from tests.people import PASSWORD

pytestmark = pytest.mark.journey

NAME = "Rukmini, A.Md."
SHORT = "contoh"  # has each kind of unit and of question


def test_a_printed_invitation_leads_to_a_record_that_a_stranger_can_check(site, visit):
    with site.app.app_context():
        published_example()
    paper = site.run(
        "people", "invite", "--library", "perpustakaan-wonosari", "--course", SHORT, "--as", "dewi"
    )
    page = visit(script=False)

    page.goto(re.search(r"http\S+/invitation/\S+", paper)[0])
    page.locator("input[name=full_name]").fill(NAME)
    page.locator("input[name=username]").fill("rukmini")
    page.locator("input[name=new_password]").fill("sungai mengalir ke laut")
    press(page, site.say("Make my account"))
    assert is_at(page, f"/courses/{SHORT}/")
    press(page, site.say("Join this course"))
    steps = walk_to_the_record(page, site)

    done, required = site.row(select(Progress.done_count, Progress.required_count))
    assert done == required
    units = {s for s in steps if s.startswith((f"/courses/{SHORT}/", "/quizzes/"))}
    assert len(units) > required  # every one has been a page on the way

    record = page.get_by_role("article")
    assert NAME in record.inner_text()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    pdf = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    assert len(pdf.pages) == 2
    assert NAME in pdf.pages[0].extract_text()
    assert download.value.suggested_filename.endswith(".pdf")
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 2

    stranger = visit(script=False)
    stranger.goto(scan(page.locator("svg.qr")))
    expect(stranger.get_by_role("heading", level=1)).to_contain_text(
        site.say("This record is valid")
    )
    assert NAME in stranger.get_by_role("main").inner_text()


def test_signing_in_leads_back_to_the_lesson_and_each_step_shows_where_to_go_on(site, visit):
    page = visit()
    page.goto(f"/courses/{SLUG}/")
    page.get_by_role("main").get_by_role("link", name=site.say("Sign in to join")).click()
    sign_in(page, "siti", PASSWORD)
    assert is_at(page, f"/courses/{SLUG}/")
    press(page, site.say("Join this course"))
    page.goto(f"/courses/{SLUG}/parts-and-power")
    press(page, site.say("Done and continue"))
    assert is_at(page, f"/courses/{SLUG}/folders-and-names")

    page.goto("/")
    page.get_by_role("main").get_by_role("link", name=site.say("Continue reading")).click()
    assert is_at(page, f"/courses/{SLUG}/folders-and-names")
    page.goto("/records/")
    expect(page.get_by_role("main")).to_contain_text(site.say("No records yet"))


def test_with_javascript_each_answer_is_saved_as_it_is_given(site, visit):
    page = visit("siti")
    page.goto(f"/courses/{SLUG}/")
    press(page, site.say("Join this course"))
    key = site.quiz_keys()[0]
    begin_quiz(page, key)
    right = site.right_answers(page.url)
    answer_all(page, site)
    page.locator("h1").click()  # leaves the last field
    total = site.say("Saved, %(answered)s of %(total)s", answered=len(right), total=len(right))
    expect(page.locator("#save-state")).to_have_text(total)
    assert len(site.saved(page.url)) == len(right)

    hand_in(page, site)
    expect(page.get_by_role("main")).to_contain_text("100")
    expect(page.get_by_role("main")).to_contain_text(site.say("Passed"))


def test_a_photo_is_made_as_small_as_it_is_kept_before_it_is_sent(visit):
    photo = io.BytesIO()
    Image.effect_noise((2 * LONG_SIDE, 400), 40).save(photo, "JPEG", quality=95)
    page = visit("siti")
    page.goto("/records/activities/new")
    page.locator("[name=evidence]").set_input_files(
        {"name": "sertifikat.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    page.wait_for_function(
        "most => document.querySelector('[name=evidence]').files[0].size < most",
        arg=len(photo.getvalue()) // 2,
    )
    assert page.evaluate(
        "createImageBitmap(document.querySelector('[name=evidence]').files[0])"
        ".then(picture => [picture.width, picture.height])"
    ) == [LONG_SIDE, 200]
