"""What a page is looked at in: who is there, and what has been done."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.journeys.site import Site


@dataclass(frozen=True, slots=True)
class State:
    name: str
    path: str
    who: str | None = None
    after: Callable[[Page], None] | None = None
    before: Callable[[Site], None] | None = None
    status: int = 200  # of the page before anything is done there


def nothing_typed(page: Page) -> None:
    """Send the page's form as it is, past what the browser itself would ask for."""
    page.locator("main form").last.evaluate(
        "form => { form.noValidate = true; form.requestSubmit(); }"
    )
    page.wait_for_selector(".field__error, #faults")
