"""The check of a draft in the browser: each problem in words, with the way to its very field."""

import re

import pytest

from elearn.authoring import queries
from elearn.authoring.rules import strays
from elearn.authoring.rules.skeleton import prompts
from elearn.courses.limits import course_limits
from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.elements import Elements
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, files_now

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


# Ways to break the example that leave the rest of it readable, and the field to be mended.
BREAKS = [
    (COURSE, "en: Caring for Books", 'en: ""', "facts#title-en"),
    (
        COURSE,
        "  en: Keeping books fit to read with what a village library has.\n",
        "",
        "facts#summary-en",
    ),
    (COURSE, "call_code: RB", "call_code: rb1", "facts#call_code"),
    (COURSE, "weave: tumpal", "weave: batik", "facts#weave"),
    (COURSE, "organiser:", "# organiser:", "facts#organiser"),
    (COURSE, "en: Name four causes of damage to books.", 'en: ""', "facts#outcomes-0-en"),
    (COURSE, "pass_percent: 70\n", "pass_percent: 170\n", "facts#completion-pass_percent"),
    (COURSE, "  order: free ", "  # order: free ", "facts#completion-order"),
    (COURSE, "required: all ", "required: [nothing] ", "facts#completion-required"),
    (
        COURSE,
        "pre_test: {per_module: 4}",
        "pre_test: {per_module: 400}",
        "facts#pre_test-per_module",
    ),
    (
        COURSE,
        "post_test: {per_module: 4, pass_percent: 70}",
        "post_test: {per_module: 4, pass_percent: 0}",
        "facts#post_test-pass_percent",
    ),
    (COURSE, "call_code:", "waeve: x\ncall_code:", "source?path=course.yml&line="),
    (TASK, "weight: 100", "weight: 90", "task#rubric-0-weight"),
    (TASK, "minutes: 60", "minutes: 0", "task#minutes"),
    (TASK, ", en: Absent.", "", "task#rubric-0-levels-0-en"),
    (TASK, "    title: {id: Kelengkapan, en: Completeness}\n", "", "task#rubric-0-title-id"),
    (TASK, "    Draw up a plan", "    ![](../media/shelf.svg) Draw up a plan", "task#text-en"),
    (
        MODULE,
        "text:\n    id: |",
        "text:\n    id: |\n      [x](no.md)",
        "modules/reading-room#activity-text-id",
    ),
    (MODULE, "  minutes: 15\n", "", "modules/reading-room#activity-minutes"),
    (MODULE, ', en: "Dust, light and a plan of care."', "", "modules/reading-room#summary-en"),
    (MODULE, "jp: 1", "jp: 99", "modules/reading-room#jp"),
    (LESSON, "minutes: 12", "minutes: 1000", "lessons/dust-and-light/id#minutes"),
    (LESSON, "../media/shelf.svg", "../media/no.svg", "lessons/dust-and-light/id?line="),
    (QUIZ, "en: What lifts dust?", 'en: ""', "questions/lift-dust#text-en"),
    (
        QUIZ,
        "      - right: {id: Kain lembap",
        "      - wrong: {id: Kain lembap",
        "questions/lift-dust#options",
    ),
    (QUIZ, ", en: A feather duster", "", "questions/lift-dust#options-1-text-en"),
    (QUIZ, "en: It only moves the dust.", 'en: ""', "questions/lift-dust#options-1-feedback-en"),
    (QUIZ, "answer: false\n", "answer: salah\n", "questions/sun-is-good#answer"),
    (
        QUIZ,
        "if_true: {id: Sinar matahari memudarkan sampul.",
        'if_true: {id: "[x](https://a.id)"',
        "questions/sun-is-good#if_true-id",
    ),
    (QUIZ, "lesson: weekly-plan", "lesson: no-such-lesson", "questions/order-of-work#lesson"),
    (QUIZ, ", en: Divide the shelves", "", "questions/order-of-work#items-0-en"),
    (
        QUIZ,
        "right: {id: Sampul pudar, en: Faded cover}",
        "right: {id: Sampul pudar}",
        "questions/cause-and-sign#pairs-1-right-en",
    ),
    (QUIZ, "en: Torn pages", 'en: ""', "questions/cause-and-sign#extra-0-en"),
    (
        QUIZ,
        "accepted: [jadwal, plan, schedule]",
        "accepted: []",
        "questions/word-for-list#accepted",
    ),
    (QUIZ, "tolerance: 0", "tolerance: -1", "questions/parts-of-shelves#tolerance"),
    (QUIZ, "answer: 5", "answer: lima", "questions/parts-of-shelves#answer"),
    (QUIZ, "points: 2", "points: 20", "questions/causes#points"),
    (QUIZ, "pool: quiz", "pool: mine", "questions/lift-dust#pool"),
    (QUIZ, "draw: 7", "draw: 70", "modules/reading-room/questions#draw"),
    (QUIZ, "limit: 0", "limit: -1", "modules/reading-room/questions#attempts-limit"),
]
# Ways to break it that hide other faults.
APART = [
    (changed(COURSE, ", en: Caring for Books", ""), "facts#title-en"),
    (changed(COURSE, "languages: [id, en]", "languages: [id]"), "facts#languages"),
    (
        changed(COURSE, "languages: [id, en]", "languages: [id, en"),
        "source?path=course.yml&line=5#text",
    ),
    (without(TASK), "task#title-id"),
    (without(ENGLISH), "lessons/dust-and-light/en#title"),
    (
        {**example_files(), "01-reading-room/notes.md": b"x"},
        "source?path=01-reading-room/notes.md#text",
    ),
    ({**example_files(), "media/more.txt": b"x"}, "media#media-more.txt"),
    (
        changed(QUIZ, "kind: several ", "kind: many "),
        "source?path=01-reading-room/quiz.yml&line=16#text",
    ),
    (
        changed(QUIZ, "key: causes", "key: lift-dust"),
        "source?path=01-reading-room/quiz.yml&line=14#text",
    ),
]


def walked(page, draft):
    """The addresses of all problems of a draft; each is followed to a field that is there."""
    answer = page.get(f"/authoring/{draft.code}/check")
    assert answer.status_code == 200
    links = [link.replace("&amp;", "&") for link in links_of(answer.text)]
    seen = {}
    for link in links:
        target, _, anchor = link.partition("#")
        if target not in seen:
            found = page.get(target)
            assert found.status_code == 200, link
            seen[target] = Elements(found.text).ids()
        assert anchor in seen[target], link
    return [link.removeprefix(f"/authoring/{draft.code}/") for link in links]


def test_each_problem_leads_to_its_very_field(budi):
    files = example_files()
    for path, old, new, _field in BREAKS:
        text = files[path].decode()
        assert old in text, f"{old!r} is not in {path}"
        files[path] = text.replace(old, new, 1).encode()
    links = walked(budi, draft_of(files))
    for _path, _old, new, field in BREAKS:
        assert any(link.startswith(field) for link in links), (new, field, links)


@pytest.mark.parametrize(("files", "field"), APART, ids=[field for _files, field in APART])
def test_what_hides_the_rest_leads_to_where_it_is_mended(budi, files, field):
    assert any(link.startswith(field) for link in walked(budi, draft_of(files)))


def test_a_draft_without_fault_says_what_comes_next(budi):
    draft = draft_of(example_files())
    page = budi.get(f"/authoring/{draft.code}/check")
    for next_page in ("preview", "review", "publish"):
        assert f"/authoring/{draft.code}/{next_page}" in page.text, next_page
    assert links_of(page.text) == []


def test_hints_that_a_new_lesson_still_has_are_named_with_the_way_to_their_line(budi):
    files = example_files()
    files[LESSON] += b"\n" + prompts("id").splitlines()[2].encode() + b"\n"
    draft = draft_of(files)
    links = walked(budi, draft)
    line = files[LESSON].count(b"\n")
    assert links == [f"lessons/dust-and-light/id?line={line}#body"]
    budi.get("/language/en")
    for page in ("", "publish"):  # and they are counted as advice
        assert "1 piece of advice" in budi.get(f"/authoring/{draft.code}/{page}").text, page


@pytest.mark.parametrize(
    ("path", "is_stray"),
    [
        ("notes.exe", True),
        ("01-reading-room/Thumbs.db", True),
        ("01-reading-room/notes.md", True),
        ("media/talk.mp4", True),
        ("MEDIA/a b.png", True),
        ("other/01-a.id.md", True),
        ("course.yml", False),
        ("README.md", False),
        ("01-reading-room/quiz.yml", False),
        (LESSON, False),
        ("media/shelf.svg", False),
    ],
)
def test_a_file_that_no_course_may_have_is_told_by_its_path(path, is_stray):
    assert strays.is_stray(path) == is_stray


def test_a_stray_file_is_deleted_from_the_check_and_comes_back_by_undo(budi):
    draft = draft_of({**example_files(), "01-reading-room/stray.exe": b"MZ\0"})
    page, home = budi.get(f"/authoring/{draft.code}/check"), f"/authoring/{draft.code}"
    assert "01-reading-room/stray.exe" in page.text
    assert "source?path" not in page.text  # it is no text that a page could show
    address = f"{home}/check/delete"
    for kept in (COURSE, LESSON, "media/shelf.svg"):
        assert budi.post(address, data={"path": kept}).status_code == 404
    gone = budi.post(address, data={"path": "01-reading-room/stray.exe"})
    assert gone.status_code == 303
    assert "01-reading-room/stray.exe" not in files_now(draft)
    assert budi.post(address, data={"path": "01-reading-room/stray.exe"}).status_code == 303
    assert budi.post(f"{home}/history/2/undo").status_code == 303
    assert "01-reading-room/stray.exe" in files_now(draft)


def test_a_second_look_reads_nothing_again(budi):
    draft = draft_of(changed(COURSE, "weave: tumpal", "weave: batik"))
    first = queries.findings_of(draft, course_limits())
    with counted() as sent:
        assert queries.findings_of(draft, course_limits()) is first
    assert len(sent) == 1


def test_hostile_words_in_a_problem_are_words(budi):
    draft = draft_of(changed(COURSE, "weave: tumpal", 'weave: "<script>alert(1)</script>"'))
    page = budi.get(f"/authoring/{draft.code}/check")
    assert "&lt;script&gt;" in page.text
    assert "<script>alert" not in page.text
