"""Which questions are drawn, and in what order they are shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearn.quizzes import rules
from tests.rules.quizzes_facts import ONE_OF_EACH, Fact, FactUnit


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
