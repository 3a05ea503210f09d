"""Each fault of a course gets its own sentence, at its own line, beside all the others."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from elearn.coursepack.folder import read_files
from elearn.coursepack.limits import Limits
from elearn.coursepack.problems import Problem, Report
from elearn.coursepack.sentences import ADVICE, SENTENCES, WARNINGS
from tests.coursepack.example import SLUG, changed, example_files

COURSE, TASK = "course.yml", "task.yml"
MODULE, QUIZ = "01-reading-room/module.yml", "01-reading-room/quiz.yml"
LESSON = "01-reading-room/01-dust-and-light.id.md"
TRANSLATION = "01-reading-room/01-dust-and-light.en.md"
SHELF = "media/shelf.svg"

# file, what is there, what is put instead, code, line of the problem
CHANGES = [
    (COURSE, "format: 1\n", "format: 2\n", "format-unknown", 1),
    (COURSE, "slug: care-of-books ", "slug: Care Of Books ", "key-form", 2),
    (COURSE, "slug: care-of-books ", "slug: other ", "slug-folder", 2),
    (COURSE, "version: 1\n", "version: 0\n", "value-range", 3),
    (COURSE, "version: 1\n", "version: one\n", "value-whole", 3),
    (COURSE, "version: 1\n", 'version: "1"\n', "value-whole", 3),
    (COURSE, "version: 1\n", "version: [1]\n", "value-whole", 3),
    (COURSE, "version: 1\n", "", "key-missing", 1),
    (COURSE, "version: 1\n", "version: 1\nversion: 2\n", "yaml-key-twice", 4),
    (COURSE, "version: 1\n", "version: 1\nauthor: Budi\n", "key-unknown", 4),
    (COURSE, "version: 1\n", "version: 1\nverson: 1\n", "key-unknown-near", 4),
    (COURSE, "languages: [id, en]", "languages: [id, en, jv]", "translation-missing", 5),
    (COURSE, "languages: [id, en]", "languages: [id, en, jv]", "lesson-missing", 0),
    (COURSE, "languages: [id, en]", "languages: [id, english]", "language-form", 4),
    (COURSE, "languages: [id, en]", "languages: [id, en, id]", "language-twice", 4),
    (COURSE, "languages: [id, en]", "languages: [id]", "language-unlisted", 5),
    (COURSE, "languages: [id, en]", "languages: id", "value-list", 4),
    (COURSE, ", en: Caring for Books", "", "translation-missing", 5),
    (COURSE, "title: {id: Merawat Buku, en: Caring for Books}", "title: x", "text-languages", 5),
    (COURSE, "id: Merawat Buku,", "id: Merawat, menjaga,", "text-comma", 5),
    (COURSE, "id: Merawat Buku,", "id: ,", "text-empty", 5),
    (COURSE, "id: Merawat Buku,", "id: null,", "text-empty", 5),
    (COURSE, "id: Merawat Buku,", "id: [a],", "value-text", 5),
    (COURSE, "id: Merawat Buku,", f"id: {'x' * 121},", "text-long", 5),
    (COURSE, "id: Merawat Buku,", "id: Merawat \u202ekubB,", "text-bidi", 5),
    (COURSE, "id: Merawat Buku,", 'id: "Buku\\x07",', "text-control", 5),
    (COURSE, "id: Merawat Buku,", "id: Buku\x07,", "control-character", 5),
    (COURSE, "id: Merawat Buku,", "id: Buku\x00,", "control-character", 5),
    (COURSE, "call_code: RB ", "call_code: Rb1 ", "call-code-form", 9),
    (COURSE, "weave: tumpal ", "weave: batik ", "value-choice", 10),
    (COURSE, "outcomes:\n", "outcomes: []\nx:\n", "list-count", 12),
    (COURSE, "completion:\n", "completion: all\nx:\n", "value-fields", 16),
    (COURSE, "required: all ", "required: most ", "required-form", 17),
    (COURSE, "required: all ", "required: [pre-test] ", "required-pre-test", 17),
    (COURSE, "required: all ", "required: [task] ", "required-task", 17),
    (COURSE, "required: all ", "required: [nothing] ", "required-unknown", 17),
    (COURSE, "required: all ", "required: [post-test, post-test] ", "required-twice", 17),
    (COURSE, "pass_percent: 70\n", "pass_percent: 101\n", "value-range", 18),
    (COURSE, "per_module: 4}", "per_module: 5}", "test-pool-small", 0),
    (COURSE, "  - 01-reading-room", "  - 01-reading-room\n  - 02-cellar", "module-missing", 25),
    (COURSE, "  - 01-reading-room", "  - Reading room", "module-form", 24),
    (COURSE, "  - 01-reading-room", "  - 01-reading-room\n  - 01-reading-room", "module-twice", 25),
    (COURSE, "  - 01-reading-room", "  - 01-reading-room\n  - 02-reading-room", "key-taken", 25),
    (COURSE, "  - 01-reading-room", "  - 02-cellar\n  - 01-reading-room", "modules-order", 23),
    (COURSE, "  - 01-reading-room", "  - 02-cellar", "module-unlisted", 0),
    (COURSE, "version: 1\n", "version: &v 1\n", "yaml-anchor", 3),
    (COURSE, "version: 1\n", "version: *v\n", "yaml-alias", 3),
    (COURSE, "version: 1\n", "version: !!int 1\n", "yaml-tag", 3),
    (COURSE, "version: 1\n", "version: 1\n<<: {a: b}\n", "yaml-merge", 4),
    (COURSE, "version: 1\n", "version: 1\n? [a]\n: b\n", "yaml-key", 4),
    (COURSE, "version: 1\n", "version: 1\n  x: 2\n", "yaml-broken", 4),
    (COURSE, "version: 1\n", "version: 1\n\t- x: [\n", "yaml-broken", 4),
    (COURSE, "id: Merawat Buku,", "id: Buku \ufffe,", "yaml-broken", 5),
    (COURSE, "version: 1\n", f"version: {'[' * 20}{']' * 20}\n", "yaml-depth", 3),
    (COURSE, "version: 1\n", "version: 1\n---\na: b\n", "yaml-documents", 4),
    (COURSE, "format: 1\n", "%YAML 1.1\n---\nformat: 1\n", "yaml-directive", 2),
    (MODULE, "jp: 1 ", "jp: 41 ", "value-range", 3),
    (MODULE, "jp: 1 ", "jp: 2 ", "jp-minutes", 23),
    (MODULE, "minutes: 15", "minutes: 15\n  where: 3", "key-unknown", 8),
    (MODULE, "- [ ] books with a loose spine", "- ![](x.png)", "image-alt", 18),
    (MODULE, "- [ ] books with a loose spine", "- ![a](../media/x.png)", "image-missing", 18),
    (LESSON, "minutes: 12", "minutes: 91", "value-range", 3),
    (LESSON, "minutes: 12\n", "", "key-missing", 2),
    (LESSON, "---\ntitle", "title", "lesson-front", 1),
    (LESSON, "\n---\n", "\n", "lesson-front", 1),
    (LESSON, "## Empat penyebab", "# Empat penyebab", "heading-top", 10),
    (LESSON, "## Empat penyebab", "### Empat penyebab", "heading-skip", 10),
    (LESSON, "(02-weekly-plan.id.md)", "(03-plan.id.md)", "link-missing", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(../../x.md)", "link-missing", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(02-weekly-plan.id.md#x)", "anchor-missing", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(javascript:alert)", "link-form", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(course:)", "link-course", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(course:Advocacy)", "link-course", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(course:advocacy/plan#judul)", "link-course", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(course:advocacy/02-plan/01-a.id.md)", "link-course", 24),
    (LESSON, "(02-weekly-plan.id.md)", "(//evil.example)", "link-form", 24),
    (LESSON, "(#empat-penyebab)", "(#lima-penyebab)", "anchor-missing", 24),
    (LESSON, "../media/shelf.svg", "https://a.example/x.png", "image-outside", 17),
    (LESSON, "../media/shelf.svg", "../media/Shelf.svg", "image-missing", 17),
    (LESSON, "Kemoceng", "<b>Kemoceng</b>", "html-shown", 20),
    (LESSON, "Kemoceng", "> " * 30 + "x", "markdown-slow", 20),
    (TRANSLATION, "of_edition: 1", "of_edition: 2", "translation-ahead", 3),
    (TRANSLATION, "of_edition: 1", "of_edition: 1\nminutes: 12", "key-unknown", 4),
    (QUIZ, "draw: 7 ", "draw: 8 ", "draw-large", 1),
    (QUIZ, "kind: single ", "kind: choice ", "value-choice", 6),
    (QUIZ, "- right: {id: Kain", "- wrong: {id: Kain", "question-no-right", 10),
    (QUIZ, "- wrong: {id: Kemoceng", "- right: {id: Kemoceng", "single-many-right", 10),
    (QUIZ, "- wrong: {id: Sampul", "- right: {id: Sampul", "several-no-wrong", 21),
    (QUIZ, "- right: {id: Kain", "- correct: {id: Kain", "option-mark", 11),
    (
        QUIZ,
        "{id: Debu, en: Dust}\n      - right",
        "{id: cahaya, en: x}\n      - right",
        "choice-twice",
        21,
    ),
    (QUIZ, "{id: Kain lembap,", '{id: "[a](b)",', "text-inline-only", 11),
    (QUIZ, "answer: false\n    if_true", "answer: no\n    if_true", "value-truth", 31),
    (QUIZ, "key: causes", "key: lift-dust", "question-twice", 14),
    (QUIZ, "lesson: weekly-plan", "lesson: monthly-plan", "question-lesson", 37),
    (QUIZ, "    feedback: {id: Jadwal., en: The plan.}\n", "", "key-missing", 58),
    (QUIZ, "        right: {id: Halaman kusam, en: Dull pages}\n", "", "pair-half", 52),
    (QUIZ, "answer: 5", "answer: lima", "value-number", 73),
    (QUIZ, "    answer: true\n", "", "key-missing", 83),
    (QUIZ, "text: {id: ", "text: {id: [a], x: ", "value-text", 9),
    (QUIZ, "    answer: 5\n", "", "key-missing", 66),
    (QUIZ, "tolerance: 0", "tolerance: -1", "tolerance-negative", 74),
    (TASK, "weight: 100", "weight: 90", "rubric-weights", 9),
    (
        TASK,
        "  - key: complete\n    weight: 100",
        (
            "  - {key: a, weight: 50, title: {id: a, en: a}, levels: []}\n"
            "  - {key: a, weight: 50, title: {id: a, en: a}, levels: []}\n"
            "  - key: complete\n    weight: 100"
        ),
        "criterion-twice",
        11,
    ),
    (TASK, "      - {id: Tidak ada., en: Absent.}\n", "", "list-count", 13),
    (SHELF, "<rect", "<script>x</script><rect", "svg-element", 2),
    (SHELF, "<rect", '<rect onload="x"', "svg-attribute", 2),
    (SHELF, 'fill="none"', 'fill="url(//x)"', "svg-address", 2),
    (SHELF, "<svg", "<!DOCTYPE svg><svg", "svg-doctype", 1),
    (SHELF, "</svg>", "", "svg-broken", 7),
    (SHELF, ' viewBox="0 0 320 180"', "", "svg-size", 1),
    (SHELF, "<rect", "<g>" * 60 + "</g>" * 60 + "<rect", "svg-large", 2),
    (SHELF, "0 0 320 180", "0 0 99999 99999", "media-pixels", 0),
    (SHELF, "0 0 320 180", "0 0 0 0", "media-content", 0),
]


def problems_of(files: dict[str, bytes], limits: Limits | None = None) -> tuple[Problem, ...]:
    course, problems = read_files(files, limits or Limits(), folder_name=SLUG)
    assert (course is None) == any(problem.severity == "error" for problem in problems)
    for problem in problems:
        for language in ("id", "en"):
            assert re.search(rf"\[{problem.code}\]$", problem.format(language))
    return problems


@pytest.mark.parametrize(
    ("path", "old", "new", "code", "line"),
    CHANGES,
    ids=[f"{c[3]}-{n}" for n, c in enumerate(CHANGES)],
)
def test_a_fault_is_told_at_its_line(path, old, new, code, line):
    found = [p for p in problems_of(changed(path, old, new)) if p.code == code]
    assert found, problems_of(changed(path, old, new))
    assert line in [p.line for p in found], [p.format("en") for p in found]


def without(path: str) -> dict[str, bytes]:
    return {name: content for name, content in example_files().items() if name != path}


def also(path: str, content: bytes = b"x\n") -> dict[str, bytes]:
    return {**example_files(), path: content}


LESSON_AGAIN = example_files()[LESSON]
WIDE_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + b"\0\0\x30\0" * 2 + b"\x08\x02\0\0\0"
FILES = [
    (without(COURSE), "course-missing", "course.yml"),
    (without(MODULE), "module-file-missing", MODULE),
    (without(TASK), "task-missing", COURSE),
    (without(QUIZ), "test-pool-small", QUIZ),
    (without(SHELF), "image-missing", LESSON),
    (without(LESSON), "lesson-missing", TRANSLATION),
    (also(COURSE, b""), "yaml-empty", COURSE),
    (also(LESSON, b"---\ntitle: a\nminutes: 1\nedition: 1\n---\n\n"), "lesson-empty", LESSON),
    (also(LESSON, b"---\n---\nText\n"), "lesson-front", LESSON),
    (also(LESSON, b"\n".join([b"a", b"\xff"])), "text-encoding", LESSON),
    (also(LESSON, b"a" * 300_000), "text-bytes", LESSON),
    (also("media/big.png", b"a" * 2_100_000), "file-bytes", "media/big.png"),
    (also("media/note.txt"), "media-kind", "media/note.txt"),
    (also("media/x.png"), "media-content", "media/x.png"),
    (also("media/other.svg", example_files()[SHELF]), "media-unused", "media/other.svg"),
    (also("notes.txt"), "file-unexpected", "notes.txt"),
    (also("01-reading-room/notes.txt"), "file-unexpected", "01-reading-room/notes.txt"),
    (also("01-reading-room/quiz.yaml"), "file-unexpected", "01-reading-room/quiz.yaml"),
    (also("01-reading-room/lesson.md"), "lesson-name", "01-reading-room/lesson.md"),
    (
        also("01-reading-room/03-dust-and-light.id.md", LESSON_AGAIN),
        "lesson-twice",
        "01-reading-room/03-dust-and-light.id.md",
    ),
    (
        also("01-reading-room/04-dust-and-light.jv.md", LESSON_AGAIN),
        "lesson-number",
        "01-reading-room/04-dust-and-light.jv.md",
    ),
    (
        also("01-reading-room/04-x.jv.md", LESSON_AGAIN),
        "language-unlisted",
        "01-reading-room/04-x.jv.md",
    ),
    (
        also("01-reading-room/01-x.id.md", LESSON_AGAIN),
        "lesson-order",
        "01-reading-room/01-x.id.md",
    ),
    (
        also("01-reading-room/03-task.id.md", LESSON_AGAIN),
        "lesson-key-reserved",
        "01-reading-room/03-task.id.md",
    ),
    (
        also("01-reading-room/03-x-quiz.id.md", LESSON_AGAIN),
        "lesson-key-reserved",
        "01-reading-room/03-x-quiz.id.md",
    ),
    (
        also(f"01-reading-room/03-{'x' * 61}.id.md"),
        "key-form",
        f"01-reading-room/03-{'x' * 61}.id.md",
    ),
    (also("02-cellar/module.yml"), "module-unlisted", "02-cellar"),
    (also("/etc/passwd"), "path-absolute", "/etc/passwd"),
    (also("C:/x.md"), "path-absolute", "C:/x.md"),
    (also("media\\x.png"), "path-backslash", "media\\x.png"),
    (also("../x.png"), "path-outside", "../x.png"),
    (also("media/a/b/c/d.png"), "path-deep", "media/a/b/c/d.png"),
    (also("media/x.png", WIDE_PNG), "media-pixels", "media/x.png"),
    (also("media/a b.png"), "path-name", "media/a b.png"),
    (also("media/.hidden.png"), "path-name", "media/.hidden.png"),
    (also("media//x.png"), "path-name", "media//x.png"),
    (also("media/AUX.png"), "path-reserved", "media/AUX.png"),
    (also("media/Shelf.svg"), "path-clash", "media/shelf.svg"),
    (also("Media/x.svg"), "path-clash", "media/shelf.svg"),
]


@pytest.mark.parametrize(
    ("files", "code", "path"), FILES, ids=[f"{f[1]}-{n}" for n, f in enumerate(FILES)]
)
def test_a_file_out_of_place_is_told(files, code, path):
    assert (code, path) in [(p.code, p.path) for p in problems_of(files)]


def test_a_lesson_key_is_unique_in_the_whole_course():
    files = changed(COURSE, "  - 01-reading-room", "  - 01-reading-room\n  - 02-cellar")
    files["02-cellar/module.yml"] = files[MODULE]
    files["02-cellar/05-dust-and-light.id.md"] = (
        b"---\ntitle: a\nminutes: 5\nedition: 1\n---\nTeks\n"
    )
    problems = problems_of(files)
    assert ("key-taken", "02-cellar/05-dust-and-light.id.md") in [
        (p.code, p.path) for p in problems
    ]


def test_a_module_is_not_called_by_more_than_a_key_may_have():
    folder = f"02-{'x' * 61}"
    files = changed(COURSE, "  - 01-reading-room", f"  - 01-reading-room\n  - {folder}")
    files[f"{folder}/module.yml"] = files[MODULE]
    assert ("key-form", folder) in [(p.code, p.path) for p in problems_of(files)]


def test_a_module_without_lessons_is_told():
    files = changed(COURSE, "  - 01-reading-room", "  - 01-reading-room\n  - 02-cellar")
    files["02-cellar/module.yml"] = files[MODULE]
    assert "module-no-lessons" in [p.code for p in problems_of(files)]


def test_an_old_translation_is_a_warning_that_names_the_file():
    (problem,) = problems_of(changed(LESSON, "edition: 1", "edition: 2"))
    assert (problem.code, problem.severity, problem.path) == (
        "translation-behind",
        "warning",
        TRANSLATION,
    )
    assert LESSON in problem.sentence("id")


def test_test_questions_without_a_test_are_a_warning():
    files = changed(COURSE, "pre_test: {per_module: 4} ", "")
    files[COURSE] = files[COURSE].replace(b"post_test: {per_module: 4, pass_percent: 70}\n", b"")
    assert [p.code for p in problems_of(files)] == ["test-pool-unused"]


def test_tests_need_four_questions_of_every_module_even_when_they_draw_fewer():
    files = changed(QUIZ, "pool: test ", "pool: quiz ")
    files[COURSE] = files[COURSE].replace(b"per_module: 4", b"per_module: 1")
    assert [p.code for p in problems_of(files)] == ["test-pool-small"]


def some_of_each_file() -> list[tuple[str, str, str, str, int]]:
    return [next(c for c in CHANGES if c[0] == path) for path in (MODULE, LESSON, QUIZ, TASK)]


def test_all_faults_of_all_files_are_told_in_one_run_sorted():
    files = example_files()
    for path, old, new, _code, _line in some_of_each_file():
        files[path] = files[path].replace(old.encode(), new.encode(), 1)
    problems = problems_of(files)
    assert {p.path for p in problems} >= {MODULE, LESSON, QUIZ, TASK}
    assert list(problems) == sorted(problems)


def test_after_the_last_problem_kept_the_rest_is_counted():
    files = changed(COURSE, "version: 1\n", "".join(f"x{n}: 1\n" for n in range(30)))
    problems = problems_of(files, Limits(problems=10))
    assert len(problems) == 11
    assert problems[-1].code == "and-more"
    assert "21" in problems[-1].sentence("en")


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(files=5), "course-files"),
        (Limits(total_bytes=1_000), "course-bytes"),
        (Limits(all_text_bytes=1_000), "texts-bytes"),
        (Limits(all_yaml_bytes=1_000), "yaml-bytes"),
    ],
)
def test_a_course_beyond_a_limit_is_told(limits, code):
    assert code in [p.code for p in problems_of(example_files(), limits)]


def test_too_many_fields_are_told():
    many = "x: [" + "1," * 60_000 + "]\n"
    assert "yaml-large" in [p.code for p in problems_of(changed(COURSE, "version: 1\n", many))]


OTHER_TESTS = {
    *("and-more", "course-files", "course-bytes", "texts-bytes", "yaml-bytes", "yaml-large"),
    *("key-taken", "module-no-lessons", "translation-behind", "test-pool-unused"),
    *("archive-broken", "archive-encrypted", "archive-method", "archive-nested", "archive-ratio"),
    *("archive-twice", "file-link", "file-special", "file-unreadable", "path-encoding"),
    *ADVICE,  # in test_advice
}


def test_every_problem_has_its_test():
    assert {c[3] for c in CHANGES} | {f[1] for f in FILES} | OTHER_TESTS == set(SENTENCES)


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_a_problem_has_its_sentence_in_both_languages(code):
    sentence = SENTENCES[code]
    assert set(sentence) == {"id", "en"}
    assert sentence["id"] != sentence["en"]
    assert places(sentence["id"]) == places(sentence["en"])
    assert all(
        text[0].isupper()
        or text[0] in "{"
        or text.startswith(("call_code", "completion", "draw", "slug"))
        for text in sentence.values()
    )
    assert all(text.endswith((".", "?")) for text in sentence.values())


def test_warnings_are_problems():
    assert set(SENTENCES) > WARNINGS


def test_a_value_from_a_file_cannot_move_the_cursor_of_a_terminal():
    report = Report(10)
    report.add("a\x1b[2J", 3, "key-missing", key="x\x1b]0;evil\x07" + "y" * 500)
    (problem,) = report.sorted()
    line = problem.format("en")
    assert line.isprintable()
    assert len(line) < 400
    assert line.startswith("a\\x1b[2J:3: ")
