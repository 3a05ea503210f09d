"""The courses in courses/, published and studied by the real services."""

from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest

from elearn.core import clock
from elearn.core.db import saving
from elearn.coursepack.folder import read_course
from elearn.coursepack.reading import read_files
from elearn.courses import service as courses
from elearn.courses.formats.html import render_course
from elearn.demo.study import go_through
from elearn.learning import queries, service
from elearn.records import queries as records
from tests.factories import administrator
from tests.rooms.learning_acts import actor

COURSES = Path(__file__).resolve().parents[2] / "courses"
SERIES = ("basic-ict", "advocacy", "community-engagement", "promotion")


@cache
def of_the_series(slug):
    """A course as it is, and its pages: made once."""
    course, _problems = read_course(COURSES / slug)
    return course, render_course(course)


def publish(course, html):
    by = administrator()
    with saving():
        courses.publish(course, html, by, clock.now())


@pytest.mark.parametrize("slug", SERIES)
def test_a_course_of_the_series_leads_to_a_record(sqlite_app, slug):
    course, html = of_the_series(slug)
    publish(course, html)
    now = clock.now()
    siti = actor("siti")
    go_through(siti, slug, "id", 1.0, now - timedelta(days=30), now, Random(slug))
    assert queries.standing(queries.own_enrolment(siti, slug)).percent == 100
    (kept,) = records.own_records(siti)
    assert sum(module.jp for module in kept.facts.modules) == sum(m.jp for m in course.modules)


def first_edition() -> dict[str, bytes]:
    """Basic ICT as it was at first: two modules, and nothing that points beyond them."""
    course, _html = of_the_series("basic-ict")
    later = tuple(f"{number:02}-" for number in (3, 4, 5))
    files = {p: data for p, data in course.files.items() if not p.startswith((*later, "task.yml"))}
    head = files["course.yml"].decode()
    names = [line for line in head.splitlines() if line.strip().startswith("modules:")]
    first, second = (m.folder for m in course.modules[:2])
    assert len(names) == 1
    head = head.replace(names[0], f"modules: [{first}, {second}]")
    head = head.replace("version: 2", "version: 1").replace("  task: shown\n", "")
    return {**files, "course.yml": head.encode()}


def test_what_was_done_in_the_first_edition_of_basic_ict_stays_done_in_the_second(sqlite_app):
    first, problems = read_files(first_edition())
    assert first is not None, [problem.format("en") for problem in problems]
    publish(first, render_course(first))
    siti, now = actor("siti"), clock.now()
    go_through(siti, "basic-ict", "id", 0.8, now - timedelta(days=30), now, Random(1))
    done = {
        key
        for key, state in queries.standing(queries.own_enrolment(siti, "basic-ict")).units.items()
        if state.done
    }
    publish(*of_the_series("basic-ict"))
    with saving():
        enrolment = queries.own_enrolment_to_change(siti, "basic-ict")
        service.move_to_newest(enrolment, "id", now)
    after = queries.standing(queries.own_enrolment(siti, "basic-ict"))
    assert after.outline.number == 2
    assert len(done) >= 8
    assert {key for key in done if not after.units[key].done} == set()
