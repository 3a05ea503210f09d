"""What holds for every page in every state, asked of the page itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

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
# The first stop of the keyboard, when it is not the skip link.
WRONG_STOP = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  return e.matches(".skip-link") && box.top >= 0 && box.height > 0
    && document.querySelector(e.getAttribute("href")) !== null ? null : e.outerHTML.slice(0, 120);
}"""
# In two questions: asking costs as much as most answers do.
AT_FIRST = f"() => {{ ({FROM_THE_TOP})(); return ({FRAME})(); }}"
AFTER_A_TAB = f"() => [({WRONG_STOP})(), ({UNSEEN})(), ({SIDEWAYS})([200, 100])]"


@dataclass
class Inspection:
    """Looks at pages. judged: the looks of letters whose contrast was enough on an earlier page.

    Judging contrast is most of what axe does, and most letters look as those of the page before.
    """

    judged: set[str] = field(default_factory=set)

    def ready(self, page: Page) -> Page:
        """The same window, narrow and light, in which each page to come brings axe with it.

        The browser then compiles it once, and not anew for each page.
        """
        page.context.add_init_script(Axe().axe_script)
        _turn(page, "light", NARROWEST)
        return page

    def faults_of(self, page: Page) -> list[str]:
        """Everything that is wrong with the page as it stands in a window that is `ready`.

        Each width and each colour scheme once; every component is looked at in all four elsewhere.
        """
        narrow = [*_bare(page), *self._axe(page)]
        _turn(page, "dark", WIDEST)
        wide = list(self._axe(page))
        _turn(page, "light", NARROWEST)
        return [*narrow, *(f"wide and dark: {fault}" for fault in wide)]

    def _axe(self, page: Page) -> Iterator[str]:
        faults, looks = page.evaluate(AXE, [OPTIONS, list(self.judged)])
        if not faults:
            self.judged.update(looks)
        for fault in faults:
            for node in fault["nodes"]:
                yield f"{fault['id']}: {node['target']} {node['html'][:120]}"


def _turn(page: Page, scheme: Literal["light", "dark"], width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.emulate_media(color_scheme=scheme)


def _bare(page: Page) -> Iterator[str]:
    """What is wrong with its frame, for the keyboard, and by its width."""
    frame = page.evaluate(AT_FIRST)
    if frame["headings"] != 1:
        yield f"{frame['headings']} headings of level 1"
    if not frame["title"] or frame["language"] not in ("id", "en"):
        yield f"title {frame['title']!r}, language {frame['language']!r}"
    if frame["ids"]:
        yield f"ids that stand twice: {frame['ids']}"
    page.keyboard.press("Tab")
    wrong_stop, unseen, widths = page.evaluate(AFTER_A_TAB)
    if wrong_stop:
        yield f"the first stop of the keyboard is not the skip link, but {wrong_stop}"
    for element in unseen:
        yield f"nobody sees the focus on {element}"
    for text, sideways in widths:
        if sideways > 0:
            yield f"{sideways} px to the side at {NARROWEST} px and {text} % text"
