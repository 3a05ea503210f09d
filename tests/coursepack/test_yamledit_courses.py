"""Changes in the courses of the site, places in a text, and the heads of lessons."""

import copy
from pathlib import Path

import pytest

from elearn.coursepack.yamledit import (
    Unreadable,
    line_of,
    place_at,
    plain,
    split_front,
    update,
    update_front,
)
from elearn.coursepack.yamledit.data import read
from tests.coursepack.yaml_samples import BANK

COURSES = Path(__file__).parents[2] / "courses"
FILES = sorted([*COURSES.glob("*/*.yml"), *COURSES.glob("*/*/*.yml")])


def leaves(data, place=()):
    """Each single value with its place."""
    if isinstance(data, dict | list):
        for step, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from leaves(item, (*place, step))
    else:
        yield place, data


def changed_at(data, place, value):
    new = copy.deepcopy(data)
    owner = new
    for step in place[:-1]:
        owner = owner[step]
    owner[place[-1]] = value
    return new


def test_in_every_course_one_changed_value_is_one_changed_place():
    for number, file in enumerate(FILES):
        text = file.read_bytes().decode("utf-8")
        data = plain(text)
        assert update(text, data) == text
        places = list(leaves(data))
        place, value = places[number * 7919 % len(places)]
        other = value + 1 if isinstance(value, int) else f"Lain {value}"
        new = update(text, changed_at(data, place, other))
        start = next(i for i, (a, b) in enumerate(zip(text, new, strict=False)) if a != b)
        rest = text[start + len(str(value)) :] if isinstance(value, int) else text[start:]
        if "\n" not in str(value) and ">" not in text:
            assert new.endswith(rest), file
            assert len(new) - len(text) == len(str(other)) - len(str(value))
        assert (
            text.splitlines()[: line_of(text, place) - 1]
            == new.splitlines()[: line_of(text, place) - 1]
        )


def test_a_change_reads_the_old_text_and_the_new_one_once_each():
    text = FILES[-1].read_text(encoding="utf-8")
    read.cache_clear()
    data = plain(text)
    update(text, {**data, "note": "x"})
    assert read.cache_info().misses == 2


@pytest.mark.parametrize(
    ("line", "place", "begins"),
    [
        (1, (), 1),
        (3, ("draw",), 3),
        (4, ("attempts",), 4),
        (5, ("questions",), 5),
        (7, ("questions", 0, "key"), 7),
        (10, ("questions", 0, "text", "id"), 10),
        (12, ("questions", 0), 7),
        (16, ("questions", 0, "options", 1, "feedback"), 16),
        (17, ("questions",), 5),
        (22, ("questions", 1, "text", "id"), 21),
        (26, ("questions", 1, "text", "en"), 24),
        (99, (), 1),
    ],
)
def test_a_line_leads_to_its_place_and_back(line, place, begins):
    assert place_at(BANK, line) == place
    assert line_of(BANK, place) == begins


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("questions", 1, "gone", "id"), 19),
        (("questions", 9), 5),
        (("draw", "x"), 3),
        (("gone",), 1),
    ],
)
def test_a_place_that_is_not_there_begins_where_its_nearest_parent_does(place, line):
    assert line_of(BANK, place) == line


LESSON = "---\ntitle: Debu  # short\nminutes: 12\n---\nBuku rusak.\n\n---\n\nPelan.\n"


@pytest.mark.parametrize(
    ("text", "data", "body", "changed"),
    [
        (LESSON, {"title": "Cahaya", "minutes": 12}, "Buku rusak.\n\n---\n\nPelan.\n",
         LESSON.replace("Debu", "Cahaya")),
        (LESSON, {"title": "Debu", "minutes": 12}, "Baru.\r\n", LESSON[:41] + "Baru.\n"),
        (LESSON.replace("\n", "\r\n"), {"title": "Debu", "minutes": 9}, "Buku.\nBaru.",
         "---\r\ntitle: Debu  # short\r\nminutes: 9\r\n---\r\nBuku.\r\nBaru."),
        ("---\n# later\n---\nBody", {"title": "A b"}, "Body", '---\n# later\ntitle: "A b"\n---\nBody'),
        ("Body", {"title": "A b"}, "Body", '---\ntitle: "A b"\n---\nBody'),
        ("---\na: 1\n---", {"a": 1}, "Body\n", "---\na: 1\n---\nBody\n"),
        ("", {"a": "---\nb"}, "", "---\na: |-\n  ---\n  b\n---\n"),
    ],
)  # fmt: skip
def test_a_lesson_keeps_what_was_not_changed(text, data, body, changed):
    assert update_front(text, data, body) == changed
    front, new_body, line = split_front(changed)
    assert plain(front) == data
    assert new_body == body.replace("\r\n", "\n")
    assert changed.splitlines()[line - 2] == "---"


def test_front_matter_that_cannot_be_read_is_not_overwritten():
    with pytest.raises(Unreadable):
        update_front("---\na: &b 1\n---\nBody\n", {"a": 1}, "Body\n")
