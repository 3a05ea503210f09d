"""What a first visit transfers, as Chromium counts it: bodies and headers, from the network only."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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

    def now(self) -> "Traffic":
        """What has come so far."""
        return Traffic(self.requests, self.octets, set(self.hosts))

    def since(self, before: "Traffic") -> "Traffic":
        """What has come after that."""
        octets = self.octets - before.octets
        return Traffic(self.requests - before.requests, octets, set(self.hosts))


@dataclass(frozen=True)
class FirstVisit:
    """The parts of a first visit, each from an empty cache, but for `again`."""

    whole: Traffic  # sign-in, lesson, quiz, in one go
    lesson: Traffic
    again: Traffic
    heavy_lesson: Traffic
    verification: Traffic
    foreign_hosts: set[str]


@contextmanager
def launched() -> Iterator["Browser"]:
    """The Chromium of this machine."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=["--no-sandbox"])
        yield browser
        browser.close()


def first_visit(browser: "Browser", url: str, site: Site) -> FirstVisit:
    """Sign in from a lesson's address, read it, begin its quiz; then single pages by themselves."""
    with _context(browser) as context:
        whole = _sign_in_and_study(context, url, site)
        cookies: list[Any] = context.cookies()
    with ExitStack() as stack:
        # Side by side, so that it is waited only once until nothing more comes.
        addresses = (site.lesson, cookies), (site.heavy_lesson, cookies), (site.verification, [])
        opened = [
            _asked_for(stack.enter_context(_context(browser)), url + address, known)
            for address, known in addresses
        ]
        for page, _ in opened:
            page.wait_for_load_state("networkidle")
        lesson, heavy_lesson, verification = (traffic.now() for _, traffic in opened)
        page, traffic = opened[0]
        page.goto("about:blank")
        page.goto(url + site.lesson, wait_until="networkidle")
        again = traffic.since(lesson)
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
    page.goto(url + site.quiz)
    page.click(f"main form[action='{site.quiz}'] button")
    page.wait_for_url("**/attempts/*", wait_until="networkidle")
    return traffic


def _asked_for(
    context: "BrowserContext", address: str, cookies: list[Any]
) -> tuple["Page", Traffic]:
    """A page from an empty cache, on its way."""
    context.add_cookies(cookies)
    page = context.new_page()
    traffic = _watched(page)
    page.goto(address, wait_until="commit")
    return page, traffic


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
