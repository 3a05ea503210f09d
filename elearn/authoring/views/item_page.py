"""The questions of a version with what their answers say, ready to be drawn."""

from dataclasses import dataclass

from markupsafe import Markup

from elearn.authoring.views.item_rows import Row, pairs_of, rows
from elearn.authoring.views.kinds import KINDS, POOLS
from elearn.core.i18n import gettext as _
from elearn.core.i18n import number, percent
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, QuestionBody, QuestionFacts
from elearn.quizzes import queries as quizzes
from elearn.quizzes.models import Correction
from elearn.quizzes.queries import Sample
from elearn.quizzes.rules import Flag, Item, right_place

_WEIGHT = {Flag.MISLEADING_OPTION: 4, Flag.UNCLEAR: 2, Flag.TOO_EASY: 1}


@dataclass(frozen=True, slots=True)
class FlagWords:
    name: str
    advice: str


@dataclass(frozen=True, slots=True)
class ShownItem:
    """One question. text: plain; discrimination: None when it cannot be said."""

    key: str
    text: str
    kind: str
    pool: str
    item: Item
    facility_percent: int
    discrimination: str | None
    flags: tuple[FlagWords, ...]
    rows: list[Row]
    accepted: tuple[str, ...]
    correction: Correction | None


@dataclass(frozen=True, slots=True)
class Report:
    """Questions that need a look, the gravest first; the others; those asked too rarely; never."""

    sample: Sample
    flagged: list[ShownItem]
    plain: list[ShownItem]
    too_few: list[ShownItem]
    unasked: list[ShownItem]


def report(outline: Outline, language: str) -> Report:
    """As many queries as `quizzes.analysis`, however many questions and attempts."""
    found = quizzes.analysis(outline.version_id)
    facts = quizzes.corrected_questions(outline.version_id, found.corrections)
    bodies = courses.question_bodies(outline.version_id, language)
    newest = {one.question_key: one for one in found.corrections}
    shown = [
        _shown(facts[key], bodies[key], item, newest.get(key)) for key, item in found.items.items()
    ]
    flagged = [one for one in shown if one.item.flags]
    return Report(
        sample=found.sample,
        flagged=sorted(flagged, key=lambda one: -_gravity(one.item)),
        plain=[one for one in shown if one.item.flags == ()],
        too_few=[one for one in shown if one.item.flags is None and one.item.tries],
        unasked=[one for one in shown if not one.item.tries],
    )


def _gravity(item: Item) -> int:
    return sum(_WEIGHT[flag] for flag in item.flags or ())


def _shown(
    facts: QuestionFacts, body: QuestionBody, item: Item, correction: Correction | None
) -> ShownItem:
    there_is = item.discrimination is not None
    return ShownItem(
        key=facts.key,
        text=plain(body, facts.key),
        kind=str(KINDS[facts.kind].name),
        pool=str(POOLS[facts.pool]),
        item=item,
        facility_percent=round(100 * (item.facility or 0)),
        discrimination=number(round(item.discrimination or 0, 2)) if there_is else None,
        flags=tuple(_words(flag, item, body) for flag in item.flags or ()),
        rows=rows(facts, body, item),
        accepted=key_words(facts, body) if facts.kind in ("text", "number") else (),
        correction=correction,
    )


def plain(body: QuestionBody, key: str) -> str:
    """A question as one line; its key where it is nothing but a picture."""
    return " ".join(body.text.striptags().split()) or key


def key_words(facts: QuestionFacts, body: QuestionBody) -> tuple[str, ...]:
    """What is right, as words."""
    if facts.rights:
        return tuple(
            " ".join(option.text.striptags().split())
            for option, is_right in zip(body.options, facts.rights, strict=True)
            if is_right
        )
    if facts.kind == "true-false":
        return (_("True") if facts.answer else _("False"),)
    if facts.kind == "number":
        unit = f" {body.unit}" if body.unit else ""
        answer = f"{number(facts.answer or 0)}{unit}"
        return (f"{answer} ± {number(facts.tolerance)}" if facts.tolerance else answer,)
    if facts.kind == "ordering":
        order = sorted(range(facts.item_count), key=lambda at: right_place(facts, at))
        return tuple(f"{n}. {_line(body.items[at])}" for n, at in enumerate(order, start=1))
    if facts.kind == "matching":
        return tuple(f"{_line(one)} – {_line(other)}" for one, other in pairs_of(facts, body))
    return facts.accepted


def _line(text: Markup) -> str:
    return " ".join(text.striptags().split())


def _words(flag: Flag, item: Item, body: QuestionBody) -> FlagWords:
    return _WORDS[flag](item, body)


def _too_easy(item: Item, _body: QuestionBody) -> FlagWords:
    share = percent(round(100 * (item.facility or 0)))
    advice = _(
        "Nearly everybody is right (%(share)s of the points). Ask something harder, or leave it as "
        "a warm-up.",
        share=share,
    )
    return FlagWords(_("Too easy"), advice)


def _misleading(item: Item, body: QuestionBody) -> FlagWords:
    if not item.misleading:
        advice = _(
            "Those who know the rest do hardly better here than the others. Look whether a wrong "
            "option is right as well, or whether the key is wrong."
        )
    elif body.options:
        texts = (body.options[at].text.striptags() for at in item.misleading)
        advice = _(
            "More of those who know the rest choose %(options)s than what is said to be right. "
            "Look whether it is right as well, or whether the key is wrong.",
            options=", ".join(f"“{' '.join(text.split())}”" for text in texts),
        )
    else:
        advice = _(
            "Those who know the rest choose the wrong side. Look whether the statement can be "
            "read in two ways, or whether the key is wrong."
        )
    return FlagWords(_("Misleading option"), advice)


def _unclear(_item: Item, _body: QuestionBody) -> FlagWords:
    advice = _(
        "People guess here, or those who know the rest are wrong more often. Word the question "
        "anew, in short sentences, so that it can be understood in one way only."
    )
    return FlagWords(_("Unclear"), advice)


_WORDS = {
    Flag.TOO_EASY: _too_easy,
    Flag.MISLEADING_OPTION: _misleading,
    Flag.UNCLEAR: _unclear,
}
