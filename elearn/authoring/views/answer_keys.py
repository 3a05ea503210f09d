"""What is right in a question, for those who write it and those who review it: one function a kind.

All in the table KEYS. Learners never see this; what they see after handing in is in the quiz room.
"""

from collections.abc import Callable, Mapping

from elearn.core.i18n import gettext as _
from elearn.core.i18n import number
from elearn.courses.rules import QuestionBody, QuestionFacts
from elearn.quizzes.views.findings import Line


def key_of(facts: QuestionFacts, body: QuestionBody) -> list[Line]:
    """Every possible answer, whether it is right, and what it would be answered with."""
    return KEYS[facts.kind](facts, body)


def _options(facts: QuestionFacts, body: QuestionBody) -> list[Line]:
    return [
        _marked(is_right, option.text, option.feedback)
        for is_right, option in zip(facts.rights, body.options, strict=True)
    ]


def _true_false(facts: QuestionFacts, body: QuestionBody) -> list[Line]:
    return [
        _marked(facts.answer is True, _("True"), body.if_true),
        _marked(facts.answer is False, _("False"), body.if_false),
    ]


def _ordering(_facts: QuestionFacts, body: QuestionBody) -> list[Line]:
    return [
        Line("plain", _("Belongs to place %(place)s", place=place), item)
        for place, item in enumerate(body.items, start=1)
    ]


def _matching(facts: QuestionFacts, body: QuestionBody) -> list[Line]:
    pairs = zip(body.lefts, body.rights[: facts.pair_count], strict=True)
    lines = [
        Line("plain", _("Right for %(left)s", left=left.striptags()), right)
        for left, right in pairs
    ]
    extra = body.rights[facts.pair_count :]
    return lines + [Line("plain", _("Belongs to none"), one) for one in extra]


def _text(facts: QuestionFacts, _body: QuestionBody) -> list[Line]:
    return [Line("right", _("Accepted"), one) for one in facts.accepted]


def _number(facts: QuestionFacts, body: QuestionBody) -> list[Line]:
    if facts.answer is None:
        return []
    right = f"{number(float(facts.answer))} {body.unit}".strip()
    lines = [Line("right", _("Right answer"), right)]
    if facts.tolerance:
        allowed = _("%(number)s more or less", number=number(float(facts.tolerance)))
        lines.append(Line("plain", _("Counts as right, too"), allowed))
    return lines


def _marked(is_right: bool, text: str, feedback: str) -> Line:
    if is_right:
        return Line("right", _("Right answer"), text, feedback)
    return Line("wrong", _("Not right"), text, feedback)


KEYS: Mapping[str, Callable[[QuestionFacts, QuestionBody], list[Line]]] = {
    "single": _options,
    "several": _options,
    "true-false": _true_false,
    "ordering": _ordering,
    "matching": _matching,
    "text": _text,
    "number": _number,
}
