"""Preview: what learners would see of a draft, for its authors alone, however faulty it is."""

import re

from elearn.authoring.views.answer_keys import KEYS
from elearn.coursepack.quizfile import KINDS
from elearn.coursepack.reading import read_files
from elearn.courses.formats.html import render_course
from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, second_author

MODULE = "01-reading-room"
QUIZ = f"{MODULE}/quiz.yml"


def as_(app, who):
    return signed_in(browser(app), who)


class Pages:
    """The preview of a draft, as budi sees it."""

    def __init__(self, app, files=None, slug="care-of-books"):
        self.draft = draft_of(files, slug=slug)
        self.client = as_(app, "budi")

    def get(self, key="", lang="id"):
        page = f"/authoring/{self.draft.code}/preview/{key}".removesuffix("/")
        return self.client.get(f"{page}?lang={lang}")


def with_addresses_of(html, draft):
    """Published HTML as the preview has it: its links and pictures are the draft's own."""
    html = re.sub(
        r'/courses/care-of-books/([a-z-]+)"', rf'/authoring/{draft.code}/preview/\1?lang=id"', html
    )
    return re.sub(r"/media/[0-9a-f]{64}/", f"/authoring/{draft.code}/media/", html)


def test_every_text_is_what_publishing_makes_of_it(sqlite_app):
    pages = Pages(sqlite_app)
    course, problems = read_files(example_files())
    assert course is not None, problems
    units = render_course(course).units
    assert {one.unit_key for one in units} >= {"dust-and-light", "reading-room-activity", "task"}
    for one in units:
        html = with_addresses_of(one.html, pages.draft).replace("lang=id", f"lang={one.language}")
        assert html in pages.get(one.unit_key, one.language).text


def test_every_kind_of_question_is_asked_as_learners_see_it_with_what_is_right(sqlite_app):
    page = Pages(sqlite_app).get("reading-room-quiz").text
    course, _ = read_files(example_files())
    questions = course.modules[0].quiz.questions
    assert {question.kind for question in questions} == set(KINDS) == set(KEYS)
    assert page.count("<fieldset") == len(questions)
    blocks = page.split('<div id="question-')[1:]
    for question, block in zip(questions, blocks, strict=True):
        rights = [option.text["id"] for option in question.options if option.right]
        marked = re.findall(r'answer--right"><p><strong>[^<]*</strong> (.*?)</p>', block)
        if rights or question.kind == "text":
            assert marked == (rights or list(question.accepted))
        for option in question.options:
            assert not option.feedback or option.feedback["id"] in block
        for pair in question.pairs:
            assert re.search(f"{pair.left['id']}:</strong> {pair.right['id']}", block)


def test_the_page_leads_back_to_the_editor_of_the_very_unit(sqlite_app):
    pages = Pages(sqlite_app)
    link = f'href="/authoring/{pages.draft.code}/lessons/weekly-plan/en"'
    assert link in pages.get("weekly-plan", "en").text


FAULTY = [
    (changed(QUIZ, "kind: single", "kind: [single"), "reading-room-quiz", "notice--warning"),
    (changed(QUIZ, "kind: single", "kind: unheard-of"), "reading-room-quiz", "Kemoceng"),
    (changed(f"{MODULE}/module.yml", "jp: 1", "jp: {"), "weekly-plan", "Jadwal mingguan"),
    (changed("task.yml", "rubric:", "rubrics:"), "task", "Buat jadwal perawatan"),
    (changed("task.yml", "minutes: 60", "minutes: ["), "task", "notice--warning"),
    (changed("course.yml", "languages: [id, en]", "languages: ["), "weekly-plan", "Jadwal"),
    (
        changed(f"{MODULE}/02-weekly-plan.id.md", "minutes: 12", "minutes: ["),
        "weekly-plan",
        "notice--warning",
    ),
    (
        {p: c for p, c in example_files().items() if not p.endswith("weekly-plan.id.md")},
        "weekly-plan",
        "A list of who cares",
    ),
    ({"course.yml": b"\xff"}, "", "Pratinjau"),
]


def test_of_a_faulty_draft_what_can_be_read_is_shown_and_the_rest_says_why(sqlite_app):
    for number, (files, key, shown) in enumerate(FAULTY):
        pages = Pages(sqlite_app, files, f"rusak-{number}")
        assert pages.get().status_code == 200
        page = pages.get(key)
        assert page.status_code == 200
        assert shown in page.text, (number, key)


def test_nothing_that_an_author_writes_runs_in_the_preview(sqlite_app):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    files = changed(QUIZ, "{id: Kain lembap, en: A damp cloth}", f"{{id: '{evil}', en: '{evil}'}}")
    lesson = f"{MODULE}/02-weekly-plan.id.md"
    body = changed(lesson, "Jadwal\n:", f"{evil}\n\n[x](javascript:alert(1))\n\nJadwal\n:")[lesson]
    title = body.replace(b"title: Jadwal mingguan", f"title: '{evil}'".encode())
    pages = Pages(sqlite_app, {**files, lesson: title})
    for key in ("", "weekly-plan", "reading-room-quiz"):
        text = pages.get(key).text
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text


def test_a_preview_is_for_the_authors_of_its_draft(sqlite_app):
    draft = draft_of()
    second_author()
    for who, status in (("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403)):
        client = as_(sqlite_app, who)
        for page in ("preview", "preview/weekly-plan"):
            answer = client.get(f"/authoring/{draft.code}/{page}")
            assert answer.status_code == status
            assert ("Jadwal mingguan" in answer.text) == (status == 200)


def test_a_page_that_the_draft_does_not_have_is_not_found(sqlite_app):
    assert Pages(sqlite_app).get("nothing-here").status_code == 404


def test_a_long_draft_costs_as_many_queries_as_a_short_one(sqlite_app):
    lesson = b"---\ntitle: Sebuah pelajaran\nminutes: 5\nedition: 1\n---\nTeks.\n"
    counts = []
    for slug, last in (("sedikit", 4), ("banyak", 200)):
        more = {f"{MODULE}/{n:03d}-nomor-{n}.id.md": lesson for n in range(3, last)}
        pages = Pages(sqlite_app, {**example_files(), **more}, slug)
        with counted() as sent:
            pages.get()
            pages.get("dust-and-light")
            pages.get("reading-room-quiz")
        counts.append(len(sent))
    assert counts[0] == counts[1]
