"""What the benchmark works on: the demo, and some learners with open attempts on top."""

import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from elearn.accounts import passwords
from elearn.accounts import service as accounts
from elearn.accounts.models import Login, Node
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
from elearn.records.models import Record
from tests.bench.server import ELEARN, ROOT

PASSWORD = "rak buku di beranda"
_BUILDER = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))
_TESTED = ("quiz", "post-test")
_TICKED = ("single", "several", "true-false")


@dataclass(frozen=True)
class Learner:
    """Somebody to sign in as, with open attempts. question: in the first one, to be ticked."""

    username: str
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
    quiz: str
    holder: str  # username of somebody with a record
    verification: str
    record: str
    pdf: str


def prepared(folder: Path, learners: int) -> Site:
    """Build the demo in the folder and add so many learners to it."""
    command = [*ELEARN, "demo", "--data", str(folder), "--no-serve", "--password", PASSWORD]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    app = create_app(config.load({}, DATA=str(folder)))
    with app.app_context(), app.test_request_context():
        site = _with_learners(learners)
        db.session.remove()
        db.engine.dispose()
    return site


def _with_learners(count: int) -> Site:
    outline = courses.newest_of_all()[0]
    password_hash = passwords.hashed(PASSWORD)
    names = [f"ukur-{number:03}" for number in range(count + 1)]
    added = {name: _added(name, password_hash, outline.slug) for name in names}
    learners = tuple(_begun(name, added[name], outline) for name in names[:-1])
    place = f"/courses/{outline.slug}/"
    lessons = [unit for unit in outline.units if unit.kind == "lesson"]
    plain = [unit for unit in lessons if not unit.media_bytes["id"]]
    quiz_key = next(unit.key for unit in outline.units if unit.kind == "quiz")
    return Site(
        learners=learners,
        newcomer=Learner(names[-1]),
        course=place,
        lesson=place + max(plain or lessons, key=lambda unit: unit.text_bytes["id"]).key,
        heavy_lesson=place + max(lessons, key=_bytes).key,
        quiz=f"/quizzes/{outline.slug}/{quiz_key}",
        **_record(),
    )


def _bytes(unit: OutlineUnit) -> int:
    return unit.text_bytes["id"] + unit.media_bytes["id"]


def _added(username: str, password_hash: str, slug: str) -> Actor:
    """A new learner who has joined the course."""
    now = clock.now() - timedelta(days=3)
    with saving():
        library = db.session.scalars(select(Node).where(Node.kind == "library").limit(1)).one()
        details = Details(f"Pengukur {username}")
        person = accounts.add_person(_BUILDER, details, username, password_hash, library, now)
        learner = Actor(person.id, frozenset({Grant(Role.LEARNER)}))
    with saving():
        study.enrol(learner, slug, "id", now)
    return learner


def _begun(name: str, learner: Actor, outline: Outline) -> Learner:
    """Some lessons read, and every quiz begun and answered, but for one question of the first."""
    now = clock.now() - timedelta(days=2)
    for unit in [unit for unit in outline.units if unit.kind == "lesson"][:3]:
        with saving():
            enrolment = learning.own_enrolment_to_change(learner, outline.slug)
            study.open_unit(enrolment, unit.key, "id", now)
            study.finish_unit(enrolment, unit.key, "id", now)
    codes, left_open = [], 0
    for unit in [unit for unit in outline.units if unit.kind in _TESTED]:
        with saving():
            enrolment = learning.own_enrolment_to_change(learner, outline.slug)
            attempt = quiz.begin(enrolment, unit.key, "id", now)
            asked = quizzes.paper_of(attempt).asked
            left_open = left_open or next(a.number for a in asked if a.facts.kind in _TICKED)
            quiz.save(attempt, [_edit(a) for a in asked if codes or a.number != left_open], now)
            codes.append(attempt.code)
    return Learner(name, tuple(f"/attempts/{code}" for code in codes), left_open)


def _edit(asked: quizzes.Asked) -> quiz.Edit:
    return quiz.Edit(asked, right_answer(asked.facts), Mark("demo", 1), frozenset())


def _record() -> dict[str, str]:
    record = db.session.scalars(select(Record).order_by(Record.id).limit(1)).one()
    login = db.session.scalars(select(Login.key).where(Login.person_id == record.person_id)).first()
    kept = records.own_record(
        Actor(record.person_id, frozenset({Grant(Role.LEARNER)})), record.number
    )
    page = f"/records/{record.number}/"
    return {
        "holder": login or "",
        "verification": f"/verify/{record.code}",
        "record": page,
        "pdf": f"{page}{printing.file_names(kept)['id']}.pdf",
    }
