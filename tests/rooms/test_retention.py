"""What is not kept any longer goes at night: answers, lists and letters; scores and records stay."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import delete, select, update

from elearn.accounts.models import Upload
from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock, outbox, policy, post
from elearn.core.db import db, saving
from elearn.core.jobs import Job
from elearn.core.outbox import Mail
from elearn.demo.study import go_through
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.learning.service import Correction
from elearn.privacy.rules import months_before
from elearn.quizzes.integrity import PARTS
from elearn.quizzes.models import Answer, Attempt
from elearn.records import service as records
from elearn.records.formats.evidence import prepared
from elearn.records.models import EvidenceFile
from tests.conftest import browser, person_id, signed_in
from tests.factories import published_example
from tests.rooms.learning_acts import join
from tests.rooms.records_activities import PDF, logged


@pytest.mark.parametrize(
    ("moment", "months", "before"),
    [
        (datetime(2026, 3, 31, 8, tzinfo=UTC), 1, datetime(2026, 2, 28, 8, tzinfo=UTC)),
        (datetime(2026, 1, 15, tzinfo=UTC), 1, datetime(2025, 12, 15, tzinfo=UTC)),
        (datetime(2028, 2, 29, tzinfo=UTC), 24, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2026, 12, 1, tzinfo=UTC), 12, datetime(2025, 12, 1, tzinfo=UTC)),
    ],
)
def test_a_month_earlier_is_the_same_day_or_the_months_last(moment, months, before):
    assert months_before(moment, months) == before


def faults():
    db.session.rollback()
    return [finding for part in PARTS for found in part.look() for finding in found]


def answered_by():
    db.session.rollback()
    found = select(Attempt.person_id).join(Answer, Answer.attempt_id == Attempt.id)
    return set(db.session.scalars(found))


def sweep(app):
    result = app.test_cli_runner().invoke(main, ["privacy", "sweep"])
    assert result.exit_code == 0, result.output
    return result.output


def test_old_answers_go_and_scores_stay_and_the_check_knows(app):
    published_example()
    now = clock.now()
    for who, days in (("siti", 500), ("joko", 20)):
        then = now - timedelta(days=days)
        actor = actor_named(who)
        go_through(actor, "contoh", "id", 1.0, then - timedelta(days=3), then, Random(1))
    siti, joko = person_id("siti"), person_id("joko")
    assert "Kept: the answers of all attempts" in sweep(app)
    assert answered_by() == {siti, joko}
    with saving():
        policy.change("keep_answers_months", "12", clock.day_in(now, clock.DEFAULT_ZONE))
    first, again = sweep(app), sweep(app)
    assert "the answers of 0 attempts" not in first
    assert "the answers of 0 attempts" in again
    assert answered_by() == {joko}
    assert faults() == []
    attempt = db.session.scalars(
        select(Attempt).where(Attempt.person_id == siti, Attempt.unit_key == "satu-quiz")
    ).first()
    review = signed_in(browser(app), "siti").get(f"/attempts/{attempt.code}/review")
    assert review.status_code == 200
    assert str(attempt.score_percent) in review.text
    with saving():  # what is lost and was not swept is still found
        db.session.execute(delete(Answer))
    assert faults() != []


def test_lists_older_than_a_day_and_letters_of_a_month_ago_go(app):
    now = clock.now()
    with saving():
        for hours in (2, 30):
            at, by = now - timedelta(hours=hours), person_id("dewi")
            facts = {"kind": "people", "file_name": "daftar.csv", "content": b"x", "at": at}
            db.session.add(Upload(**facts, person_id=by))
        for key, days in (("fresh", 29), ("old", 31)):
            outbox.put(key, None, f"{key}@example.org", "x", "x", now - timedelta(days=days))
    folder = app.config["SETTINGS"].data / post.FOLDER
    folder.mkdir()
    for days in (29, 31):
        (folder / f"{now - timedelta(days=days):%Y%m%d-%H%M%S}-1.eml").touch()
    with saving():
        db.session.add(Job(kind="people-judge", person_id=1, begun_at=now, beat_at=now))
        db.session.flush()
        db.session.execute(update(Job).values(state="done", ended_at=now - timedelta(days=3)))
    assert "1 lists of people, 1 jobs, 2 letters, 0 files" in sweep(app)
    assert len(list(folder.iterdir())) == 1
    db.session.rollback()
    assert set(db.session.scalars(select(Mail.key))) == {"fresh"}
    assert [row.content for row in db.session.scalars(select(Upload).order_by(Upload.id))] == [
        b"x",
        None,
    ]


def test_files_of_evidence_go_some_months_after_the_decision_and_the_entry_says_so(app):
    """What still waits, was changed since or was corrected lately keeps its file."""
    published_example()
    join()
    now = clock.now()
    then, lately = now - timedelta(days=500), now - timedelta(days=9)
    siti, ratna = actor_named("siti"), actor_named("ratna")
    old, amended, waiting = (logged(now=then, title=f"Bimtek {number}") for number in range(3))
    with saving():
        for activity in (old, amended):
            records.approve(ratna, activity, then)
        records.amend(ratna, amended, 1, "setengah hari", lately)
        facts = (ratna, siti.person_id, prepared(PDF), "kuis.pdf")
        papers = [records.keep_evidence(*facts, at) for at in (then, lately)]
        loose = records.keep_evidence(siti, siti.person_id, prepared(PDF), "x.pdf", lately)
        enrolment = learning.own_enrolment_to_change(siti, "contoh")
        for paper, unit in zip(papers, ("mulai", "folder"), strict=True):
            noted = Correction(unit, None, paper.at, "di kertas", paper.id)
            study.correct(ratna, enrolment, noted, paper.at)
    assert "1 files of forms that nobody finished" in sweep(app)
    with saving():
        policy.change("keep_evidence_months", "12", clock.day_in(now, clock.DEFAULT_ZONE))
    said = sweep(app)
    assert "1 files of evidence, of before" in said
    assert "1 files behind corrections, of before" in said
    db.session.rollback()
    kept = set(db.session.scalars(select(EvidenceFile.evidence_id)))
    assert kept == {amended.evidence_id, waiting.evidence_id, papers[1].id}
    assert loose.id not in kept
    page = signed_in(browser(app), "siti")
    page.set_cookie("elearn_language", "en")
    for address in (f"/records/activities/{old.code}/", "/courses/contoh/"):
        assert "Evidence is no longer kept." in page.get(address).text, address
