"""A learner's whole way: from a printed invitation to a record that a stranger can check."""

import re

import pytest
from sqlalchemy import select

from elearn.learning.models import Enrolment
from tests.journeys.site import SLUG
from tests.journeys.walking import is_at, press, walk_to_the_record

pytestmark = pytest.mark.journey

NAME = "Rukmini, A.Md."


def test_a_printed_invitation_leads_to_a_record_that_a_stranger_can_check(site, visit):
    paper = site.run(
        "people", "invite", "--library", "perpustakaan-wonosari", "--course", SLUG, "--as", "dewi"
    )
    page = visit(script=False)

    page.goto(re.search(r"http\S+/invitation/\S+", paper)[0])
    page.locator("input[name=full_name]").fill(NAME)
    page.locator("input[name=username]").fill("rukmini")
    page.locator("input[name=new_password]").fill("sungai mengalir ke laut")
    press(page, site.say("Make my account"))
    assert is_at(page, f"/courses/{SLUG}/")
    press(page, site.say("Join this course"))
    steps = walk_to_the_record(page, site)

    required = site.scalar(select(Enrolment.required_count))
    assert len([s for s in steps if s.startswith((f"/courses/{SLUG}/0", "/quizzes/"))]) >= required
    record = page.get_by_role("article")
    assert NAME in record.inner_text()
    verify = page.locator("main a[href^='/verify/']").first.get_attribute("href")

    stranger = visit(script=False)
    stranger.goto(verify)
    assert stranger.get_by_role("heading", level=1).inner_text() == site.say("This record is valid")
    assert NAME in stranger.get_by_role("main").inner_text()
