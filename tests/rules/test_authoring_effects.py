"""What publishing changes for learners, told from two versions of a course."""

import pytest

from elearn.authoring.rules.effects import effects
from elearn.core import clock
from elearn.coursepack import model
from elearn.coursepack.reading import read_files
from elearn.courses.rules import (
    ModuleWords,
    Outline,
    OutlineModule,
    OutlineUnit,
    definition_of,
    facts_of,
)
from tests.coursepack.example import changed, example_files


def outline_of(course):
    """A course as it would be read from the database after publishing."""
    units = tuple(
        OutlineUnit(
            key=u.key, kind=u.kind, module_key=u.module_key, position=n, edition=u.edition,
            is_required=u.required, minutes=u.minutes, draw=None, pass_percent=None,
            attempt_limit=None, wait_minutes=None, titles=dict(u.titles), sources={},
            outdated=frozenset(), text_bytes={}, media_bytes={},
        )
        for n, u in enumerate(model.units(course), 1)
    )  # fmt: skip
    modules = tuple(
        OutlineModule(m.key, n, m.jp, {"id": ModuleWords("", "")}, ())
        for n, m in enumerate(course.modules, 1)
    )
    return Outline(
        version_id=1, course_id=1, slug=course.slug, number=1, digest="", call_code="",
        languages=course.languages, weave="", organiser="", jp=course.jp,
        pass_percent=course.completion.pass_percent, is_sequential=False,
        is_task_required=False, published_at=clock.now(), words={}, modules=modules, units=units,
    )  # fmt: skip


def bank_of(course):
    return {
        q.key: facts_of(
            definition_of(q), key=q.key, module_key=m.key, position=n, edition=q.edition,
            kind=q.kind, pool=q.pool, lesson_key=q.lesson, points=q.points,
        )
        for m in course.modules
        for n, q in enumerate(m.quiz.questions, 1)
    }  # fmt: skip


def course_of(files):
    course, problems = read_files(files)
    assert course is not None, problems
    return course


def effects_of(files):
    base = course_of(example_files())
    return effects(course_of(files), outline_of(base), bank_of(base))


BANK = "01-reading-room/quiz.yml"
LESSON = "01-reading-room/01-dust-and-light.id.md"


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (LESSON, "Buku rusak", "Buku akan rusak"),
        ("course.yml", "Merawat Buku", "Merawat Buku Lama"),
    ],
)
def test_wording_touches_no_learner(path, old, new):
    found = effects_of(changed(path, old, new))
    assert not found.touches_learners
    assert found.corrected_questions == ()


def test_a_raised_edition_is_to_be_done_again():
    files = changed(LESSON, "edition: 1", "edition: 2")
    assert [unit.key for unit in effects_of(files).again] == ["dust-and-light"]


def test_what_is_new_and_what_is_gone_is_named():
    files = {p: c for p, c in example_files().items() if "activity" not in p}
    files["01-reading-room/module.yml"] = (
        files["01-reading-room/module.yml"].decode().partition("activity:")[0].encode()
    )
    found = effects_of(files)
    assert [unit.kind for unit in found.gone] == ["activity"]
    assert found.touches_learners


def test_other_jp_and_another_pass_mark_are_told():
    found = effects_of(changed("course.yml", "  pass_percent: 70", "  pass_percent: 80"))
    assert found.pass_percent == (70, 80)
    assert found.jp[0] == found.jp[1]
    assert found.touches_learners


def test_a_corrected_key_is_told_and_a_moved_question_is_not():
    base = course_of(example_files())
    bank = bank_of(base)
    question = next(q for q in base.modules[0].quiz.questions if q.kind == "true-false")
    text = example_files()[BANK].decode()
    old = f"answer: {str(question.answer).lower()}"
    assert old in text
    files = changed(BANK, old, f"answer: {str(not question.answer).lower()}")
    found = effects(course_of(files), outline_of(base), bank)
    assert found.corrected_questions == (question.key,)
    moved = {key: bank[key] for key in reversed(bank)}
    assert effects(base, outline_of(base), moved).corrected_questions == ()
