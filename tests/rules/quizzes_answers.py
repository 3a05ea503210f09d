"""Questions of every kind and answers to them, as Hypothesis makes them."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from elearn.quizzes import rules
from elearn.quizzes.rules import TypedNumber
from tests.rules.quizzes_facts import Fact

RIGHT = {
    "single": 1,
    "several": (0, 1),
    "true-false": True,
    "ordering": (1, 2, 3, 4),
    "matching": (0, 1, 2),
    "text": "CekFakta.com",
    "number": TypedNumber("180", Decimal(180)),
}


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
        return st.text("rRaAkK .!“”é12", min_size=1, max_size=rules.TYPED_LENGTHS["text"])
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
