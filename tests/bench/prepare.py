"""What the benchmark works on: the demo or another site, and learners of its own on top."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, islice
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from elearn.accounts import passwords
from elearn.accounts import service as accounts
from elearn.accounts.models import Node
from elearn.accounts.service import Details
from elearn.core import clock, config
from elearn.core.db import db, saving
from elearn.core.permissions import Actor, Grant, Role
from elearn.courses import queries as courses
from elearn.courses.rules import Outline, OutlineUnit
from elearn.demo.study import right_answer
from elearn.factory import create_app
from elearn.learning import queries as learning
from elearn.learning import service as study
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service as quiz
from elearn.quizzes.rules import Mark
from elearn.records import printing
from elearn.records import queries as records
from tests.bench.server import ELEARN, ROOT
from tests.bench.sessions import Session, session_of

PASSWORD = "rak buku di beranda"
READ = 3  # lessons that each learner has read before
BUILDER = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
_TESTED = ("quiz", "post-test")
_TICKED = ("single", "several", "true-false")


@dataclass(frozen=True)
class Learner:
    """Somebody with a session. question: in the first of the open attempts, to be ticked."""

    username: str
    session: Session
    attempts: tuple[str, ...] = ()
    question: int = 0


@dataclass(frozen=True)
class Site:
    """Addresses in the prepared folder."""

    learners: tuple[Learner, ...]
    newcomer: Learner  # has joined, begun nothing
    course: str
    lesson: str  # the longest text without pictures
    heavy_lesson: str  # the most bytes, with its pictures
    unread: tuple[str, ...]  # lessons that no learner has opened
    quiz: str
    holder: Learner  # has completed the course
    verification: str
    record: str
    pdf: str
    administrator: str  # username
    library: str  # code of one


@dataclass(frozen=True)
class Crowd:
    """Learners who have joined and begun nothing, and what they will open."""

    learners: tuple[Learner, ...]
    lessons: tuple[str, ...]
    quizzes: tuple[str, ...]


@dataclass(frozen=True)
class Added:
    """A learner before there is a session."""

    username: str
    actor: Actor
    attempts: tuple[str, ...] = ()
    question: int = 0


def demo(folder: Path) -> None:
    """Build the demo in the folder."""
    command = [*ELEARN, "demo", "--data", str(folder), "--no-serve", "--password", PASSWORD]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def site_app(folder: Path, database_url: str = "") -> Flask:
    """The application of a folder, as a command has it."""
    config.keep_secret(folder)  # unless it has one
    return create_app(config.load({}, DATA=str(folder), DATABASE_URL=database_url))


def prepared(folder: Path, learners: int, database_url: str = "") -> Site:
    """Add so many learners to the site in this folder; their names are new at each call."""
    app = site_app(folder, database_url)
    with app.app_context(), app.test_request_context():
        outline, fresh = _open_course(), names()
        password_hash = passwords.hashed(PASSWORD)
        newcomer, holder = joined(fresh, 2, outline.slug, password_hash)
        begun = [_begun(a, outline) for a in joined(fresh, learners, outline.slug, password_hash)]
        record = _complete(holder, outline)
        administrator = _administrator(next(fresh), password_hash)
        library = _library().code
        db.session.remove()
    made = tuple(with_session(app, added) for added in begun)
    place = f"/courses/{outline.slug}/"
    lessons = [unit for unit in outline.units if unit.kind == "lesson"]
    plain = [unit for unit in lessons if not unit.media_bytes["id"]]
    site = Site(
        learners=made,
        newcomer=with_session(app, newcomer),
        course=place,
        lesson=place + max(plain or lessons, key=lambda unit: unit.text_bytes["id"]).key,
        heavy_lesson=place + max(lessons, key=_bytes).key,
        unread=tuple(place + unit.key for unit in lessons[READ:]),
        quiz=f"/quizzes/{outline.slug}/{_quizzes(outline)[0].key}",
        holder=with_session(app, holder),
        administrator=administrator,
        library=library,
        **record,
    )
    with app.app_context():
        db.engine.dispose()
    return site


def gathered(folder: Path, learners: int, database_url: str = "") -> Crowd:
    """Add so many learners to the site in this folder, who only have joined."""
    app = site_app(folder, database_url)
    with app.app_context():
        outline = _open_course()
        added = joined(names(), learners, outline.slug, passwords.hashed(PASSWORD))
        db.session.remove()
    made = tuple(with_session(app, one) for one in added)
    with app.app_context():
        db.engine.dispose()
    lessons = (f"/courses/{outline.slug}/{u.key}" for u in outline.units if u.kind == "lesson")
    quizzes = (f"/quizzes/{outline.slug}/{unit.key}" for unit in _quizzes(outline))
    return Crowd(made, tuple(lessons), tuple(quizzes))


def joined(fresh: Iterator[str], number: int, slug: str, password_hash: str) -> list[Added]:
    """New learners who have joined the course; all in one transaction."""
    now = clock.now() - timedelta(days=3)
    added = []
    with saving():
        library = _library()
        for name in islice(fresh, number):
            details = Details(f"Pengukur {name}")
            person = accounts.add_person(BUILDER, details, name, password_hash, library, now)
            actor = Actor(person.id, frozenset({Grant(Role.LEARNER)}))
            study.enrol(actor, slug, "id", now)
            added.append(Added(name, actor))
    return added


def with_session(app: Flask, added: Added) -> Learner:
    person_id = added.actor.person_id or 0
    return Learner(added.username, session_of(app, person_id), added.attempts, added.question)


def names() -> Iterator[str]:
    """Usernames that nobody has: the time is in them."""
    run = f"{clock.now().timestamp() * 1000:.0f}"
    return (f"ukur-{run}-{number:05}" for number in count())


def _open_course() -> Outline:
    """A course in which everything may be opened at once."""
    return next(o for o in courses.newest_of_all() if not o.is_sequential and _quizzes(o))


def _quizzes(outline: Outline) -> list[OutlineUnit]:
    return [unit for unit in outline.units if unit.kind == "quiz"]


def _bytes(unit: OutlineUnit) -> int:
    return unit.text_bytes["id"] + unit.media_bytes["id"]


def _library() -> Node:
    return db.session.scalars(select(Node).where(Node.kind == "library").limit(1)).one()


def _begun(added: Added, outline: Outline) -> Added:
    """Some lessons read, and every quiz begun and answered, but for one question of the first."""
    now = clock.now() - timedelta(days=2)
    codes, left_open = [], 0
    with saving():
        enrolment = learning.own_enrolment_to_change(added.actor, outline.slug)
        for unit in [unit for unit in outline.units if unit.kind == "lesson"][:READ]:
            study.open_unit(enrolment, unit.key, "id", now)
            study.finish_unit(enrolment, unit.key, "id", now)
        for unit in [unit for unit in outline.units if unit.kind in _TESTED]:
            attempt = quiz.begin(enrolment, unit.key, "id", now)
            asked = quizzes.paper_of(attempt).asked
            left_open = left_open or next(a.number for a in asked if a.facts.kind in _TICKED)
            quiz.save(attempt, [_edit(a) for a in asked if codes or a.number != left_open], now)
            codes.append(attempt.code)
    return Added(
        added.username, added.actor, tuple(f"/attempts/{code}" for code in codes), left_open
    )


def _edit(asked: quizzes.Asked) -> quiz.Edit:
    return quiz.Edit(asked, right_answer(asked.facts), Mark("demo", 1), frozenset())


def _complete(holder: Added, outline: Outline) -> dict[str, str]:
    """Everything that the course requires, done; addresses of the record that this gives."""
    now = clock.now() - timedelta(days=1)
    with saving():
        enrolment = learning.own_enrolment_to_change(holder.actor, outline.slug)
        for unit in [unit for unit in outline.units if unit.is_required]:
            if unit.draw:
                study.note_score(enrolment, unit, 90, True, "id", now)
            else:
                study.finish_unit(enrolment, unit.key, "id", now)
    record = records.record_of_enrolment(holder.actor, enrolment.id)
    if record is None:
        raise RuntimeError(f"the course {outline.slug} gives no record")
    kept = records.own_record(holder.actor, record.number)
    page = f"/records/{record.number}/"
    return {
        "verification": f"/verify/{record.code}",
        "record": page,
        "pdf": f"{page}{printing.file_names(kept)['id']}.pdf",
    }


def _administrator(username: str, password_hash: str) -> str:
    now = clock.now()
    with saving():
        details = Details(f"Pengukur {username}")
        person = accounts.add_person(BUILDER, details, username, password_hash, _library(), now)
        accounts.grant(BUILDER, person, Role.ADMINISTRATOR, None, now.date(), now)
    return username
