"""The facts, the task and the languages of a course as rules over its files."""

from dataclasses import replace
from pathlib import Path

import pytest

from elearn.authoring.rules import facts, task
from elearn.authoring.rules.fields import located
from elearn.authoring.rules.languages import with_language, without_language
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.words import with_blocks, with_lines
from elearn.coursepack.problems import Problem
from elearn.coursepack.reading import read_files
from tests.coursepack.example import changed, example_files

COURSES = sorted(Path(__file__).parents[2].glob("courses/*/course.yml"))


@pytest.mark.parametrize("manifest", COURSES, ids=[path.parent.name for path in COURSES])
def test_what_was_opened_and_not_touched_is_the_same_to_the_byte(manifest):
    files = {path.name: path.read_bytes() for path in manifest.parent.glob("*.yml")}
    languages = sketch(files).languages
    data = facts.data_of(files)
    same = facts.data_with(data, facts.facts_of(data, languages))
    assert facts.changes_to(files, same) == {"course.yml": files["course.yml"]}
    data = task.data_of(files)
    same = task.data_with(data, task.task_of(data, languages))
    assert task.changes_to(files, same) == {"task.yml": files["task.yml"]}


def test_a_course_without_its_translation_is_a_whole_course():
    files = example_files()
    changes = without_language(files, "en")
    after = {path: content for path, content in {**files, **changes}.items() if content}
    single, problems = read_files(after)
    assert single is not None, [one.format("en") for one in problems if one.severity == "error"]
    assert single.languages == ("id",)
    again = with_language(after, "en")["course.yml"]
    assert again is not None
    assert sketch({**after, "course.yml": again}).languages == ("id", "en")


def test_the_language_that_comes_first_is_never_taken_out():
    with pytest.raises(ValueError, match="id"):
        without_language(example_files(), "id")


@pytest.mark.parametrize(
    ("there", "wanted", "found"),
    [
        ({"id": "A  b"}, {"id": "A b", "en": ""}, {"id": "A  b"}),
        ({"id": "A", "jv": "X"}, {"id": "B", "en": ""}, {"id": "B", "jv": "X"}),
        ("Judul", {"id": "Judul", "en": "Title"}, {"id": "Judul", "en": "Title"}),
        (None, {"id": "", "en": ""}, {"id": "", "en": ""}),
        ([1], {"id": "A"}, {"id": "A"}),
    ],
)
def test_only_the_words_that_were_changed_are_written(there, wanted, found):
    assert with_lines(there, wanted) == found


def test_a_text_of_several_lines_keeps_its_end():
    assert with_blocks({"id": "a\n\n"}, {"id": "a"}) == {"id": "a\n\n"}
    assert with_blocks({"id": "a\n"}, {"id": "b\nc"}) == {"id": "b\nc\n"}


def test_a_removed_outcome_takes_no_other_with_it():
    data = facts.data_of(example_files())
    data["outcomes"] = [{"id": str(n), "en": str(n), "jv": "kept"} for n in range(4)]
    shown = facts.facts_of(data, ("id", "en"))
    left = tuple(row for at, row in enumerate(shown.outcomes) if at != 1)
    wanted = facts.data_with(data, replace(shown, outcomes=left))
    assert wanted["outcomes"] == [data["outcomes"][n] for n in (0, 2, 3)]


def test_a_problem_of_any_kind_and_place_has_a_page():
    files = changed("course.yml", "title:", "title: [")
    paths = ["", "course.yml", "task.yml", "01-reading-room", "01-reading-room/module.yml",
             "01-reading-room/quiz.yml", "01-reading-room/01-dust-and-light.id.md", "media/x.svg",
             "a/b/c", "01-reading-room/x.md"]  # fmt: skip
    for path in paths:
        for line in (0, 1, 7, 10_000):
            for key in ("", "title.en", "x"):
                problem = Problem(path, line, "text-empty", (("key", key),), "error")
                [found] = located([problem], {**example_files(), **files})
                assert found.spot.page
