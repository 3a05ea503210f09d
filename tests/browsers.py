"""The real browsers of a test run, one Playwright for both: it allows one at a time in a thread."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ENGINE = "chromium-headless-shell"
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# For pages that live for a second: compiling them to run fast for long costs more than it brings.
_SHORT_LIVED = "--js-flags=--no-opt --no-maglev"


def installed() -> str | None:
    """Chromium of this machine, if it has one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def chromium_path() -> str:
    """Chromium of this machine. Without one the test is skipped, and fails when CI is set."""
    path = installed()
    if path is None:
        reason = "this test needs a browser: install the package chromium"
        if os.environ.get("CI") in ("1", "true"):
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(request: pytest.FixtureRequest) -> "Iterator[Browser]":
    """Chromium as people have it: for what its window asks of a site, too."""
    path = chromium_path()
    yield from _launched(request.getfixturevalue("playwright"), path)


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> "Iterator[Browser]":
    """What draws and runs pages in Chromium, without a window: for half of what a page costs.

    Chromium itself where the package of the engine is not installed.
    """
    yield from _engine(request, _SHORT_LIVED)


@pytest.fixture(scope="session")
def still_engine(request: pytest.FixtureRequest) -> "Iterator[Browser]":
    """As `engine`, but it lays pages out and draws none: a third of what a look at a page costs.

    A pointer waits there without end for its target to stand still; keys work.
    """
    yield from _engine(request, _SHORT_LIVED, "--disable-threaded-compositing")


def _engine(request: pytest.FixtureRequest, *flags: str) -> "Iterator[Browser]":
    path = shutil.which(_ENGINE)
    if path is None:
        yield request.getfixturevalue("chromium")
    else:
        yield from _launched(request.getfixturevalue("playwright"), path, *flags)


def _launched(playwright: "Playwright", path: str, *flags: str) -> "Iterator[Browser]":
    browser = playwright.chromium.launch(executable_path=path, args=[*_FLAGS, *flags])
    yield browser
    browser.close()
