"""What a learner does in the example course, and what stands in the database after it."""

from sqlalchemy import func, select

from elearn.accounts.queries import session_user
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor
from elearn.courses import queries as courses
from elearn.learning import queries, service
from elearn.learning.models import Enrolment
from tests.conftest import person_id
from tests.factories import example_files, published_example, published_files

SLUG = "contoh"


def actor(username: str) -> Actor:
    user = session_user(person_id(username), 1)
    assert user is not None
    return user.actor


def join(username: str = "siti") -> Enrolment:
    with saving():
        return service.enrol(actor(username), SLUG, "id", clock.now())


def opened(key: str, username: str = "siti") -> None:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(username), SLUG)
        service.open_unit(enrolment, key, "id", clock.now())


def finish(*keys: str, username: str = "siti") -> None:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(username), SLUG)
        for key in keys:
            service.finish_unit(enrolment, key, "id", clock.now())


def score(key: str, percent: int, is_passed: bool | None, username: str = "siti") -> None:
    with saving():
        enrolment = queries.own_enrolment_to_change(actor(username), SLUG)
        unit = courses.outline(enrolment.version_id).unit(key)
        service.note_score(enrolment, unit, percent, is_passed, "id", clock.now())


def complete(username: str = "siti") -> None:
    """Everything that version 1 requires."""
    finish("mulai", "folder", "internet", "lanjut", username=username)
    for key in ("satu-quiz", "dua-quiz", "post-test"):
        score(key, 80, True, username=username)


def publish_as(
    slug: str,
    task: bytes = b"shown",
    required: bytes = b"all",
    link: bytes = b"../01-satu/01-mulai.en.md",
) -> None:
    """The example course once more under another name, perhaps asking for something else."""
    files = {
        path: content.replace(b"(../01-satu/01-mulai.en.md)", b"(" + link + b")")
        for path, content in example_files().items()
    }
    files["course.yml"] = (
        files["course.yml"]
        .replace(b"slug: contoh", b"slug: " + slug.encode())
        .replace(b"task: shown", b"task: " + task)
        .replace(b"required: all", b"required: " + required)
    )
    published_files(files)


def begin_two_parts() -> None:
    """siti in the example course, with a lesson and the task done."""
    published_example(1)
    join("siti")
    finish("mulai", "task")


def finish_lessons(username: str = "siti") -> None:
    """Every lesson and every activity."""
    units = standing(username).outline.units
    done = (unit.key for unit in units if unit.kind in ("lesson", "activity"))
    finish(*done, username=username)


def standing(username: str = "siti") -> queries.Standing:
    db.session.rollback()
    db.session.expire_all()
    return queries.standing(queries.own_enrolment(actor(username), SLUG))


def kinds(username: str = "siti") -> list[str]:
    db.session.rollback()
    enrolment = queries.own_enrolment(actor(username), SLUG)
    return [event.kind for event in queries.events_of(enrolment)]


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0
