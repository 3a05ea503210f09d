"""What a start loads. Time is what it saves, but only what is loaded is the same on any machine."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import elearn
from elearn import factory
from elearn.cli import PLACES

ROOT = Path(__file__).resolve().parents[2]
SHOW = "print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
SITE = {"flask", "sqlalchemy", "jinja2", "flask_babel", "wtforms", "argon2", "cryptography"}
ROOMS = {room.__name__ for room in factory.ROOMS} - {"elearn.courses"}  # which has the check
# Whoever is the first to draw, print, count, migrate or exchange something waits for these.
SELDOM = {
    "PIL", "typst", "python_calamine", "xlsxwriter", "defusedxml", "prometheus_client", "alembic",
    "psycopg", "waitress", "elearn.demo", "elearn.archive.writing", "elearn.integrity",
    *(f"elearn.{room}.commands" for room in ("accounts", "courses", "records", "learning", "quizzes", "privacy")),
}  # fmt: skip


def loaded(code, folder, **secrets):
    """Names of the modules that a new process has when the code has run."""
    ran = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; {SHOW}"], cwd=ROOT, capture_output=True,
        text=True, check=True, env={"ELEARN_DATA": str(folder), **secrets},
    )  # fmt: skip
    return set(ran.stderr.split())


@pytest.mark.parametrize(
    ("words", "needed", "spared"),
    [
        (["settings"], "elearn.core.config", {*SITE, *ROOMS, "elearn.coursepack"}),
        (["courses", "check", "courses/basic-ict"], "elearn.coursepack", {*SITE, *ROOMS, "elearn.web"}),
        (["backup", "--help"], "elearn.archive", {*ROOMS, "elearn.web", "elearn.coursepack"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)  # fmt: skip
def test_a_command_loads_what_it_needs_and_no_more(words, needed, spared, tmp_path):
    modules = loaded(
        f"from elearn.cli import main; main({words}, standalone_mode=False)", tmp_path / "data"
    )
    assert needed in modules
    assert modules & spared == set()
    assert not (tmp_path / "data").exists()  # nor a secret: an author has no site


def test_a_site_that_serves_loads_what_is_seldom_needed_when_it_is(tmp_path):
    start = "import elearn.cli.serving, wsgi, elearn.workers, gunicorn.app.base"
    modules = loaded(start, tmp_path, ELEARN_SECRET_KEY="x" * 40)
    assert modules >= {"elearn.factory", "elearn.authoring.views", "gunicorn"}
    assert modules & SELDOM == set()


def test_the_command_line_knows_the_commands_of_every_module_that_has_some():
    names = [module.name for module in pkgutil.walk_packages(elearn.__path__, "elearn.")]
    known = {f"elearn.cli.{name}" for name in ("database", "mail", "serving", "settings")}
    places = {name for name in names if name.endswith(".commands")} | known
    declared = {
        (c.name, place) for place in places for c in importlib.import_module(place).COMMANDS
    }
    assert set(PLACES.items()) == declared
