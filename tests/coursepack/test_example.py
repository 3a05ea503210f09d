"""The example of the document is a course without any problem, and says what it should."""

from __future__ import annotations

from decimal import Decimal

import pytest

from elearn.coursepack import digest, model
from elearn.coursepack.folder import read_course, read_files
from elearn.coursepack.links import CourseLink, course_link
from elearn.coursepack.quizfile import KINDS
from elearn.coursepack.sentences import SENTENCES, WARNINGS
from tests.coursepack.example import DOCUMENT, SLUG, changed, example_files, write_example


@pytest.fixture(scope="module")
def course() -> model.Course:
    found, problems = read_files(example_files(), folder_name=SLUG)
    assert problems == ()
    assert found is not None
    return found


def test_the_example_written_to_disk_has_no_problem(tmp_path):
    found, problems = read_course(write_example(tmp_path))
    assert problems == ()
    assert found is not None
    assert found.files == example_files()


def test_the_course_holds_what_its_files_say(course):
    assert (course.slug, course.version, course.languages) == (SLUG, 1, ("id", "en"))
    assert (course.jp, model.planned_minutes(course.modules), course.default_language) == (
        1,
        45,
        "id",
    )
    assert course.title == {"id": "Merawat Buku", "en": "Caring for Books"}
    assert (course.pre_test, course.post_test) == (model.Test(4, None), model.Test(4, 70))
    assert (course.completion.pass_percent, course.completion.sequential) == (70, False)
    assert course.digest == digest.of(example_files())
    assert list(course.files) == sorted(example_files())


def test_units_come_in_order_and_know_whether_they_are_required(course):
    assert [(u.key, u.kind, u.module_key, u.minutes, u.required) for u in model.units(course)] == [
        ("pre-test", "pre-test", None, 0, False),
        ("dust-and-light", "lesson", "reading-room", 12, True),
        ("weekly-plan", "lesson", "reading-room", 12, True),
        ("reading-room-activity", "activity", "reading-room", 15, False),
        ("reading-room-quiz", "quiz", "reading-room", 6, True),
        ("task", "task", None, 60, False),
        ("post-test", "post-test", None, 0, True),
    ]
    titles = {u.key: u.titles for u in model.units(course)}
    assert titles["weekly-plan"] == {"id": "Jadwal mingguan", "en": "The weekly plan"}
    assert titles["task"]["en"] == "A plan of care"
    assert not titles["reading-room-quiz"]


def test_every_kind_of_question_is_read(course):
    (module,) = course.modules
    by_kind = {q.kind: q for q in module.quiz.pool("quiz")}
    assert set(by_kind) == set(KINDS)
    assert [o.right for o in by_kind["several"].options] == [True, True, False]
    assert by_kind["several"].points == 2
    assert by_kind["true-false"].answer is False
    assert by_kind["true-false"].if_true["en"] == "The sun fades covers."
    assert next(item["en"] for item in by_kind["ordering"].items) == "Divide the shelves"
    assert by_kind["matching"].pairs[1].right["id"] == "Sampul pudar"
    assert by_kind["matching"].extra[0]["en"] == "Torn pages"
    assert by_kind["text"].accepted == ("jadwal", "plan", "schedule")
    assert (by_kind["number"].answer, by_kind["number"].tolerance) == (Decimal(5), Decimal(0))
    assert by_kind["single"].options[1].feedback["en"] == "It only moves the dust."
    assert len(module.quiz.pool("test")) == 4


def test_a_lesson_says_what_stands_above_its_text(course):
    lesson = course.modules[0].lessons[0]
    text = lesson.versions["id"]
    assert (lesson.key, lesson.edition, lesson.minutes) == ("dust-and-light", 1, 12)
    assert text.sources == ("Pedoman perawatan koleksi perpustakaan desa",)


@pytest.mark.parametrize(
    ("target", "unit"),
    [
        ("02-weekly-plan.id.md", "weekly-plan"),
        ("02-weekly-plan.en.md#x", "weekly-plan"),
        ("../01-reading-room/01-dust-and-light.id.md", "dust-and-light"),
        ("./02-weekly-plan.id.md", "weekly-plan"),
        ("03-nothing.id.md", None),
        ("../../02-weekly-plan.id.md", None),
        ("#x", None),
        ("/01-reading-room/02-weekly-plan.id.md", None),
        ("https://a.example", None),
    ],
)
def test_a_link_means_the_unit_of_its_lesson_file(course, target, unit):
    path = "01-reading-room/01-dust-and-light.id.md"
    assert model.link_target(course, path, target) == unit


@pytest.mark.parametrize(
    ("target", "meant"),
    [
        ("course:advocacy", CourseLink("advocacy")),
        ("course:advocacy/a-good-goal", CourseLink("advocacy", "a-good-goal")),
        ("course:advocacy/", None),
        ("course:../login", None),
        ("course://evil.example", None),
        ("advocacy", None),
    ],
)
def test_a_link_to_another_course_names_it_by_slug_and_unit_key(target, meant):
    assert course_link(target) == meant


def test_a_course_that_names_another_one_needs_not_have_it_at_hand():
    path = "01-reading-room/01-dust-and-light.id.md"
    _, problems = read_files(changed(path, "(02-weekly-plan.id.md)", "(course:advocacy/x)"))
    assert problems == ()


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("../media/shelf.svg", "media/shelf.svg"),
        ("../media/a%20b.png", "media/a b.png"),
        ("../task.yml", None),
        ("../../media/shelf.svg", None),
        ("../media/../course.yml", None),
    ],
)
def test_an_image_target_means_a_file_in_media(target, path):
    assert model.media_path("01-reading-room/01-dust-and-light.id.md", target) == path


@pytest.mark.parametrize(
    ("old", "new", "required"),
    [
        ("required: all ", "required: [weekly-plan, post-test] ", ("weekly-plan", "post-test")),
        (
            "task: shown ",
            "task: required ",
            ("dust-and-light", "weekly-plan", "reading-room-quiz", "task", "post-test"),
        ),
    ],
)
def test_what_completes_the_course_is_resolved_in_course_order(old, new, required):
    found, problems = read_files(changed("course.yml", old, new))
    assert problems == ()
    assert found.completion.required == required


def test_texts_fall_back_to_the_default_language():
    texts = model.Texts((("id", "Buku"), ("en", "")))
    assert (texts.best("en", "id"), texts.best("jv", "id"), texts.best("jv", "fr")) == (
        "Buku",
        "Buku",
        "",
    )
    assert (texts["id"], texts.get("jv"), list(texts), len(texts)) == (
        "Buku",
        None,
        ["id", "en"],
        2,
    )


def test_windows_line_ends_and_a_byte_order_mark_are_fine(course):
    files = {
        path: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n")
        for path, content in example_files().items()
    }
    found, problems = read_files(files)
    assert problems == ()
    assert found.modules == course.modules


def test_the_document_lists_every_problem_and_no_other():
    rows = [
        line.split("|")[1:4]
        for line in DOCUMENT.read_text(encoding="utf-8").splitlines()
        if line.startswith("| `") and ("| warning |" in line or "| error |" in line)
    ]
    listed = {row[0].strip().strip("`"): row[1].strip() for row in rows}
    assert listed == {code: "warning" if code in WARNINGS else "error" for code in SENTENCES}
    words = {row[0].strip().strip("`"): row[2].strip() for row in rows}
    for code, sentence in SENTENCES.items():
        assert words[code] == sentence["en"].replace("{{{", "{").replace("}}}", "}"), code
