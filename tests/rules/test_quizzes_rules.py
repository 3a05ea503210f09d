"""What the rules of quizzes promise: draws, marks, typed answers, limits, and who wins."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.errors import Invalid
from elearn.quizzes import rules
from elearn.quizzes.rules import TypedNumber
from elearn.quizzes.rules.grading import half_up
from tests.rules.quizzes_facts import (
    MATCHING,
    NUMBER,
    ONE_OF_EACH,
    ORDERING,
    SEVERAL,
    SINGLE,
    TEXT,
    TRUE,
    Fact,
    FactUnit,
)

RIGHT = {
    "single": 1,
    "several": (0, 1),
    "true-false": True,
    "ordering": (1, 2, 3, 4),
    "matching": (0, 1, 2),
    "text": "CekFakta.com",
    "number": TypedNumber("180", Decimal(180)),
}


def test_every_kind_of_the_course_format_has_its_rules():
    assert set(rules.KINDS) == {question.kind for question in ONE_OF_EACH}


# Marking


@pytest.mark.parametrize("question", ONE_OF_EACH, ids=lambda q: q.kind)
def test_the_right_answer_earns_all_points_and_none_earns_nothing(question):
    question = replace(question, points=3)
    assert rules.points(question, RIGHT[question.kind]) == 3
    assert rules.points(question, None) == 0


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        ((), 0),
        ((0,), Fraction(1, 2)),
        ((0, 1), 1),
        ((0, 2), 0),
        ((0, 1, 2), Fraction(1, 2)),
        ((2,), 0),
    ],
)
def test_a_wrong_mark_cancels_a_right_one(chosen, points):
    assert rules.points(SEVERAL, chosen) == points


@pytest.mark.parametrize(
    ("ranks", "points"),
    [
        ((1, 2, 3, 4), 1),
        ((1, 2, 4, 3), Fraction(1, 2)),
        ((1, 1, 1, 1), 0),
        ((1, None, None, None), Fraction(1, 4)),
        ((1, 2, 3, 3), Fraction(1, 2)),
        ((2, 1, 4, 3), 0),
    ],
)
def test_items_count_in_their_own_place_and_a_repeated_rank_for_nobody(ranks, points):
    assert rules.points(ORDERING, ranks) == points


@pytest.mark.parametrize(
    ("choices", "points"),
    [
        ((0, 1, 2), 1),
        ((0, 1, 3), Fraction(2, 3)),
        ((3, 3, 3), 0),
        ((None, None, 2), Fraction(1, 3)),
    ],
)
def test_each_right_pair_counts(choices, points):
    assert rules.points(MATCHING, choices) == points


@pytest.mark.parametrize(
    ("value", "points"),
    [("180", 1), ("180.5", 1), ("179.5", 1), ("180.51", 0), ("-180", 0), (None, 0)],
)
def test_a_number_counts_within_its_tolerance(value, points):
    typed = TypedNumber("?", None if value is None else Decimal(value))
    assert rules.points(NUMBER, typed) == points


def answers_to(question):
    """Anything that a page can send as an answer to this question."""
    if question.kind == "single":
        return st.integers(0, len(question.rights) - 1)
    if question.kind == "several":
        places = st.integers(0, len(question.rights) - 1)
        return st.sets(places, min_size=1).map(lambda chosen: tuple(sorted(chosen)))
    if question.kind == "true-false":
        return st.booleans()
    if question.kind == "ordering":
        ranks = st.one_of(st.none(), st.integers(1, question.item_count))
        count = question.item_count
        return st.lists(ranks, min_size=count, max_size=count).map(tuple).filter(any)
    if question.kind == "matching":
        choices = st.one_of(
            st.none(), st.integers(0, question.pair_count + question.extra_count - 1)
        )
        count = question.pair_count
        lists = st.lists(choices, min_size=count, max_size=count)
        return lists.map(tuple).filter(lambda g: any(c is not None for c in g))
    if question.kind == "text":
        return st.text("rRaAkK .!“”é12", min_size=1, max_size=rules.TEXT_LENGTH)
    return st.decimals(allow_nan=False, allow_infinity=False, min_value=-1000, max_value=1000).map(
        lambda value: TypedNumber("?", value)
    )


@st.composite
def questions(draw):
    """One question of any kind and size."""
    kind = draw(st.sampled_from(sorted(rules.KINDS)))
    points = draw(st.integers(1, 10))
    if kind == "single":
        count = draw(st.integers(2, 8))
        right = draw(st.integers(0, count - 1))
        return Fact(kind, points=points, rights=tuple(at == right for at in range(count)))
    if kind == "several":
        marks = draw(st.lists(st.booleans(), min_size=2, max_size=8))
        return Fact(kind, points=points, rights=(*marks, True, False))
    return replace(
        Fact(kind, points=points),
        answer=draw(st.booleans()) if kind == "true-false" else Decimal(180),
        accepted=("rak",),
        item_count=draw(st.integers(3, 8)),
        pair_count=draw(st.integers(2, 8)),
        extra_count=draw(st.integers(0, 3)),
    )


def is_exactly_right(question, answer):
    if question.kind == "single":
        return question.rights[answer]
    if question.kind == "several":
        return answer == tuple(at for at, right in enumerate(question.rights) if right)
    if question.kind == "true-false":
        return answer == question.answer
    if question.kind == "ordering":
        return answer == tuple(range(1, question.item_count + 1))
    if question.kind == "matching":
        return answer == tuple(range(question.pair_count))
    if question.kind == "text":
        return rules.plain_text(answer) == "rak"
    return answer.value == question.answer


@settings(max_examples=300)
@given(st.data())
def test_points_lie_between_nothing_and_all_and_all_means_exactly_right(data):
    question = data.draw(questions())
    answer = data.draw(answers_to(question))
    assert rules.fault_in_answer(question, answer) is None
    earned = rules.points(question, answer)
    assert 0 <= earned <= question.points
    assert (earned == question.points) == is_exactly_right(question, answer)


@given(st.data())
def test_the_order_of_saving_does_not_change_the_grade(data):
    paper = [replace(data.draw(questions()), key=f"q{n}") for n in range(4)]
    given_answers = {question.key: data.draw(answers_to(question)) for question in paper}
    turned = dict(reversed(given_answers.items()))
    assert rules.grade(paper, given_answers) == rules.grade(paper, turned)


@given(st.data())
def test_a_better_answer_never_lowers_the_score(data):
    paper = [replace(data.draw(questions()), key=f"q{n}") for n in range(4)]
    worse = {question.key: data.draw(answers_to(question)) for question in paper}
    changed = paper[0]
    other = data.draw(answers_to(changed))
    better = max(worse[changed.key], other, key=lambda answer: rules.points(changed, answer))
    before, after = rules.grade(paper, worse), rules.grade(paper, {**worse, changed.key: better})
    assert 0 <= before.score_percent <= after.score_percent <= 100


@given(st.data())
def test_one_right_option_more_or_one_wrong_less_never_costs_points(data):
    marks = data.draw(st.lists(st.booleans(), min_size=1, max_size=6))
    question = Fact("several", rights=(True, False, *marks))
    chosen = set(data.draw(answers_to(question)))
    rights = {at for at, right in enumerate(question.rights) if right}
    earned = rules.points(question, tuple(sorted(chosen)))
    for option in rights - chosen:
        assert rules.points(question, tuple(sorted(chosen | {option}))) >= earned
    for option in chosen - rights:
        assert rules.points(question, tuple(sorted(chosen - {option}))) >= earned


@pytest.mark.parametrize(
    ("value", "whole"),
    [
        (Fraction(139, 2), 70),
        (Fraction(2, 3) * 100, 67),
        (Fraction(69499, 1000), 69),
        (Fraction(0), 0),
    ],
)
def test_scores_are_rounded_half_up_once(value, whole):
    assert half_up(value) == whole


def test_the_score_is_rounded_from_the_sum_and_not_question_by_question():
    paper = [replace(MATCHING, key=f"q{n}") for n in range(3)]
    answers = {question.key: (0, 1, 3) for question in paper}  # 2/3 each
    assert rules.grade(paper, answers).score_percent == 67
    assert rules.grade(paper, {"q0": (0, 1, 2)}).score_percent == 33
    assert rules.grade((), {}).score_percent == 0


@pytest.mark.parametrize(
    ("score", "mark", "passed"), [(70, 70, True), (69, 70, False), (5, None, None)]
)
def test_the_pass_mark_itself_passes_and_the_pre_test_has_none(score, mark, passed):
    assert rules.is_passed(score, mark) is passed


# Drawing


def bank(modules=3, each=10):
    facts = {}
    for module in range(modules):
        for place in range(each):
            for pool in ("quiz", "test"):
                base = ONE_OF_EACH[place % len(ONE_OF_EACH)]
                key = f"m{module}-{pool}-{place}"
                facts[key] = replace(base, key=key, module_key=f"m{module}", pool=pool)
    return facts


MODULES = ("m0", "m1", "m2")


@given(st.text("abc123", min_size=1, max_size=20))
def test_the_same_seed_always_draws_the_same(seed):
    unit = FactUnit("quiz", "m1", 6)
    drawn = rules.draw(bank(), unit, MODULES, seed)
    assert drawn == rules.draw(dict(reversed(bank().items())), unit, MODULES, seed)
    assert len({question.key for question in drawn}) == 6
    assert all(question.key.startswith("m1-quiz-") for question in drawn)


def test_different_seeds_draw_different_questions_in_different_order():
    unit = FactUnit("quiz", "m1", 6)
    assert len({rules.draw(bank(), unit, MODULES, str(seed)) for seed in range(20)}) == 20


@pytest.mark.parametrize("kind", ["pre-test", "post-test"])
def test_a_test_draws_from_the_test_pool_of_every_module(kind):
    drawn = rules.draw(bank(), FactUnit(kind, None, 4), MODULES, "seed")
    modules = [question.key.split("-")[0] for question in drawn]
    assert modules == ["m0"] * 4 + ["m1"] * 4 + ["m2"] * 4
    assert all("-test-" in question.key for question in drawn)


def test_a_pool_that_is_smaller_than_the_draw_is_drawn_whole():
    assert len(rules.draw(bank(each=3), FactUnit("quiz", "m0", 8), MODULES, "s")) == 3


@given(st.text("abc123", min_size=1, max_size=12), st.integers(3, 8))
def test_what_is_shown_is_shuffled_whole_and_an_ordering_is_never_shown_solved(seed, count):
    facts = {
        "a": Fact("ordering", key="a", item_count=count),
        "b": Fact("single", key="b", rights=(True,) + (False,) * (count - 1)),
        "c": Fact("matching", key="c", pair_count=2, extra_count=count - 2),
        "d": Fact("true-false", key="d", answer=True),
    }
    drawn = {d.key: d.order for d in rules.draw(facts, FactUnit("quiz", "m1", 9), ("m1",), seed)}
    assert all(sorted(drawn[key]) == list(range(count)) for key in "abc")
    assert drawn["a"] != tuple(range(count))
    assert drawn["d"] == ()


def test_every_place_of_the_right_option_comes_up():
    facts = {"b": Fact("single", key="b", rights=(True, False, False, False))}
    unit = FactUnit("quiz", "m1", 1)
    places = [rules.draw(facts, unit, ("m1",), str(seed))[0].order.index(0) for seed in range(400)]
    assert min(places.count(place) for place in range(4)) > 60


# Reading what a page sent


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
    assert (rules.fault_in_answer(question, answer) is None) == fits


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
    assert rules.is_finished(question, answer) == (answer is not None and gap is None)
