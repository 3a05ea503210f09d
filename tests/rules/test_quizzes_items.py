"""What item analysis says of a question, and what it keeps to itself."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.quizzes import rules
from elearn.quizzes.rules import TypedNumber
from elearn.quizzes.rules.items import Flag, Try, chance, discrimination_of, item_of, tries_of
from tests.rules.quizzes_answers import answers_to, questions
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
)

RESTS = st.one_of(st.none(), st.fractions(0, 1, max_denominator=12))


def tries(question, *runs):
    """Runs of (answer, rest, how many), each of somebody else."""
    answers = [(answer, Fraction(rest)) for answer, rest, count in runs for _ in range(count)]
    return [
        Try(answer, rules.points(question, answer) / question.points, rest, person)
        for person, (answer, rest) in enumerate(answers)
    ]


@st.composite
def some_tries(draw, most=40):
    question = draw(questions())
    given_answers = st.one_of(st.none(), answers_to(question))
    found = [
        Try(answer, rules.points(question, answer) / question.points, draw(RESTS), person=1)
        for answer in draw(st.lists(given_answers, max_size=most))
    ]
    return question, found


@given(some_tries(), st.randoms())
def test_the_order_of_attempts_changes_nothing(drawn, random):
    question, found = drawn
    turned = list(found)
    random.shuffle(turned)
    assert item_of(question, turned) == item_of(question, found)


@given(some_tries())
def test_shares_and_counts_stay_in_their_bounds(drawn):
    question, found = drawn
    item = item_of(question, found)
    assert item.tries == len(found)
    assert (item.facility is None) == (not found)
    assert 0 <= (item.facility or 0) <= 1
    assert -1 <= (item.discrimination or 0) <= 1
    assert 0 <= item.omitted <= item.tries
    assert all(0 <= count <= item.tries for count in item.chosen)
    assert all(0 <= share <= 1 for share in item.right_places)
    assert item.flags is None or len(found) >= 30


@given(st.sampled_from(ONE_OF_EACH), st.lists(RESTS, max_size=60))
def test_what_everybody_gets_right_does_not_tell_people_apart(question, rests):
    found = [Try(None, Fraction(1), rest, 1) for rest in rests]
    assert discrimination_of(found) is None


@pytest.mark.parametrize(
    ("runs", "discrimination"),
    [
        ([(1, 1, 5), (0, 0, 4)], None),  # nine
        ([(1, 1, 5), (0, 0, 5)], 1.0),
        ([(1, 0, 5), (0, 1, 5)], -1.0),
        ([(1, "1/2", 5), (0, "1/2", 5)], None),  # everybody is equal elsewhere
        ([(1, 1, 4), (1, 0, 1), (0, 1, 1), (0, 0, 4)], 0.6),
    ],
)
def test_discrimination_is_the_correlation_with_the_rest(runs, discrimination):
    found = discrimination_of(tries(SINGLE, *runs))
    assert found == (None if discrimination is None else pytest.approx(discrimination))


@pytest.mark.parametrize(
    ("question", "runs", "flags"),
    [
        (SINGLE, [(1, 1, 29)], None),
        (SINGLE, [(1, 1, 15), (1, 0, 15)], (Flag.TOO_EASY,)),
        (SINGLE, [(1, 1, 20), (0, 0, 10)], ()),
        # The best choose option 2, which is said to be wrong: a wrong key looks so.
        (SINGLE, [(2, 1, 12), (1, "1/2", 14), (1, 0, 6)], (Flag.MISLEADING_OPTION, Flag.UNCLEAR)),
        # Nobody is drawn, but who is right is a matter of luck.
        (SINGLE, [(1, 1, 8), (0, 1, 4), (2, 1, 3), (1, 0, 8), (0, 0, 7)], (Flag.MISLEADING_OPTION,)),
        (TRUE, [(True, 1, 9), (True, 0, 7), (False, 1, 8), (False, 0, 8)], (Flag.MISLEADING_OPTION, Flag.UNCLEAR)),
        (NUMBER, [(TypedNumber("1", Decimal(1)), 1, 20), (TypedNumber("180", Decimal(180)), 0, 10)], (Flag.UNCLEAR,)),
    ],
)  # fmt: skip
def test_the_flags_say_what_to_look_at(question, runs, flags):
    assert item_of(question, tries(question, *runs)).flags == flags


def test_the_option_that_misleads_is_named_once_there_are_enough_tries():
    runs = [(2, 1, 12), (1, "1/2", 14)]
    assert item_of(SINGLE, tries(SINGLE, *runs)).misleading == ()
    assert item_of(SINGLE, tries(SINGLE, *runs, (1, 0, 6))).misleading == (2,)
    several = [((0, 2), 1, 10), ((0, 1), 0, 20)]  # option 2 instead of option 1
    assert item_of(SEVERAL, tries(SEVERAL, *several)).misleading == (2,)


@pytest.mark.parametrize(
    ("question", "answers", "chosen"),
    [
        (SINGLE, [0, 0, 1, None], (2, 1, 0)),
        (SEVERAL, [(0, 1), (0, 2), None], (2, 1, 1)),
        (TRUE, [True, False, False, None], (1, 2)),
        (TEXT, ["a"], ()),
    ],
)
def test_each_option_says_how_often_it_was_chosen(question, answers, chosen):
    item = item_of(question, tries(question, *((answer, 0, 1) for answer in answers)))
    assert item.chosen == chosen
    assert item.omitted == answers.count(None)


def test_wrong_answers_are_told_by_how_often_they_were_typed_and_never_those_of_one_person():
    answers = [
        "Siti Aminah",
        "rak",
        "Rak.",
        "buku",
        "BUKU",
        "buku!",
        "cekfakta.com",
        "CekFakta.com",
    ]
    item = item_of(TEXT, tries(TEXT, *((answer, 0, 1) for answer in answers)))
    assert item.wrong_answers == (("buku", 3), ("rak", 2))
    of_one = [replace(one, person=1) for one in tries(TEXT, ("buku", 0, 3))]
    assert item_of(TEXT, of_one).wrong_answers == ()
    numbers = [TypedNumber("1,50", Decimal("1.50")), TypedNumber("1.5", Decimal("1.5"))]
    numbers += [TypedNumber("banyak", None)] * 2
    item = item_of(NUMBER, tries(NUMBER, *((answer, 0, 1) for answer in numbers)))
    assert item.wrong_answers == (("1.5", 2), ("banyak", 2))
    equal = item_of(TEXT, tries(TEXT, *((word, 0, 1) for word in ("rak", "buku") * 2)))
    assert equal.wrong_answers == (("buku", 2), ("rak", 2))


def test_places_say_where_people_go_wrong():
    answers = [(1, 2, 3, 4), (1, 2, 4, 3), (1, 1, 3, None), None]
    item = item_of(ORDERING, tries(ORDERING, *((answer, 0, 1) for answer in answers)))
    assert item.right_places == (0.5, 0.5, 0.5, 0.25)
    answers = [(0, 1, 2), (0, 2, 3)]
    item = item_of(MATCHING, tries(MATCHING, *((answer, 0, 1) for answer in answers)))
    assert item.right_places == (1.0, 0.5, 0.5)


def test_an_attempt_is_compared_with_its_other_questions_by_their_points():
    heavy = Fact("true-false", key="heavy", points=3, answer=True)
    light = Fact("single", key="light", points=1, rights=(True, False))
    found = tries_of({"heavy": heavy, "light": light}, {"heavy": True}, ["heavy", "light"], 7)
    assert found["heavy"] == Try(True, Fraction(1), Fraction(0), 7)
    assert found["light"] == Try(None, Fraction(0), Fraction(1), 7)
    alone = tries_of({"heavy": heavy}, {}, ["heavy"], 7)
    assert alone["heavy"] == Try(None, Fraction(0), None, 7)


@pytest.mark.parametrize(
    ("question", "share"),
    [(SINGLE, 1 / 3), (TRUE, 1 / 2), (ORDERING, 1 / 4), (MATCHING, 1 / 4), (TEXT, 0), (SEVERAL, 0)],
)
def test_guessing_earns_what_it_earns_on_average(question, share):
    assert chance(question) == share
