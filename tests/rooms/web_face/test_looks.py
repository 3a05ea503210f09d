"""Every component in a real browser: axe, width, targets, requests, content policy."""

import threading
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from werkzeug.serving import make_server

pytestmark = pytest.mark.journey

AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
# All that may be otherwise in the dark: its style sheet changes nothing but colours.
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
# Buttons, fields, choices and links that stand alone; links inside a sentence are exempt (2.5.8).
TARGETS = """() => [...document.querySelectorAll(
  "button, .button, select, textarea, summary, label.choice, .unit-list a, .pager a, "
  + ".breadcrumb a, .site-header a, .site-footer a, "
  + "input:not([type=hidden], [type=radio], [type=checkbox])")]
  .map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect().height])
  .filter(([_, height]) => height < 44)"""
# A slash is drawn before its word: where the word begins lower than its step, it stands alone.
ALONE = """() => [...document.querySelectorAll(".breadcrumb li")].filter(
  step => step.firstElementChild.getBoundingClientRect().top > step.getBoundingClientRect().top + 4
).map(step => step.textContent)"""
# A drawing without a ground of its own must not be dark ink on a dark page.
UNDER_A_PICTURE = """() => getComputedStyle(
  document.querySelector("main").appendChild(document.createElement("img"))
).backgroundColor"""
SIDEWAYS = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture
def site(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_of_any_component_keeps_anybody_out(chromium, site, width):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(f"{site}/styleguide")
    for scheme, rules in (("light", EVERY_RULE), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options={**rules, "resultTypes": ["violations"], "preload": False})
        assert found.violations_count == 0, f"{scheme}: {found.generate_report()}"
    targets, grounds = page.evaluate(TARGETS), []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        grounds.append(page.evaluate(UNDER_A_PICTURE))
    page.close()
    assert targets == []
    assert grounds == ["rgb(255, 254, 250)"] * 2
    assert not [text for text in refused if "Content Security Policy" in text]


@pytest.mark.parametrize(("width", "text"), [(320, "100%"), (360, "200%")])
def test_a_narrow_page_is_not_moved_sideways_and_no_slash_of_its_path_stands_alone(
    chromium, site, width, text
):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/styleguide")
    page.evaluate(
        "size => { document.documentElement.style.fontSize = `calc(112.5% * ${size})` }",
        float(text.rstrip("%")) / 100,
    )
    sideways, alone = page.evaluate(SIDEWAYS), page.evaluate(ALONE)
    page.close()
    assert sideways <= 0
    assert alone == []


def test_a_page_costs_three_requests_at_first_and_one_when_it_is_read_again(app, chromium, site):
    asked: list[str] = []
    inner = app.wsgi_app

    def counted(environ, start_response):
        asked.append(environ["PATH_INFO"])
        return inner(environ, start_response)

    app.wsgi_app = counted
    page = chromium.new_page()  # the engine alone does not ask for the mark
    page.goto(f"{site}/nowhere", wait_until="networkidle")
    first = len(asked)
    page.goto(f"{site}/nowhere", wait_until="networkidle")
    page.close()
    assert first == 3  # the page, its one style sheet, the mark
    assert asked[first:] == ["/nowhere"]
