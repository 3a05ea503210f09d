"""A draft becomes a version: what is said before, what becomes of it, and what it never touches."""

import os
import signal
from functools import partial

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft
from elearn.authoring.rules import starting
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.coursepack.reading import read_files
from elearn.courses import queries as courses
from elearn.courses.formats.html import render_course
from elearn.courses.models import Version
from elearn.records.models import Record
from tests.conftest import browser, let_go, signed_in
from tests.coursepack.example import example_files
from tests.factories import published_example
from tests.rooms.at_once import at_once
from tests.rooms.authoring_drafts import draft_of, second_author
from tests.rooms.learning_acts import complete, join

NOTES = {"note-id": "Edisi pertama.", "note-en": "First edition."}


def as_(app, who):
    return signed_in(browser(app), who)


def state_of(draft):
    return queries.state_of(queries.tree_of(draft))


def publish(page, draft, seen=None, **fields):
    fields = {"seen": seen or draft.saves, **NOTES, **fields}
    return page.post(f"/authoring/{draft.code}/publish", data=fields)


def edit(draft, changes, who="budi"):
    author = actor_named(who)
    with saving():
        locked = queries.own_draft_to_change(author, draft.code)
        service.save(locked, changes, "w", "", author, clock.now())


def draft_of_published(number=1):
    """A draft on top of the published example."""
    version_id = db.session.scalars(select(Version.id).where(Version.number == number)).one()
    files = dict(courses.files_of(version_id))
    files |= starting.next_version(files, number + 1)
    with saving():
        return service.begin_from(version_id, files, actor_named("dewi"), clock.now())


def test_a_draft_is_published_and_learners_find_it(sqlite_app):
    draft, page = draft_of(example_files()), as_(sqlite_app, "budi")
    answer = publish(page, draft)
    assert answer.status_code == 303
    assert page.get(answer.location).status_code == 200
    assert "Merawat Buku" in as_(sqlite_app, "siti").get("/courses/").text
    assert page.get(f"/authoring/{draft.code}/publish").location == answer.location
    assert publish(page, draft).status_code == 409  # it has been


def test_a_published_draft_is_read_only_and_shows_the_way_on(sqlite_app):
    draft, page = draft_of(example_files()), as_(sqlite_app, "budi")
    publish(page, draft)
    home = f"/authoring/{draft.code}"
    for address in (home + "/", home + "/lessons/weekly-plan/id", home + "/facts"):
        text = page.get(address).text
        assert '<fieldset class="closed" disabled>' in text
        assert 'action="/authoring/courses/care-of-books/1/edit"' in text
        assert "/static/js/author" not in text
    late = page.post(home + "/modules", data={"title": "Terlambat", "jp": "1"})
    assert late.status_code == 409
    assert "Terlambat" not in page.get(home + "/").text
    again = page.post("/authoring/courses/care-of-books/1/edit")
    assert "closed" not in page.get(again.location).text


def test_the_change_note_is_asked_for_in_every_language(sqlite_app):
    """Also of a course that got its second language after it was begun."""
    files = example_files()
    head, _mark, _notes = files["course.yml"].partition(b"change_note:")
    files["course.yml"] = head + b'change_note: {id: ""}\n'
    draft, page = draft_of(files), as_(sqlite_app, "budi")
    assert "textarea" in page.get(f"/authoring/{draft.code}/publish").text
    answer = publish(page, draft, **{"note-en": " "})
    assert answer.status_code == 422
    assert "Edisi pertama." in answer.text
    assert db.session.scalar(select(func.count(Version.id))) == 0


def test_a_faulty_draft_is_not_published_and_the_page_says_so(sqlite_app):
    files = {p: c for p, c in example_files().items() if not p.endswith("02-weekly-plan.en.md")}
    draft, page = draft_of(files), as_(sqlite_app, "budi")
    assert "notice--bad" in page.get(f"/authoring/{draft.code}/publish").text
    assert publish(page, draft).status_code == 422
    assert db.session.scalar(select(func.count(Version.id))) == 0


def test_what_somebody_else_saved_since_is_looked_at_before_it_is_published(sqlite_app):
    draft, page = draft_of(example_files()), as_(sqlite_app, "budi")
    edit(draft, {"README.md": b"later"}, "dewi")
    answer = publish(page, draft, seen=1)
    assert answer.status_code == 409
    assert "First edition." in answer.text
    assert publish(page, draft, seen="none").status_code == 409
    assert 'name="seen" type="hidden" value="2"' in answer.text  # as it is now: once more
    assert publish(page, draft, seen=2).status_code == 303


def test_the_last_words_that_an_editor_saves_behind_ones_back_are_published_with_the_rest(
    sqlite_app,
):
    draft, page = draft_of(example_files()), as_(sqlite_app, "budi")
    page.get(f"/authoring/{draft.code}/publish")
    edit(draft, {"README.md": b"my last words"})
    assert publish(page, draft, seen=1).status_code == 303
    version = db.session.scalars(select(Version.id)).one()
    assert courses.files_of(version)["README.md"] == b"my last words"


@pytest.mark.parametrize(("who", "status"), [("sari", 404), ("siti", 403), ("ratna", 403)])
def test_nobody_else_publishes_it_or_looks(sqlite_app, who, status):
    draft = draft_of(example_files())
    second_author()
    assert publish(as_(sqlite_app, who), draft).status_code == status
    assert as_(sqlite_app, who).get(f"/authoring/{draft.code}/publish").status_code == status
    assert db.session.scalar(select(func.count(Version.id))) == 0


@pytest.mark.parametrize(
    ("who", "status"), [("dewi", 200), ("sari", 404), ("budi", 404), ("siti", 403)]
)
def test_the_page_of_a_version_is_for_its_authors(sqlite_app, who, status):
    published_example()
    second_author()
    for page in ("", "export.zip"):
        answer = as_(sqlite_app, who).get(f"/authoring/courses/contoh/1/{page}")
        assert answer.status_code == status


def test_a_version_is_withdrawn_with_a_reason_by_its_authors(sqlite_app):
    published_example()
    address = "/authoring/courses/contoh/1/withdraw"
    assert as_(sqlite_app, "budi").post(address, data={"reason": "x"}).status_code == 404
    dewi = as_(sqlite_app, "dewi")
    assert dewi.post(address, data={"reason": ""}).status_code == 422
    assert dewi.post(address, data={"reason": "Aturan berubah"}).status_code == 303
    assert dewi.post(address, data={"reason": "lagi"}).status_code == 409


def test_issued_records_stay_byte_for_byte_whatever_is_published(app):
    published_example()
    join()
    complete()
    before = [tuple(row) for row in db.session.execute(select(*Record.__table__.c))]
    assert before
    draft = draft_of_published()
    files = {**queries.files_of(draft)}
    files |= starting.announced(files, 2, {"id": "Baru.", "en": "New."})
    course, problems = read_files(files)
    assert course is not None, problems
    html = render_course(course)
    dewi = actor_named("dewi")
    with saving():
        locked = queries.own_draft_to_change(dewi, draft.code)
        announcement = {"course.yml": files["course.yml"]}
        service.publish(locked, state_of(locked), announcement, course, html, dewi, clock.now())
    assert [tuple(row) for row in db.session.execute(select(*Record.__table__.c))] == before


def test_two_who_publish_at_once_make_one_version(app):
    draft = draft_of(example_files())
    course, _ = read_files(example_files())
    html, budi, seen, code = render_course(course), actor_named("budi"), state_of(draft), draft.code

    def publish_it(_number):
        locked = queries.own_draft_to_change(budi, code)
        service.publish(locked, seen, {}, course, html, budi, clock.now())

    db.session.remove()
    (refused,) = at_once(app, 2, publish_it)
    assert (type(refused), refused.code) == (Conflict, "draft-ended")
    assert db.session.scalar(select(func.count(Version.id))) == 1


def test_what_is_left_of_an_interrupted_publish_is_the_draft(app):
    draft = draft_of(example_files())
    course, _ = read_files(example_files())
    html, budi, seen = render_course(course), actor_named("budi"), state_of(draft)
    with pytest.raises(KeyboardInterrupt), saving():
        locked = queries.own_draft_to_change(budi, draft.code)
        service.publish(locked, seen, {}, course, html, budi, clock.now())
        raise KeyboardInterrupt
    db.session.expire_all()
    assert db.session.scalar(select(func.count(Version.id))) == 0
    assert db.session.scalars(select(Draft.state)).one() == "open"


def test_killed_at_any_moment_the_draft_is_there_or_its_version_is(sqlite_app):
    draft, budi = draft_of(example_files()), as_(sqlite_app, "budi")
    send = partial(publish, budi, draft, seen=draft.saves)
    for moment in (
        "INSERT INTO courses_version ",
        "INSERT INTO courses_rendering",
        "UPDATE authoring_draft SET state",
        "COMMIT",
    ):
        assert killed(send, before=moment)
        assert found() == (0, "open"), moment
    assert killed(send, before="the end")
    assert found() == (1, "published")


def test_a_draft_that_nobody_has_changed_says_so_before_publishing(sqlite_app):
    published_example()
    draft, dewi = draft_of_published(), as_(sqlite_app, "dewi")
    dewi.get("/language/en")
    said = "Nothing has been changed since version 1."
    assert said in dewi.get(f"/authoring/{draft.code}/publish").text
    files = queries.files_of(draft)
    path = next(path for path in files if path.endswith(".id.md"))
    edit(draft, {path: files[path] + b"\nSatu kalimat lagi.\n"}, "dewi")
    assert said not in dewi.get(f"/authoring/{draft.code}/publish").text


def found():
    """How many versions there are, and the state of the draft."""
    let_go()
    return (
        db.session.scalar(select(func.count(Version.id))),
        db.session.scalars(select(Draft.state)).one(),
    )


def killed(act, before):
    """Whether a process that did this was killed (-9) before the first statement of this kind."""
    let_go()
    child = os.fork()
    if child == 0:
        sent = []

        def note(statement):
            sent.append(statement)
            if statement.startswith(before):
                os.kill(os.getpid(), signal.SIGKILL)

        def commit(_connection):
            if any(statement.startswith("UPDATE authoring_draft SET state") for statement in sent):
                note("COMMIT")

        event.listen(Engine, "before_cursor_execute", lambda *given: note(given[2]))
        event.listen(Engine, "commit", commit)
        answer = act()
        is_the_end = before == "the end" and answer.status_code == 303
        os.kill(os.getpid(), signal.SIGKILL if is_the_end else signal.SIGTERM)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def test_a_course_that_came_from_elsewhere_meanwhile_is_not_published_over(sqlite_app):
    draft, page = draft_of(example_files(), slug="contoh"), as_(sqlite_app, "budi")
    published_example()
    files = starting.adopted(example_files(), "contoh", 1)
    edit(draft, files)
    assert publish(page, draft).status_code == 409
    assert db.session.scalar(select(func.count(Version.id))) == 1
