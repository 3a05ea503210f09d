"""One person of her part: what a supervisor sees and does there, and what is kept of it."""

from datetime import timedelta

import time_machine
from sqlalchemy import select

from elearn.accounts.models import Person
from elearn.accounts.queries import person_by_login
from elearn.core import clock, policy
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.core.permissions import Action
from elearn.courses.queries import newest
from elearn.privacy import service as privacy
from elearn.quizzes.models import Allowance
from elearn.supervision import queries, service
from elearn.supervision.models import Contact
from elearn.supervision.rules.reminding import Channel
from tests.conftest import person_id
from tests.factories import administrator, example_files, published_example, published_files
from tests.rooms.at_once import at_once
from tests.rooms.learning_acts import actor, publish_as
from tests.rooms.quizzes_pages import QUIZ, enrolled, reader, take
from tests.rooms.supervision_people import add_run, code_of, live_in_sukamaju, ran
from tests.rooms.supervision_people import sukamaju as sukamaju

HOME = "/supervision/"


def contacts():
    db.session.rollback()
    return [(one.channel, one.reason) for one in db.session.scalars(select(Contact))]


def test_the_page_is_of_her_alone_and_the_look_is_noted_once_an_hour(sukamaju):
    ratna = reader(sukamaju, "ratna")
    code = code_of("Butet")
    page = f"/supervision/people/{code}/"
    text = ratna.get(page).text
    assert "Not passed after 2 attempts" in text
    assert "Message to Butet" in text
    assert ratna.get(page).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=61)):
        assert reader(sukamaju, "ratna").get(page).status_code == 200
    own = db.session.scalars(select(Audit).where(Audit.action == "supervision:person:look")).all()
    assert [(one.actor_id, one.subject) for one in own] == [(person_id("ratna"), code)] * 2


def test_the_course_that_she_is_stuck_in_stands_first_and_one_that_is_completed_is_not_corrected(
    sukamaju,
):
    publish_as("a-lain")
    butet = db.session.scalars(select(Person).where(Person.full_name == "Butet")).one()
    with saving():
        add_run(
            butet, newest("a-lain").version_id, ran(40, 1, done_count=7, completed_at=clock.now())
        )
    text = reader(sukamaju, "ratna").get(f"/supervision/people/{butet.code}/").text
    assert text.index("Not passed after 2 attempts") < text.index(">Completed<")
    assert text.count("Correct the progress") == 1


def test_a_contact_is_noted_and_the_next_reminder_waits_a_week_whoever_writes(sukamaju):
    code = code_of("Agus")
    address = f"/supervision/people/{code}/contacts"
    wrote = {"channel": "whatsapp", "reason": "idle", "back": HOME}
    ratna, dewi, joko = (reader(sukamaju, who) for who in ("ratna", "dewi", "joko"))
    assert joko.post(address, data=wrote).status_code == 404
    assert ratna.post(address, data=wrote | {"channel": "pigeon"}).status_code == 422
    assert reader(sukamaju, "siti").post(address, data=wrote).status_code == 403
    assert contacts() == []
    answer = ratna.post(address, data=wrote)
    assert (answer.status_code, answer.headers["Location"]) == (303, HOME)
    assert "The next reminder may be sent from" in ratna.get(HOME).text
    refused = dewi.post(address, data=wrote)
    assert refused.status_code == 409
    assert "Dra. Ratna Dewanti was in contact" in refused.text
    called = wrote | {"channel": "phone", "back": "https://evil.example/"}
    assert ratna.post(address, data=called).headers["Location"] == HOME
    assert contacts() == [("whatsapp", "idle"), ("phone", "idle")]
    with time_machine.travel(clock.now() + timedelta(days=6), tick=False):
        assert reader(sukamaju, "ratna").post(address, data=wrote).status_code == 409
    with time_machine.travel(clock.now() + timedelta(days=7), tick=False):
        again = reader(sukamaju, "ratna")
        assert "I am writing once more" in again.get(HOME).text
        assert again.post(address, data=wrote).status_code == 303
    kept = db.session.scalars(
        select(Audit.subject).where(Audit.action == "supervision:person:remind")
    )
    assert kept.all() == [code] * 3


def test_of_two_supervisors_at_once_one_reminds(app):
    live_in_sukamaju(published_example())
    now = clock.now()
    office = policy.on(now.date())
    actors = [actor("ratna"), actor("dewi")] * 3
    codes = [code_of(name) for name in ("Agus", "Butet", "Citra")]
    for code in codes:  # three races: who would win one without a lock seldom wins all
        db.session.rollback()

        def remind(number, code=code):
            by = actors[number]
            person = queries.person_to_change(by, Action.SUPERVISION_PERSON_REMIND, code, now)
            service.note_contact(by, person, Channel.WHATSAPP, "idle", office, now)

        assert [type(fault) for fault in at_once(app, 6, remind)] == [Conflict] * 5
    assert contacts() == [("whatsapp", "idle")] * 3


def test_nobody_reminds_or_helps_herself(sukamaju):
    ratna = reader(sukamaju, "ratna")
    code = person_by_login("ratna").code
    form = {"channel": "phone", "reason": "", "back": HOME}
    assert ratna.post(f"/supervision/people/{code}/contacts", data=form).status_code == 409
    assert "Note a contact" not in ratna.get(f"/supervision/people/{code}/").text
    looks = select(Audit).where(Audit.action == "supervision:person:look")
    assert db.session.scalars(looks).all() == []
    assert contacts() == []


def test_of_who_is_erased_no_contact_is_noted_any_more(sukamaju):
    dewi, code = reader(sukamaju, "dewi"), person_by_login("siti").code
    with saving():
        privacy.forget(person_id("siti"), administrator(), clock.now())
    answer = dewi.post(
        f"/supervision/people/{code}/contacts", data={"channel": "phone", "reason": ""}
    )
    assert (answer.status_code, contacts()) == (409, [])


def test_one_more_attempt_is_given_with_a_reason_where_attempts_are_used_up(sqlite_app):
    files = example_files()
    files["01-satu/quiz.yml"] = files["01-satu/quiz.yml"].replace(
        b"questions:", b"attempts: {limit: 2, wait_minutes: 0}\nquestions:"
    )
    published_files(files)
    siti = enrolled(sqlite_app, "siti")
    for _ in range(2):
        take(siti, QUIZ, lambda _attempt: {})
    code = person_by_login("siti").code
    address = f"/supervision/people/{code}/courses/contoh/attempts/satu-quiz"
    ratna, joko = reader(sqlite_app, "ratna"), reader(sqlite_app, "joko")
    assert "All attempts are used up" in ratna.get(HOME).text
    assert f'href="{address}"' in ratna.get(HOME).text
    assert "2 of 2" in ratna.get(address).text
    assert ratna.get(address.replace("satu-quiz", "dua-quiz")).status_code == 409
    assert ratna.get(address.replace("satu-quiz", "mulai")).status_code == 404
    assert ratna.post(address, data={"reason": " "}).status_code == 422
    for stranger in (joko, siti):
        assert stranger.post(address, data={"reason": "Listrik padam"}).status_code in (403, 404)
    assert db.session.scalars(select(Allowance)).all() == []
    assert ratna.post(address, data={"reason": "Listrik padam"}).status_code == 303
    db.session.rollback()
    (given,) = db.session.scalars(select(Allowance)).all()
    assert (given.reason, given.granted_by) == ("Listrik padam", person_id("ratna"))
    assert "All attempts are used up" not in ratna.get(HOME).text
    text = ratna.get(f"/supervision/people/{code}/").text
    assert "0\u00a0%" in text
    assert "rahasia-kunci" not in text
