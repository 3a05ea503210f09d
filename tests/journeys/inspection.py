"""What holds for every page in every state, asked of the page itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS: dict[str, Any] = {
    "runOnly": {"type": "tag", "values": STANDARDS},
    "rules": {"color-contrast": {"enabled": False}},  # of which more below
    "resultTypes": ["violations"],  # what passes is a hundred times as much as what fails
    "preload": False,  # nothing reads the style sheets themselves
}
NARROWEST, WIDEST = 320, 1280
HEIGHT = 740
# Each width and each colour scheme once; every component is looked at in all four elsewhere.
VIEWS = (("light", NARROWEST), ("dark", WIDEST))
AXE = """([options, judged]) => {
  const fresh = new Map();
  for (const e of document.querySelectorAll("body, body *")) {
    const says = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim());
    if (!(says || e.matches("input, select, textarea")) || !e.checkVisibility()) continue;
    const look = lookOf(e);
    if (!judged.includes(look)) fresh.set(look, [...(fresh.get(look) || []), e]);
  }
  return axe.run(document, options).then(async found => {
    const contrast = {...options, runOnly: ["color-contrast"], rules: {}};
    const unlike = fresh.size
      ? await axe.run({include: [...fresh.values()].flat()}, contrast) : {violations: []};
    return [[...found.violations, ...unlike.violations], [...fresh.keys()]];
  });

  // Letters and every ground under them: what looks the same has the same contrast.
  function lookOf(e) {
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(e);
    const look = [color, fontSize, fontWeight, textShadow];
    for (let under = e; under; under = under.parentElement) {
      for (const part of [null, "::before", "::after"]) {
        const s = getComputedStyle(under, part);
        if (part && s.content === "none") continue;
        look.push(s.backgroundColor, s.backgroundImage, s.opacity, s.position, s.filter);
      }
    }
    const nothing = ["rgba(0, 0, 0, 0)", "none", "1", "static", "relative"];
    return look.filter(value => !nothing.includes(value)).join(" ");
  }
}"""

# As somebody sets it in the browser, who cannot read small print.
SIDEWAYS = """percents => percents.map(percent => {
  document.documentElement.style.fontSize = `${1.125 * percent}%`;
  return [percent, document.documentElement.scrollWidth - window.innerWidth];
})"""
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


@dataclass
class Inspection:
    """Looks at pages. judged: the looks of letters whose contrast was enough on an earlier page.

    Judging contrast is most of what axe does, and most letters look as those of the page before.
    """

    judged: set[str] = field(default_factory=set)

    def ready(self, page: Page) -> Page:
        """The same window, in which each page to come brings axe with it.

        The browser then compiles it once, and not anew for each page.
        """
        page.context.add_init_script(Axe().axe_script)
        return page

    def faults_of(self, page: Page) -> list[str]:
        """Everything that is wrong with the page as it stands; it is left wide and dark.

        Its window must have been made `ready` before.
        """
        page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
        return [*_frame(page), *_keyboard(page), *_width(page), *self._axe(page)]

    def _axe(self, page: Page) -> Iterator[str]:
        for scheme, width in VIEWS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            page.emulate_media(color_scheme=scheme)
            faults, looks = page.evaluate(AXE, [OPTIONS, list(self.judged)])
            if not faults:
                self.judged.update(looks)
            for fault in faults:
                for node in fault["nodes"]:
                    yield f"{scheme} {width}: {fault['id']}: {node['target']} {node['html'][:120]}"


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
    for text, sideways in page.evaluate(SIDEWAYS, [200, 100]):
        if sideways > 0:
            yield f"{sideways} px to the side at {NARROWEST} px and {text} % text"
