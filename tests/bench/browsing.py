"""What a first visit transfers, as Chromium counts it: bodies and headers, from the network only."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.bench.prepare import PASSWORD, Site
from tests.browsers import installed

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


@dataclass
class Traffic:
    """What came over the network."""

    requests: int = 0
    octets: int = 0
    hosts: set[str] = field(default_factory=set)

    @property
    def kilobytes(self) -> float:
        return self.octets / 1000


@dataclass(frozen=True)
class FirstVisit:
    """The parts of a first visit, each from an empty cache, but for `again`."""

    whole: Traffic  # sign-in, lesson, quiz, in one go
    lesson: Traffic
    again: Traffic
    heavy_lesson: Traffic
    verification: Traffic
    foreign_hosts: set[str]


def first_visit(url: str, site: Site) -> FirstVisit:
    """Sign in from a lesson's address, read it, begin its quiz; then single pages by themselves."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options: dict[str, Any] = {"args": ["--no-sandbox"]}
        browser = playwright.chromium.launch(executable_path=installed(), **options)
        with _context(browser) as context:
            whole = _sign_in_and_study(context, url, site)
            cookies: list[Any] = context.cookies()
        lesson, again = _opened(browser, url + site.lesson, cookies)
        heavy_lesson, _ = _opened(browser, url + site.heavy_lesson, cookies)
        verification, _ = _opened(browser, url + site.verification, [])
        browser.close()
    parts = (whole, lesson, again, heavy_lesson, verification)
    hosts = set().union(*(part.hosts for part in parts))
    foreign = hosts - {urlsplit(url).netloc}
    return FirstVisit(*parts, foreign)


def _sign_in_and_study(context: "BrowserContext", url: str, site: Site) -> Traffic:
    page = context.new_page()
    traffic = _watched(page)
    page.goto(url + site.lesson)
    page.fill("input[name=login]", site.newcomer.username)
    page.fill("input[name=password]", PASSWORD)
    page.click("main form button")
    page.wait_for_url(url + site.lesson)
    page.goto(url + site.quiz, wait_until="networkidle")
    page.click(f"main form[action='{site.quiz}'] button")
    page.wait_for_url("**/attempts/*", wait_until="networkidle")
    return traffic


def _opened(browser: "Browser", address: str, cookies: list[Any]) -> tuple[Traffic, Traffic]:
    """A page from an empty cache, and once more from the cache that this left."""
    with _context(browser) as context:
        context.add_cookies(cookies)
        page = context.new_page()
        first = _watched(page)
        page.goto(address, wait_until="networkidle")
        seen = Traffic(first.requests, first.octets, first.hosts)
        page.goto("about:blank")
        page.goto(address, wait_until="networkidle")
        again = Traffic(first.requests - seen.requests, first.octets - seen.octets, first.hosts)
    return seen, again


@contextmanager
def _context(browser: "Browser") -> Iterator["BrowserContext"]:
    context = browser.new_context(locale="id-ID", viewport={"width": 360, "height": 740})
    try:
        yield context
    finally:
        context.close()


def _watched(page: "Page") -> Traffic:
    """Count what the page loads from here on; what its cache answers is no transfer."""
    traffic = Traffic()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            traffic.hosts.add(urlsplit(event["request"]["url"]).netloc)
        if "redirectResponse" in event:
            arrived(event["redirectResponse"])

    def arrived(event: dict[str, Any]) -> None:
        if event["encodedDataLength"] > 0:
            traffic.requests += 1
            traffic.octets += int(event["encodedDataLength"])

    network.on("Network.requestWillBeSent", asked)
    network.on("Network.loadingFinished", arrived)
    return traffic
