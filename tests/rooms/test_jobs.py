"""Long work: how far it is, what came of it, and that nothing is written once it was given up."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from elearn.core import clock, jobs
from elearn.core.audit import Audit, note
from elearn.core.db import db, saving
from elearn.core.errors import Conflict, Missing
from elearn.core.jobs import Job
from elearn.core.permissions import Actor

DEWI, JOKO = Actor(5), Actor(4)
LATER = timedelta(seconds=61)


def begun():
    with saving():
        return jobs.begin("try", DEWI, clock.now())


def writes(running):
    with saving():
        note(DEWI, "try:job:done", "x", clock.now())
        running.end({"count": 1})


def watched(code):
    db.session.rollback()
    return jobs.watch(DEWI, code, clock.now())


def notes():
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(Audit.action == "try:job:done"))


def silent(code):
    """As if the process of the job had been gone, or asleep, for more than a minute."""
    with saving():
        db.session.execute(update(Job).values(beat_at=clock.now() - LATER))
    return watched(code)


def test_work_is_watched_by_whoever_began_it_and_by_nobody_else(app):
    code = begun()
    assert watched(code).state == "running"
    jobs.start(code, writes)
    seen = watched(code)
    assert (seen.state, seen.outcome, notes()) == ("done", {"count": 1}, 1)
    for actor, wanted in ((JOKO, code), (DEWI, "nothing")):
        with pytest.raises(Missing):
            jobs.watch(actor, wanted, clock.now())


def test_what_was_given_up_as_interrupted_can_write_nothing_any_more(app):
    code = begun()
    assert silent(code).fault == "job-interrupted"
    jobs.run_now(code, writes)  # it had only slept
    assert (watched(code).fault, notes()) == ("job-interrupted", 0)


def test_what_has_written_is_never_taken_for_interrupted(app):
    code = begun()
    jobs.run_now(code, writes)
    assert silent(code).state == "done"


@pytest.mark.parametrize(
    ("raised", "fault"),
    [(Conflict("list-changed", node="x"), "list-changed"), (ValueError, "fault")],
)
def test_work_that_fails_says_why_and_leaves_nothing(app, raised, fault):
    def fails(running):
        with saving():
            writes_half()
            raise raised

    def writes_half():
        note(DEWI, "try:job:done", "x", clock.now())
        db.session.flush()

    code = begun()
    jobs.run_now(code, fails)
    seen = watched(code)
    assert (seen.state, seen.fault, notes()) == ("failed", fault, 0)


def test_progress_is_seen_meanwhile_at_most_twice_a_second(app, monkeypatch):
    seen = []

    def works(running):
        began_at = clock.now()
        for count, seconds in ((1, 0.2), (2, 0.6), (3, 0.9), (4, 1.2)):
            monkeypatch.setattr(
                clock, "now", lambda at=began_at, s=seconds: at + timedelta(seconds=s)
            )
            running.report(count, 4)
            seen.append(jobs.watch(DEWI, running.code, began_at).done_count)
            db.session.rollback()
        writes(running)

    jobs.run_now(begun(), works)
    assert seen == [0, 2, 2, 4]


def test_a_report_in_the_middle_of_writing_waits_for_nobody(app):
    def works(running):
        with saving():
            running._beat_at -= LATER
            running.report(1, 2)
            running.end({})

    code = begun()
    jobs.run_now(code, works)
    assert watched(code).state == "done"


def test_a_thread_does_the_work_while_the_page_is_answered(app):
    app.config[jobs.IN_PLACE] = False
    answered = threading.Event()

    def works(running):
        assert answered.wait(10)
        writes(running)

    code = begun()
    jobs.start(code, works)
    assert watched(code).state == "running"
    db.session.rollback()
    answered.set()
    for thread in threading.enumerate():
        if thread.name == f"job {code}":
            thread.join()
    assert (watched(code).state, notes()) == ("done", 1)


def test_what_came_of_a_job_goes_after_two_days(app):
    old = begun()
    jobs.run_now(old, writes)
    with saving():
        jobs.begin("try", DEWI, clock.now() + timedelta(days=2, seconds=60))
    with pytest.raises(Missing):
        jobs.watch(DEWI, old, clock.now())
