"""quiz.yml: the question bank of one module.

To add a question kind: write a `_read_<kind>` below, give it a row in KINDS, its values a place in
`model.Question`, its codes sentences in `problems`; grading and drawing are the quiz room's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from elearn.coursepack.fields import Context, Fields
from elearn.coursepack.model import Option, Pair, Question, Quiz, Texts
from elearn.coursepack.yamlnodes import Node

POOLS = ("quiz", "test")
LONGEST_TEXT = 2_000
LONGEST_OPTION = 400
MOST_QUESTIONS = 200


@dataclass(frozen=True)
class Kind:
    """How a kind of question is read; needs_feedback = its options cannot explain themselves."""

    read: Callable[[Fields, Question], Question]
    needs_feedback: bool


@dataclass(frozen=True)
class Located:
    """A question with the lines that later checks need."""

    question: Question
    path: str
    line: int
    lesson_line: int


def read_quiz(node: Node | None, context: Context) -> tuple[Quiz, tuple[Located, ...], int]:
    """The quiz, its questions with their lines, and the line of `draw`."""
    fields = Fields(node, context)
    title = fields.texts_or_none("title", 120)
    draw = fields.whole("draw", 1, MOST_QUESTIONS)
    pass_percent = fields.whole_or_none("pass_percent", 1, 100)
    limit = wait = 0
    if (attempts := fields.fields_or_none("attempts")) is not None:
        limit = attempts.whole_or("limit", 0, 100, 0)
        wait = attempts.whole_or("wait_minutes", 0, 10_080, 0)
        attempts.finish()
    located = tuple(
        _read_question(item, context) for item in fields.items("questions", 1, MOST_QUESTIONS)
    )
    fields.finish()
    questions = tuple(item.question for item in located)
    quiz = Quiz(title, draw, pass_percent, limit, wait, questions)
    return quiz, located, fields.line_of("draw")


def _read_question(node: Node, context: Context) -> Located:
    fields = Fields(node, context)
    kind_name = fields.choice("kind", tuple(KINDS))
    kind = KINDS[kind_name]
    if kind.needs_feedback:
        feedback: Texts | None = fields.markdown("feedback", LONGEST_TEXT)
    else:
        feedback = fields.markdown_or_none("feedback", LONGEST_TEXT)
    question = Question(
        key=fields.key("key"),
        edition=fields.whole("edition", 1, 1_000),
        kind=kind_name,
        pool=fields.choice("pool", POOLS),
        lesson=fields.key("lesson"),
        points=fields.whole_or("points", 1, 10, 1),
        text=fields.markdown("text", LONGEST_TEXT),
        feedback=feedback,
    )
    question = kind.read(fields, question)
    fields.finish()
    return Located(question, context.path, fields.line_of("key"), fields.line_of("lesson"))


def _read_single(fields: Fields, question: Question) -> Question:
    question = _with_options(fields, question)
    right = sum(option.right for option in question.options)
    if right > 1:
        fields.problem("options", "single-many-right", question=question.key, count=right)
    return question


def _read_several(fields: Fields, question: Question) -> Question:
    question = _with_options(fields, question)
    if question.options and all(option.right for option in question.options):
        fields.problem("options", "several-no-wrong", question=question.key)
    return question


def _with_options(fields: Fields, question: Question) -> Question:
    options = tuple(
        option
        for node in fields.items("options", 2, 8)
        if (option := _read_option(node, fields.context)) is not None
    )
    if options and not any(option.right for option in options):
        fields.problem("options", "question-no-right", question=question.key)
    _refuse_twins(fields, "options", question, [option.text for option in options])
    return replace(question, options=options)


def _read_option(node: Node, context: Context) -> Option | None:
    fields = Fields(node, context)
    named = [name for name in ("right", "wrong") if fields.has(name)]
    fields.optional("right"), fields.optional("wrong")
    if fields.usable and len(named) != 1:
        context.problem(fields.line, "option-mark")
    text = fields.inline_or_none(named[0], LONGEST_OPTION) if named else None
    feedback = fields.inline_or_none("feedback", LONGEST_OPTION)
    fields.finish()
    return Option(text, named[0] == "right", feedback) if text is not None else None


def _read_true_false(fields: Fields, question: Question) -> Question:
    return replace(
        question,
        answer=fields.truth("answer"),
        if_true=fields.inline_or_none("if_true", LONGEST_OPTION),
        if_false=fields.inline_or_none("if_false", LONGEST_OPTION),
    )


def _read_ordering(fields: Fields, question: Question) -> Question:
    nodes = fields.items("items", 3, 8)
    items = tuple(fields.inline_of(node, "items", LONGEST_OPTION) for node in nodes)
    _refuse_twins(fields, "items", question, list(items))
    return replace(question, items=items)


def _read_matching(fields: Fields, question: Question) -> Question:
    pairs: list[Pair] = []
    for node in fields.items("pairs", 2, 8):
        pair = Fields(node, fields.context)
        left = pair.inline_or_none("left", LONGEST_OPTION)
        right = pair.inline_or_none("right", LONGEST_OPTION)
        if pair.usable and (left is None or right is None):
            fields.context.problem(pair.line, "pair-half")
        pair.finish()
        if left is not None and right is not None:
            pairs.append(Pair(left, right))
    extra = tuple(
        fields.inline_of(node, "extra", LONGEST_OPTION)
        for node in fields.items_or_none("extra", 0, 8)
    )
    _refuse_twins(fields, "pairs", question, [pair.left for pair in pairs])
    _refuse_twins(fields, "pairs", question, [pair.right for pair in pairs] + list(extra))
    return replace(question, pairs=tuple(pairs), extra=extra)


def _read_text(fields: Fields, question: Question) -> Question:
    accepted = tuple(
        fields.plain_of(node, "accepted", 200) for node in fields.items("accepted", 1, 20)
    )
    return replace(question, accepted=accepted)


def _read_number(fields: Fields, question: Question) -> Question:
    answer = fields.decimal("answer")
    if fields.usable and not fields.has("answer"):
        fields.problem("answer", "key-missing")
    tolerance = fields.decimal("tolerance") or Decimal(0)
    if tolerance < 0:
        fields.problem("tolerance", "tolerance-negative")
    unit = fields.texts_or_none("unit", 20)
    return replace(question, answer=answer, tolerance=tolerance, unit=unit)


def _refuse_twins(fields: Fields, name: str, question: Question, choices: list[Texts]) -> None:
    """Two equal choices: nobody could tell which of them is meant."""
    for language in fields.context.languages:
        seen: set[str] = set()
        for choice in choices:
            text = choice.get(language, "").casefold()
            if text and text in seen:
                fields.problem(name, "choice-twice", question=question.key, text=choice[language])
            seen.add(text)


KINDS: dict[str, Kind] = {
    "single": Kind(_read_single, needs_feedback=False),
    "several": Kind(_read_several, needs_feedback=False),
    "true-false": Kind(_read_true_false, needs_feedback=False),
    "ordering": Kind(_read_ordering, needs_feedback=True),
    "matching": Kind(_read_matching, needs_feedback=True),
    "text": Kind(_read_text, needs_feedback=True),
    "number": Kind(_read_number, needs_feedback=True),
}
