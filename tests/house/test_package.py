"""What a stranger installs: the wheel carries courses and migrations, and the demo runs from it."""

import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from elearn.cli import main

ROOT = Path(__file__).resolve().parents[2]
ELEARN = [sys.executable, "-m", "elearn"]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The wheel's content, unpacked where Python finds it before this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(*words, site, folder, **variables):
    environment = {k: v for k, v in os.environ.items() if not k.startswith("ELEARN_")}
    environment |= {"PYTHONPATH": str(site), **variables}
    return subprocess.run(
        [*ELEARN, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_the_wheel_carries_what_a_site_needs(unpacked):
    assert (unpacked / "elearn/_courses/basic-ict/course.yml").is_file()
    assert list((unpacked / "elearn/_migrations/versions").glob("*.py"))
    assert (unpacked / "elearn/translations/id/LC_MESSAGES/messages.mo").is_file()
    assert not (unpacked / "tests").exists()


def rows_in(database: Path) -> dict[str, int]:
    """Table -> how many rows it has."""
    with closing(sqlite3.connect(database)) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in tables
        }


def test_the_demo_runs_outside_the_checkout_and_may_be_repeated(unpacked, tmp_path):
    first = run("demo", "--no-serve", site=unpacked, folder=tmp_path)
    assert first.returncode == 0, first.stderr
    assert "siti" in first.stdout
    database = tmp_path / "elearn-demo/elearn.sqlite"
    before = rows_in(database)
    assert before["records_activity"] - before["records_decision"] == 3  # wait for ratna
    again = run("demo", "--no-serve", site=unpacked, folder=tmp_path)
    assert (again.returncode, rows_in(database)) == (0, before)
    assert (tmp_path / "elearn-demo/secret-key").stat().st_mode & 0o777 == 0o600


def test_the_demo_leaves_a_foreign_folder_alone(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    refused = CliRunner().invoke(main, ["demo", "--no-serve", "--data", "mine"])
    assert refused.exit_code == 2
    assert "name another folder" in refused.stderr
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"ELEARN_WORKERS": "many"}, 'ELEARN_WORKERS must be a whole number from 1 to 64; it is "many".'),
        ({"ELEARN_WORKER": "2"}, "ELEARN_WORKER is not a setting"),
        ({"ELEARN_DATABASE_URL": "mysql://x"}, "must begin with postgresql:// or sqlite:///"),
        ({"ELEARN_SECRET_KEY": "short"}, "must be at least 32 characters long."),
        ({"ELEARN_SITE_URL": "elearn.example"}, "must look like https://"),
        ({"ELEARN_SITE_NAME": ""}, "ELEARN_SITE_NAME must not be empty"),
    ],
)  # fmt: skip
def test_a_bad_setting_stops_every_command_with_one_sentence(tmp_path, variables, words):
    result = CliRunner().invoke(
        main, ["db", "check"], env={"ELEARN_DATA": str(tmp_path), **variables}
    )
    assert result.exit_code == 2
    assert words in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert "short" not in result.stderr


def test_settings_shows_value_source_and_help_but_no_secret(tmp_path):
    secret = "x" * 40
    given = {"ELEARN_DATA": str(tmp_path), "ELEARN_WORKERS": "3", "ELEARN_SECRET_KEY": secret}
    shown = CliRunner().invoke(main, ["settings"], env=given)
    assert "ELEARN_WORKERS = 3  [environment]" in shown.stdout
    assert "ELEARN_THREADS = 4  [default]" in shown.stdout
    assert "server processes" in shown.stdout
    assert secret not in shown.stdout


def test_without_a_secret_the_site_does_not_start(tmp_path):
    result = run("db", "check", site=ROOT, folder=tmp_path)
    assert result.returncode == 2
    assert "ELEARN_SECRET_KEY is empty" in result.stderr
