"""What a page sent, read as an answer, and what it still lacks."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.errors import Invalid
from elearn.quizzes import rules
from elearn.quizzes.rules import TypedNumber
from tests.rules.quizzes_answers import RIGHT, answers_to, questions
from tests.rules.quizzes_facts import (
    MATCHING,
    NUMBER,
    ONE_OF_EACH,
    ORDERING,
    SEVERAL,
    SINGLE,
    TEXT,
    TRUE,
    FactUnit,
)


def fields_of(question, drawn, answer):
    """What a browser would send for this answer, by positions as shown."""
    if question.kind in ("single", "several"):
        chosen = answer if isinstance(answer, tuple) else (answer,)
        return {"": tuple(str(drawn.order.index(at) + 1) for at in chosen)}
    if question.kind == "true-false":
        return {"": ("1" if answer else "2",)}
    if question.kind == "ordering":
        return {str(n): (str(answer[at] or ""),) for n, at in enumerate(drawn.order, 1)}
    if question.kind == "matching":
        return {
            str(n): ("" if choice is None else str(drawn.order.index(choice) + 1),)
            for n, choice in enumerate(answer, 1)
        }
    return {"": (answer if isinstance(answer, str) else str(answer.typed),)}


@settings(max_examples=200)
@given(st.data())
def test_an_answer_survives_the_way_through_page_and_database(data):
    question = data.draw(questions().filter(lambda q: q.kind not in ("text", "number")))
    answer = data.draw(answers_to(question))
    unit = FactUnit("quiz", question.module_key, 1)
    seed = data.draw(st.text("abc123", max_size=5))
    (drawn,) = rules.draw({question.key: question}, unit, ("m1",), seed)
    read = rules.read_answer(question, drawn, fields_of(question, drawn, answer), "id")
    assert read == answer
    assert rules.decode(rules.encode(read)) == answer


@pytest.mark.parametrize(
    ("question", "sent", "read"),
    [
        (TEXT, "  Rak \u200b buku ", "Rak buku"),
        (NUMBER, " 1,50 ", TypedNumber("1,50", Decimal("1.50"))),
        (NUMBER, "dua", TypedNumber("dua", None)),
    ],
)
def test_what_is_typed_is_read_tidied(question, sent, read):
    drawn = rules.draw({"q": question}, FactUnit("quiz", "m1", 1), ("m1",), "s")[0]
    assert rules.read_answer(question, drawn, {"": (sent,)}, "id") == read


@pytest.mark.parametrize("answer", [*RIGHT.values(), None, TypedNumber("dua", None), "“é”"])
def test_an_answer_comes_back_from_the_database_as_it_went(answer):
    again = rules.decode(rules.encode(answer))
    assert again == answer
    assert type(again) is type(answer)
    assert rules.print_of(again, "s") == rules.print_of(answer, "s")


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=lambda q: q.kind)
def test_empty_fields_are_no_answer(question):
    drawn = rules.draw({"q": question}, FactUnit("quiz", "m1", 1), ("m1",), "s")[0]
    for fields in ({}, {"": ("",), "1": ("",)}):
        if question.kind == "several" and fields:
            continue  # a checkbox that is not chosen sends nothing
        assert rules.read_answer(question, drawn, fields, "id") is None


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        (SINGLE, {"": ("4",)}),
        (SINGLE, {"": ("0",)}),
        (SINGLE, {"": ("1", "2")}),
        (SINGLE, {"": ("-1",)}),
        (SINGLE, {"": ("x",)}),
        (SINGLE, {"": ("²",)}),
        (SEVERAL, {"": ("1", "9")}),
        (TRUE, {"": ("3",)}),
        (ORDERING, {"1": ("5",)}),
        (ORDERING, {"1": ("1", "2")}),
        (MATCHING, {"1": ("5",)}),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(question, fields):
    drawn = rules.draw({"q": question}, FactUnit("quiz", "m1", 1), ("m1",), "s")[0]
    with pytest.raises(Invalid, match="answer-invalid"):
        rules.read_answer(question, drawn, fields, "id")


HOSTILE = [7, -1, True, "x", (), (9,), (0, 0), (1, 0), (None,), (1, None, 99, 2), (True, 1, 2), 1.5]


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=lambda q: q.kind)
@pytest.mark.parametrize("answer", HOSTILE, ids=repr)
def test_an_answer_of_the_wrong_shape_is_a_fault(question, answer):
    fits = (question.kind, repr(answer)) in {("true-false", "True"), ("text", "'x'")}
    fault = rules.fault_in_answer(question, answer)
    assert (fault is None) == fits
    assert fits or isinstance(answer, str) or fault == "answer-invalid"


@pytest.mark.parametrize(
    ("question", "answer"), [(TEXT, "x" * 201), (NUMBER, TypedNumber("1" * 41, None))]
)
def test_what_is_typed_has_a_greatest_length(question, answer):
    assert rules.fault_in_answer(question, answer) == "answer-too-long"


@pytest.mark.parametrize(
    ("question", "answer", "gap"),
    [
        (ORDERING, (1, 2, None, None), ("places-open", 2)),
        (ORDERING, (1, 1, 2, 3), ("ranks-repeated", 0)),
        (ORDERING, (4, 3, 2, 1), None),
        (MATCHING, (0, None, 3), ("places-open", 1)),
        (MATCHING, (3, 3, 3), None),
        (NUMBER, TypedNumber("dua", None), ("number-unreadable", 0)),
        (NUMBER, TypedNumber("2", Decimal(2)), None),
        (SINGLE, 0, None),
        (SINGLE, None, None),
    ],
)
def test_a_saved_answer_says_what_it_still_lacks(question, answer, gap):
    found = rules.gap_in_answer(question, answer)
    assert (found and (found.code, found.count)) == gap
