"""What an author uploads is not believed: unfit archives, and courses that hold what no one expects."""

import io
import stat
import warnings
import zipfile

import pytest
from sqlalchemy import func, select
from werkzeug.test import encode_multipart

from elearn.authoring.models import Draft
from elearn.core.db import db
from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.rooms.authoring_bank import desk_at, one_site
from tests.rooms.authoring_walk import example_values, queries_of, routes_of


@pytest.fixture(scope="module")
def site(sqlite_template, tmp_path_factory):
    with one_site(sqlite_template, tmp_path_factory.mktemp("uploads")) as application:
        yield application


def zipped(files, **more):
    """A zip of these files; more: name -> what is added to it."""
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # zipfile warns of a name that is there twice
        for name, content in (*files.items(), *more.items()):
            archive.writestr(name, content)
    return packed.getvalue()


def with_link():
    link = zipfile.ZipInfo("media/x.svg")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped({**example_files(), link: "/etc/passwd"})


def with_file(path, content):
    return zipped({**example_files(), path: content})


def upload(site, **fields):
    """budi sends files; the body is made here, since the client would leave a large one open."""
    boundary, body = encode_multipart(fields)
    kind = f"multipart/form-data; boundary={boundary}"
    page = signed_in(browser(site), "budi")
    return page.post("/authoring/upload", data=body, content_type=kind)


UNFIT = {
    "bomb": lambda: with_file("media/a.png", bytes(30_000_000)),
    "link": with_link,
    "zip in a zip": lambda: with_file("media/a.zip", zipped(example_files())),
    "one name twice": lambda: zipped(example_files(), **{"course.yml": "x"}),
    "50,000 entries": lambda: zipped(dict.fromkeys((f"media/{n}.png" for n in range(50_000)), "")),
    "letters of an old system": lambda: with_file("task.yml", "x").replace(b"task", b"t\x81sk"),
    "outside": lambda: with_file("../../x.md", "x"),
    "absolute": lambda: with_file("/etc/x.md", "x"),
    "device": lambda: with_file("media/con.png", "x"),
    "course.yml of 1 MB": lambda: with_file("course.yml", b"#" * 1_000_000),
    "course.yml of many fields": lambda: with_file(
        "course.yml", b"".join(b"k%d: [a, b]\n" % n for n in range(30_000))
    ),
    "course.yml in no letters": lambda: with_file("course.yml", b"title: \xff\n"),
    "course.yml with NUL": lambda: with_file("course.yml", b'title: "\\0"\n'),
    "half of it": lambda: zipped(example_files())[:-100],
    "no zip": lambda: b"PK\x05\x06" + bytes(30),
}


@pytest.mark.parametrize("name", UNFIT)
def test_an_unfit_archive_is_refused_in_words_and_leaves_nothing(site, name):
    before = db.session.scalar(select(func.count(Draft.id)))
    archive = io.BytesIO(UNFIT[name]())
    answer = upload(site, archive=(archive, "kursus.zip"), slug="kursus-lain")
    assert answer.status_code == 422
    assert "field__error" in answer.text
    db.session.rollback()
    assert db.session.scalar(select(func.count(Draft.id))) == before


def test_a_folder_of_3000_files_is_refused(site):
    files = [(io.BytesIO(b"x"), f"kursus/media/{number}.png") for number in range(3_000)]
    assert upload(site, folder=files).status_code in (413, 422)


# What a course that was written elsewhere may hold in place of what is expected.
STRANGE = {
    "slug": changed("course.yml", "slug: care-of-books", "slug: '../<script>'"),
    "version": changed("course.yml", "version: 1", "version: true"),
    "languages": changed("course.yml", "[id, en]", f"[<script>, ../x, {'x' * 3000}]"),
    "modules": changed("course.yml", "modules:", "modules: [[a], {b: c}, ../x]\nformer:"),
    "lesson": {"01-reading-room/01-dust-and-light.id.md": b"---\nminutes: [a]\n---\n\xff"},
    **{
        f"{' '.join(paths)} {number}": dict.fromkeys(paths, content)
        # The bank and the task at once: no page but those that read all files reads both.
        for paths in (["01-reading-room/module.yml"], ["01-reading-room/quiz.yml", "task.yml"])
        for number, content in enumerate(
            (
                b"",
                b"- a\n",
                b"\xff",
                b"a: &a [*a]\n",
                b"title: [a]\njp: x\nactivity: 3\nquestions: [1, {key: [1], kind: {a: 1}}]\n",
            )
        )
    },
}


@pytest.mark.parametrize("name", STRANGE)
def test_a_draft_with_strange_files_is_a_fault_on_no_page(site, name):
    desk = desk_at(site, {**example_files(), **STRANGE[name]})
    for route in routes_of(site):
        if route.method == "GET" and "<code>" in route.rule:
            address = route.filled(example_values(route.rule, desk.draft.code))
            for query in queries_of(route)[:1]:
                assert desk.client.get(address + query).status_code < 500, address
