"""What pages show of courses: addresses, places and sizes, cards, corrections."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import url_for

from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext, page_language, percent, size
from elearn.courses.queries import title_language, unit_title
from elearn.courses.rules import Outline, OutlineModule, OutlineUnit
from elearn.learning import rules
from elearn.learning.queries import Standing, Told
from elearn.web.addresses import address
from elearn.web.navigation import navigation


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
    weave: str
    state: str = "none"
    word: str = ""


def unit_address(outline: Outline, unit: OutlineUnit) -> str | None:
    """The page of a unit, also when another room draws it."""
    return address(navigation.unit_endpoints[unit.kind], slug=outline.slug, key=unit.key)


def unit_bytes(unit: OutlineUnit, language: str) -> int:
    """What loads with a unit's page: its text and the pictures in it."""
    return unit.text_bytes.get(language, 0) + unit.media_bytes.get(language, 0)


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


def card(outline: Outline, language: str) -> Card:
    """A course for a list."""
    chosen = outline.language_for(language)
    lessons = sum(unit.kind == rules.LESSON for unit in outline.units)
    facts = (
        ngettext("%(num)d module", "%(num)d modules", len(outline.modules)),
        ngettext("%(num)d lesson", "%(num)d lessons", lessons),
        _("about %(size)s", size=size(outline.bytes_in(chosen))),
    )
    return Card(
        code=outline.call_code,
        jp=outline.jp,
        title=outline.words[chosen].title,
        language=chosen,
        href=url_for("learning.course", slug=outline.slug),
        summary=outline.words[chosen].summary,
        meta=", ".join(facts),
        weave=outline.weave,
    )


def own_card(outline: Outline, standing: Standing | None, language: str) -> Card:
    """As `card`, with how far the reader is; without a standing she has not joined."""
    state, word = "none", _("Not joined yet")
    if standing is not None:
        state, word = "current", _("In progress, %(percent)s", percent=percent(standing.percent))
        if standing.is_complete:
            state, word = "done", _("Completed")
    return replace(card(outline, language), state=state, word=word)


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
