"""Review: a link shows one state of a draft to whoever has it; comments stay where they were made."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Comment, Review
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.people import PASSWORD
from tests.rooms.authoring_drafts import draft_of, second_author

LESSON = "01-reading-room/02-weekly-plan.id.md"
NOT_AUTHORS = {"sari": (404,) * 3, "siti": (403,) * 3, "ratna": (403,) * 3}
NOTES = {"note-id": "Edisi pertama.", "note-en": "First edition."}


def as_(app, who):
    return signed_in(browser(app), who)


def kept(statement):
    """What is in the database now, whatever this test has read before."""
    db.session.rollback()
    return db.session.scalars(statement).all()


class Asked:
    """A draft of budi's with a link that he has made."""

    def __init__(self, app):
        self.app = app
        self.draft = draft_of(example_files())
        self.budi = as_(app, "budi")
        self.token, self.page = self.ask()

    def ask(self, days=14):
        page = self.budi.post(f"{self.home}/review", data={"days": days})
        assert page.status_code == 201
        return re.search(r"/authoring/review/([0-9a-z]{26})/", page.text)[1], page

    @property
    def home(self):
        return f"/authoring/{self.draft.code}"

    @property
    def link(self):
        return f"/authoring/review/{self.token}/"

    def say(self, words="Bagus.", place="weekly-plan", page="weekly-plan", who="siti"):
        return as_(self.app, who).post(self.link + page, data={"place": place, "text": words})

    def edit(self, changes):
        budi = actor_named("budi")
        with saving():
            locked = queries.own_draft_to_change(budi, self.draft.code)
            service.save(locked, changes, "lesson-written", "", budi, clock.now())


@pytest.fixture
def asked(sqlite_app):
    return Asked(sqlite_app)


def test_whoever_has_an_account_and_the_link_reads_every_page(asked):
    for who in ("siti", "ratna"):
        page = as_(asked.app, who)
        assert "Merawat Buku" in page.get(asked.link).text
        assert "Bagi rak menjadi lima bagian" in page.get(asked.link + "weekly-plan").text
        assert "Kemoceng hanya memindahkannya" in page.get(asked.link + "reading-room-quiz").text
        lesson = page.get(asked.link + "dust-and-light").text
        picture = re.search(r'src="([^"]*shelf.svg)"', lesson)[1]
        assert page.get(picture).mimetype == "image/svg+xml"


def test_without_a_link_that_works_nobody_reads_anything(asked):
    wrong, (ended, _), (expired, _) = "0" * 26, asked.ask(), asked.ask()
    first, second = kept(select(Review.id).order_by(Review.id.desc()).limit(2))
    assert asked.budi.post(f"{asked.home}/review/{second}/end").status_code == 303
    with saving():
        db.session.get(Review, first).expires_at = clock.now() - timedelta(seconds=1)
    siti = as_(asked.app, "siti")
    for page in ("", "weekly-plan", "media/shelf.svg"):
        answers = [
            siti.get(f"/authoring/review/{token}/{page}") for token in (wrong, ended, expired)
        ]
        assert [answer.status_code for answer in answers] == [404] * 3
        # But for the code itself and the token of the sign-out form, which has the time in it.
        changing = r'[0-9a-z]{26}|name="csrf_token"[^>]*'
        words = {re.sub(changing, "", answer.text) for answer in answers}
        assert len(words) == 1  # nobody can tell one from the other
        assert siti.get(asked.link + page).status_code == 200


def test_a_stranger_is_asked_to_sign_in_first(asked):
    answer = browser(asked.app).get(asked.link)
    assert answer.status_code == 303
    assert "/login" in answer.location


def test_guessing_links_ends_soon(asked):
    siti = as_(asked.app, "siti")
    answers = [siti.get(f"/authoring/review/{n:026d}/").status_code for n in range(22)]
    assert answers == [404] * 20 + [429] * 2
    assert as_(asked.app, "ratna").get(asked.link).status_code == 200


def test_the_link_shows_the_state_that_it_was_made_of_and_says_when_there_is_a_newer_one(asked):
    siti = as_(asked.app, "siti")
    newer = "It has been changed since"
    siti.get("/language/en")
    assert newer not in siti.get(asked.link).text
    asked.edit({LESSON: b"---\ntitle: Baru\nminutes: 5\nedition: 1\n---\nSesudahnya.\n"})
    page = siti.get(asked.link + "weekly-plan?lang=id").text
    assert newer in page
    assert "Bagi rak menjadi lima bagian" in page
    assert "Sesudahnya" not in page


def test_the_token_is_kept_nowhere_and_nothing_under_it_is_kept_by_others(asked):
    assert len(kept(select(Review.token_digest))) == 1
    for table in db.metadata.tables.values():
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')):
            assert asked.token not in str(tuple(row))
    siti = as_(asked.app, "siti")
    for page in ("", "weekly-plan", "media/shelf.svg"):
        headers = siti.get(asked.link + page).headers
        assert headers["Referrer-Policy"] == "same-origin"  # the address tells other hosts nothing
        assert "public" not in headers["Cache-Control"]
        assert headers["Cache-Control"] in ("no-store", "private, no-cache")


def test_links_are_made_and_ended_by_the_authors_of_the_draft(asked):
    second_author()
    number = kept(select(Review.id))[0]
    for who, statuses in (NOT_AUTHORS | {"dewi": (200, 201, 303)}).items():
        page = as_(asked.app, who)
        assert page.get(f"{asked.home}/review").status_code == statuses[0]
        made = page.post(f"{asked.home}/review", data={"days": 3})
        assert made.status_code == statuses[1]
        assert page.post(f"{asked.home}/review/{number}/end").status_code == statuses[2]


def test_a_link_works_for_a_sensible_number_of_days(asked):
    for days in ("0", "91", "x", ""):
        assert asked.budi.post(f"{asked.home}/review", data={"days": days}).status_code == 422
    assert kept(select(Review.id)) == [1]


def test_a_comment_is_read_at_its_place_settled_and_reopened_by_an_author(asked):
    assert "Kurang jelas." not in asked.budi.get(f"{asked.home}/preview/weekly-plan").text
    answer = asked.say("Kurang jelas.")
    assert answer.status_code == 303
    assert "Kurang jelas." in as_(asked.app, "ratna").get(answer.location).text
    assert "Siti Aminah" in asked.budi.get(f"{asked.home}/preview/weekly-plan").text
    counts = 'status--current">'
    assert counts in asked.budi.get(f"{asked.home}/").text
    asked.budi.post(f"{asked.home}/comments/1/settle")
    assert counts not in asked.budi.get(f"{asked.home}/").text
    assert "Kurang jelas." in asked.budi.get(f"{asked.home}/preview/weekly-plan").text
    asked.budi.post(f"{asked.home}/comments/1/reopen")
    assert counts in asked.budi.get(f"{asked.home}/").text
    acts = kept(select(Audit.action))
    assert {f"authoring:comment:{act}" for act in ("add", "settle", "reopen")} <= set(acts)


def test_a_comment_is_of_the_whole_of_a_page_or_of_a_question(asked):
    assert asked.say("Kata.", "", "").status_code == 303
    assert asked.say("Kata.", "weekly-plan", "weekly-plan").status_code == 303
    assert asked.say("Kata.", "lift-dust", "reading-room-quiz").status_code == 303
    assert asked.say("Kata.", "not-there", "weekly-plan").status_code == 404
    assert kept(select(Comment.place)) == ["", "weekly-plan", "lift-dust"]


def test_what_cannot_be_kept_is_shown_again_with_the_reason(asked):
    long = "Panjang sekali. " * 200
    answer = asked.say(long)
    assert answer.status_code == 422
    assert long.strip() in answer.text
    assert asked.say(" ").status_code == 422


def test_a_comment_whose_session_has_ended_is_kept_over_the_sign_in(asked):
    stranger = browser(asked.app)
    page = stranger.post(asked.link, data={"place": "", "text": "Ditulis lama."})
    fields = dict(re.findall(r'name="(carried|next)"[^>]*value="([^"]*)"', page.text))
    signing = {"login": "siti", "password": PASSWORD, **fields}
    assert stranger.post("/login", data=signing).status_code == 303
    assert kept(select(Comment.text)) == ["Ditulis lama."]


def test_a_comment_is_words_and_nothing_else(asked):
    asked.say("<script>alert(1)</script><b>tebal</b>")
    for page in (
        asked.budi.get(f"{asked.home}/preview/weekly-plan"),
        as_(asked.app, "siti").get(asked.link + "weekly-plan"),
    ):
        assert "<script>alert" not in page.text
        assert "&lt;b&gt;tebal" in page.text


def test_only_authors_of_the_draft_settle_what_was_said_of_it(asked):
    asked.say()
    second_author()
    for who, statuses in (NOT_AUTHORS | {"dewi": (303,)}).items():
        page = as_(asked.app, who)
        for act in ("settle", "reopen"):
            assert page.post(f"{asked.home}/comments/1/{act}").status_code == statuses[0]


def test_comments_of_another_draft_are_not_there(asked):
    asked.say()
    other = draft_of(slug="lain")
    for act in ("settle", "reopen"):
        assert asked.budi.post(f"/authoring/{other.code}/comments/1/{act}").status_code == 404
    assert kept(select(Comment.settled_at)) == [None]


def test_a_draft_that_was_discarded_is_read_by_nobody(asked):
    budi = actor_named("budi")
    with saving():
        locked = queries.own_draft_to_change(budi, asked.draft.code)
        service.discard(locked, budi, clock.now())
    assert as_(asked.app, "siti").get(asked.link).status_code == 404


def test_comments_are_named_before_publishing_and_stay_with_the_version(app):
    asked = Asked(app)
    asked.say("Soal ini kurang jelas.", "lift-dust", "reading-room-quiz")
    asked.say("Kursus yang baik.", "", "")
    assert (
        f'href="{asked.home}/preview"'
        in asked.budi.get(f"{asked.home}/publish").text.split('id="effects"')[1]
    )
    done = asked.budi.post(f"{asked.home}/publish", data={"seen": asked.draft.saves, **NOTES})
    assert done.status_code == 303
    page = asked.budi.get(done.location).text
    assert page.index("Kursus yang baik.") < page.index("Soal ini kurang jelas.")
    quiz = f"{asked.home}/preview/reading-room-quiz"
    assert f'href="{quiz}"' in page
    assert "Soal ini kurang jelas." in asked.budi.get(quiz).text
    siti = as_(asked.app, "siti")
    assert "Kursus yang baik." not in siti.get("/courses/care-of-books/").text


def test_a_published_draft_takes_no_comments_and_no_links_and_loses_no_word(asked):
    asked.say("Sebelum terbit.", "", "")
    link = asked.link
    asked.budi.post(f"{asked.home}/publish", data={"seen": asked.draft.saves, **NOTES})
    siti = as_(asked.app, "siti")
    assert '<textarea id="say' not in siti.get(link).text
    assert "Sebelum terbit." in siti.get(link).text
    for who, address in ((siti, link), (asked.budi, f"{asked.home}/preview")):
        late = who.post(address, data={"text": "Kata yang terlambat.", "place": ""})
        assert late.status_code == 409
        assert "Kata yang terlambat." in late.text  # to be copied
    assert asked.budi.post(f"{asked.home}/comments/1/settle").status_code == 409
    assert asked.budi.post(f"{asked.home}/review", data={"days": "7"}).status_code == 409
    assert kept(select(func.count(Comment.id))) == [1]
    assert asked.budi.post(f"{asked.home}/review/1/end").status_code == 303
    assert siti.get(link).status_code == 404


def test_who_asked_to_be_forgotten_is_no_longer_named_beside_her_words(asked):
    asked.say("Kata-kata ini.")
    with saving():
        service.forget(actor_named("siti").person_id, clock.now())
    page = asked.budi.get(f"{asked.home}/preview/weekly-plan").text
    assert "Kata-kata ini." in page
    assert "Siti Aminah" not in page
