"""How soon a completion can be verified by anybody: one learner, and a thousand.

    python -m tests.bench.issuing

Through the product's own services and pages: the last lesson of a course is finished, which issues
the record in the same transaction; then its public page is asked for. About a minute.
"""

import argparse
import tempfile
import time
from pathlib import Path

from elearn.accounts import passwords
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.coursepack.reading import read_files
from elearn.courses import queries as courses
from elearn.courses import service as publishing
from elearn.courses.formats.html import render_course
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.records import queries as records
from tests.bench.load import Connection, Request
from tests.bench.prepare import BUILDER, Added, demo, joined, names, site_app, with_session
from tests.bench.server import ELEARN, free_port, running
from tests.bench.table import Bar, at_most, bars_table
from tests.factories import example_files

RECORDS = 1000
_SLUG, _LAST = "satu-pelajaran", "mulai"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.issuing", description=__doc__)
    parser.add_argument("--records", type=int, default=RECORDS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="elearn-issuing-") as name:
        folder = Path(name) / "site"
        demo(folder)
        print(bars_table(measured(folder, Path(name) / "server.log", options.records)))


def measured(folder: Path, log: Path, number: int) -> list[Bar]:
    app = site_app(folder)
    with app.app_context():
        _publish_one_lesson()
        one, *others = joined(
            names(), number + 1, _SLUG, passwords.hashed("tidak dipakai siapa pun")
        )
        db.session.remove()
    learner = with_session(app, one)
    port = free_port()
    with running((*ELEARN, "serve", "--port", str(port)), folder, port, log) as server:
        connection = Connection(server.port)
        began = time.perf_counter()
        form = {"csrf_token": learner.session.token}
        path = f"/courses/{_SLUG}/{_LAST}"
        connection.send(Request("POST", path, learner.session.cookie, form, 303))
        with app.app_context():
            code = _code(one)
        _verify(connection, code)
        single = time.perf_counter() - began
        began = time.perf_counter()
        with app.app_context():
            for added in others:
                _finish(added)
            last = _code(others[-1])
        _verify(connection, last)
        all_of_them = time.perf_counter() - began
        connection.close()
    return [
        at_most("last requirement -> verifiable", single, 5, " s"),
        at_most(
            f"{number} records, the last one verifiable", all_of_them, 60 * number / 1000, " s"
        ),
    ]


def _publish_one_lesson() -> None:
    """A course that is complete when one lesson is read."""
    files = example_files()
    manifest = files["course.yml"].decode().replace("slug: contoh", f"slug: {_SLUG}")
    files["course.yml"] = manifest.replace("required: all", f"required: [{_LAST}]").encode()
    course, problems = read_files(files)
    if course is None:
        raise RuntimeError(problems)
    html = render_course(course)
    with saving():
        publishing.publish(course, html, BUILDER, clock.now())
    if courses.newest(_SLUG) is None:
        raise RuntimeError("the course is not offered")


def _finish(added: Added) -> None:
    with saving():
        enrolment = learning.own_enrolment_to_change(added.actor, _SLUG)
        study.finish_unit(enrolment, _LAST, "id", clock.now())


def _code(added: Added) -> str:
    enrolment = learning.own_enrolment(added.actor, _SLUG)
    record = records.record_of_enrolment(added.actor, enrolment.id)
    db.session.rollback()
    if record is None:
        raise RuntimeError("no record was issued")
    return record.code


def _verify(connection: Connection, code: str) -> None:
    answer = connection.send(Request("GET", f"/verify/{code}"))
    if answer.status != 200:
        raise RuntimeError(f"/verify/ answers {answer.status}")


if __name__ == "__main__":
    main()
