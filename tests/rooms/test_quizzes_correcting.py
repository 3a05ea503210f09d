"""Who corrects a key, with what, and what is said before."""

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.cli import main
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.errors import Forbidden, Invalid, Missing
from elearn.core.permissions import NOBODY, Actor, Grant, Role
from elearn.quizzes import service
from elearn.quizzes.models import Correction
from tests.conftest import person_id
from tests.factories import published_example
from tests.rooms.quizzes_correcting import REASON, SINGLE, TRUTH, newer, result, rows, taken
from tests.rooms.quizzes_correcting import first as first


@pytest.mark.parametrize(
    ("key", "reason", "refusal", "code"),
    [
        ("satu-number", REASON, Invalid, "correction-empty"),
        ("satu-several", REASON, Invalid, "correction-shape"),
        (SINGLE, REASON, Invalid, "correction-shape"),
        ("satu-order", REASON, Invalid, "correction-shape"),
        ("satu-match", REASON, Invalid, "correction-shape"),
        (TRUTH, REASON, Invalid, "correction-shape"),
        ("satu-text", REASON, Missing, "question-unknown"),
        ("no-such", REASON, Missing, "question-unknown"),
        (SINGLE, " ", Invalid, "reason-missing"),
    ],
)
def test_a_key_that_answers_cannot_be_marked_by_is_refused(sqlite_app, key, reason, refusal, code):
    first, second = published_example(), newer(2, "shapes")
    with pytest.raises(refusal, match=code), saving():
        service.correct(actor_named("budi"), first, key, second, reason, clock.now())
    assert rows(Correction) == []


def test_the_key_comes_from_a_newer_version_of_the_same_course(sqlite_app):
    first, second = published_example(), newer(2, "keys")
    for pair in ((second, first), (first, first)):
        with pytest.raises(Invalid, match="correction-version"):
            service.dry_run(actor_named("budi"), pair[0], TRUTH, pair[1])
    with pytest.raises(Missing):
        service.dry_run(actor_named("budi"), first, TRUTH, 99)


@pytest.mark.parametrize(
    ("who", "may"),
    [("budi", True), ("dewi", True), ("siti", False), ("ratna", False), ("joko", False), ("of a district", False), (None, False)],
)  # fmt: skip
def test_only_authors_and_administrators_correct_keys(sqlite_app, who, may):
    first, second = published_example(), newer(2, "keys")
    if who == "of a district":  # an author for a part of the tree only
        actor = Actor(person_id("budi"), frozenset({Grant(Role.AUTHOR, 3)}))
    else:
        actor = actor_named(who) if who else NOBODY

    def acts():
        service.dry_run(actor, first, TRUTH, second)
        with saving():
            service.correct(actor, first, TRUTH, second, REASON, clock.now())

    if may:
        acts()
    else:
        with pytest.raises(Forbidden):
            acts()
        with pytest.raises(Forbidden), saving():
            service.correct(actor, first, TRUTH, second, REASON, clock.now())
    assert len(rows(Correction)) == may


def test_the_command_shows_what_would_happen_and_does_it_when_told_to(app, first):
    code, kept = taken("siti", {"truth", "several"}), taken("joko")
    newer(2, "keys")
    words = ["quizzes", "correct", "contoh", TRUTH, "--of", "1", "--from", "2", "--as"]
    run = app.test_cli_runner().invoke
    shown = run(main, [*words, "budi"])
    assert f"{code} Siti Aminah, S.IP.: rises from 63 to 75 and passes" in shown.stdout
    assert f"{kept} Joko Prasetyo: keeps 100, the right key would give 88" in shown.stdout
    assert (shown.exit_code, rows(Correction)) == (0, [])
    for who, reason, exit_code in (("siti", REASON, 1), ("budi", "", 1), ("budi", REASON, 0)):
        done = run(main, [*words, who, "--reason", reason, "--yes"])
        assert done.exit_code == exit_code
    assert "1 rise, 1 keep, 0 stay" in done.stdout
    assert result(code) == (75, True)
    again = run(main, [*words, "budi", "--reason", REASON, "--yes"])
    assert "0 rise, 1 keep, 1 stay" in again.stdout
