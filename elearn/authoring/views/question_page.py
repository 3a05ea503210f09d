"""The page on which a question is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask import render_template

from elearn.authoring.forms.question import LEAST_POINTS, MOST_POINTS
from elearn.authoring.rules.edits import fingerprint
from elearn.authoring.rules.question_findings import judged
from elearn.authoring.rules.questions import Data
from elearn.authoring.rules.sketch import ModuleSketch, Sketch
from elearn.authoring.rules.typed import MOST_ROWS, Typed, offered
from elearn.authoring.views.bench import Bench, module_in, name_of
from elearn.authoring.views.kinds import KINDS, POOLS, kind_name
from elearn.authoring.views.places import place_of
from elearn.authoring.views.plain_words import said
from elearn.core.i18n import gettext as _
from elearn.core.i18n import page_language
from elearn.core.markdown import Refused


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the page shows of a question. key: None for one that is not there yet.

    data: as it would be saved; None when that cannot be said. base: what the form begins with.
    """

    module_key: str
    key: str | None
    typed: Typed
    data: Data | None
    base: str = ""
    is_new_meaning: bool = False
    faults: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""  # row to go on with


@dataclass(frozen=True, slots=True)
class ShownFinding:
    text: str
    is_error: bool
    field: str
    line: None = None


def draw(bench: Bench, drawn: Drawn, **notes: Any) -> str:
    """notes: why the words in the form are not saved."""
    place = place_of(bench.draft, "outline")
    module = module_in(place.sketch, drawn.module_key)
    languages = place.sketch.languages
    typed = offered(drawn.typed, languages)
    published = bench.published_edition(drawn.key) if drawn.key else None
    return render_template(
        "authoring/question.html",
        place=place,
        module=module,
        drawn=replace(drawn, typed=typed),
        typed=typed,
        name=name_of(drawn.data, languages) if drawn.data else "",
        course_languages=languages,
        kind_name=kind_name(typed.kind),
        kind=KINDS[typed.kind],
        pools=_with_own(POOLS, typed.pool),
        lessons=_lessons(place.sketch, module, typed.lesson),
        points=range(LEAST_POINTS, MOST_POINTS + 1),
        most_rows=MOST_ROWS,
        is_published=published is not None,
        findings=_findings(bench, drawn, module) if drawn.data else None,
        **notes,
    )


def base_of(data: Data) -> str:
    return fingerprint(data)


def in_words(typed: Typed) -> str:
    """A question as one text that two people can compare."""
    lines = [
        _("Kind: %(kind)s", kind=kind_name(typed.kind)),
        _("For: %(pool)s", pool=str(POOLS.get(typed.pool, typed.pool))),
        _("Lesson: %(lesson)s", lesson=typed.lesson),
        _("Points: %(points)s", points=typed.points),
        *_texts(_("Question"), typed.text),
    ]
    for number, option in enumerate(typed.options, start=1):
        mark = _("right") if option.is_right else _("wrong")
        lines += _texts(_("Option %(number)s (%(mark)s)", number=number, mark=mark), option.text)
        lines += _texts(_("Feedback to option %(number)s", number=number), option.feedback)
    for number, item in enumerate(typed.items, start=1):
        lines += _texts(_("Step %(number)s", number=number), item)
    for number, pair in enumerate(typed.pairs, start=1):
        lines += _texts(_("Pair %(number)s, left", number=number), pair.left)
        lines += _texts(_("Pair %(number)s, right", number=number), pair.right)
    for extra in typed.extra:
        lines += _texts(_("Fits nothing"), extra)
    lines += [_("Accepted: %(text)s", text=text) for text in typed.accepted]
    if typed.answer:
        lines.append(_("Answer: %(text)s", text=typed.answer))
    if typed.tolerance:
        lines.append(_("How far off still counts: %(text)s", text=typed.tolerance))
    lines += _texts(_("Unit"), typed.unit)
    lines += _texts(_("Feedback to “True”"), typed.if_true)
    lines += _texts(_("Feedback to “False”"), typed.if_false)
    lines += _texts(_("Feedback"), typed.feedback)
    return "\n".join(lines)


def _texts(label: str, words: Mapping[str, str]) -> list[str]:
    return [f"{label} ({language}): {text}" for language, text in words.items() if text]


def _findings(bench: Bench, drawn: Drawn, module: ModuleSketch) -> list[ShownFinding] | None:
    """What the check says of the question; None when it cannot be looked at here."""
    data = {"key": "question", **(drawn.data or {})}
    try:
        found = judged(data, module.folder, bench.languages, bench.paths).findings
    except (Refused, ValueError):
        return None
    return [ShownFinding(said(one.problem, one.field), one.is_error, one.field) for one in found]


def _lessons(picture: Sketch, module: ModuleSketch, own: str) -> list[tuple[str, Any]]:
    """Groups of lessons to choose from, those of the module first: (module, [(key, title)])."""
    language = page_language()
    modules = [module, *(other for other in picture.modules if other.key != module.key)]
    groups = [
        (one.title(language), [(lesson.key, lesson.title(language)) for lesson in one.lessons])
        for one in modules
        if one.lessons
    ]
    if own and picture.lesson(own) is None:
        groups.append((_("No longer there"), [(own, own)]))
    return groups


def _with_own(choices: Mapping[str, Any], own: str) -> dict[str, Any]:
    """The choices, and what is there even if it is none of them."""
    return {**choices, **({own: own} if own not in choices else {})}
