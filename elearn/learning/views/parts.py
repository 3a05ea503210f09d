"""A course in its parts: the line of each unit, what it takes, and how the reader stands."""

from dataclasses import dataclass

from elearn.core.i18n import duration, size
from elearn.core.i18n import gettext as _
from elearn.courses.queries import title_language, unit_title
from elearn.courses.rules import Outline, OutlineModule, OutlineUnit
from elearn.learning import rules
from elearn.learning.queries import Standing
from elearn.learning.views.shown import unit_address, unit_bytes


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
class Reader:
    """Who looks at a course: how far she is, and the unit that is next for her or open."""

    outline: Outline
    standing: Standing | None  # None: she has not joined
    language: str
    current: OutlineUnit | None


@dataclass(frozen=True, slots=True)
class Part:
    """A module, or what stands before or after the modules."""

    reader: Reader
    id: str
    title: str
    language: str  # of the title; "" for words of the product
    jp: int | None
    units: tuple[OutlineUnit, ...]

    @property
    def rows(self) -> tuple[UnitRow, ...]:
        """A line for each unit; made where they are shown, not where parts are counted."""
        return tuple(_row(self.reader, unit) for unit in self.units)

    @property
    def required_count(self) -> int:
        return sum(unit.is_required for unit in self.units)

    @property
    def done_count(self) -> int:
        states = self._states
        return sum(unit.is_required and states[unit.key].done for unit in self.units if states)

    @property
    def percent(self) -> int:
        return 100 * self.done_count // self.required_count if self.required_count else 0

    @property
    def is_current(self) -> bool:
        return self.reader.current in self.units

    @property
    def is_begun(self) -> bool:
        states = self._states
        return any(states[unit.key].opened for unit in self.units if states)

    @property
    def _states(self) -> rules.States:
        return self.reader.standing.units if self.reader.standing else {}


def parts(reader: Reader) -> tuple[Part, ...]:
    """The whole course in order."""
    loose = [unit for unit in reader.outline.units if unit.module_key is None]
    first = [unit for unit in loose if unit.kind == rules.PRE_TEST]
    last = [unit for unit in loose if unit.kind != rules.PRE_TEST]
    return (
        *_beside_modules(reader, first, _("To begin with")),
        *(module_part(reader, module) for module in reader.outline.modules),
        *_beside_modules(reader, last, _("At the end")),
    )


def module_part(reader: Reader, module: OutlineModule) -> Part:
    """One module alone."""
    title = f"{module.position}. {module.words[reader.language].title}"
    return Part(reader, f"part-{module.key}", title, reader.language, module.jp, module.units)


def _beside_modules(reader: Reader, units: list[OutlineUnit], title: str) -> list[Part]:
    """What stands before or after the modules; nothing where there is none."""
    if not units:
        return []
    return [Part(reader, f"part-{units[0].key}", title, "", None, tuple(units))]


def _row(reader: Reader, unit: OutlineUnit) -> UnitRow:
    outline, standing, language = reader.outline, reader.standing, reader.language
    title = unit_title(outline, unit, language)
    words = title_language(outline, unit, language)
    if standing is None:
        return UnitRow(title, words, None, "none", "", False, _cost(unit, language))
    state, word = _state_in_words(standing, unit)
    cost = "" if standing.units[unit.key].done else _cost(unit, language)
    is_current = unit == reader.current
    return UnitRow(title, words, unit_address(outline, unit), state, word, is_current, cost)


def _cost(unit: OutlineUnit, language: str) -> str:
    """What a unit takes, in words, to be known before it is opened."""
    loaded = unit_bytes(unit, language)
    facts = (duration(unit.minutes) if unit.minutes else "", size(loaded) if loaded else "")
    return ", ".join(filter(None, facts))


def _state_in_words(standing: Standing, unit: OutlineUnit) -> tuple[str, str]:
    """Mark and word for a unit."""
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
    if state.opened:
        return "current", _("Being read") if unit.kind == rules.LESSON else _("Begun")
    return "none", _("Not started") if unit.is_required else _("Optional")
