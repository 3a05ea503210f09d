"""The facts, the task and the languages of a course as rules over its files."""

from dataclasses import replace
from pathlib import Path

import pytest

from elearn.authoring.rules import facts, task
from elearn.authoring.rules.fields import located
from elearn.authoring.rules.languages import with_language, without_language
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.starting import new_course
from elearn.authoring.rules.units import units_of
from elearn.authoring.rules.words import with_blocks, with_lines
from elearn.coursepack.problems import Problem
from elearn.coursepack.reading import read_files
from elearn.coursepack.yamledit import Unreadable, emit
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
    assert with_language(files, "en") == {}
    changes = without_language({**files, "README.yml": b"id: 1\n"}, "en")
    assert "README.yml" not in changes
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


def test_a_language_is_not_taken_out_of_what_cannot_be_read():
    with pytest.raises(Unreadable):
        without_language({**example_files(), "01-reading-room/module.yml": b"title: \xff"}, "en")


def test_a_manifest_that_holds_no_fields_says_nothing():
    assert facts.data_of({"course.yml": b"- a\n"}) == facts.data_of({}) == {}


@pytest.mark.parametrize("manifest", [b"", b"\n"])
def test_a_manifest_that_was_emptied_is_written_anew(manifest):
    assert facts.data_of({"course.yml": manifest}) == {}
    changes = facts.changes_to({"course.yml": manifest}, {"slug": "a"})
    assert changes == {"course.yml": b"slug: a\n"}


@pytest.mark.parametrize(
    ("completion", "offered"),
    [({}, "shown"), ({"task": "required"}, "required"), (None, None)],
)
def test_a_new_task_is_offered_unless_the_course_says_more(completion, offered):
    files = {"course.yml": emit({"slug": "a", "completion": completion}).encode()}
    files |= task.changes_to(files, {"minutes": 30})
    assert task.data_of(files) == {"minutes": 30}
    assert (facts.data_of(files)["completion"] or {}).get("task") == offered


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Merawat Buku Lama di Rumah", "MBL"),
        ("Merawat Buku", "MB"),
        ("Advokasi", "ADV"),
        ("7 Langkah", "XX"),
        ("Lagi 7 langkah", "LL"),
        ("本", "KUR"),
    ],
)
def test_a_new_course_has_a_code_for_its_card(title, code):
    course = facts.data_of(new_course("a", title, ("id",), "perpusnas"))
    assert course["call_code"] == code


LESSON = "01-reading-room/01-dust-and-light.id.md"
AGAIN = b"---\ntitle: Lagi\nminutes: 5\nedition: 1\n---\nTeks\n"


@pytest.mark.parametrize(
    ("files", "code", "page", "anchor"),
    [
        (changed(LESSON, "edition: 1", "edition: 2"), "translation-behind", "lesson", "is_up_to_date"),
        (changed(LESSON, "title: ", "title: \x01"), "control-character", "lesson", "title"),
        ({"01-reading-room/01-x.id.md": AGAIN}, "lesson-order", "outline", "lesson-x"),
        ({"01-reading-room/03-task.id.md": AGAIN}, "lesson-key-reserved", "outline", "lesson-task"),
    ],
)  # fmt: skip
def test_a_problem_leads_to_the_field_that_mends_it(files, code, page, anchor):
    files = {**example_files(), **files}
    _course, problems = read_files(files)
    [found] = located([problem for problem in problems if problem.code == code], files)
    assert (found.spot.page, found.spot.anchor) == (page, anchor)


def test_a_draft_is_read_page_by_page_however_little_there_is():
    files = {path: c for path, c in example_files().items() if not path.endswith("/quiz.yml")}
    pages = units_of(sketch(files))
    assert [page.kind for page in pages] == ["lesson", "lesson", "activity", "task"]
    assert sketch(files).question("lift-dust") is None
    assert {page.kind for page in units_of(sketch(example_files()))} >= {"quiz"}


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


@pytest.mark.parametrize(
    ("there", "wanted", "kept"),
    [("required", "shown", "shown"), ("shown", "required", "required"), (None, "shown", None)],
)
def test_a_task_is_offered_or_required_as_was_chosen(there, wanted, kept):
    data = facts.data_of(example_files())
    data["completion"] = {"required": "all"} | ({} if there is None else {"task": there})
    shown = facts.facts_of(data, ("id", "en"))
    completion = facts.data_with(data, replace(shown, task=wanted))["completion"]
    assert completion.get("task") == kept


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
