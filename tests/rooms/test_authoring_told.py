"""What an author is told: what leads to a thing, what is not there, and who was faster."""

import pytest

from elearn.authoring import queries
from elearn.authoring.models import Draft, Review
from elearn.authoring.queries import drafts
from elearn.authoring.rules.typed import Option, Pair, Typed
from elearn.authoring.service import people, reviews
from elearn.authoring.views.question_page import in_words
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from tests.conftest import person_id
from tests.coursepack.example import changed, example_files
from tests.factories import published_example
from tests.rooms.authoring_bank import desk_at
from tests.rooms.authoring_desk import desk as desk
from tests.rooms.authoring_desk import site as site
from tests.rooms.authoring_forms import form_in

MODULE, BANK = "01-reading-room/module.yml", "01-reading-room/quiz.yml"
LESSON = "01-reading-room/02-weekly-plan.id.md"
LINK = "[x](01-dust-and-light.id.md) ![Rak](../media/shelf.svg)"


@pytest.fixture(scope="module")
def version(site):
    return published_example()


def files_that_point():
    """The bank, the module and the task link to a lesson and show a picture."""
    files = example_files()
    for path, old, link in (
        (BANK, "{id: Jadwal.,", LINK),
        (MODULE, "- [ ] books with a loose spine", LINK),
        ("task.yml", "id: |\n", LINK.replace("01-", "01-reading-room/01-", 1).replace("../", "")),
    ):
        new = f'{{id: "{link}",' if old.startswith("{") else f"{old} {link}"
        new = f"{old}    {link}\n" if old.endswith("\n") else new
        files[path] = changed(path, old, new)[path]
    return files


def test_an_author_reads_what_leads_to_a_lesson_and_shows_a_picture(site):
    desk = desk_at(site, files_that_point())
    desk.client.get("/language/en")
    asked = desk.client.get(f"{desk.base}/lessons/dust-and-light/delete").text
    for words in ("Questions of the module", "About the module", "The practical task"):
        assert words in asked, words
    shown = desk.client.get(f"{desk.base}/media").text
    for words in ("Questions: ", "Module: ", "Practical task"):
        assert words in shown, words


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "modules/gone"),
        ("GET", "history/99"),
        ("POST", "history/99/restore"),
        ("POST", "history/0/restore"),
        ("GET", "modules/reading-room/questions/export/pdf"),
        ("GET", "lessons/gone/delete"),
        ("GET", "lessons/gone/id"),
        ("GET", "media/gone.svg"),
    ],
)
def test_what_is_not_there_is_not_found(desk, method, path):
    assert desk.client.open(f"{desk.base}/{path}", method=method).status_code == 404


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("questions/lift-dust", "text-id"),
        ("modules/reading-room", "title-id"),
        ("facts", "title-id"),
        ("lessons/dust-and-light/id", "title"),
    ],
)
def test_a_page_that_saves_by_itself_is_told_why_it_cannot(desk, version, path, field):
    """The thing was deleted, or the draft published, since it was opened: a sentence, no page."""
    address, script = f"{desk.base}/{path}", {"Accept": "application/json"}
    fields = form_in(desk.client.get(address).text, address)
    fields[field] = f"{fields[field]} lagi"
    if "/" in path:
        key = path.split("/")[1]
        gone = desk.client.post(address.replace(key, "gone"), data=fields, headers=script)
        assert (gone.status_code, len(gone.json["message"]) > 20) == (404, True)
    with saving():
        draft = db.session.get_one(Draft, desk.draft.id)
        draft.state, draft.ended_at, draft.version_id = "published", clock.now(), version
    late = desk.client.post(address, data=fields, headers=script)
    assert (late.status_code, late.json["error"]) == (409, "draft-ended")


def test_each_part_of_a_question_is_compared_in_words(site):
    both = {"id": "kata", "en": ""}
    typed = Typed(
        kind="matching", points="2", text=both, options=(Option(both, True, both),), items=(both,),
        pairs=(Pair(both, both),), extra=(both,), accepted=("rak",), answer="5", tolerance="1",
        unit=both, if_true=both, if_false=both, feedback=both,
    )  # fmt: skip
    with site.test_request_context("/", headers={"Accept-Language": "en"}):
        told = in_words(typed)
    assert told.count("kata") == 11
    for words in ("rak", ": 5", ": 1", ": 2"):
        assert words in told


def test_what_was_done_twice_is_done_once(site, desk):
    budi, now = Actor(person_id("budi")), clock.now()
    with saving():
        draft = db.session.get_one(Draft, desk.draft.id)
        for _time in range(2):
            people.share(draft.slug, person_id("sari"), budi, now)
        reviews.ask_for_review(draft, 7, budi, now)
        db.session.flush()
        [(review, _who)] = queries.reviews_of(draft)
        for minute in (1, 2):
            reviews.end_review(draft, review.id, budi, now.replace(minute=minute))
        assert db.session.get_one(Review, review.id).ended_at.minute == 1
        said = reviews.comment(draft, 1, "dust-and-light", "Bagus", budi, now)
        assert reviews.settle(draft, said, budi, now) == "dust-and-light"
        assert reviews.settle(draft, said, Actor(person_id("dewi")), now) == "dust-and-light"
    assert [known for known, _name in drafts.authors_of(desk.draft.slug)].count(
        person_id("sari")
    ) == 1


def test_who_writes_no_courses_has_none(site, desk):
    siti = Actor(person_id("siti"))
    assert drafts.may_write_at(siti, desk.draft.slug) is False
    assert drafts.slugs_for(siti) == frozenset()
