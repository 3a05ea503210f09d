"""A small district whose answers can be counted by hand, and a neighbour who must not be in them.

Kabupaten Sukamaju (ratna): Wonosari with the cast; Melati with Agus (PNS), Butet (PPPK) and Citra;
Anggrek, which Dadang (PNS) has left for Melati; Kenanga with nobody. Slamet is of joko's district
and did what Agus did. All of it lies before NOW.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from elearn.accounts.models import Membership, Node, Person
from elearn.core import policy
from elearn.core.db import db, saving
from elearn.coursepack.model import Course
from elearn.courses import service
from elearn.learning.models import Enrolment, Event, Progress, Ruling, RulingEnd
from elearn.records import service as records
from elearn.records.models import Activity, Credit, Decision
from elearn.supervision.models import Contact
from elearn.supervision.rules.standing import Facts
from tests.conftest import person_id
from tests.factories import administrator, example_course, example_html, published_example
from tests.people import SINCE
from tests.rooms.records_evidence import EVIDENCE
from tests.rooms.supervision_people import add_library, add_person, add_run

NODE = "kabupaten-sukamaju"
NOW = datetime(2026, 7, 15, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
IN_MAY = datetime(2026, 5, 20, 3, tzinfo=UTC)
LEFT_ON = date(2026, 6, 1)

_PEOPLE = (
    ("Agus", "melati", "pns"),
    ("Butet", "melati", "pppk"),
    ("Citra", "melati", "other"),
    ("Dadang", "anggrek", "pns"),
    ("Slamet", "perpustakaan-karanganyar", "pns"),
)


def district() -> dict[str, Person]:
    """Write it; the people by name, siti among them."""
    contoh = published_example()
    by = administrator()
    with saving():
        tugas = service.publish(_with_required_task(), example_html(), by, NOW).version_id
        policy.change("cap_jp_seminar", "6", SINCE)
        for library in ("melati", "anggrek", "kenanga"):
            add_library(library, NODE)
        people = {
            name: add_person(name, library, NOW, SINCE, employment=employment)
            for name, library, employment in _PEOPLE
        }
        people["Siti"] = db.session.get_one(Person, person_id("siti"))
        _study(people, contoh)
        _tasks(people, tugas)
        _elsewhere(people)
        for name in ("Citra", "Slamet"):
            _note(people[name], NOW - 2 * DAY)
        _move(people["Dadang"], "melati", LEFT_ON)
    return people


def _study(people: dict[str, Person], version_id: int) -> None:
    for name, completed in (
        ("Agus", NOW - 2 * HOUR),
        ("Dadang", IN_MAY),
        ("Slamet", NOW - 2 * HOUR),
    ):
        study(people[name], version_id, completed)
    _tests(add_run(people["Butet"], version_id, _facts(NOW - 3 * HOUR)), 60, 70)
    _tests(add_run(people["Siti"], version_id, _facts(NOW - DAY)), 50, 55)
    unbegun = replace(_facts(NOW), enrolled_at=NOW - 5 * DAY, started_at=None, done_count=0)
    add_run(people["Citra"], version_id, unbegun)


def study(person: Person, version_id: int, completed: datetime) -> None:
    """A course begun nine days before, with both tests and a record of 5 JP."""
    run = add_run(person, version_id, _facts(completed - 9 * DAY, 6, completed))
    _record(person, run, completed)
    _tests(run, 40, 80)


def _tasks(people: dict[str, Person], version_id: int) -> None:
    """Of Agus only the task is open, of Butet and siti more; Dadang's was done on paper."""
    for name, done in (("Agus", 5), ("Butet", 3), ("Dadang", 4), ("Siti", 2), ("Slamet", 5)):
        run = add_run(people[name], version_id, _facts(IN_MAY - DAY, done))
        if name in ("Dadang", "Siti"):
            ruling = _ruling(run)
            if name == "Siti":
                by = person_id("ratna")
                db.session.add(RulingEnd(ruling_id=ruling.id, reason="error", by=by, at=IN_MAY))


def _elsewhere(people: dict[str, Person]) -> None:
    for name in ("Agus", "Slamet"):
        approve(activity(people[name], 20, 9, "Seminar"))
    approve(activity(people["Butet"], 20, 30, "Bimbingan", "mentoring"))
    for name, days in (("Citra", 3), ("Butet", 11), ("Slamet", 5)):
        activity(people[name], days, 4, f"Lokakarya {name}", "workshop")


def activity(person: Person, days: int, jp: int, title: str, category: str = "seminar") -> Activity:
    """Something done elsewhere, logged so many days ago; nobody has decided yet."""
    row = Activity(
        person_id=person.id, category=category, title=title, organiser="IPI (contoh)",
        role="mentor" if category == "mentoring" else "participant",
        first_on=date(2026, 2, 3), last_on=date(2026, 2, 4), jp_claimed=jp,
        at=NOW - days * DAY, by=person.id,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row


def approve(row: Activity) -> None:
    """By dewi, with the claimed JP and their line in the ledger."""
    by, jp = person_id("dewi"), row.jp_claimed
    decision = Decision(activity_id=row.id, kind="approved", jp=jp, by=by, at=NOW)
    db.session.add(decision)
    db.session.flush()
    db.session.add(
        Credit(
            person_id=row.person_id, kind="activity", decision_id=decision.id,
            category=row.category, credit_year=row.last_on.year, jp=jp, title=row.title, at=NOW,
        )
    )  # fmt: skip


def _with_required_task() -> Course:
    """The example course once more, as `tugas`."""
    course = example_course()
    required = (*course.completion.required, "task")
    completion = replace(course.completion, required=required, task_required=True)
    return replace(course, slug="tugas", completion=completion)


def _facts(started: datetime, done: int = 3, completed: datetime | None = None) -> Facts:
    return Facts(
        enrolled_at=started - HOUR, started_at=started, last_event_at=completed or started,
        completed_at=completed, done_count=done, required_count=6, failed_unit_key="",
        failed_count=0,
    )  # fmt: skip


def _tests(run: Enrolment, pre: int, post: int) -> None:
    of_run = update(Progress).where(Progress.enrolment_id == run.id)
    db.session.execute(of_run.values(pre_percent=pre, post_percent=post))


def _record(person: Person, run: Enrolment, completed: datetime) -> None:
    """Five JP in the year of the completion."""
    records.issue(
        replace(
            EVIDENCE, person_id=person.id, enrolment_id=run.id, completed_at=completed,
            enrolled_at=run.enrolled_at,
        ),
        completed,
    )  # fmt: skip


def _ruling(run: Enrolment) -> Ruling:
    """That the task was done on paper."""
    event = Event(
        enrolment_id=run.id, kind="done", source="supervisor", unit_key="task", edition=1,
        version_id=run.version_id, language="id", happened_at=IN_MAY, recorded_at=IN_MAY,
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    by = person_id("ratna")
    ruling = Ruling(enrolment_id=run.id, event_id=event.id, reason="on paper", by=by, at=IN_MAY)
    db.session.add(ruling)
    db.session.flush()
    return ruling


def _note(person: Person, at: datetime) -> None:
    by = person_id("ratna")
    db.session.add(Contact(person_id=person.id, by=by, at=at, channel="phone", reason=""))


def _move(person: Person, library: str, on: date) -> None:
    row = db.session.scalars(select(Membership).where(Membership.person_id == person.id)).one()
    row.to_on = on
    node = db.session.scalars(select(Node).where(Node.code == library)).one()
    db.session.add(Membership(person_id=person.id, node_id=node.id, from_on=on))
