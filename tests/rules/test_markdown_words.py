"""A text of nothing but words is rendered without the way that all others go, to the same HTML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.markdown import ENGLISH, render, render_inline
from elearn.core.markdown.allow import clean, clean_inline
from elearn.core.markdown.grammar import convert, convert_inline
from elearn.core.markdown.words import is_paragraph, is_words

NOTHING = {"link": lambda _: None, "image": lambda _: None}
CHARACTERS = "aB9é字ß,.;:?!()%/+=–—’‘“”'\"-"
MARKED = ("_a_", "__b", "*c*", "`d`", "e\\*", "&amp;", "<b>", "[f](g)", "#", "a\n", "\xa0", "|")
PIECES = st.one_of(st.text(CHARACTERS, min_size=1, max_size=8), st.sampled_from(MARKED))


def whole(source: str) -> str:
    return render(source, prefix="u", **NOTHING).html


@given(st.lists(PIECES, max_size=5).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_both_ways_lead_to_the_same_html(source):
    html, _ = convert(source, "u", **NOTHING, labels=ENGLISH)
    assert whole(source) == clean(html, "u")
    assert render_inline(source) == clean_inline(convert_inline(source))


@pytest.mark.parametrize("source", ["Sudah keluar, “aman”.", "45 + 4 = 49", "字 é"])
def test_words_take_the_short_way(source):
    assert is_words(source)
    assert is_paragraph(f"Ya: {source}\n")


@pytest.mark.parametrize("source", ["- a", "1. a", ": a", "a  b", "a\nb", " a", "a\n\n", "", "*a*"])
def test_what_may_be_more_than_a_paragraph_takes_the_long_way(source):
    assert not is_paragraph(source)
