"""What the cast has done before somebody looks: one person for each state that pages can show.

dewi has just arrived; budi has not passed a quiz and must wait; siti is in the middle, with a quiz
open; ratna has completed the course; joko has, too, but his record was revoked, and he follows an
older version of a course in which each part opens the next.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from elearn.accounts.models import Person
from elearn.accounts.queries import node_by_code
from elearn.accounts.queries.actors import actor_named
from elearn.accounts.service import make_invitation
from elearn.authoring import service as writing
from elearn.authoring.queries import own_draft_to_change
from elearn.authoring.rules.structure import rename_lesson
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from elearn.demo.study import go_through, right_answer, wrong_answer
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service as quiz
from elearn.quizzes.models import Attempt
from elearn.quizzes.rules import Given, Mark
from elearn.records import queries as records
from elearn.records import service as issuing
from tests.conftest import person_id
from tests.coursepack.example import SLUG as DRAFT_SLUG
from tests.coursepack.example import example_files
from tests.factories import administrator, published_example
from tests.journeys.site import SLUG
from tests.rooms.records_activities import decide, logged

Places = dict[str, str]
FIRST_QUIZ, LAST_QUIZ, POST_TEST = "devices-and-files-quiz", "internet-and-search-quiz", "post-test"
PRE_TEST = "pre-test"


def live() -> Places:
    """Let them all do it; the names that addresses need afterwards."""
    now = clock.now()
    hour_ago = now - timedelta(hours=1)
    places = {}
    for who, reach in (("siti", 0.4), ("ratna", 1.0), ("joko", 1.0)):
        _study(who, reach, now)
    siti, budi = actor_named("siti"), actor_named("budi")
    places["failed"] = _sit(siti, LAST_QUIZ, wrong_answer, hour_ago).code
    places["attempt"] = _begin(siti, LAST_QUIZ, right_answer, now).code
    with saving():
        study.enrol(budi, SLUG, "id", hour_ago)
    places["too-early"] = _sit(budi, FIRST_QUIZ, wrong_answer, now).code
    places["post-failed"] = _sit(budi, POST_TEST, wrong_answer, now).code
    places["pre"] = _attempt_of(siti, PRE_TEST)
    places["post"] = _attempt_of(actor_named("ratna"), POST_TEST)
    places["passed"] = _attempt_of(actor_named("ratna"), FIRST_QUIZ)
    places |= _records(now)
    places |= _elsewhere()
    places["invitation"] = _invitation(now)
    _follow_the_example(actor_named("joko"), now)
    places["draft"] = _draft(budi, now)
    places["review"] = _review(places["draft"], budi, now)
    places |= _office()
    return places


def _elsewhere() -> Places:
    """siti waits for one decision; another activity of hers was approved with other JP."""
    waiting = logged(title="Webinar Katalog Daring", category="webinar")
    corrected = logged(title="Lokakarya Merawat Buku", category="workshop")
    decide("ratna", "correct", corrected, 6, "Hari pertama hanya upacara.")
    return {"waiting": waiting.code, "corrected": corrected.code}


def _study(who: str, reach: float, now: datetime) -> None:
    began = now - timedelta(days=18)
    go_through(actor_named(who), SLUG, "id", reach, began, now, Random(who))


def _begin(actor: Actor, key: str, answer: Callable[..., Given], now: datetime) -> Attempt:
    """An attempt with an answer to each question but the last."""
    with saving():
        enrolment = learning.own_enrolment_to_change(actor, SLUG)
        attempt = quiz.begin(enrolment, key, "id", now)
        asked = quizzes.paper_of(attempt).asked[:-1]
        edits = [quiz.Edit(one, answer(one.facts), Mark("lives", 1), frozenset()) for one in asked]
        quiz.save(attempt, edits, now)
    return attempt


def _sit(actor: Actor, key: str, answer: Callable[..., Given], now: datetime) -> Attempt:
    code = _begin(actor, key, answer, now).code
    with saving():
        attempt = quizzes.own_attempt_to_change(actor, code)
        enrolment = learning.own_enrolment_to_change(actor, SLUG)
        quiz.submit(attempt, enrolment, "id", now)
    return attempt


def _attempt_of(actor: Actor, key: str) -> str:
    return (
        db.session.scalars(
            db.select(Attempt.code)
            .where(Attempt.person_id == actor.person_id, Attempt.unit_key == key)
            .order_by(Attempt.id.desc())
        ).first()
        or ""
    )


def _records(now: datetime) -> Places:
    places = {}
    for name, who in (("", "ratna"), ("revoked-", "joko")):
        actor = actor_named(who)
        record = records.record_of_enrolment(actor, learning.own_enrolment(actor, SLUG).id)
        assert record is not None
        places[f"{name}record"], places[f"{name}code"] = record.number, record.code
    with saving():
        kept = records.record_by_number(places["revoked-record"])
        assert kept is not None
        issuing.revoke(kept.record, "Nama tertukar", administrator(), now)
    return places


def _draft(author: Actor, now: datetime) -> str:
    """A course that is being written, saved twice."""
    with saving():
        draft = writing.begin(DRAFT_SLUG, example_files(), "begun", author, now)
        titled = rename_lesson(example_files(), "dust-and-light", {"id": "Debu, cahaya, jamur"})
        writing.save(draft, titled, "lesson-renamed", "dust-and-light", author, now)
        return draft.code


def _review(code: str, author: Actor, now: datetime) -> str:
    """A link to the draft, under which something was said of a question."""
    with saving():
        draft = own_draft_to_change(author, code)
        token = writing.ask_for_review(draft, 14, author, now)
        reader = actor_named("siti")
        writing.comment(draft, draft.saves, "lift-dust", "Pilihan kedua juga benar?", reader, now)
        return token


def _office() -> Places:
    """Two seminars of a learner: one is approved, the other waits."""
    decide("ratna", "approve", logged(title="Literasi keluarga"))
    person = db.session.get_one(Person, person_id("siti"))
    return {"siti": person.code, "activity": logged(title="Arsip desa").code}


def _invitation(now: datetime) -> str:
    with saving():
        library = node_by_code("perpustakaan-wonosari")
        return make_invitation(administrator(), library, SLUG, 5, now + timedelta(days=7), now)


def _follow_the_example(actor: Actor, now: datetime) -> None:
    """In version 1 each part opens the next; version 2 is offered."""
    published_example(1, "sequential")
    with saving():
        study.enrol(actor, "contoh", "id", now)
    published_example(2, "sequential")
