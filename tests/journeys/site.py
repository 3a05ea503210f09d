"""A running site with the cast and a real course, for a browser; and what a test asks it.

The server is the application as in production, CSRF and all, on a free port of this machine.
"""

import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import Result
from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from elearn.accounts.models import Credential
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock, config
from elearn.core.db import db, saving
from elearn.core.i18n import force_locale, gettext, ngettext
from elearn.courses import queries as courses
from elearn.demo.study import right_answer
from elearn.factory import create_app
from elearn.learning import service as learning
from elearn.quizzes import queries as quizzes
from elearn.quizzes import service as quiz
from elearn.quizzes.models import Attempt
from elearn.quizzes.queries import Asked
from tests.compiled import with_templates_kept
from tests.conftest import COMMANDS, SECRET, person_id

COURSES = Path(__file__).parents[2] / "courses"
BASIC_ICT = COURSES / "basic-ict"
SLUG = "basic-ict"

Fields = dict[str, list[str]]  # name of a control -> the values that it gets


class _Silent(WSGIRequestHandler):
    def log_request(self, *_: Any) -> None:
        pass


@dataclass
class Site:
    """A site that answers at `address`, with its data in `folder`."""

    app: Flask
    folder: Path
    address: str
    places: dict[str, str] = field(default_factory=dict)  # what addresses need: `lives.Places`

    def say(self, text: str, language: str = "id", **values: Any) -> str:
        """The sentence as pages say it; the English one stands for it until it is translated."""
        with self.app.test_request_context(), force_locale(language):
            return gettext(text, **values)

    def say_count(self, one: str, many: str, count: int, language: str = "id") -> str:
        with self.app.test_request_context(), force_locale(language):
            return ngettext(one, many, count)

    def cookies(self, username: str) -> list[dict[str, str]]:
        """The session of a person of the cast, without the cost of hashing a password."""
        with self.app.app_context():
            person = person_id(username)
            generation = db.session.scalars(
                db.select(Credential.generation).where(Credential.person_id == person)
            ).one()
        signer = self.app.session_interface.get_signing_serializer(self.app)
        since = int(clock.now().timestamp())
        value = signer.dumps({"_user_id": f"{person}.{generation}.{since}", "_fresh": True})
        return [{"name": "elearn", "value": value, "url": self.address}]

    def run(self, *words: str) -> str:
        """What the command `elearn` prints on this site."""
        result = self.tried(*words)
        assert result.exit_code == 0, result.output or repr(result.exception)
        return result.output

    def tried(self, *words: str) -> Result:
        """How the command `elearn` ends on this site."""
        with self.app.app_context():  # as the real command has it
            return self.app.test_cli_runner().invoke(COMMANDS, list(words))

    @property
    def environment(self) -> dict[str, str]:
        """For a process of its own on the same data."""
        return {
            "ELEARN_DATA": str(self.folder),
            "ELEARN_SECRET_KEY": SECRET,
            "ELEARN_SITE_URL": self.address,
        }

    def begun(self, key: str) -> str:
        """Address of a quiz that siti has just begun, having joined the real course."""
        now = clock.now()
        with self.app.app_context(), saving():
            enrolment = learning.enrol(actor_named("siti"), SLUG, "id", now)
            return f"{self.address}/attempts/{quiz.begin(enrolment, key, 'id', now).code}"

    def right_answers(self, address: str) -> dict[int, Fields]:
        """For each question of the attempt at this address, what to give to get all points."""
        return {number: fields for number, (_, fields) in self._answers(address).items()}

    def questions_of_kind(self, address: str, kind: str) -> list[int]:
        return [n for n, (asked, _) in self._answers(address).items() if asked.facts.kind == kind]

    def saved(self, address: str) -> dict[int, Any]:
        """What the database holds of the attempt at this address, by place of the question."""
        with self.app.app_context():
            attempt = _attempt_at(address)
            kept = quizzes.answers_of(attempt)
            return {
                asked.number: kept[asked.facts.key].given
                for asked in quizzes.paper_of(attempt).asked
                if asked.facts.key in kept
            }

    def row(self, statement: Any) -> Any:
        """The one row of a statement."""
        with self.app.app_context():
            return db.session.execute(statement).one()

    def quiz_keys(self) -> list[str]:
        """Keys of the quizzes of the real course, in order."""
        with self.app.app_context():
            outline = courses.newest(SLUG)
            return [unit.key for unit in outline.units if unit.kind == "quiz"]

    def _answers(self, address: str) -> dict[int, tuple[Asked, Fields]]:
        with self.app.app_context():
            asked = quizzes.paper_of(_attempt_at(address)).asked
            return {one.number: (one, _fields(one)) for one in asked}


def _attempt_at(address: str) -> Attempt:
    found = re.search(r"/attempts/([^/?#]+)", address)
    assert found, f"{address} is no attempt"
    return db.session.scalars(db.select(Attempt).where(Attempt.code == found[1])).one()


def _fields(asked: Asked) -> Fields:
    """The right answer as the controls of the page take it: positions count from 1 as shown."""
    given, order, name = right_answer(asked.facts), asked.drawn.order, f"q{asked.number}"
    if asked.facts.kind == "single":
        return {name: [str(order.index(given) + 1)]}
    if asked.facts.kind == "several":
        return {name: [str(order.index(at) + 1) for at in given]}
    if asked.facts.kind == "true-false":
        return {name: ["1" if given else "2"]}
    if asked.facts.kind == "ordering":
        return {f"{name}-{place}": [str(given[at])] for place, at in enumerate(order, start=1)}
    if asked.facts.kind == "matching":
        return {f"{name}-{pair + 1}": [str(order.index(pair) + 1)] for pair in given}
    typed = given if isinstance(given, str) else given.typed.replace(".", ",")
    return {name: [typed]}


@contextmanager
def running(template: Path, folder: Path, **settings: str) -> Iterator[Site]:
    """A site of its own on a copy of the template's database."""
    shutil.copy(template, folder / "elearn.sqlite")
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(64)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        given = {"DATA": str(folder), "SECRET_KEY": SECRET, "SITE_URL": address, **settings}
        app = with_templates_kept(create_app(config.load({}, **given)))
        port = listening.getsockname()[1]
        server = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=_Silent, fd=listening.fileno()
        )
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield Site(app, folder, address)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
            with app.app_context():
                db.session.remove()
                db.engine.dispose()
