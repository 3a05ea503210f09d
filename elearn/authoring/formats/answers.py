"""Answers with their share of the points, as Moodle has them, become ours: right or wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from elearn.authoring.formats.exchange import Data, Draft, Refused, kept_number, one_line

FULL = Decimal(100)
_NUMBER = re.compile(r"[+-]?(?:\d{1,12}(?:[.,]\d{0,20})?|[.,]\d{1,20})(?:[eE][+-]?\d{1,2})?")
_SLACK = Decimal("0.01")  # Moodle writes a third as 33.33333
_WILDCARD = re.compile(r"(?<!\\)\*")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its Markdown or plain text, percent of the points it brings, its feedback."""

    text: str
    percent: Decimal
    feedback: str = ""


def put_options(draft: Draft, answers: Sequence[Answer], kind: str) -> None:
    """The options of a question of the kind single or several.

    Half right is not one of our answers: in `single` only the full points are right; in `several`
    everything that brings points is, and each counts the same.
    """
    least = FULL if kind == "single" else _SLACK
    draft.data.update(kind=kind, options=[])
    for answer in answers:
        option: Data = {"right" if answer.percent >= least else "wrong": draft.texts(answer.text)}
        if answer.feedback:
            option["feedback"] = draft.texts(answer.feedback)
        draft.data["options"].append(option)
    if kind == "single" and any(0 < answer.percent < FULL for answer in answers):
        draft.note("part-points-left")
    if kind == "several" and not _counts_as_ours(answers):
        draft.note("points-our-rule")


def accept_words(draft: Draft, answers: Sequence[Answer]) -> None:
    """The accepted answers of a question of the kind text: those that bring all points."""
    accepted: list[str] = []
    for answer in answers:
        if answer.percent >= FULL and _WILDCARD.search(answer.text):
            draft.note("wildcard-left", text=answer.text[:80])
        elif answer.percent >= FULL:
            accepted.append(one_line(answer.text.replace("\\*", "*")))
    if not accepted:
        raise Refused("answers-none")
    draft.data.update(kind="text", accepted=list(dict.fromkeys(accepted)))
    _explain(draft, answers)


def accept_number(draft: Draft, answers: Sequence[tuple[Answer, Decimal, Decimal]]) -> None:
    """The one number that brings all points, with its tolerance."""
    full = [item for item in answers if item[0].percent >= FULL]
    if not full:
        raise Refused("answers-none")
    if len(full) > 1:
        raise Refused("numbers-several")
    _, value, tolerance = full[0]
    draft.data.update(kind="number", answer=kept_number(value), tolerance=kept_number(tolerance))
    _explain(draft, [answer for answer, _, _ in answers])


def decimal_of(text: str) -> Decimal:
    """A number as other systems write it; refuses what is none."""
    plain = text.strip().replace("\u2212", "-")
    if not _NUMBER.fullmatch(plain):
        raise Refused("number-wrong", text=plain[:80])
    return Decimal(plain.replace(",", "."))


def share(count: int) -> str:
    """The percent that each of `count` right options brings, in Moodle's five decimals."""
    text = f"{FULL / count:.5f}"
    return text.rstrip("0").rstrip(".")


def _explain(draft: Draft, answers: Sequence[Answer]) -> None:
    """Such a question has one feedback: the general one and that of the right answer."""
    right = next((a.feedback for a in answers if a.percent >= FULL and a.feedback), "")
    general = draft.data.get("feedback", {}).get(draft.language, "")
    if right and right != general:
        text = f"{general}\n\n{right}" if general else right
        draft.data["feedback"] = draft.texts(text)
    if any(a.feedback and a.feedback != right for a in answers):
        draft.note("feedback-left")
    if any(0 < a.percent < FULL for a in answers):
        draft.note("part-points-left")


def _counts_as_ours(answers: Sequence[Answer]) -> bool:
    """Whether each right one brings the same and each wrong one takes as much away."""
    count = sum(answer.percent > 0 for answer in answers)
    if not count:
        return True
    each = FULL / count
    return all(abs(abs(answer.percent) - each) <= _SLACK for answer in answers)
