"""Where writing begins: my courses, a new one, an upload, a published version, sharing, download."""

import io
import zipfile

import pytest
from sqlalchemy import func, select

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft, Save
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.errors import Conflict
from elearn.coursepack import write
from elearn.coursepack.reading import read_files
from tests.conftest import browser, signed_in
from tests.coursepack.example import SLUG, example_files
from tests.factories import published_example
from tests.rooms.authoring_drafts import draft_of, files_now, second_author

NEW = {
    "title": "Merawat Buku Tua",
    "language": "id",
    "is_translated": "y",
    "organiser": "perpusnas-contoh",
}


def zip_of(files):
    return write.zipped("kursus", files)


def only_draft():
    return db.session.scalars(select(Draft)).one()


def as_(app, who):
    return signed_in(browser(app), who)


@pytest.mark.parametrize(
    ("who", "status"), [("budi", 200), ("dewi", 200), ("siti", 403), ("ratna", 403)]
)
def test_authors_and_administrators_write_nobody_else(sqlite_app, who, status):
    assert as_(sqlite_app, who).get("/authoring/").status_code == status


def test_a_stranger_signs_in_first(sqlite_app):
    answer = browser(sqlite_app).get("/authoring/")
    assert answer.status_code == 303
    assert "/login" in answer.location


@pytest.mark.parametrize("page", ["", "people", "export.zip"])
@pytest.mark.parametrize(("who", "status"), [("budi", 200), ("dewi", 200), ("sari", 404)])
def test_a_draft_is_there_for_its_authors_only(sqlite_app, who, status, page):
    draft = draft_of()
    second_author()
    assert as_(sqlite_app, who).get(f"/authoring/{draft.code}/{page}").status_code == status


def test_a_course_begins_with_a_title_and_has_nothing_but_gaps_to_fill(sqlite_app):
    page = as_(sqlite_app, "budi")
    answer = page.post("/authoring/new", data=NEW)
    assert answer.status_code == 303
    draft = only_draft()
    assert answer.location.endswith(f"/authoring/{draft.code}/")
    assert draft.slug == "merawat-buku-tua"
    _course, problems = read_files(files_now(draft))
    assert {p.code for p in problems if p.path != "course.yml"} == set()
    assert "Merawat Buku Tua" in page.get("/authoring/").text
    assert "Merawat Buku Tua" not in as_(sqlite_app, "siti").get("/courses/").text


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"title": ""}, 422),
        ({"title": "x" * 121}, 422),
        ({"slug": "../etc"}, 422),
        ({"slug": "Nama Besar"}, 422),
        ({"organiser": "kantor-lain"}, 422),
        ({"language": "xx"}, 422),
        ({"slug": SLUG}, 409),
        ({"slug": "contoh"}, 409),
    ],
)
def test_what_cannot_begin_a_course_is_said_and_kept_in_the_form(sqlite_app, change, status):
    published_example()
    draft_of(who="dewi")
    answer = as_(sqlite_app, "budi").post("/authoring/new", data={**NEW, **change})
    assert answer.status_code == status
    assert change.get("title", NEW["title"])[:20] in answer.text
    assert db.session.scalar(select(func.count(Draft.id))) == 1


def test_a_zip_becomes_a_draft_and_comes_out_as_the_same_bytes(sqlite_app):
    page, files = as_(sqlite_app, "budi"), example_files()
    data = {"archive": (io.BytesIO(zip_of(files)), "kursus.zip")}
    assert page.post("/authoring/upload", data=data).status_code == 303
    draft = only_draft()
    assert draft.slug == SLUG
    exported = page.get(f"/authoring/{draft.code}/export.zip").data
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        assert {n.partition("/")[2]: archive.read(n) for n in archive.namelist()} == files


def test_a_folder_is_taken_file_by_file_as_browsers_send_it(sqlite_app):
    files = example_files()
    data = {
        "folder": [(io.BytesIO(content), f"apa-saja/{path}") for path, content in files.items()]
    }
    answer = as_(sqlite_app, "budi").post("/authoring/upload", data=data)
    assert answer.status_code == 303
    assert files_now(only_draft()) == files


def test_the_same_course_uploaded_again_is_one_more_save_of_its_draft(sqlite_app):
    page, files = as_(sqlite_app, "budi"), example_files()
    draft = draft_of()
    less = {path: c for path, c in files.items() if not path.startswith("media/")}
    data = {"archive": (io.BytesIO(zip_of(less)), "k.zip")}
    assert page.post("/authoring/upload", data=data).status_code == 303
    assert files_now(draft) == less
    assert only_draft().saves == 2
    with saving():
        service.undo_to(
            queries.own_draft_to_change(actor_named("budi"), draft.code),
            1,
            actor_named("budi"),
            clock.now(),
        )
    assert files_now(draft) == files


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"", 422),
        (b"PK\x03\x04 broken", 422),
        (zip_of({"../course.yml": b"slug: x"}), 422),
        (zip_of({"course.yml": b"slug: [1"}), 422),
        (zip_of({"readme.txt": b"no course"}), 422),
    ],
)
def test_what_is_no_course_is_refused_in_words_and_nothing_begins(sqlite_app, sent, status):
    data = {"archive": (io.BytesIO(sent), "k.zip")} if sent else {}
    answer = as_(sqlite_app, "budi").post("/authoring/upload", data=data)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert db.session.scalar(select(func.count(Draft.id))) == 0


def test_somebody_elses_course_is_not_overwritten_by_an_upload(sqlite_app):
    draft = draft_of()
    second_author()
    data = {
        "archive": (
            io.BytesIO(zip_of({"course.yml": f"slug: {SLUG}\nversion: 1\n".encode()})),
            "k.zip",
        )
    }
    assert as_(sqlite_app, "sari").post("/authoring/upload", data=data).status_code == 409
    assert files_now(draft) == example_files()


def test_editing_a_published_course_goes_on_in_one_draft_with_the_next_number(sqlite_app):
    published_example()
    page = as_(sqlite_app, "dewi")
    first = page.post("/authoring/courses/contoh/1/edit")
    again = page.post("/authoring/courses/contoh/1/edit")
    assert first.status_code == 303
    assert first.location == again.location
    files = files_now(only_draft())
    assert b"version: 2" in files["course.yml"]


@pytest.mark.parametrize(("who", "status"), [("sari", 404), ("siti", 403)])
def test_nobody_begins_a_draft_of_a_course_that_is_not_theirs(sqlite_app, who, status):
    published_example()
    second_author()
    answer = as_(sqlite_app, who).post("/authoring/courses/contoh/1/edit")
    assert answer.status_code == status
    assert db.session.scalar(select(func.count(Draft.id))) == 0


def test_a_draft_can_be_shared_with_an_author_and_taken_back(sqlite_app):
    draft = draft_of()
    second_author()
    budi, sari = as_(sqlite_app, "budi"), as_(sqlite_app, "sari")
    address = f"/authoring/{draft.code}/"
    assert budi.post(f"{address}people", data={"login": "siti"}).status_code == 422
    assert budi.post(f"{address}people", data={"login": "sari"}).status_code == 303
    assert sari.get(address).status_code == 200
    own = actor_named("sari").person_id
    assert budi.post(f"{address}people/{own}/remove").status_code == 303
    assert sari.get(address).status_code == 404


def test_the_last_author_of_a_course_stays_and_who_leaves_it_is_led_home(sqlite_app):
    draft = draft_of()
    own = actor_named("budi").person_id
    page = as_(sqlite_app, "budi")
    assert page.post(f"/authoring/{draft.code}/people/{own}/remove").status_code == 303
    assert page.get(f"/authoring/{draft.code}/").status_code == 200
    second_author()
    page.post(f"/authoring/{draft.code}/people", data={"login": "sari"})
    assert page.post(f"/authoring/{draft.code}/people/{own}/remove").location == "/authoring/"


def test_a_discarded_draft_is_gone_and_its_name_is_free_for_others(app):
    draft = draft_of()
    second_author()
    with saving():
        service.discard(
            queries.own_draft_to_change(actor_named("budi"), draft.code),
            actor_named("budi"),
            clock.now(),
        )
    other = draft_of(who="sari")
    assert other.code != draft.code
    assert as_(app, "budi").get(f"/authoring/{other.code}/").status_code == 404


def test_one_name_has_one_open_draft(app):
    draft_of()
    with pytest.raises(Conflict, match="slug-taken"):
        draft_of(who="dewi")


def test_every_save_is_kept_and_any_can_be_brought_back(app):
    draft, budi = draft_of(), actor_named("budi")
    states = [files_now(draft)]
    for changes in (
        {"course.yml": b"one"},
        {"course.yml": b"two", "media/new.png": b"picture"},
        {"media/new.png": None},
    ):
        with saving():
            service.save(
                queries.own_draft_to_change(budi, draft.code), changes, "w", "", budi, clock.now()
            )
        states.append(files_now(draft))
    for number, state in enumerate(states, 1):
        with saving():
            service.undo_to(
                queries.own_draft_to_change(budi, draft.code), number, budi, clock.now()
            )
        assert files_now(draft) == state
    numbers = db.session.scalars(select(Save.number).order_by(Save.number)).all()
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_save_that_changes_nothing_leaves_no_trace(app):
    draft, budi = draft_of(), actor_named("budi")
    with saving():
        number = service.save(
            queries.own_draft_to_change(budi, draft.code),
            dict(example_files()),
            "w",
            "",
            budi,
            clock.now(),
        )
    assert number is None
    assert db.session.scalar(select(func.count(Save.id))) == 1


def test_beginning_and_discarding_are_in_the_audit_log(app):
    draft, budi = draft_of(), actor_named("budi")
    with saving():
        service.discard(queries.own_draft_to_change(budi, draft.code), budi, clock.now())
    acts = db.session.scalars(select(Audit.action).order_by(Audit.id)).all()
    assert acts[-2:] == ["authoring:draft:begin", "authoring:draft:discard"]
