"""What is not kept any longer goes at night: answers, lists and letters; scores and records stay."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import delete, select

from elearn.accounts.models import Upload
from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock, outbox, policy
from elearn.core.db import db, saving
from elearn.core.outbox import Mail
from elearn.demo.study import go_through
from elearn.privacy.rules import months_before
from elearn.quizzes.integrity import PARTS
from elearn.quizzes.models import Answer, Attempt
from tests.conftest import browser, person_id, signed_in
from tests.factories import published_example


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
    assert "kept for ever" in sweep(app)
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


def test_lists_older_than_a_day_and_letters_that_left_a_month_ago_go(app):
    now = clock.now()
    with saving():
        for hours in (2, 30):
            at, by = now - timedelta(hours=hours), person_id("dewi")
            facts = {"kind": "people", "file_name": "daftar.csv", "content": b"x", "at": at}
            db.session.add(Upload(**facts, person_id=by))
        for key in ("waiting", "fresh", "old"):
            outbox.put(key, None, f"{key}@example.org", "x", "x", now - timedelta(days=40))
        db.session.flush()
        letters = {mail.key: mail for mail in db.session.scalars(select(Mail))}
        letters["fresh"].sent_at = now - timedelta(days=29)
        letters["old"].sent_at = now - timedelta(days=31)
    assert "1 lists of people, 1 letters" in sweep(app)
    db.session.rollback()
    assert set(db.session.scalars(select(Mail.key))) == {"waiting", "fresh"}
    assert [row.content for row in db.session.scalars(select(Upload).order_by(Upload.id))] == [
        b"x",
        None,
    ]
