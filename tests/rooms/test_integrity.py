"""`elearn db check`: a site that people have used is whole, and each fault that is made is found."""

from datetime import timedelta
from random import Random

import pytest
from click.testing import Result
from flask import Flask

from elearn.accounts import queries as people
from elearn.accounts.queries.actors import actor_named
from elearn.accounts.service.employment import change_employment
from elearn.cli import main
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.demo.study import go_through
from elearn.privacy import service as privacy
from elearn.records import service as records_service
from elearn.records.models import Record
from tests.conftest import make_app, person_id
from tests.factories import administrator, example_files, published_example, published_files
from tests.rooms.authoring_drafts import draft_of
from tests.rooms.breaking import broken
from tests.rooms.learning_acts import join
from tests.rooms.records_activities import decide, logged

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


@pytest.fixture(scope="module")
def sqlite_site(sqlite_template, tmp_path_factory):
    """A site with all that the check looks at, built once; each test puts back what it breaks."""
    folder = tmp_path_factory.mktemp("integrity")
    (folder / "elearn.sqlite").write_bytes(sqlite_template.read_bytes())
    return filled(make_app(folder))


@pytest.fixture(scope="module")
def postgresql_site(postgresql_server, postgresql_template, tmp_path_factory):
    postgresql_server.run(f"CREATE DATABASE elearn_integrity TEMPLATE {postgresql_template}")
    url = postgresql_server.url("elearn_integrity")
    yield filled(make_app(tmp_path_factory.mktemp("integrity"), url))
    postgresql_server.run("DROP DATABASE elearn_integrity WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request):
    app = request.getfixturevalue(f"{request.param}_site")
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


def filled(app: Flask) -> Flask:
    with app.app_context():
        fill()
        db.session.remove()
        db.engine.dispose()
    return app


def fill() -> None:
    """Somebody under way, a record in force, one replaced, one revoked, and a person erased."""
    published_example()
    files = example_files(2)
    files["media/rak.svg"] = PICTURE
    files["01-satu/01-mulai.id.md"] += b"\n![Sebuah rak](../media/rak.svg)\n"
    published_files(files)
    dewi, now = administrator(), clock.now()
    for username in ("siti", "joko", "ratna"):
        actor, began = actor_named(username), now - timedelta(days=3)
        go_through(actor, "contoh", "id", 1.0, began, now, Random(1))
    with saving():
        records_service.reissue(record_of("siti"), dewi, now)
    with saving():
        records_service.revoke(record_of("joko"), "salah orang", dewi, now)
    done_elsewhere()
    with saving():
        records_service.make_transcript(dewi, person_id("siti"), None, "Contoh", now)
    draft_of()
    ratna = person_id("ratna")
    with saving():
        privacy.forget(ratna, dewi, now)
    join("budi")
    with saving():
        change_employment(dewi, people.person(person_id("joko")), "pppk", None, now)


def done_elsewhere() -> None:
    """An activity that was corrected and amended, one refused, one withdrawn and one that waits."""
    corrected, refused, withdrawn = (logged(title=f"Seminar {number}") for number in range(3))
    decide("dewi", "correct", corrected, 6, "Setengah hari upacara.")
    decide("dewi", "amend", corrected, 4, "Sebagian sudah dihitung.")
    decide("dewi", "refuse", refused, "Sertifikat orang lain.")
    with saving():
        records_service.withdraw(actor_named("siti"), withdrawn, clock.now())
    logged(title="Seminar 4")


def record_of(username: str) -> Record:
    person = person_id(username)
    return db.session.scalars(db.select(Record).where(Record.person_id == person)).one()


def run(site: Flask, command: str) -> Result:
    result = site.test_cli_runner().invoke(main, ["db", command])
    db.session.remove()
    return result


def checked(site: Flask) -> tuple[int, str]:
    """Exit code and standard output of `elearn db check`."""
    result = run(site, "check")
    return result.exit_code, result.stdout


def test_a_site_that_people_have_used_is_whole(site):
    code, said = checked(site)
    assert said.startswith("All is whole. Looked at: 1 database, ")
    for things in (
        "4 records",
        "4 activities",
        "4 files of evidence",
        "4 enrolments",
        "2 course versions",
        "attempts handed in",
    ):
        assert things in said
    assert code == 0


# Several at once, since a check looks at everything: none of a group hides or causes another.
FAULTS = [
    [
        ("UPDATE learning_event SET version_id = 99 WHERE kind = 'moved' OR id = 1",
         "learning_event 1 names a row of courses_version that is not there (version_id)"),
        ("UPDATE learning_progress SET percent = 12 WHERE percent = 100", "percent is 12, events say 100"),
        ("DELETE FROM learning_enrolment WHERE id = 1", "the enrolment that it is for is not there"),
        ("UPDATE records_record SET payload = replace(payload, 'Kursus', 'Khusus')",
         "the signature is not over these bytes"),
        ("UPDATE records_transcript SET payload = replace(payload, 'Siti', 'Sita')",
         "the signature is not over what is kept"),
        ("DELETE FROM records_credit WHERE kind = 'activity'",
         "what was approved is nothing in the ledger and must be activity of 6 JP"),
    ],
    [
        ("DELETE FROM learning_progress WHERE percent = 0", "percent is None, events say 0"),
        ("DELETE FROM learning_event WHERE unit_key = 'post-test' AND kind = 'scored'",
         "no event in the learner's course says that it was handed in with this score"),
        ("UPDATE records_record SET edition = edition + 5", "edition, enrolment or time of issue are not"),
        ("UPDATE records_holder SET name = 'Joko'", "the holder is not the one who is signed"),
        ("DELETE FROM records_credit WHERE kind = 'correction'", "must be correction of -2 JP"),
        ('UPDATE records_decision SET "by" = 1', "it was refused by the person herself"),
    ],
    [
        ("DELETE FROM learning_event WHERE unit_key = 'mulai' AND kind = 'done'", "run `elearn learning rebuild`"),
        ("DELETE FROM records_key", "that signed it is gone"),
        ("UPDATE records_credit SET credit_year = 2001 WHERE decision_id > 0", "(seminar, 2001)"),
        ("UPDATE records_decision SET kind = 'amended' WHERE kind = 'approved'", "and never approved"),
        ("UPDATE records_evidence SET digest = 'x'", "its file is not the one that was sent"),
        ("UPDATE courses_blob SET size = size + 1", "are not what they were"),
        ("DELETE FROM authoring_save WHERE number = 1", "are not all there"),
    ],
    [
        ("DELETE FROM records_event WHERE kind = 'issued'", "no event says that it was issued"),
        ("DELETE FROM records_credit WHERE kind = 'record'", "its record in the ledger is nothing"),
        ("DELETE FROM courses_blob WHERE size < 90", "the bytes of media/rak.svg are gone"),
        ("DELETE FROM courses_rendering WHERE language = 'en'", "version 1: mulai (en) is not rendered"),
        ("DELETE FROM courses_question_rendering", "version 2: dua-order (id) is not rendered"),
        ("UPDATE quizzes_attempt SET score_percent = 7 WHERE unit_key = 'satu-quiz'", "it was given 7 %"),
        ("DELETE FROM authoring_file WHERE path = 'task.yml'", "is not what its saves made it"),
    ],
    [
        ("DELETE FROM records_event WHERE kind = 'replaced'", "no event says that it was replaced"),
        ("DELETE FROM records_credit WHERE kind = 'correction'", "its correction in the ledger is nothing"),
        ("DELETE FROM courses_file WHERE path = 'task.yml'", "its files are not those that were published"),
        ("UPDATE courses_rendering SET html = replace(html, '/media/', '/media/00')", "shows 00"),
        ("UPDATE quizzes_attempt SET is_passed = false WHERE is_passed", "does not follow from its score"),
        ("DELETE FROM quizzes_answer WHERE question_key LIKE 'satu-%'", "its answers earn"),
    ],
    [
        ("UPDATE records_event SET kind = 'replaced' WHERE kind = 'revoked'", "and there is no newer edition"),
        ("UPDATE records_credit SET jp = jp + 1 WHERE kind = 'record'", "its record in the ledger is 5 JP"),
        ("DELETE FROM courses_file WHERE path = 'media/rak.svg'", "which is gone"),
        ("UPDATE accounts_former_employment SET until_on = '2999-01-01'", "2999-01-01, which is still to come"),
        ("UPDATE quizzes_attempt SET drawn = '{'", "the attempts handed in cannot be read to the end"),
    ],
    [
        ("DELETE FROM courses_file WHERE path = 'media/rak.svg'", "no course and no draft has the file"),
    ],
]  # fmt: skip


@pytest.mark.parametrize("faults", FAULTS)
def test_each_fault_is_found_and_its_mending_named(site, faults):
    with broken(*(fault for fault, _ in faults)):
        code, output = checked(site)
    assert [said for _, said in faults if said not in output] == []
    assert code == 1


def test_a_trigger_that_is_gone_or_asleep_is_found_and_put_back_by_an_upgrade(site):
    name, is_sqlite = "elearn_learning_event_update", db.engine.dialect.name == "sqlite"
    with db.engine.begin() as connection:
        connection.exec_driver_sql(
            f"DROP TRIGGER {name}" if is_sqlite
            else f"ALTER TABLE learning_event DISABLE TRIGGER {name}"
        )  # fmt: skip
    code, output = checked(site)
    assert f"{name} is not at work: run `elearn db upgrade`" in output
    assert code == 1
    assert run(site, "upgrade").exit_code == 0
    assert checked(site)[0] == 0


def test_rows_that_the_database_itself_would_refuse_are_found(site):
    """On PostgreSQL they can only be there behind a constraint that was never checked."""
    if db.engine.dialect.name == "sqlite":
        with broken("UPDATE learning_progress SET percent = 101"):
            code, output = checked(site)
        assert "CHECK constraint failed in learning_progress" in output
    else:
        with db.engine.begin() as connection:
            table = "ALTER TABLE core_policy"
            connection.exec_driver_sql(f"{table} ADD CONSTRAINT odd CHECK (1 > 0) NOT VALID")
        code, output = checked(site)
        with db.engine.begin() as connection:
            connection.exec_driver_sql(f"{table} DROP CONSTRAINT odd")
        assert "the constraint core_policy odd was never checked" in output
    assert code == 1
