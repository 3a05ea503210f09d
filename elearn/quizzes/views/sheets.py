"""A question as the attempt page draws it: one function a kind, all in the table SHEETS.

Only what may be seen before handing in goes into a sheet: no feedback, no key, and every position
counts from 1 as shown.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from elearn.core import clock
from elearn.core.i18n import clock_time, moment, ngettext
from elearn.core.i18n import gettext as _
from elearn.courses.rules import QuestionBody
from elearn.quizzes import rules
from elearn.quizzes.queries import Asked, Kept
from elearn.quizzes.rules import Gap, Given, TypedNumber

Sheet = dict[str, Any]  # what components/question.html takes


def sheet(asked: Asked, total: int, body: QuestionBody, given: Given, kept: Kept | None) -> Sheet:
    """One question with the answer to show, and whether what is saved is the newest."""
    state, text = saved_state(asked, kept)
    return {
        "number": asked.number,
        "total": total,
        "html": body.text,
        "state": state,
        "state_text": text,
        "seen": str(kept.mark) if kept else "",
        "was": asked.print_of(kept.given if kept else None),
        **SHEETS[asked.facts.kind](asked, body, given),
    }


def saved_state(asked: Asked, kept: Kept | None) -> tuple[str, str]:
    """State and words for under a question: when it was saved, and what it still lacks."""
    if kept is None or kept.given is None:
        return "none", _("Not answered yet")
    text = _saved_words(kept.saved_at)
    gap = rules.gap_in_answer(asked.facts, kept.given)
    return "saved", f"{text}, {gap_words(gap)}" if gap else text


def gap_words(gap: Gap) -> str:
    """What an answer lacks, to stand after a comma."""
    if gap.code == "places-open":
        return ngettext("%(num)d place is still open", "%(num)d places are still open", gap.count)
    if gap.code == "ranks-repeated":
        return _("but a number is used twice: use each one once")
    return _("but this is not a number yet: use digits only")


def sum_of(total: int, answered: int) -> tuple[str, str]:
    """State and words for the save bar."""
    if not answered:
        return "none", _("Nothing answered yet")
    return "saved", _("Saved, %(answered)s of %(total)s", answered=answered, total=total)


def _saved_words(saved_at: datetime) -> str:
    if (clock.now() - saved_at).total_seconds() < 12 * 3600:
        return _("Saved at %(time)s", time=clock_time(saved_at))
    return _("Saved on %(time)s", time=moment(saved_at))


def _options(asked: Asked, body: QuestionBody, given: Given) -> list[dict[str, Any]]:
    chosen = given if isinstance(given, tuple) else (given,)
    return [
        {"value": shown, "html": body.options[at].text, "chosen": at in chosen}
        for shown, at in enumerate(asked.drawn.order, start=1)
    ]


def _single(asked: Asked, body: QuestionBody, given: Given) -> Sheet:
    return {"kind": "single", "options": _options(asked, body, given)}


def _several(asked: Asked, body: QuestionBody, given: Given) -> Sheet:
    return {"kind": "multiple", "options": _options(asked, body, given)}


def _true_false(_asked: Asked, _body: QuestionBody, given: Given) -> Sheet:
    options = [
        {"value": 1, "html": _("True"), "chosen": given is True},
        {"value": 2, "html": _("False"), "chosen": given is False},
    ]
    return {"kind": "true-false", "options": options}


def _ordering(asked: Asked, body: QuestionBody, given: Given) -> Sheet:
    ranks = given if isinstance(given, tuple) else (None,) * asked.facts.item_count
    items = [{"html": body.items[at], "chosen": ranks[at]} for at in asked.drawn.order]
    return {"kind": "ordering", "items": items}


def _matching(asked: Asked, body: QuestionBody, given: Given) -> Sheet:
    order = asked.drawn.order
    chosen = given if isinstance(given, tuple) else (None,) * asked.facts.pair_count
    items = [
        {"html": left, "chosen": None if choice is None else order.index(choice) + 1}
        for left, choice in zip(body.lefts, chosen, strict=True)
    ]
    choices = [
        {"value": shown, "text": body.rights_plain[at]} for shown, at in enumerate(order, start=1)
    ]
    return {"kind": "matching", "items": items, "choices": choices}


def _text(_asked: Asked, _body: QuestionBody, given: Given) -> Sheet:
    return {"kind": "short-text", "value": given if isinstance(given, str) else ""}


def _number(_asked: Asked, body: QuestionBody, given: Given) -> Sheet:
    typed = given.typed if isinstance(given, TypedNumber) else ""
    return {"kind": "number", "value": typed, "unit": body.unit}


SHEETS: Mapping[str, Callable[[Asked, QuestionBody, Given], Sheet]] = {
    "single": _single,
    "several": _several,
    "true-false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "text": _text,
    "number": _number,
}
