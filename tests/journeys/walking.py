"""How a person goes through the pages: by buttons, links and fields, on any page of studying."""

import re

from playwright.sync_api import Locator, Page

from tests.journeys.site import SLUG, Fields, Site

MOST_STEPS = 90
RECORD = r"/records/20[^/]+/"  # its number begins with the year


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("main").get_by_role("link", name=name, exact=True).first.click()


def sign_in(page: Page, username: str, password: str) -> None:
    """On the sign-in page."""
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")


def give(page: Page, fields: Fields) -> None:
    """Put an answer into the controls of one question, as a finger would."""
    for name, values in fields.items():
        for value in values:
            _give(page, name, value)


def _give(page: Page, name: str, value: str) -> None:
    control = page.locator(f'[name="{name}"]')
    kind = control.first.evaluate("e => e.type")
    if kind in ("radio", "checkbox"):
        page.locator(f'label:has([name="{name}"][value="{value}"])').click()
    elif kind == "select-one":
        control.select_option(value)
    else:
        control.fill(value)


def is_at(page: Page, pattern: str) -> bool:
    return re.fullmatch(r"https?://[^/]+" + pattern + r"(?:[?#].*)?", page.url) is not None


def answer_all(page: Page, site: Site) -> None:
    """Give the right answer to every question of this attempt."""
    for fields in site.right_answers(page.url).values():
        give(page, fields)


def hand_in(page: Page, site: Site) -> None:
    """From the questions over the last look to the result."""
    press(page, site.say("Check and hand in"))
    page.wait_for_url("**/confirm")
    press(page, site.say("Hand in"))
    page.wait_for_url("**/review")


def begin_quiz(page: Page, key: str) -> str:
    """Open the page of a quiz and begin; the address of the attempt."""
    page.goto(f"/quizzes/{SLUG}/{key}")
    page.locator("main form button").click()
    page.wait_for_url("**/attempts/*")
    return page.url


def primary(page: Page) -> Locator:
    """The one button that leads on."""
    return page.locator("main .actions .button:not(.button--secondary)").first


def walk_to_the_record(page: Page, site: Site) -> list[str]:
    """From the course page to the completion record, by nothing but what each page offers next.

    Returns the paths of the pages on the way.
    """
    steps = []
    for _ in range(MOST_STEPS):
        steps.append(page.url.removeprefix(site.address))
        if is_at(page, RECORD):
            return steps
        _one_step(page, site)
    raise AssertionError(f"no record after {MOST_STEPS} pages: {steps}")


def _one_step(page: Page, site: Site) -> None:
    if is_at(page, r"/attempts/[^/]+"):
        answer_all(page, site)
        hand_in(page, site)
    elif is_at(page, r"/quizzes/[^/]+/[^/]+"):
        page.locator("main form button").click()
    elif is_at(page, r"/records/"):
        page.locator("main a[href^='/records/20']").first.click()
    elif page.locator("form.finish").count():
        page.locator("form.finish button").click()
    else:
        primary(page).click()
    page.wait_for_load_state()
