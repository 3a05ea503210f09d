"""What pages show of courses and progress: titles, states in words, addresses, sizes."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext, page_language, percent, size
from elearn.courses.queries import title_language, unit_title
from elearn.courses.rules import Outline, OutlineModule, OutlineUnit
from elearn.learning import rules
from elearn.learning.queries import Standing, Told
from elearn.web.addresses import address
from elearn.web.navigation import navigation

WEAVES = ("tumpal", "wajik", "anyam", "ceplok")  # in the order of the card's macro


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of an outline; `state` is one of the status component's marks."""

    title: str
    language: str  # of the title; "" for words of the product
    href: str | None
    state: str
    word: str
    is_current: bool
    cost: str  # minutes and bytes in words; "" for what is done


@dataclass(frozen=True, slots=True)
class Part:
    """A module, or what stands before or after the modules, with its lines."""

    id: str
    title: str
    language: str  # of the title; "" for words of the product
    jp: int | None
    rows: tuple[UnitRow, ...]
    done_count: int
    required_count: int
    is_current: bool
    is_begun: bool

    @property
    def percent(self) -> int:
        return 100 * self.done_count // self.required_count if self.required_count else 0


@dataclass(frozen=True, slots=True)
class Card:
    """A course in a list of courses."""

    code: str
    jp: int
    title: str
    language: str  # of title and summary
    href: str
    summary: str
    meta: str
    weave: int
    state: str
    word: str


def unit_address(outline: Outline, unit: OutlineUnit) -> str | None:
    """The page of a unit, also when another room draws it."""
    return address(navigation.unit_endpoints[unit.kind], slug=outline.slug, key=unit.key)


def unit_bytes(unit: OutlineUnit, language: str) -> int:
    """What loads with a unit's page: its text and the pictures in it."""
    return unit.text_bytes.get(language, 0) + unit.media_bytes.get(language, 0)


def cost(unit: OutlineUnit, language: str) -> str:
    """What a unit takes, in words, to be known before it is opened."""
    minutes, loaded = unit.minutes, unit_bytes(unit, language)
    facts = (
        ngettext("about %(num)d minute", "about %(num)d minutes", minutes) if minutes else "",
        size(loaded) if loaded else "",
    )
    return ", ".join(filter(None, facts))


def place(outline: Outline, unit: OutlineUnit) -> str:
    """Where in the course a unit stands, in words."""
    module = outline.module(unit.module_key)
    if module is None:
        return _("Before the modules") if unit.kind == rules.PRE_TEST else _("After the modules")
    if unit.kind == rules.LESSON:
        return _("Module %(module)s", module=module.position) + ", " + lesson_place(module, unit)
    return _("Module %(module)s", module=module.position)


def lesson_place(module: OutlineModule, unit: OutlineUnit) -> str:
    lessons = [u.key for u in module.units if u.kind == rules.LESSON]
    number = lessons.index(unit.key) + 1
    return _("lesson %(number)s of %(total)s", number=number, total=len(lessons))


def state_in_words(standing: Standing, unit: OutlineUnit, is_open: bool) -> tuple[str, str]:
    """Mark and word for a unit. is_open: it is the page that the reader is on."""
    state = standing.units[unit.key]
    if unit.kind == rules.PRE_TEST and state.best_percent is not None:
        return "done", _("Taken, score %(score)s", score=state.best_percent)
    if unit.kind in rules.GRADED and state.best_percent is not None:
        if state.done:
            return "done", _("Passed, score %(score)s", score=state.best_percent)
        return "stuck", _("Not passed yet, score %(score)s", score=state.best_percent)
    if state.done:
        return "done", _("Completed")
    if rules.missing_before(standing.outline, standing.units, unit.key):
        return "none", _("Locked")
    if rules.needs_marking(unit):
        return "none", _("Marked by a person")
    if is_open or state.opened:
        return "current", _("Being read") if unit.kind == rules.LESSON else _("Begun")
    return "none", _("Not started") if unit.is_required else _("Optional")


def parts(
    outline: Outline, standing: Standing | None, language: str, current: OutlineUnit | None
) -> tuple[Part, ...]:
    """The whole course in order; without a standing, as somebody sees it who has not joined."""
    first = [u for u in outline.units if u.module_key is None and u.kind == rules.PRE_TEST]
    last = [u for u in outline.units if u.module_key is None and u.kind != rules.PRE_TEST]
    found = [
        _part(outline, standing, language, current, module.units, module)
        for module in outline.modules
    ]
    before = _part(outline, standing, language, current, tuple(first), None, _("To begin with"))
    after = _part(outline, standing, language, current, tuple(last), None, _("At the end"))
    return tuple(part for part in (before, *found, after) if part.rows)


def module_part(
    outline: Outline, standing: Standing, language: str, module: OutlineModule, open_: OutlineUnit
) -> Part:
    """One module, as it stands beside a lesson that is open."""
    return _part(outline, standing, language, open_, module.units, module, is_open=True)


def _part(
    outline: Outline,
    standing: Standing | None,
    language: str,
    current: OutlineUnit | None,
    units: tuple[OutlineUnit, ...],
    module: OutlineModule | None,
    title: str = "",
    is_open: bool = False,
) -> Part:
    states = [standing.units[unit.key] for unit in units] if standing else []
    required = [unit for unit in units if unit.is_required]
    return Part(
        id=f"part-{module.key}" if module else f"part-{units[0].key}" if units else "",
        title=f"{module.position}. {module.words[language].title}" if module else title,
        language=language if module else "",
        jp=module.jp if module else None,
        rows=tuple(_row(outline, standing, language, unit, current, is_open) for unit in units),
        done_count=sum(standing.units[u.key].done for u in required) if standing else 0,
        required_count=len(required),
        is_current=current in units,
        is_begun=any(state.opened for state in states),
    )


def _row(
    outline: Outline,
    standing: Standing | None,
    language: str,
    unit: OutlineUnit,
    current: OutlineUnit | None,
    is_open: bool,
) -> UnitRow:
    title = unit_title(outline, unit, language)
    words = title_language(outline, unit, language)
    if standing is None:
        return UnitRow(title, words, None, "none", "", False, cost(unit, language))
    is_current = current is not None and unit.key == current.key
    state, word = state_in_words(standing, unit, is_open and is_current)
    href = None if is_open and is_current else unit_address(outline, unit)
    left = "" if standing.units[unit.key].done else cost(unit, language)
    return UnitRow(title, words, href, state, word, is_current, left)


def card(outline: Outline, standing: Standing | None, language: str, is_known: bool) -> Card:
    """A course for a list; is_known: the reader is signed in, so that her own state is shown."""
    chosen = outline.language_for(language)
    lessons = sum(unit.kind == rules.LESSON for unit in outline.units)
    facts = (
        ngettext("%(num)d module", "%(num)d modules", len(outline.modules)),
        ngettext("%(num)d lesson", "%(num)d lessons", lessons),
        _("about %(size)s", size=size(outline.bytes_in(chosen))),
    )
    state, word = "none", _("Not joined yet") if is_known else ""
    if standing is not None:
        state, word = "current", _("In progress, %(percent)s", percent=percent(standing.percent))
        if standing.is_complete:
            state, word = "done", _("Completed")
    return Card(
        code=outline.call_code,
        jp=outline.jp,
        title=outline.words[chosen].title,
        language=chosen,
        href=url_for("learning.course", slug=outline.slug),
        summary=outline.words[chosen].summary,
        meta=", ".join(facts),
        weave=WEAVES.index(outline.weave),
        state=state,
        word=word,
    )


@dataclass(frozen=True, slots=True)
class Ruled:
    """A supervisor's correction with the title of the unit that it is about."""

    told: Told
    title: str
    language: str  # of the title; "" for words of the product


def rulings(outline: Outline, told: Iterable[Told]) -> list[Ruled]:
    """Corrections as the learner is told of them; a unit of another version by its key."""
    return [Ruled(one, *_ruled_title(outline, one.unit_key)) for one in told]


def _ruled_title(outline: Outline, key: str) -> tuple[str, str]:
    unit, language = outline.unit(key), page_language()
    if unit is None:
        return key, ""
    return unit_title(outline, unit, language), title_language(outline, unit, language)
