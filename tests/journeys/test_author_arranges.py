"""An author puts a course into another order by dragging, and takes it back."""

import pytest
from playwright.sync_api import Locator, Page

from tests.rooms.authoring_drafts import draft_of

pytestmark = pytest.mark.journey


def order(page: Page) -> list[str | None]:
    return [lesson.get_attribute("id") for lesson in page.locator(".outline__lesson").all()]


def drag_below(one: Locator, other: Locator) -> None:
    box = other.bounding_box()
    assert box
    other.scroll_into_view_if_needed()
    below = {"x": 12, "y": box["height"] - 4}
    one.drag_to(other, source_position={"x": 250, "y": 4}, target_position=below)


def test_a_lesson_is_dragged_below_another_and_brought_back(site, visit):
    with site.app.app_context():
        address = f"/authoring/{draft_of().code}/"
    page = visit("budi")
    page.goto(address)
    former = order(page)
    with page.expect_navigation():
        drag_below(page.locator(f"#{former[0]}"), page.locator(f"#{former[1]}"))
    assert order(page) == [former[1], former[0]]
    page.get_by_role("button", name=site.say("Undo")).click()
    page.get_by_text(site.say("Undone.")).wait_for()
    assert order(page) == former


def test_without_a_script_buttons_do_the_same(site, visit):
    with site.app.app_context():
        address = f"/authoring/{draft_of().code}/"
    page = visit("budi", script=False)
    page.goto(address)
    former = order(page)
    page.locator(f"#{former[0]} summary").click()
    page.locator(f"#{former[0]} button[value=down]").click()
    page.locator(".notice__act").wait_for()
    assert order(page) == [former[1], former[0]]
