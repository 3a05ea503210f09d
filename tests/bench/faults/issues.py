"""The last requirement met by many equal requests at once: always one record, with one number."""

import threading
from pathlib import Path

from sqlalchemy import text

from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.courses import queries as courses
from elearn.learning import queries as learning
from elearn.learning import service as study
from tests.bench.faults.browser import Browser, signed_in
from tests.bench.faults.place import Place, slug, username
from tests.bench.faults.served import serving

AT_ONCE = 20
LAST = "lanjut"
_COUNTS = (
    "SELECT count(*) FROM records_record", "SELECT count(DISTINCT enrolment_id) FROM records_record",
    "SELECT count(DISTINCT number) FROM records_record", "SELECT count(*) FROM records_credit",
    "SELECT count(*) FROM learning_event WHERE kind = 'completed'",
    f"SELECT count(*) FROM learning_event WHERE kind = 'done' AND unit_key = '{LAST}'",
    "SELECT count(*) FROM records_key",
)  # fmt: skip


def equal_issues(place: Place, log: Path) -> tuple[str, bool]:
    with place.app():
        for number in range(place.learners):
            all_but_the_last(username(number))
    statuses: list[int] = []
    with serving(place, log) as served:
        for number in range(place.learners):
            statuses += _at_once(signed_in(username(number), served.port))
    with place.engine().connect() as connection:
        counts = [connection.execute(text(query)).scalar() for query in _COUNTS]
    verdict = place.verdict()
    good = sum(status == 303 for status in statuses)
    line = (
        f"{place.learners} x {AT_ONCE} equal requests, {good} answered with success: {counts[0]} records "
        f"of {counts[1]} enrolments with {counts[2]} numbers, {counts[3]} entries in the ledger, "
        f"{counts[4]} completions, {counts[6]} key; {verdict}"
    )
    return line, counts == [place.learners] * 6 + [1] and good == len(
        statuses
    ) and "whole" in verdict


def all_but_the_last(name: str) -> None:
    """Do all that the first course requires of the learner, but for one lesson."""
    actor, now = actor_named(name), clock.now()
    with saving():
        enrolment = learning.own_enrolment_to_change(actor, slug(0))
        outline = courses.outline(enrolment.version_id)
        for unit in outline.units:
            if unit.kind in ("quiz", "post-test"):
                study.note_score(enrolment, unit, 80, True, "id", now)
            elif unit.kind in ("lesson", "activity") and unit.key != LAST:
                study.finish_unit(enrolment, unit.key, "id", now)
    db.session.expunge_all()


def _at_once(browser: Browser) -> list[int]:
    """The same learner's phone, impatient: equal requests that leave together."""
    barrier, statuses = threading.Barrier(AT_ONCE), []

    def press() -> None:
        other = browser.twin()
        barrier.wait()
        statuses.append(other.send("POST", f"/courses/{slug(0)}/{LAST}", {})[0])

    threads = [threading.Thread(target=press) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses
