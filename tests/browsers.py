"""The one real browser of a test run: Playwright allows one at a time in a thread."""

import os
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


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
def chromium() -> "Iterator[Browser]":
    path = chromium_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_FLAGS)
        yield browser
        browser.close()
