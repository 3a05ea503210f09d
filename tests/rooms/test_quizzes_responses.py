"""What was answered to the questions of a version, by the keys that count."""

from sqlalchemy import text

from elearn.core import clock
from elearn.core.db import db, saving
from elearn.privacy import service as privacy
from elearn.quizzes import queries, rules
from elearn.quizzes.models import Answer
from tests.conftest import person_id
from tests.factories import administrator
from tests.queries import counted
from tests.rooms.quizzes_correcting import TRUTH, begun, corrected, newer, taken
from tests.rooms.quizzes_correcting import first as first


def test_the_answers_of_a_version_are_read_with_three_statements_by_the_keys_that_count(app, first):
    taken("siti", {"truth"})
    taken("joko")
    taken("ratna", {"text"})
    begun("dewi")
    second = newer(2, "keys")
    queries.responses(first)
    queries.corrected_questions(second, ())
    with counted() as sent:
        before = queries.responses(first)
    assert len(sent) == 3
    assert {key: len(tries) for key, tries in before.items() if tries} == dict.fromkeys(
        (f"satu-{kind}" for kind in ("single", "several", "truth", "order", "match", "text", "number")), 3
    )  # fmt: skip
    assert sorted(float(one.share) for one in before[TRUTH]) == [0, 1, 1]
    assert rules.item_of(queries.corrected_questions(first, ())[TRUTH], before[TRUTH]).chosen == (
        1,
        2,
    )
    corrected(first, TRUTH, second)
    dewi = administrator()
    with saving():
        privacy.forget(person_id("joko"), dewi, clock.now())
    with counted() as sent:
        after = queries.responses(first)
    assert len(sent) == 3
    assert sorted(float(one.share) for one in after[TRUTH]) == [0, 1]
    assert [one.share for one in queries.responses(first, most=1)["satu-text"]] == [0]


def test_attempts_of_a_version_are_found_by_an_index(app, first):
    taken("siti")
    newest = (
        f"SELECT id, drawn FROM quizzes_attempt WHERE version_id = {first} AND state = 'submitted' "
        "ORDER BY id DESC LIMIT 2000"
    )
    asked = (
        f"SELECT id FROM quizzes_attempt WHERE version_id = {first} AND id > 0 ORDER BY id LIMIT 50"
    )
    is_sqlite = db.engine.dialect.name == "sqlite"
    if not is_sqlite:
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        db.session.execute(text("SET LOCAL enable_sort = off"))
    for statement in (newest, asked):
        plan = db.session.execute(
            text(("EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN ") + statement)
        )
        lines = "\n".join(str(row) for row in plan)
        assert "ix_quizzes_attempt_version_id_id" in lines
        assert "TEMP B-TREE" not in lines
    assert db.session.scalar(db.select(db.func.count()).select_from(Answer)) > 0
