"""`elearn courses`: words for authors, exit codes, files out and in again."""

import zipfile

import pytest

from elearn.core.db import db
from elearn.courses import models
from tests.factories import example_files, published_example


@pytest.fixture
def run(sqlite_app):
    runner = sqlite_app.test_cli_runner()
    return lambda *words: runner.invoke(args=["courses", *map(str, words)])


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "contoh"
    for path, content in example_files().items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def test_a_clean_folder_is_published_once(run, folder):
    assert run("check", folder).exit_code == 0
    first = run("publish", folder, "--as", "budi")
    assert (first.exit_code, "contoh version 1: published" in first.output) == (0, True)
    again = run("publish", folder, "--as", "budi")
    assert "unchanged, nothing to do" in again.output
    assert "contoh  version 1  4 JP  id en" in run("list").output


@pytest.mark.parametrize(("lang", "word"), [("id", "tidak"), ("en", "not")])
def test_a_problem_names_path_line_and_what_to_do_and_publishes_nothing(run, folder, lang, word):
    lesson = folder / "01-satu/02-folder.id.md"
    lesson.write_text(lesson.read_text().replace("01-mulai.id.md", "09-hilang.id.md"))
    checked = run("check", folder, "--lang", lang)
    assert checked.exit_code == 1
    assert "01-satu/02-folder.id.md:11: " in checked.output
    assert word in checked.output
    published = run("publish", folder, "--as", "budi", "--lang", lang)
    assert published.exit_code == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(models.Version)) == 0


def test_the_limits_of_a_course_are_settings(monkeypatch, run, folder):
    assert run("check", folder).exit_code == 0
    monkeypatch.setenv("ELEARN_COURSE_FILES", "10")
    checked = run("check", folder, "--lang", "en")
    assert (checked.exit_code, "10" in checked.output) == (1, True)


def test_nobody_unknown_publishes(run, folder):
    assert run("publish", folder, "--as", "nobody").exit_code == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(models.Version)) == 0


@pytest.mark.parametrize("username", ["siti", "ratna"])
def test_who_is_no_author_does_not_publish(run, folder, username):
    assert run("publish", folder, "--as", username).exit_code == 1
    assert db.session.scalar(db.select(db.func.count()).select_from(models.Version)) == 0


def test_export_and_publish_again_is_a_circle(run, tmp_path):
    published_example()
    assert run("export", "contoh", tmp_path / "out.zip").exit_code == 0
    assert run("export", "contoh", tmp_path / "contoh").exit_code == 0
    written = {
        path.relative_to(tmp_path / "contoh").as_posix(): path.read_bytes()
        for path in (tmp_path / "contoh").rglob("*")
        if path.is_file()
    }
    assert written == example_files()
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        zipped = {name.split("/", 1)[1]: archive.read(name) for name in archive.namelist()}
    assert zipped == written
    assert "nothing to do" in run("publish", tmp_path / "out.zip", "--as", "budi").output


def test_an_export_never_writes_over_a_folder(run, tmp_path):
    published_example()
    (tmp_path / "contoh").mkdir()
    (tmp_path / "contoh/mine.txt").write_text("mine")
    assert run("export", "contoh", tmp_path / "contoh").exit_code == 1
    assert (tmp_path / "contoh/mine.txt").read_text() == "mine"


def test_rendering_leaves_what_is_up_to_date(run):
    published_example()
    assert "0 of 1 versions rendered" in run("render").output
    assert "1 of 1 versions rendered" in run("render", "--all").output


def test_a_withdrawn_course_is_marked_in_the_list(run):
    published_example()
    words = ("withdraw", "contoh", "--version", 1, "--reason", "salah", "--as", "dewi")
    assert run(*words).exit_code == 0
    assert "withdrawn" in run("list").output
    assert run(*words).exit_code == 1
