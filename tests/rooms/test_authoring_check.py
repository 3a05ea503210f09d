"""The check of a draft in the browser: each problem in words, with the way to its very field."""

import re

import pytest

from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.elements import Elements
from tests.rooms.authoring_drafts import draft_of

COURSE, TASK = "course.yml", "task.yml"
MODULE, QUIZ = "01-reading-room/module.yml", "01-reading-room/quiz.yml"
LESSON = "01-reading-room/01-dust-and-light.id.md"
ENGLISH = "01-reading-room/01-dust-and-light.en.md"


def without(path):
    return {p: content for p, content in example_files().items() if p != path}


def links_of(html):
    """The addresses of the list of problems."""
    lists = re.findall(r'<ul class="findings".*?</ul>', html, re.S)
    return re.findall(r'<a href="([^"]+)"', "".join(lists))


@pytest.fixture
def budi(sqlite_app):
    return signed_in(browser(sqlite_app), "budi")


# Each way to break the example, and the field that is to be mended.
BREAKS = [
    (changed(COURSE, "en: Caring for Books", 'en: ""'), "facts#title-en"),
    (changed(COURSE, ", en: Caring for Books", ""), "facts#title-en"),
    (changed(COURSE, "  en: Keeping books fit to read with what a village library has.\n", ""),
     "facts#summary-en"),
    (changed(COURSE, "call_code: RB", "call_code: rb1"), "facts#call_code"),
    (changed(COURSE, "weave: tumpal", "weave: batik"), "facts#weave"),
    (changed(COURSE, "organiser:", "# organiser:"), "facts#organiser"),
    (changed(COURSE, "en: Name four causes of damage to books.", 'en: ""'), "facts#outcomes-0-en"),
    (changed(COURSE, "pass_percent: 70\n", "pass_percent: 170\n"), "facts#completion-pass_percent"),
    (changed(COURSE, "  order: free ", "  # order: free "), "facts#completion-order"),
    (changed(COURSE, "required: all ", "required: [nothing] "), "facts#completion-required"),
    (changed(COURSE, "pre_test: {per_module: 4}", "pre_test: {per_module: 400}"),
     "facts#pre_test-per_module"),
    (changed(COURSE, "post_test: {per_module: 4, pass_percent: 70}",
             "post_test: {per_module: 4, pass_percent: 0}"), "facts#post_test-pass_percent"),
    (changed(COURSE, "languages: [id, en]", "languages: [id]"), "facts#languages"),
    (changed(COURSE, "weave: tumpal", "weave: tumpal\nwaeve: x"), "source?path=course.yml&line=11#text"),
    (changed(COURSE, "languages: [id, en]", "languages: [id, en"), "source?path=course.yml&line=5#text"),
    (changed(TASK, "weight: 100", "weight: 90"), "task#rubric-0-weight"),
    (changed(TASK, "minutes: 60", "minutes: 0"), "task#minutes"),
    (changed(TASK, ", en: Absent.", ""), "task#rubric-0-levels-0-en"),
    (changed(TASK, "    title: {id: Kelengkapan, en: Completeness}\n", ""),
     "task#rubric-0-title-id"),
    (changed(TASK, "    Draw up a plan", "    ![](../media/shelf.svg) Draw up a plan"),
     "task#text-en"),
    (without(TASK), "task#title-id"),
    (changed(MODULE, "text:\n    id: |", "text:\n    id: |\n      [x](no.md)"),
     "modules/reading-room#activity-text-id"),
    (changed(MODULE, "  minutes: 15\n", ""), "modules/reading-room#activity-minutes"),
    (changed(MODULE, ', en: "Dust, light and a plan of care."', ""),
     "modules/reading-room#summary-en"),
    (changed(MODULE, "jp: 1", "jp: 99"), "modules/reading-room#jp"),
    (changed(LESSON, "minutes: 12", "minutes: 1000"), "lessons/dust-and-light/id#minutes"),
    (changed(LESSON, "../media/shelf.svg", "../media/no.svg"), "lessons/dust-and-light/id?line="),
    (without(ENGLISH), "lessons/dust-and-light/en#title"),
    ({**example_files(), "01-reading-room/notes.md": b"x"},
     "source?path=01-reading-room/notes.md#text"),
    ({**example_files(), "media/more.txt": b"x"}, "media#media-more.txt"),
    (changed(QUIZ, "en: What lifts dust?", 'en: ""'), "questions/lift-dust#text-en"),
    (changed(QUIZ, "      - right: {id: Kain lembap", "      - wrong: {id: Kain lembap"),
     "questions/lift-dust#options"),
    (changed(QUIZ, ", en: A feather duster", ""), "questions/lift-dust#options-1-text-en"),
    (changed(QUIZ, "en: It only moves the dust.", 'en: ""'),
     "questions/lift-dust#options-1-feedback-en"),
    (changed(QUIZ, "answer: false\n", "answer: salah\n"), "questions/sun-is-good#answer"),
    (changed(QUIZ, "if_true: {id: Sinar matahari memudarkan sampul.",
             'if_true: {id: "[x](https://a.id)"'), "questions/sun-is-good#if_true-id"),
    (changed(QUIZ, "lesson: weekly-plan", "lesson: no-such-lesson"),
     "questions/order-of-work#lesson"),
    (changed(QUIZ, ", en: Divide the shelves", ""), "questions/order-of-work#items-0-en"),
    (changed(QUIZ, "right: {id: Sampul pudar, en: Faded cover}", "right: {id: Sampul pudar}"),
     "questions/cause-and-sign#pairs-1-right-en"),
    (changed(QUIZ, "en: Torn pages", 'en: ""'), "questions/cause-and-sign#extra-0-en"),
    (changed(QUIZ, "accepted: [jadwal, plan, schedule]", "accepted: []"),
     "questions/word-for-list#accepted"),
    (changed(QUIZ, "tolerance: 0", "tolerance: -1"), "questions/parts-of-shelves#tolerance"),
    (changed(QUIZ, "answer: 5", "answer: lima"), "questions/parts-of-shelves#answer"),
    (changed(QUIZ, "points: 2", "points: 20"), "questions/causes#points"),
    (changed(QUIZ, "pool: quiz", "pool: mine"), "questions/lift-dust#pool"),
    (changed(QUIZ, "kind: several ", "kind: many "), "source?path=01-reading-room/quiz.yml&line=16#text"),
    (changed(QUIZ, "draw: 7", "draw: 70"), "modules/reading-room/questions#draw"),
    (changed(QUIZ, "limit: 0", "limit: -1"), "modules/reading-room/questions#attempts-limit"),
    (changed(QUIZ, "key: causes", "key: lift-dust"),
     "source?path=01-reading-room/quiz.yml&line=14#text"),
]  # fmt: skip


@pytest.mark.parametrize(("files", "field"), BREAKS, ids=[field for _files, field in BREAKS])
def test_each_problem_leads_to_its_very_field(budi, files, field):
    draft = draft_of(files)
    page = budi.get(f"/authoring/{draft.code}/check")
    assert page.status_code == 200
    links = [link.replace("&amp;", "&") for link in links_of(page.text)]
    assert any(link.startswith(f"/authoring/{draft.code}/{field}") for link in links), links
    for link in links:
        target, _, anchor = link.partition("#")
        answer = budi.get(target)
        assert answer.status_code == 200, link
        assert anchor in Elements(answer.text).ids(), link
