"""The country that is measured on: as large as it says, and nothing in it that could not be."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from random import Random

import pytest
from sqlalchemy import func, select, text

from elearn import integrity
from elearn.accounts.models import Node, Person
from elearn.core import triggers
from elearn.core.db import db
from elearn.learning.models import Enrolment, Event, Progress
from elearn.quizzes.models import Attempt
from elearn.records.models import Activity, Credit, Decision, Holder, Record, RecordEvent
from elearn.supervision.models import Contact
from tests.bench.country import people, studying
from tests.bench.country.building import build
from tests.bench.country.chance import levelled
from tests.bench.country.sizes import Sizes
from tests.conftest import in_use, make_app
from tests.factories import example_course, example_html
from tests.rooms.learning_acts import count

# One course of four lessons: fewer events than in the courses of the country itself.
SIZES = replace(Sizes().scaled(1 / 4000), people=60, events=950)
NOW = datetime(2027, 12, 1, 3, tzinfo=UTC)  # eighteen months after the cast has come


def _built(seed: int) -> dict[str, int]:
    editions = [(example_course(version), example_html(version)) for version in (1, 2)]
    return build(SIZES, editions, seed, NOW)


def test_a_country_is_as_large_as_promised_and_whole(own_app, monkeypatch):
    monkeypatch.setattr(people, "CHUNK", 25)
    monkeypatch.setattr(studying, "CHUNK", 20)
    before = {model: count(model) for model in (Node, Person)}
    _built(1)
    assert {model: count(model) - before[model] for model in before} == {
        Node: 1 + SIZES.provinces + SIZES.districts + SIZES.libraries,
        Person: SIZES.people,
    }
    assert count(Enrolment) == count(Progress) == SIZES.enrolments
    assert (count(Event), count(Attempt)) == (SIZES.events, SIZES.attempts)
    for model in (Record, Holder, RecordEvent):
        assert count(model) == SIZES.records
    approved = db.session.scalar(select(func.count()).where(Decision.kind == "approved"))
    assert count(Credit) == SIZES.records + (approved or 0)
    assert (count(Activity), count(Contact)) == (SIZES.activities, SIZES.contacts)
    connection = db.session.connection()
    assert triggers.installed(connection) == triggers.expected(connection.dialect.name)
    if connection.dialect.name == "sqlite":
        assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
    assert integrity.check() == 0  # records are signed, attempts earned their scores
    checked = own_app.test_cli_runner().invoke(args=["learning", "rebuild", "--check"])
    assert f"{SIZES.enrolments} enrolments, 0 sums differ." in checked.output


def test_the_same_seed_gives_the_same_progress(sqlite_template, tmp_path):
    found = []
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        shutil.copy(sqlite_template, folder / "elearn.sqlite")
        with in_use(make_app(folder)):
            _built(7)
            found.append(db.session.execute(select(*Progress.__table__.c)).all())
    assert len(found[0]) == SIZES.enrolments
    assert found[0] == found[1]


BOUNDS = [(1, 2), (2, 5), (0, 9)]


@pytest.mark.parametrize("total", [3, 4, 10, 15, 16])
def test_numbers_are_moved_within_their_bounds_until_the_sum_is_right(total):
    numbers = levelled([2, 4, 20], BOUNDS, total, Random(1))
    assert sum(numbers) == total
    assert all(low <= one <= high for one, (low, high) in zip(numbers, BOUNDS, strict=True))


@pytest.mark.parametrize("total", [2, 17])
def test_a_sum_that_the_bounds_do_not_allow_is_refused(total):
    with pytest.raises(ValueError, match="cannot be reached"):
        levelled([2, 4, 20], BOUNDS, total, Random(1))
