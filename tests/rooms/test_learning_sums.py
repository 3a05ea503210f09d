"""The summary row of an enrolment, and a person's data."""

import random

import pytest
from sqlalchemy import select

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.learning import queries, service
from elearn.learning.models import Progress
from tests.conftest import person_id
from tests.factories import published_example
from tests.rooms.learning_acts import SLUG, actor, finish, join, opened, score, standing


def test_a_rebuild_of_a_broken_row_mends_it_and_names_what_was_wrong(app):
    published_example()
    join()
    finish("mulai", "folder")
    with saving():
        row = db.session.scalars(select(Progress)).one()
        row.done_count, row.percent = 0, 3
    with saving():
        enrolment = queries.own_enrolment_to_change(actor("siti"), SLUG)
        found = service.rebuild([enrolment.id])[enrolment.id]
    assert {(d.name, d.kept, d.recounted) for d in found} == {
        ("done_count", 0, 2),
        ("percent", 3, 28),
    }
    assert standing().percent == 28


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_progress_never_falls_and_a_rebuild_finds_no_difference(app, seed):
    """A random way through two versions, through the real services."""
    chance = random.Random(seed)
    published_example(1)
    join()
    version, percent = 1, 0
    for step in range(40):
        now = standing()
        unit = chance.choice(now.outline.units)
        act = chance.choice(["open", "finish", "score", "move"])
        try:
            if act == "move":
                if version == 1 and step > 15:
                    version = 2
                    published_example(2)
                with saving():
                    service.move_to_newest(
                        queries.own_enrolment_to_change(actor("siti"), SLUG), "id", clock.now()
                    )
                percent = 0
            elif act == "open":
                opened(unit.key)
            elif act == "score" and unit.kind in ("quiz", "pre-test", "post-test"):
                points = chance.randrange(101)
                mark = unit.pass_percent
                score(unit.key, points, None if mark is None else points >= mark)
            else:
                finish(unit.key)
        except Conflict:
            db.session.rollback()
        after = standing()
        assert percent <= after.percent <= 100
        assert after.is_complete == (after.percent == 100)
        percent = after.percent
        enrolment = queries.own_enrolment(actor("siti"), SLUG)
        row = db.session.get(Progress, enrolment.id)
        assert queries.differences(row, queries.recount(enrolment)) == ()


def test_my_data_names_every_event_and_forgetting_keeps_the_totals(app):
    published_example()
    join()
    finish("mulai")
    (run,) = service.personal_data(person_id("siti"))["enrolments"]
    assert (run["slug"], [event["kind"] for event in run["events"]]) == (
        SLUG,
        ["enrolled", "done"],
    )
    assert service.personal_data(person_id("joko")) == {"enrolments": []}
    with saving():
        service.forget(person_id("siti"), clock.now())
    assert standing().done_count == 1
