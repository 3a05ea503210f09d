"""What holds for every page in every state, asked of the page itself."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING: dict[str, Any] = {"runOnly": {"type": "tag", "values": STANDARDS}}
# Each width and each colour scheme once; every component is looked at in all four elsewhere.
VIEWS = (("light", 360, EVERYTHING), ("dark", 1280, EVERYTHING))
# What passes is not brought over: it is a hundred times as much as what fails.
AXE = "options => axe.run(document, options).then(found => found.violations)"
NARROWEST, PHONE = 320, 360
HEIGHT = 740

# As somebody sets it in the browser, who cannot read small print.
TEXT_SIZE = "percent => { document.documentElement.style.fontSize = `${1.125 * percent}%` }"
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
FRAME = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title.trim(),
  language: document.documentElement.lang,
  ids: [...document.querySelectorAll("[id]")].map(e => e.id).filter((id, i, all) => all.indexOf(id) < i),
})"""
# Where a Tab goes on from: not where a click or the address has been.
FROM_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
# After a Tab the browser shows the focus, also where a script puts it.
UNSEEN = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(e => e.checkVisibility() && !e.disabled && e.type !== "hidden")
  .filter(e => {
    e.focus();
    const style = getComputedStyle(e), around = getComputedStyle(e.closest("label") || e);
    return document.activeElement === e && !(
      e.matches(":focus-visible")
      && [style, around].some(s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2));
  })
  .map(e => e.outerHTML.slice(0, 80))"""
FIRST_STOP = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  return e.matches(".skip-link") && box.top >= 0 && box.height > 0
    && document.querySelector(e.getAttribute("href")) !== null;
}"""


def faults_of(page: Page) -> list[str]:
    """Everything that is wrong with the page as it stands; the page is left as it was, but wider."""
    return [*_frame(page), *_keyboard(page), *_width(page), *_axe(page)]


def _frame(page: Page) -> Iterator[str]:
    found = page.evaluate(FRAME)
    if found["headings"] != 1:
        yield f"{found['headings']} headings of level 1"
    if not found["title"] or found["language"] not in ("id", "en"):
        yield f"title {found['title']!r}, language {found['language']!r}"
    if found["ids"]:
        yield f"ids that stand twice: {found['ids']}"


def _keyboard(page: Page) -> Iterator[str]:
    page.evaluate(FROM_THE_TOP)
    page.keyboard.press("Tab")
    if not page.evaluate(FIRST_STOP):
        stop = page.evaluate("document.activeElement.outerHTML.slice(0, 120)")
        yield f"the first stop of the keyboard is not the skip link, but {stop}"
    for unseen in page.evaluate(UNSEEN):
        yield f"nobody sees the focus on {unseen}"


def _width(page: Page) -> Iterator[str]:
    for width, text in ((NARROWEST, 100), (PHONE, 200)):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.evaluate(TEXT_SIZE, text)
        sideways = page.evaluate(SIDEWAYS)
        if sideways > 0:
            yield f"{sideways} px to the side at {width} px and {text} % text"
    page.evaluate(TEXT_SIZE, 100)


def _axe(page: Page) -> Iterator[str]:
    page.evaluate(Axe().axe_script)
    for scheme, width, options in VIEWS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        page.emulate_media(color_scheme=scheme)
        for fault in page.evaluate(AXE, {**options, "resultTypes": ["violations"]}):
            for node in fault["nodes"]:
                yield f"{scheme} {width}: {fault['id']}: {node['target']} {node['html'][:120]}"
