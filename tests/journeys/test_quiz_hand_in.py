"""Whatever happens around handing in, answers that were called saved are there, and count once.

What happens in the middle of a quiz is in test_quiz_interruptions.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from elearn.learning.models import Event
from elearn.quizzes.models import Attempt
from tests.journeys.site import Site
from tests.journeys.walking import (
    answer_all,
    give,
    hand_in,
    is_at,
    press,
)

pytestmark = pytest.mark.journey

OFFLINE_SECONDS = 60
SAVED = "save-state save-state--saved"
WAITING = "Object.keys(localStorage).filter(key => key.startsWith('elearn-attempt-')).length"


@pytest.fixture
def attempt(site: Site, visit: Callable[..., Page]) -> Page:
    """siti has begun the first quiz of the real course, and looks at it."""
    return begun(site, visit("siti"))


def begun(site: Site, page: Page) -> Page:
    page.goto(site.begun(site.quiz_keys()[0]))
    return page


def choose(page: Page, number: int, option: int) -> None:
    """Give an answer that shows: the nth choice of a question that has choices."""
    page.locator(f'label.choice:has([name="q{number}"][value="{option}"])').click()


def choice_questions(page: Page) -> list[int]:
    """Questions with one choice: true-false and single."""
    names = page.locator("#quiz input[type=radio]").evaluate_all("all => all.map(e => e.name)")
    return sorted({int(name[1:]) for name in names})


def test_a_stale_tab_without_javascript_is_told_and_never_wins(site, visit):
    page = begun(site, visit("siti", script=False))
    number = choice_questions(page)[0]
    other = page.context.new_page()
    other.goto(page.url)
    choose(other, number, 1)
    press(other, site.say("Save"))
    newer = site.saved(page.url)

    choose(page, number, 2)
    press(page, site.say("Save"))
    expect(page.get_by_role("alert")).to_be_visible()
    assert site.saved(page.url) == newer


def test_a_reload_shows_every_answer_again(site, attempt):
    right = site.right_answers(attempt.url)
    answer_all(attempt, site)
    attempt.reload()
    expect(attempt.locator(".save-state--saved")).to_have_count(len(right) + 1)
    before = site.saved(attempt.url)
    assert len(before) == len(right)
    hand_in(attempt, site)
    assert site.row(select(Attempt.score_percent))[0] == 100


def test_an_answer_that_is_saved_while_the_page_is_drawn_anew_is_shown_as_saved(attempt):
    """The new page was drawn before the answer arrived, and comes after its receipt."""
    number, saves = choice_questions(attempt)[0], []
    drawn = attempt.request.get(attempt.url)
    attempt.route("**/answers/*", lambda route: saves.append(route))
    with attempt.expect_request("**/answers/*"):
        choose(attempt, number, 1)
    attempt.evaluate("dispatchEvent(new Event('beforeunload'))")  # as a reload begins
    saves[0].continue_()
    attempt.unroute("**/answers/*")
    expect(attempt.locator(f"#q{number}-state")).to_have_class(SAVED)
    attempt.route(attempt.url, lambda route: route.fulfill(response=drawn))
    attempt.reload()
    expect(attempt.locator(f"#q{number}-state")).to_have_class(SAVED)
    expect(attempt.locator(f'[name="q{number}"][value="1"]')).to_be_checked()
    assert attempt.evaluate(WAITING) == 0


def test_answers_given_while_offline_arrive_when_the_line_is_back(site, visit):
    page = visit("siti")
    page.clock.install()
    begun(site, page)
    right = site.right_answers(page.url)
    page.context.set_offline(True)
    for fields in right.values():
        give(page, fields)
    page.locator("h1").click()
    expect(page.locator("#quiz-offline")).to_be_visible()
    page.clock.run_for(OFFLINE_SECONDS * 1000)
    expect(page.locator(".save-state--saved")).to_have_count(0)
    assert site.saved(page.url) == {}

    page.context.set_offline(False)
    page.clock.run_for(OFFLINE_SECONDS * 1000)
    expect(page.locator(".save-state--saved")).to_have_count(len(right) + 1)
    expect(page.locator("#quiz-offline")).to_be_hidden()
    assert set(site.saved(page.url)) == set(right)
    assert page.evaluate(WAITING) == 0


def test_the_back_button_after_handing_in_changes_nothing(site, attempt):
    address = attempt.url
    answer_all(attempt, site)
    hand_in(attempt, site)
    final = site.saved(address)
    attempt.go_back()
    attempt.go_back()
    attempt.wait_for_load_state()
    assert is_at(attempt, r"/attempts/[^/]+/review")
    assert site.saved(address) == final
    assert site.row(select(Attempt.score_percent))[0] == 100


def test_handing_in_twice_gives_one_grade(site, attempt):
    answer_all(attempt, site)
    press(attempt, site.say("Check and hand in"))
    attempt.wait_for_url("**/confirm")
    other = attempt.context.new_page()
    other.goto(attempt.url)
    attempt.get_by_role("button", name=site.say("Hand in"), exact=True).dblclick()
    attempt.wait_for_url("**/review")
    press(other, site.say("Hand in"))
    other.wait_for_load_state()
    assert site.row(select(func.count()).select_from(Event).where(Event.kind == "scored"))[0] == 1
    assert site.row(select(func.count()).select_from(Attempt))[0] == 1
    assert site.row(select(Attempt.score_percent))[0] == 100
