"""What the pages on which a draft is read have in common: its contents, the way to and fro."""

from __future__ import annotations

from dataclasses import dataclass

from elearn.authoring.rules.units import DraftUnit
from elearn.authoring.views.reading import Reading, title_of
from elearn.authoring.views.talk import Talk
from elearn.core.i18n import gettext as _
from elearn.core.i18n import ngettext

Link = tuple[str, str, str]  # title, address, language of the title


@dataclass(frozen=True, slots=True)
class Row:
    """One unit in the contents. open_comments: at it and its questions, not settled yet."""

    title: str
    language: str
    address: str
    word: str
    open_comments: int


@dataclass(frozen=True, slots=True)
class Part:
    """A module with its units; no title: what stands after the modules."""

    title: str
    language: str
    jp: int | None
    rows: tuple[Row, ...]


def contents(reading: Reading, talk: Talk) -> list[Part]:
    """The draft in a learner's order."""
    rows: dict[str, list[Row]] = {module.key: [] for module in reading.sketch.modules}
    for unit in reading.units:
        key = unit.module.key if unit.module else ""
        rows.setdefault(key, []).append(_row(reading, unit, talk))
    language = reading.language
    parts = [
        Part(module.title(language), language, module.jp, tuple(rows[module.key]))
        for module in reading.sketch.modules
    ]
    if "" in rows:
        parts.append(Part(_("At the end"), "", None, tuple(rows[""])))
    return parts


def neighbours(reading: Reading, unit: DraftUnit) -> tuple[Link | None, Link | None]:
    """The units before and after; None at the ends."""
    units = reading.units
    at = units.index(unit)
    before = units[at - 1] if at else None
    after = units[at + 1] if at + 1 < len(units) else None
    return (
        _link(reading, before) if before else None,
        _link(reading, after) if after else None,
    )


def _link(reading: Reading, unit: DraftUnit) -> Link:
    title, language = title_of(unit, reading.language)
    return title, reading.unit_url(unit.key), language


def _row(reading: Reading, unit: DraftUnit, talk: Talk) -> Row:
    title, language = title_of(unit, reading.language)
    questions = unit.module.questions if unit.module and unit.kind == "quiz" else ()
    places = (unit.key, *(question.key for question in questions))
    waiting = sum(not said.is_settled for place in places for said in talk.of(place))
    if unit.kind == "quiz":
        word = ngettext("%(num)d question", "%(num)d questions", len(questions))
    else:
        minutes = unit.minutes
        word = ngettext("%(num)d minute", "%(num)d minutes", minutes) if minutes else ""
    return Row(title, language, reading.unit_url(unit.key), word, waiting)
