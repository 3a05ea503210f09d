"""What is shown in another language than the page's says which one it is (WCAG 3.1.2)."""

import re
from html.parser import HTMLParser

import pytest

from elearn.core import clock
from elearn.core.db import saving
from elearn.core.permissions import Actor
from elearn.coursepack.reading import read_files
from elearn.courses import service as courses
from elearn.courses.formats.html import render_course
from elearn.learning import service as learning
from elearn.records.rules import ModuleEvidence
from tests.conftest import browser, person_id, signed_in
from tests.factories import administrator, example_files
from tests.rooms.records_evidence import issued

COURSE = "/courses/contoh/"
QUIZ = "/quizzes/contoh/satu-quiz"
# Words of the course, as an Indonesian author wrote them.
INDONESIAN = re.compile("Kursus Contoh|Kursus kecil|Modul satu|Pelajaran|Kegiatan|menata|Versi 1")
WITHOUT_END = {"meta", "link", "input", "img", "br", "path", "rect", "circle"}


class Spoken(HTMLParser):
    """Every text of a page's body with the language in which a screen reader says it."""

    def __init__(self, html):
        super().__init__()
        self.languages, self.texts, self.is_body = [""], [], False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.is_body = self.is_body or tag == "body"
        if tag not in WITHOUT_END:
            self.languages.append(dict(attrs).get("lang", self.languages[-1]))

    def handle_startendtag(self, _tag, _attrs):
        """Nothing is inside it."""

    def handle_endtag(self, _tag):
        self.languages.pop()

    def handle_data(self, data):
        if self.is_body:
            self.texts.append((data, self.languages[-1]))


def in_indonesian_only(files):
    """The same course without a word of English."""
    kept = {path: text.decode() for path, text in files.items() if not path.endswith(".en.md")}
    kept["course.yml"] = kept["course.yml"].replace("[id, en]", "[id]")
    course, problems = read_files(
        {path: re.sub(r", en: [^}]*}", "}", text).encode() for path, text in kept.items()}
    )
    assert course is not None, problems
    return course


@pytest.fixture
def reader(sqlite_app):
    """siti in a course that speaks Indonesian only, with the record of one."""
    course = in_indonesian_only(example_files())
    html = render_course(course)
    with saving():
        courses.publish(course, html, administrator(), clock.now())
    with saving():
        learning.enrol(Actor(person_id("siti")), "contoh", "en", clock.now())
    issued(
        languages=("id",),
        course_titles={"id": "Kursus Contoh"},
        modules=(ModuleEvidence({"id": "Modul satu"}, 2, None),),
        completed_at=clock.now(),
    )
    return signed_in(browser(sqlite_app), "siti")


@pytest.mark.parametrize(
    ("page", "count"),
    [("/", 5), ("/courses/", 2), (COURSE, 12), (COURSE + "folder", 8), (QUIZ, 1), ("/records/", 1)],
)
def test_words_of_an_indonesian_course_are_marked_on_an_english_page(reader, page, count):
    reader.set_cookie("elearn_language", "en")
    texts = Spoken(reader.get(page).text).texts
    spoken = [(text, language) for text, language in texts if INDONESIAN.search(text)]
    assert [text for text, language in spoken if language != "id"] == []
    assert len(spoken) >= count
    assert [text for text, language in texts if "Home" in text and language != "en"] == []


@pytest.mark.parametrize("page", ["/", COURSE])
def test_on_an_indonesian_page_nothing_needs_a_mark(reader, page):
    reader.set_cookie("elearn_language", "id")
    assert 'lang="id"' not in reader.get(page).text.partition("<main")[2]
