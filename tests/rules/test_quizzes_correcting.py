"""What a newer version's order and pairs say of the parts that answers were given to."""

from dataclasses import replace
from fractions import Fraction

import pytest
from markupsafe import Markup

from elearn.courses.rules import OptionBody, QuestionBody
from elearn.quizzes.rules import places_between, points
from tests.rules.quizzes_facts import MATCHING, ORDERING


def body(items=(), lefts=(), rights=(), options=()):
    options = tuple(OptionBody(Markup(text), Markup()) for text in options)
    texts = (tuple(map(Markup, part)) for part in (items, lefts, rights))
    return QuestionBody(Markup(), Markup(), options, *texts, "", Markup(), Markup())


@pytest.mark.parametrize(
    ("published", "newer", "places"),
    [
        ({"items": "abc"}, {"items": "abc"}, ()),
        ({"items": "abc"}, {"items": "cab"}, (1, 2, 0)),
        ({"items": "abc"}, {"items": "abd"}, None),
        ({"items": "abc"}, {"items": "ab"}, None),
        ({"items": "aab"}, {"items": "aba"}, None),  # nobody can say which a is which
        ({"lefts": "ab", "rights": "xyz"}, {"lefts": "ab", "rights": "xyz"}, ()),
        ({"lefts": "ab", "rights": "xyz"}, {"lefts": "ab", "rights": "zyx"}, (2, 1)),
        ({"lefts": "ab", "rights": "xyz"}, {"lefts": "ba", "rights": "yxz"}, ()),
        ({"lefts": "ab", "rights": "xyz"}, {"lefts": "ba", "rights": "xyz"}, (1, 0)),
        ({"lefts": "ab", "rights": "xyz"}, {"lefts": "ac", "rights": "xyz"}, None),
        ({"lefts": "ab", "rights": "xyz"}, {"lefts": "ab", "rights": "xyw"}, None),
        ({"options": "ab"}, {"options": "ab"}, ()),
        ({"options": "ab"}, {"options": "ba"}, None),
    ],
)
def test_a_newer_order_or_pair_is_told_in_the_parts_of_the_published_one(published, newer, places):
    assert places_between([(body(**published), body(**newer))]) == places


def test_languages_that_tell_another_order_tell_none():
    same, other = (body("abc"), body("abc")), (body("abc"), body("bac"))
    assert places_between([same, other]) is None
    assert places_between([]) is None


@pytest.mark.parametrize(
    ("question", "places", "given", "right"),
    [
        (ORDERING, (1, 0, 2, 3), (2, 1, 3, 4), 4),
        (ORDERING, (1, 0, 2, 3), (1, 2, 3, 4), 2),
        (ORDERING, (1, 0, 2, 3), (2, 2, 3, 4), 2),  # a rank that is used twice counts for nobody
        (MATCHING, (3, 1, 0), (3, 1, 0), 3),
        (MATCHING, (3, 1, 0), (0, 1, 2), 1),
    ],
)
def test_a_corrected_order_is_what_answers_are_marked_by(question, places, given, right):
    parts = question.item_count or question.pair_count
    assert points(replace(question, places=places), given) == Fraction(right, parts)
