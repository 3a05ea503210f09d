"""Marking and scores."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.quizzes import rules
from elearn.quizzes.rules import TypedNumber
from elearn.quizzes.rules.grading import half_up
from tests.rules.quizzes_answers import RIGHT, answers_to, questions
from tests.rules.quizzes_facts import MATCHING, NUMBER, ONE_OF_EACH, ORDERING, SEVERAL, TEXT, Fact


def test_every_kind_of_the_course_format_has_its_rules():
    assert set(rules.KINDS) == {question.kind for question in ONE_OF_EACH}


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


def test_an_answer_of_nothing_but_marks_is_never_right():
    question = replace(TEXT, accepted=("…", "rak"))
    assert [rules.points(question, typed) for typed in ("!", "…", "Rak.")] == [0, 0, 1]


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
