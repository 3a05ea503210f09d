"""The short ways through YAML say, to the character, what the library says of the same text."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from elearn.coursepack.yamlscan import events
from tests.coursepack.yaml_samples import PIECES

COURSES = Path(__file__).parents[2] / "courses"
TEXTS = [
    file.read_text(encoding="utf-8")
    for file in (*COURSES.glob("*/*.yml"), *COURSES.glob("*/*/module.yml"))
] + [next(COURSES.glob("*/*/quiz.yml")).read_text(encoding="utf-8")[:12_000]]


def mark(at):
    return at and (at.index, at.line, at.column)


def heard(parsed):
    """Each event with its marks and all that it says; the error that ends them, if one does."""
    said = []
    try:
        for event in parsed:
            facts = (
                getattr(event, name, None)
                for name in ("value", "style", "flow_style", "implicit", "explicit", "anchor",
                             "tag", "tags", "version")
            )  # fmt: skip
            said.append(
                (type(event), mark(event.start_mark), mark(event.end_mark), *map(str, facts))
            )
    except Exception as error:
        at = (mark(getattr(error, name, None)) for name in ("problem_mark", "context_mark"))
        said.append((type(error), str(error), *at))
    return said


def alike(text):
    assert heard(events(text)) == heard(YAML(typ="safe", pure=True).parse(text))


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_every_course_is_read_alike(text):
    alike(text)


# What the short ways are for, whole and cut off, beside what they leave to the library.
WAYS = st.sampled_from(
    ["key: ", "a-b_1: ", "'x y'", '"x y"', "''", '""', "'a''b'", '"a\\tb"', "'a\n  b'", '"a', "'a",
     "# c", " # c\n", "\n\n", "\n    ", "\n\t", "\r\n", ", ", ":", "-", "--- ", "true", "é", "\ufeff",
     "'\u2028'", '"\x85"', "\x00", "#c\r", "|\n", ">-\n", "  text\n", "%YAML 1.1\n---\n", "x" * 1030]
)  # fmt: skip


@given(st.lists(WAYS | PIECES, max_size=14).map("".join))
@example("")
@example("'a' : b\n\"c\": 'd' # e\n")
@example("[a: b, 'c': d,\t# e\n #f\n g]")
@example('["a"\n "b": c]')
@example("%YAML 1.1\n---\na: 'b\x85c'\u2028d: e\n")
@settings(max_examples=400, deadline=None)
def test_every_text_is_read_alike(text):
    alike(text)


@given(st.sampled_from(TEXTS), st.data())
@settings(max_examples=60, deadline=None)
def test_a_course_with_odd_changes_is_read_alike(text, data):
    start = data.draw(st.integers(0, len(text)))
    part = text[start : start + 400]
    at = data.draw(st.integers(0, len(part)))
    odd = "".join(data.draw(st.lists(WAYS | PIECES, min_size=1, max_size=3)))
    alike(part[:at] + odd + part[at + data.draw(st.integers(0, 9)) :])
