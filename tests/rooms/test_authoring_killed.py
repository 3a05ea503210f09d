"""kill -9 while somebody saves and publishes: what is found is the old or the new, never half."""

import os
import select
import shutil
import signal
from dataclasses import dataclass
from random import Random

import pytest
from sqlalchemy import func
from sqlalchemy import select as rows_of

from elearn import integrity
from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft
from elearn.authoring.rules import starting
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.coursepack.reading import read_files
from elearn.courses import queries as courses
from elearn.courses.formats.html import render_course
from elearn.courses.models import Version
from tests.conftest import in_use, let_go, make_app
from tests.rooms.authoring_editor import published

KILLS = 15
SAVES = 3  # before each publishing
ACTS = SAVES + 4  # it begins, saves, makes ready, publishes and saves again
LONGEST_SECONDS = 0.04  # after an act: a save takes less, a publish more
# A save changes all of these at once, and leaves the same mark in each.
MARKED = ("task.yml", "01-reading-room/01-dust-and-light.id.md", "01-reading-room/quiz.yml")
MARK = b"\n# mark "


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    shutil.copy(sqlite_template, folder / "elearn.sqlite")
    with in_use(make_app(folder)) as application:
        published()
        yield application


def marked(files, mark):
    return {p: files[p].partition(MARK)[0] + MARK + str(mark).encode() + b"\n" for p in MARKED}


def mark_of(files):
    """The mark that all files of a save have; None before the first."""
    marks = {files[path].partition(MARK)[2].strip() for path in MARKED}
    assert len(marks) == 1, f"half of a save: {marks}"
    return int(marks.pop() or 0)


class Author:
    """budi in a process of his own: saves, publishes, begins anew, and tells of each save."""

    def __init__(self, mark):
        self.mark, self.budi = mark, actor_named("budi")

    def write(self, tell):
        """For ever; publishes once, since what is published takes time to make ready."""
        version_id, number = newest()
        draft = open_draft() or self._begun(version_id, number)
        tell(self.mark)
        for _ in range(SAVES):
            self._save(draft, tell)
        files = {**queries.files_of(queries.own_draft(self.budi, draft))}
        files |= starting.announced(files, number + 1, {"id": "Baru.", "en": "New."})
        course, problems = read_files(files)
        assert course is not None, problems
        html = render_course(course)
        tell(self.mark)
        self._publish(draft, files, course, html)
        tell(self.mark)
        draft = self._begun(*newest())
        while True:
            self._save(draft, tell)

    def _begun(self, version_id, number):
        files = {**courses.files_of(version_id)}
        files |= starting.next_version(files, number + 1)
        with saving():
            return service.begin_from(version_id, files, self.budi, clock.now()).code

    def _save(self, draft, tell):
        with saving():
            locked = queries.own_draft_to_change(self.budi, draft)
            files = marked(queries.files_of(locked), self.mark + 1)
            service.save(locked, files, "uploaded", "", self.budi, clock.now())
        self.mark += 1
        tell(self.mark)

    def _publish(self, draft, files, course, html):
        with saving():
            locked = queries.own_draft_to_change(self.budi, draft)
            state = queries.state_of(queries.tree_of(locked))
            manifest = {"course.yml": files["course.yml"]}
            service.publish(locked, state, manifest, course, html, self.budi, clock.now())


def newest():
    """Id and number of the newest version."""
    rows = rows_of(Version.id, Version.number).order_by(Version.number.desc())
    return tuple(db.session.execute(rows).first())


def open_draft():
    return db.session.scalar(rows_of(Draft.code).where(Draft.state == "open"))


@dataclass(frozen=True)
class Found:
    """What a kill has left: the mark of the draft, if one is open, and of the newest version."""

    draft: int | None
    version: int
    number: int


def found():
    version_id, number = newest()
    files = courses.files_of(version_id)
    code = open_draft()
    drafted = None
    if code is not None:
        drafted = mark_of(queries.files_of(queries.own_draft(actor_named("budi"), code)))
    course, problems = read_files(files)
    assert course is not None, problems
    assert course.version == number
    return Found(drafted, mark_of(files), number)


def killed_after(acts, seconds, mark):
    """The last mark that a process has told of, which was killed so long after so many acts."""
    let_go()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        Author(mark).write(lambda told: os.write(writer, b"%08d" % told))
        os._exit(1)  # it never ends by itself
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read(8 * acts)
        select.select([], [], [], seconds)
        os.kill(child, signal.SIGKILL)
        told += pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    return int(told[-8:])


def test_killed_at_any_moment_a_draft_is_old_or_new_and_a_version_whole_or_absent(site, capsys):
    chance, mark, before = Random(1), 0, found()
    for _ in range(KILLS):
        told = killed_after(chance.randint(1, ACTS), chance.random() * LONGEST_SECONDS, mark)
        after = found()
        newest_mark = after.version if after.draft is None else after.draft
        assert newest_mark in (told, told + 1)
        assert after.number in (before.number, before.number + 1)
        if after.number == before.number:
            assert after.version == before.version
        assert db.session.scalar(rows_of(func.count()).where(Draft.state == "open")) <= 1
        mark, before = newest_mark, after
    assert integrity.check() == 0, capsys.readouterr().out
    assert before.number > 1, "no version was published"
