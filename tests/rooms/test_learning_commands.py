"""`elearn learning rebuild`: finds what is wrong, mends it, and says so."""

import pytest
from sqlalchemy import select

from elearn.core.db import db, saving
from elearn.learning import commands
from elearn.learning.models import Progress
from tests.factories import published_example
from tests.queries import counted
from tests.rooms.learning_acts import complete, finish, join, standing


@pytest.fixture
def rebuild(app):
    def run(*options: str):
        db.session.remove()
        return app.test_cli_runner().invoke(args=["learning", "rebuild", *options])

    published_example()
    join("siti")
    complete("siti")
    join("joko")
    finish("mulai", username="joko")
    return run


def spoil() -> None:
    with saving():
        row = db.session.scalars(select(Progress).order_by(Progress.enrolment_id)).first()
        row.percent, row.last_unit_key = 12, "folder"


def test_sound_sums_stay_as_they_are(rebuild):
    for options in ((), ("--check",)):
        result = rebuild(*options)
        assert result.exit_code == 0, result.output
        assert "2 enrolments, 0 sums" in result.output


def test_a_wrong_sum_is_named_and_put_right(rebuild):
    spoil()
    result = rebuild("--check")
    assert result.exit_code == 1
    assert "percent is 12, events say 100" in result.output
    assert standing().percent == 12
    result = rebuild()
    assert result.exit_code == 0
    assert "last_unit_key is folder, events say post-test" in result.output
    assert standing().percent == 100
    assert rebuild("--check").exit_code == 0


def test_a_lost_row_is_made_again(rebuild):
    with saving():
        db.session.execute(db.delete(Progress))
    assert rebuild("--check").exit_code == 1
    assert rebuild().exit_code == 0
    assert standing("siti").is_complete
    assert standing("joko").done_count == 1


@pytest.mark.parametrize("options", [("--check",), ()])
def test_every_batch_is_added_up_wherever_it_ends(rebuild, monkeypatch, options):
    monkeypatch.setattr(commands, "BATCH", 1)
    with saving():
        db.session.execute(db.update(Progress).values(last_unit_key="folder"))
    result = rebuild(*options)
    assert result.output.count("last_unit_key is folder") == 2
    assert "2 enrolments, 2 sums" in result.output


def test_an_enrolment_more_in_a_batch_is_no_statement_more(rebuild):
    with counted() as two:
        rebuild("--check")
    join("budi")
    with counted() as three:
        assert "3 enrolments, 0 sums" in rebuild("--check").output
    assert len(three) == len(two)


def test_an_empty_database_has_nothing_to_add_up(sqlite_app):
    result = sqlite_app.test_cli_runner().invoke(args=["learning", "rebuild", "--check"])
    assert (result.exit_code, "0 enrolments, 0 sums differ." in result.output) == (0, True)
