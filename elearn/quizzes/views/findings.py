"""An answered question as the review shows it: one function a kind, all in the table FINDINGS.

Each line says what was answered and whether it was right, with the feedback that belongs to it.
`reveals`: whether what would have been right is shown as well, and so the feedback on the whole
question, which says it more often than not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from elearn.core.i18n import day, ngettext, number
from elearn.core.i18n import gettext as _
from elearn.courses.rules import QuestionBody
from elearn.quizzes import rules
from elearn.quizzes.models import Correction
from elearn.quizzes.queries import Asked
from elearn.quizzes.rules import Given, TypedNumber

Text = Markup | str


@dataclass(frozen=True, slots=True)
class Line:
    """One answer in components/answer.html; kind: "right", "wrong" or "plain"."""

    kind: str
    label: str
    html: Text
    feedback: Text = ""


def finding(
    asked: Asked, total: int, body: QuestionBody, given: Given, points: Fraction, reveals: bool
) -> dict[str, Any]:
    """One question of the review: the state, the lines, and the general feedback below."""
    lines = FINDINGS[asked.facts.kind](asked, body, given, reveals)
    if given is None:
        lines = [Line("wrong", _("Your answer"), _("not answered")), *lines]
    state, word = _mark(points, asked.facts.points, given)
    return {
        "number": asked.number,
        "total": total,
        "html": body.text,
        "state": state,
        "word": word,
        "answers": lines,
        "feedback": body.feedback if reveals or points == asked.facts.points else "",
        "lesson_key": asked.facts.lesson_key,
    }


def correction_lines(correction: Correction, *, is_kept: bool) -> list[Line]:
    """That the key was corrected, when and why. is_kept: the points are those of the former key."""
    label = _("Key corrected on %(day)s", day=day(correction.at))
    lines = [Line("plain", label, correction.reason)]
    if is_kept:
        lines.append(
            Line("plain", _("Your points stay"), _("A correction never takes points away."))
        )
    return lines


def _mark(points: Fraction, possible: int, given: Given) -> tuple[str, str]:
    earned = ngettext(
        "%(points)s of %(num)d point",
        "%(points)s of %(num)d points",
        possible,
        points=number(round(float(points), 2)),
    )
    if points == possible:
        return "done", _("Right, %(earned)s", earned=earned)
    if points > 0:
        return "current", _("Partly right, %(earned)s", earned=earned)
    if given is None:
        return "bad", _("Not answered, %(earned)s", earned=earned)
    return "bad", _("Not right yet, %(earned)s", earned=earned)


def _single(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:
    rights = asked.facts.rights
    lines: list[Line] = []
    for at in asked.drawn.order:
        option = body.options[at]
        if at == given and not isinstance(given, bool):
            kind = "right" if rights[at] else "wrong"
            lines.insert(0, Line(kind, _("Your answer"), option.text, option.feedback))
        elif rights[at] and reveals:
            lines.append(Line("plain", _("Right answer"), option.text))
    return lines


def _several(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:
    chosen = given if isinstance(given, tuple) else ()
    lines = []
    for at in asked.drawn.order:
        option, is_right = body.options[at], asked.facts.rights[at]
        if at in chosen and is_right:
            lines.append(Line("right", _("You chose, right"), option.text, option.feedback))
        elif at in chosen:
            lines.append(Line("wrong", _("You chose, not right"), option.text, option.feedback))
        elif is_right and reveals:
            lines.append(Line("plain", _("Missed"), option.text))
    return lines


def _true_false(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:
    if not isinstance(given, bool):
        return [_right_answer(_truth(asked.facts.answer))] if reveals else []
    kind = "right" if given is asked.facts.answer else "wrong"
    return [Line(kind, _("Your answer"), _truth(given), body.if_true if given else body.if_false)]


def _truth(value: object) -> str:
    return _("True") if value else _("False")


def _ordering(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:
    ranks = given if isinstance(given, tuple) else ()
    placed = sorted((rank, at) for at, rank in enumerate(ranks) if rank is not None)
    lines = []
    for rank, at in placed:
        place = rules.right_place(asked.facts, at) + 1
        is_right = rank == place and ranks.count(rank) == 1
        label = _("Your number %(rank)s", rank=rank)
        if not is_right and reveals:
            label = _("Your number %(rank)s, it belongs to %(place)s", rank=rank, place=place)
        lines.append(Line("right" if is_right else "wrong", label, body.items[at]))
    if reveals:
        lines += [
            Line("plain", _("Belongs to place %(place)s", place=place + 1), body.items[at])
            for place, at in _in_place(asked, len(body.items))
            if not ranks or ranks[at] is None
        ]
    return lines


def _in_place(asked: Asked, count: int) -> list[tuple[int, int]]:
    """(place, item) of an ordering, by the key that counts."""
    return sorted((rules.right_place(asked.facts, at), at) for at in range(count))


def _matching(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:
    chosen = given if isinstance(given, tuple) else (None,) * asked.facts.pair_count
    lines = []
    for pair, choice in enumerate(chosen):
        partner = rules.right_place(asked.facts, pair)
        left, right = body.lefts[pair].striptags(), body.rights[partner]
        if choice is not None:
            kind = "right" if choice == partner else "wrong"
            lines.append(Line(kind, left, body.rights[choice]))
        if choice != partner and reveals:
            lines.append(Line("plain", _("Right for %(left)s", left=left), right))
    return lines


def _text(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:  # noqa: ARG001
    lines = _typed(asked, given, given if isinstance(given, str) else "")
    if reveals and not _is_all_right(lines):
        lines.append(_right_answer(asked.facts.accepted[0]))
    return lines


def _number(asked: Asked, body: QuestionBody, given: Given, reveals: bool) -> list[Line]:
    unit = f" {body.unit}" if body.unit else ""
    lines = _typed(asked, given, f"{given.typed}{unit}" if isinstance(given, TypedNumber) else "")
    if reveals and not _is_all_right(lines) and isinstance(asked.facts.answer, Decimal):
        lines.append(_right_answer(f"{number(asked.facts.answer)}{unit}"))
    return lines


def _typed(asked: Asked, given: Given, shown: str) -> list[Line]:
    if given is None:
        return []
    is_right = rules.points(asked.facts, given) > 0
    return [Line("right" if is_right else "wrong", _("Your answer"), shown)]


def _is_all_right(lines: list[Line]) -> bool:
    return bool(lines) and all(line.kind == "right" for line in lines)


def _right_answer(text: Text) -> Line:
    return Line("plain", _("Right answer"), text)


FINDINGS: Mapping[str, Callable[[Asked, QuestionBody, Given, bool], list[Line]]] = {
    "single": _single,
    "several": _several,
    "true-false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "text": _text,
    "number": _number,
}
