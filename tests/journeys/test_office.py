"""The office in the browser: a supervisor's ten minutes, a seminar that counts, a library that moves."""

import io
import re
from datetime import datetime, timedelta
from random import Random
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from PIL import Image
from playwright.sync_api import expect

from elearn.accounts.models import Person
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db
from elearn.demo.study import go_through
from tests.conftest import person_id
from tests.journeys.site import SLUG
from tests.journeys.walking import follow, is_at, press, sign_in
from tests.people import PASSWORD

pytestmark = pytest.mark.journey

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
SITI = "Siti Aminah, S.IP."


@pytest.fixture
def stuck(site):
    """siti has studied a part of the course, and nothing for three weeks."""
    now = clock.now()
    with site.app.app_context():
        go_through(
            actor_named("siti"), SLUG, "id", 0.4, now - timedelta(days=40),
            now - timedelta(days=21), Random(1),
        )  # fmt: skip
    return site


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_supervisor_sees_who_is_stuck_and_writes_to_her(stuck, visit, size):
    page = visit()
    page.set_viewport_size(size)
    page.goto("/login")
    sign_in(page, "ratna", PASSWORD)
    page.wait_for_url("**/supervision/")  # one press after signing in, and no other

    card = page.locator("article.stuck", has_text=SITI)
    card.locator("summary").click()
    message = card.locator(".message__text").inner_text()
    whatsapp = urlsplit(card.locator("a[href*='wa.me']").get_attribute("href"))
    assert parse_qs(whatsapp.query)["text"] == [message]
    assert SITI in message
    assert "Ratna Dewanti" in message

    with page.expect_navigation():
        card.locator("form button").click()
    card = page.locator("article.stuck", has_text=SITI)
    expect(card.locator("form")).to_have_count(0)  # one reminder a week

    follow(page, SITI)
    assert is_at(page, r"/supervision/people/[^/]+/")
    assert "Dra. Ratna Dewanti" in page.get_by_role("main").inner_text()  # who wrote, and when


def test_the_supervisor_next_door_sees_nobody(stuck, visit):
    page = visit("joko")
    page.goto("/supervision/")
    assert SITI not in page.content()
    with stuck.app.app_context():
        code = db.session.get_one(Person, person_id("siti")).code
    answer = page.goto(f"/supervision/people/{code}/")
    assert answer.status == 404


@pytest.mark.parametrize(
    ("learns_on", "oversees_on"), [(PHONE, DESK), (DESK, PHONE)], ids=["phone-desk", "desk-phone"]
)
def test_a_seminar_is_logged_with_a_photo_approved_with_one_press_and_counts(
    site, visit, learns_on, oversees_on
):
    photo = io.BytesIO()
    Image.new("RGB", (900, 600), "#96480f").save(photo, "JPEG")
    learner = visit("siti", script=False)
    learner.set_viewport_size(learns_on)
    learner.goto("/records/")
    follow(learner, site.say("Activities elsewhere"))
    learner.locator("main a[href='/records/activities/new']").first.click()
    learner.locator("[name=category]").select_option("seminar")
    learner.locator("[name=title]").fill("Literasi digital untuk desa")
    learner.locator("[name=organiser]").fill("Dinas Perpustakaan Kabupaten Sukamaju")
    learner.locator("[name=role]").select_option("participant")
    today = clock.day_in(clock.now(), "Asia/Jakarta").isoformat()
    for name in ("first_on", "last_on"):
        learner.locator(f"[name={name}]").fill(today)
    learner.locator("[name=jp]").fill("4")
    learner.locator("[name=evidence]").set_input_files(
        {"name": "sertifikat.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    press(learner, site.say("Log the activity"))
    assert is_at(learner, r"/records/activities/.*")
    assert "Literasi digital untuk desa" in learner.content()

    office = visit("ratna", script=False)
    office.set_viewport_size(oversees_on)
    office.goto("/supervision/decisions/")
    assert SITI in office.get_by_role("main").inner_text()
    press(office, site.say("Approve %(jp)s JP", jp=4))
    assert SITI not in office.get_by_role("main").inner_text()

    learner.goto("/records/")
    assert re.search(r"\b4\b", learner.get_by_role("main").inner_text())
    learner.goto("/records/activities/")
    follow(learner, "Literasi digital untuk desa")
    assert "Dra. Ratna Dewanti" in learner.get_by_role("main").inner_text()


def test_a_library_moves_on_1_july_and_each_supervisor_sees_it_on_her_side_of_midnight(
    stuck, visit
):
    """In Jakarta; in Greenwich, and so on the server, both looks at midnight are of 30 June."""
    now = clock.now()
    year = now.year + (now.month >= 6)
    july = datetime(year, 7, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    pages = {who: visit(who) for who in ("dewi", "ratna", "joko")}

    def plan(on, size):
        office = pages["dewi"]
        office.set_viewport_size(size)
        office.goto("/admin/tree/perpustakaan-wonosari/move")
        office.locator("main form [name=parent]").fill("kabupaten-mekarsari")
        office.locator("main form [name=on]").fill(on.isoformat())
        press(office, stuck.say("Move"))
        assert is_at(office, "/admin/tree/perpustakaan-wonosari/")

    def who_sees_her():
        seen = set()
        for who in ("ratna", "joko"):
            page = pages[who]
            page.context.add_cookies(stuck.cookies(who))  # of this moment
            page.goto("/supervision/")
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                if page.locator("article.stuck", has_text=SITI).is_visible():
                    seen.add((who, size["width"]))
        return seen

    on_both = {who: {(who, 360), (who, 1280)} for who in ("ratna", "joko")}
    plan(july.date() + timedelta(days=1), PHONE)  # a slip of the finger
    press(pages["dewi"], stuck.say("Take back the plan of %(day)s", day=f"2 Juli {year}"))
    plan(july.date(), DESK)
    assert f"1 Juli {year}" in pages["dewi"].get_by_role("main").inner_text()
    for minutes, who in ((-30, "ratna"), (30, "joko"), (24 * 60, "joko")):
        with time_machine.travel(july + timedelta(minutes=minutes)):
            assert who_sees_her() == on_both[who], minutes
