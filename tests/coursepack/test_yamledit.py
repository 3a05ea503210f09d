"""Editing YAML: what is not changed keeps its bytes."""

from decimal import Decimal
from pathlib import Path

import pytest

from elearn.coursepack.yamledit import Unreadable, emit, plain, update

COURSES = Path(__file__).parents[2] / "courses"
FILES = sorted(COURSES.glob("*/*.yml")) + sorted(COURSES.glob("*/*/*.yml"))


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: true\nb: 'true'\n", {"a": True, "b": "true"}),
        ("[1, -2, 2.50, 1e3]\n", [1, -2, Decimal("2.50"), "1e3"]),
        ("a: ~\nb: null\nc:\nd: ''\n", {"a": None, "b": None, "c": None, "d": ""}),
    ],
)
def test_plain_words_are_values_and_quoted_ones_are_texts(text, data):
    assert plain(text) == data
    assert plain(emit(data)) == data


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: &x 1\nb: *x\n", "yaml-anchor", 1),
        ("a: 1\nb: !t 2\n", "yaml-tag", 2),
        ("a: 1\na: 2\n", "yaml-key-twice", 2),
        ("a: 1\n---\nb: 2\n", "yaml-documents", 2),
    ],
)
def test_what_the_format_refuses_is_refused(text, reason, line):
    with pytest.raises(Unreadable) as refused:
        plain(text)
    assert (refused.value.reason, refused.value.line) == (reason, line)


def test_a_changed_value_is_all_that_changes():
    for file in FILES:
        text = file.read_text(encoding="utf-8")
        data = plain(text)
        assert update(text, data) == text
