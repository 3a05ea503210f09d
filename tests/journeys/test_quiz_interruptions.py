"""What happens in the middle of a quiz: no line, a reload, two pages, an ended session, sign-out."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from elearn.accounts.models import Credential
from elearn.core.db import db, saving
from elearn.courses import queries as courses
from elearn.quizzes import queries, rules
from elearn.quizzes.formats.papers import drawn_text
from elearn.quizzes.models import Attempt
from tests import people
from tests.conftest import person_id
from tests.journeys.site import Site
from tests.journeys.walking import give, press, sign_in

pytestmark = pytest.mark.journey

QUEUES = "Object.keys(localStorage).filter(key => key.startsWith('elearn-attempt-')).length"


@pytest.fixture
def address(site: Site) -> str:
    """siti has begun the first quiz of the real course: where her attempt is."""
    return site.begun(site.quiz_keys()[0])


def state(page: Page, number: int):
    return page.locator(f"#q{number}-state")


def is_saved(page: Page, number: int) -> None:
    expect(state(page, number)).to_have_class(re.compile("save-state--saved"))


def is_unsent(page: Page, number: int) -> None:
    expect(state(page, number)).to_have_class(re.compile("save-state--unsent"))


def end_sessions(site: Site) -> None:
    """As if the session had run out: the cookie of every device is worth nothing now."""
    with site.app.app_context(), saving():
        db.session.get(Credential, person_id("siti")).generation += 1


def draw_whole_bank(site: Site) -> None:
    """The attempt asks every question of the bank, so that each kind is among them."""
    with site.app.app_context(), saving():
        attempt = db.session.scalars(db.select(Attempt)).one()
        paper = queries.paper_of(attempt)
        everything = replace(paper.unit, draw=99)
        facts = courses.questions(attempt.version_id)
        attempt.drawn = drawn_text(rules.draw(facts, everything, (), attempt.seed))


def test_each_answer_is_saved_as_it_is_given(site, visit, address):
    page = visit("siti")
    page.goto(address)
    for number, fields in site.right_answers(address).items():
        give(page, fields)
        is_saved(page, number)
    total = len(site.right_answers(address))
    assert len(site.saved(address)) == total
    assert page.evaluate(QUEUES) == 0
    expect(page.locator("#save-state")).to_contain_text(str(total))


def test_answers_given_without_a_line_are_kept_over_a_reload_and_sent_later(site, visit, address):
    page = visit("siti")
    page.goto(address)
    answers = site.right_answers(address)
    page.context.set_offline(True)
    for number in (1, 2, 3):
        give(page, answers[number])
    for number in (1, 2, 3):
        is_unsent(page, number)
    expect(page.locator("#quiz-offline")).to_be_visible()
    assert site.saved(address) == {}
    page.context.set_offline(False)
    expect(page.locator("#quiz-offline")).to_be_hidden()
    for number in (1, 2, 3):
        is_saved(page, number)
    assert set(site.saved(address)) == {1, 2, 3}
    assert page.evaluate(QUEUES) == 0


def test_what_a_closed_page_could_not_send_is_sent_by_the_next_one(site, visit, address):
    page = visit("siti")
    page.goto(address)
    answers = site.right_answers(address)
    page.route("**/answers/*", lambda route: route.abort("internetdisconnected"))
    give(page, answers[1])
    is_unsent(page, 1)
    page.goto("/courses/")
    assert page.evaluate(QUEUES) == 1
    page.unroute("**/answers/*")
    page.goto(address)
    is_saved(page, 1)
    assert set(site.saved(address)) == {1}
    give(page, answers[2])  # and the page goes on from there
    is_saved(page, 2)


def test_a_stale_page_is_told_and_the_newer_answer_stays(site, visit, address):
    one = visit("siti")
    one.goto(address)
    (number,) = site.questions_of_kind(address, "single")[:1]
    other = visit("siti")
    other.goto(address)
    choice = other.locator(f"label:has([name=q{number}])")
    choice.nth(0).click()
    is_saved(other, number)
    newest = site.saved(address)
    one.locator(f"label:has([name=q{number}])").nth(1).click()
    is_unsent(one, number)
    expect(one.locator("#quiz-told")).to_be_visible()
    assert site.saved(address) == newest
    one.locator("#quiz-told a").click()
    expect(one.locator(f"[name=q{number}]").nth(0)).to_be_checked()


def test_an_ended_session_loses_no_answer_with_the_script(site, visit, address):
    page = visit("siti")
    page.goto(address)
    answers = site.right_answers(address)
    end_sessions(site)
    give(page, answers[1])
    expect(page.locator("#quiz-told")).to_be_visible()
    is_unsent(page, 1)
    page.locator("#quiz-told a").click()
    sign_in(page, "siti", people.PASSWORD)
    page.wait_for_url(address)
    is_saved(page, 1)
    assert set(site.saved(address)) == {1}


def test_an_ended_session_loses_no_answer_without_the_script(site, visit, address):
    page = visit("siti", script=False)
    page.goto(address)
    for fields in site.right_answers(address).values():
        give(page, fields)
    end_sessions(site)
    press(page, site.say("Save"))
    assert site.saved(address) == {}
    sign_in(page, "siti", people.PASSWORD)
    page.wait_for_url(address)
    assert set(site.saved(address)) == set(site.right_answers(address))


def test_sign_out_leaves_nothing_of_the_answers_in_the_browser(site, visit, address):
    page = visit("siti")
    page.goto(address)
    page.route("**/answers/*", lambda route: route.abort("internetdisconnected"))
    give(page, site.right_answers(address)[1])
    is_unsent(page, 1)
    page.locator(".site-header form button").click()
    expect(page.locator("#quiz-leaving")).to_be_visible()  # an answer would be lost
    assert page.evaluate(QUEUES) == 1
    page.locator(".site-header form button").click()
    page.wait_for_url("**/login")
    assert page.evaluate(QUEUES) == 0


def test_typing_is_saved_on_a_pause_and_on_leaving(site, visit, address):
    page = visit("siti")
    draw_whole_bank(site)
    page.goto(address)
    (number, *_) = site.questions_of_kind(address, "number")
    page.locator(f"#q{number}").press_sequentially("12")
    page.goto("/courses/")
    page.goto(address)
    expect(page.locator(f"#q{number}")).to_have_value("12")
    is_saved(page, number)


def test_the_back_button_after_the_check_shows_what_is_saved(site, visit, address):
    page = visit("siti")
    page.goto(address)
    give(page, site.right_answers(address)[1])
    is_saved(page, 1)
    press(page, site.say("Check and hand in"))
    page.wait_for_url("**/confirm")
    page.go_back()
    is_saved(page, 1)
    give(page, site.right_answers(address)[2])
    is_saved(page, 2)
    assert set(site.saved(address)) == {1, 2}


def test_hand_in_waits_until_every_answer_is_sent(site, visit, address):
    page = visit("siti")
    page.goto(address)
    page.context.set_offline(True)
    give(page, site.right_answers(address)[1])
    is_unsent(page, 1)
    press(page, site.say("Check and hand in"))  # far below the words on why nothing happens
    expect(page.locator("#quiz-offline")).to_be_focused()
    assert page.url == address
    page.context.set_offline(False)
    is_saved(page, 1)
    press(page, site.say("Check and hand in"))
    page.wait_for_url("**/confirm")
    assert set(site.saved(address)) == {1}


def test_a_page_that_was_open_during_the_hand_in_is_told(site, visit, address):
    one = visit("siti")
    one.goto(address)
    other = visit("siti")
    other.goto(f"{address}/confirm")
    press(other, site.say("Hand in"))
    other.wait_for_url("**/review")
    give(one, site.right_answers(address)[1])
    expect(one.locator("#quiz-told")).to_be_visible()
    one.locator("#quiz-told a").click()
    one.wait_for_url("**/review")
    assert site.saved(address) == {}


def test_a_page_that_took_over_an_older_answer_does_not_call_it_saved(site, visit, address):
    one = visit("siti")
    one.goto(address)
    (number,) = site.questions_of_kind(address, "single")[:1]
    one.route("**/answers/*", lambda route: route.abort("internetdisconnected"))
    one.locator(f"label:has([name=q{number}])").nth(0).click()
    is_unsent(one, number)
    other = one.context.new_page()
    other.route("**/answers/*", lambda route: route.abort("internetdisconnected"))
    other.goto(address)
    expect(other.locator(f"[name=q{number}]").nth(0)).to_be_checked()
    one.unroute("**/answers/*")
    one.locator(f"label:has([name=q{number}])").nth(1).click()
    one.locator("#quiz-retry").click()
    is_saved(one, number)
    newest = site.saved(address)
    other.unroute("**/answers/*")
    other.locator("#quiz-retry").click()
    expect(other.locator("#quiz-told")).to_be_visible()
    is_unsent(other, number)
    assert site.saved(address) == newest


def test_the_save_button_sends_without_leaving_the_page(site, visit, address):
    page = visit("siti")
    draw_whole_bank(site)
    page.goto(address)
    (number, *_) = site.questions_of_kind(address, "text")
    page.locator(f"#q{number}").fill("pdf")
    page.evaluate("window.isSamePage = true")
    press(page, site.say("Save"))
    is_saved(page, number)
    assert page.evaluate("window.isSamePage")
    assert site.saved(address) == {number: "pdf"}


def test_a_page_of_a_hotspot_in_between_is_not_taken_for_a_receipt(site, visit, address):
    page = visit("siti")
    page.goto(address)
    hotspot = {"status": 200, "content_type": "text/html", "body": "<h1>Masuk WiFi</h1>"}
    page.route("**/answers/*", lambda route: route.fulfill(**hotspot))
    give(page, site.right_answers(address)[1])
    is_unsent(page, 1)
    page.unroute("**/answers/*")
    page.locator("#quiz-retry").click()
    is_saved(page, 1)
    assert set(site.saved(address)) == {1}
