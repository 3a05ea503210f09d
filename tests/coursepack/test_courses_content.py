"""The courses we publish keep the promises that a program can check."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from statistics import mean

import pytest

from elearn.core.markdown import plain_text, scan
from elearn.coursepack import model
from elearn.coursepack.folder import read_course
from elearn.coursepack.links import course_link
from elearn.coursepack.problems import Problem
from elearn.coursepack.quizfile import KINDS

COURSES = Path(__file__).parents[2] / "courses"
FOLDERS = sorted(path.parent for path in COURSES.glob("*/course.yml"))
READ: dict[Path, tuple[model.Course | None, tuple[Problem, ...]]] = {}

WORDS = range(500, 901)
LARGEST_IMAGE = 15 * 1024
SMALLEST_LETTERS = 14  # of a figure drawn 340 wide, the width it has on a phone
# A lesson ends with an example, something to do and something to keep, in the words of its language.
SHAPE = {
    "id": ("## Yang perlu diketahui", "## Caranya", "## Contoh: ", "## Lakukan hari ini"),
    "en": ("## What to know", "## How to do it", "## Example: ", "## Do this today"),
}
KEEP = {"id": '!!! note "Ingat"', "en": '!!! note "Remember"'}
LAZY = re.compile(
    r"semua (jawaban )?(di atas|benar)|bukan salah satu|(all|none) of the (above|answers)", re.I
)

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_TARGET = re.compile(r"\]\([^)\n]*\)")
_ADMONITION = re.compile(r'(?m)^ *!!! \w+ "([^"\n]*)"$')
_QUOTED = re.compile(r"“[^”]*”")
_ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]+\b")


def read(folder: Path) -> tuple[model.Course | None, tuple[Problem, ...]]:
    """The course of a folder, parsed once for all tests."""
    if folder not in READ:
        READ[folder] = read_course(folder)
    return READ[folder]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def course(request) -> model.Course:
    found, _ = read(request.param)
    assert found is not None, "see test_the_checker_finds_nothing"
    return found


def lessons(course: model.Course) -> Iterator[tuple[str, model.LessonText]]:
    for module in course.modules:
        for lesson in module.lessons:
            yield from lesson.versions.items()


def banks(course: model.Course) -> Iterator[tuple[str, model.Quiz]]:
    for module in course.modules:
        assert module.quiz is not None, f"{module.key} has no quiz"
        yield module.key, module.quiz


def texts_below(value: object) -> Iterator[Mapping[str, str]]:
    """Every text in several languages that a part of a course holds."""
    if isinstance(value, model.Texts):
        if value:
            yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts_below(item)
    elif isinstance(value, model.Lesson):
        yield {name: text.title + "\n\n" + text.body for name, text in value.versions.items()}
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts_below(getattr(value, field.name))


def prose(text: str) -> str:
    """What is read as sentences: without code, addresses and the marks of boxes."""
    return _ADMONITION.sub(r"\1", _TARGET.sub("]", _CODE.sub("", text)))


def test_there_are_courses():
    assert FOLDERS


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_checker_finds_nothing(folder):
    assert [problem.format("en") for problem in read(folder)[1]] == []


def test_every_text_stands_in_every_language(course):
    for text in texts_below(course):
        assert set(text) == set(course.languages)
        assert all(words.strip() for words in text.values()), text


def test_lessons_are_neither_thin_nor_long(course):
    counts = {text.path: len(plain_text(text.body).split()) for _, text in lessons(course)}
    assert {path: count for path, count in counts.items() if count not in WORDS} == {}


def test_every_lesson_names_its_sources_in_every_language(course):
    for module in course.modules:
        for lesson in module.lessons:
            counts = {text.path: len(text.sources) for text in lesson.versions.values()}
            assert 0 not in counts.values(), counts
            assert len(set(counts.values())) == 1, counts


def test_lessons_have_one_shape(course):
    for language, text in lessons(course):
        lines = text.body.split("\n")
        places = [
            next((n for n, line in enumerate(lines) if line.startswith(start)), -1)
            for start in (*SHAPE[language], KEEP[language])
        ]
        assert -1 not in places, (text.path, places)
        assert places == sorted(places), text.path
        assert "- [ ] " in "\n".join(lines[places[3] : places[4]]), f"{text.path}: nothing to do"


def test_a_translation_has_the_headings_the_links_and_the_figures_of_its_original(course):
    for module in course.modules:
        for lesson in module.lessons:
            built = {
                (
                    tuple(heading.level for heading in found.headings),
                    tuple(link.target.replace(f".{language}.md", ".md") for link in found.links),
                    tuple(re.sub(r"-\w\w\.svg$", ".svg", i.target) for i in found.images),
                )
                for language, text in lesson.versions.items()
                for found in [scan(text.body)]
            }
            assert len(built) == 1, lesson.key


def test_a_link_to_another_course_leads_to_a_unit_of_it(course):
    units = {
        other.slug: {unit.key for unit in model.units(other)}
        for folder in FOLDERS
        if (other := read(folder)[0]) is not None
    }
    links = [course_link(found.target) for _, t in lessons(course) for found in scan(t.body).links]
    leading = [link for link in links if link]
    assert leading, "every course of the series leads on to another one"
    for link in leading:
        assert link.slug != course.slug, link
        assert link.unit_key is None or link.unit_key in units[link.slug], link


def test_sentences_use_typographic_quotes_and_apostrophes(course):
    for text in texts_below(course):
        for words in text.values():
            straight = re.search(r""".{0,40}['"].{0,40}""", prose(words))
            assert straight is None, straight and straight.group()


def test_an_abbreviation_is_explained_where_it_first_appears(course):
    """First in the course; explained = "ABC (words)", "words (ABC)" or "ABC stands for".

    What stands in quotation marks is somebody's shout or what a screen shows.
    """
    parts: list[object] = [course.summary, course.outcomes]
    for module in course.modules:
        parts += [module.title, module.summary, *module.lessons, module.activity, module.quiz]
    parts.append(course.task)
    for language in course.languages:
        known: set[str] = set()
        for part in parts:
            words = "\n\n".join(_QUOTED.sub("", prose(t[language])) for t in texts_below(part))
            for short in set(_ABBREVIATION.findall(words)) - known:
                explained = rf"{short} \(|\({short}[,)]|{short} (adalah singkatan|stands for)"
                assert re.search(explained, words), f"{short} ({language}) in {part!r:.200}"
                known.add(short)


def test_banks_are_large_and_mix_the_kinds(course):
    everywhere: set[str] = set()
    for key, quiz in banks(course):
        kinds = {question.kind for question in quiz.questions}
        assert len(quiz.pool("quiz")) >= 12, key
        assert len(kinds) >= 6, f"{key} lacks {set(KINDS) - kinds}"
        everywhere |= kinds
    assert everywhere == set(KINDS)


def test_every_lesson_is_asked_about_in_quiz_and_test(course):
    for module in course.modules:
        keys = {lesson.key for lesson in module.lessons}
        for pool in ("quiz", "test"):
            asked = Counter(question.lesson for question in module.quiz.pool(pool))
            assert set(asked) == keys, (module.key, pool)


def test_every_answer_teaches(course):
    for _, quiz in banks(course):
        for question in quiz.questions:
            if question.options:
                assert all(option.feedback for option in question.options), question.key
            elif question.kind == "true-false":
                assert question.if_true, question.key
                assert question.if_false, question.key
            else:
                assert question.feedback, question.key


def test_no_option_leans_on_the_others(course):
    for _, quiz in banks(course):
        for question in quiz.questions:
            for option in question.options:
                for words in option.text.values():
                    assert not LAZY.search(words), (question.key, words)


def test_the_length_of_an_option_does_not_betray_the_right_one(course):
    for language in course.languages:
        for key, quiz in banks(course):
            right: list[int] = []
            wrong: list[int] = []
            outliers: Counter[str] = Counter()
            single = 0
            for question in quiz.questions:
                rights = [len(o.text[language]) for o in question.options if o.right]
                wrongs = [len(o.text[language]) for o in question.options if not o.right]
                right += rights
                wrong += wrongs
                if question.kind == "single":
                    single += 1
                    outliers["longest"] += rights[0] > max(wrongs)
                    outliers["shortest"] += rights[0] < min(wrongs)
            where = (key, language, mean(right), mean(wrong), outliers)
            assert 0.75 * mean(wrong) <= mean(right) <= 1.0 * mean(wrong), where
            assert max(outliers.values()) <= single * 0.35, where


def test_neither_the_place_nor_true_or_false_betrays_the_right_answer(course):
    for key, quiz in banks(course):
        places = Counter(
            [option.right for option in question.options].index(True)
            for question in quiz.questions
            if question.kind == "single"
        )
        assert max(places.values()) <= places.total() / 2, (key, places)
        stated = [q.answer for q in quiz.questions if q.kind == "true-false"]
        assert len(stated) < 2 or len(set(stated)) == 2, key


def test_figures_are_small_used_and_readable_on_a_phone(course):
    used = {
        model.media_path(text.path, image.target)
        for _, text in lessons(course)
        for image in scan(text.body).images
    }
    media = {path: data for path, data in course.files.items() if path.startswith("media/")}
    assert set(media) == used
    for path, data in media.items():
        assert len(data) <= LARGEST_IMAGE, path
        if path.endswith(".svg"):
            drawing = data.decode()
            (width,) = re.findall(r'<svg [^>]*\bwidth="(\d+)"', drawing)
            letters = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing)]
            assert int(width) <= 340, path
            assert min(letters, default=SMALLEST_LETTERS) >= SMALLEST_LETTERS, path
