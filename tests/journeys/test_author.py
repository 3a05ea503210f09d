"""An author mends a folder by what the check says of it, and publishes it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.coursepack.example import SLUG, write_example
from tests.journeys.site import Site

pytestmark = pytest.mark.journey

ELEARN = [sys.executable, "-m", "elearn"]
PROBLEM = re.compile(r"(?P<path>[^:]+):(?P<line>\d+): .+ \[(?P<code>[a-z-]+)\]")
TITLE = "Merawat Buku"

# File, what is right there, and what a tired author has written instead.
SLIPS = (
    ("course.yml", "call_code: RB", "cal_code: RB"),
    ("01-reading-room/module.yml", "jp: 1", "jp: satu"),
    ("01-reading-room/01-dust-and-light.id.md", "../media/shelf.svg", "../media/shelve.svg"),
    ("01-reading-room/quiz.yml", "answer: false", "answer: salah"),
)


def elearn(site: Site, *words: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    environment = {**os.environ, **site.environment, "PYTHONUTF8": "1"}
    return subprocess.run(
        [*ELEARN, *words], capture_output=True, text=True, env=environment, timeout=60
    )


def change(file: Path, line: int | None, old: str, new: str) -> None:
    """Replace old by new, once; on that line when one is named."""
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    at = line - 1 if line else next(i for i, text in enumerate(lines) if old in text)
    assert old in lines[at], f"{file.name}:{line} does not hold {old!r}"
    lines[at] = lines[at].replace(old, new, 1)
    file.write_text("".join(lines), encoding="utf-8")


def test_a_wrong_folder_is_mended_line_by_line_published_and_seen(site, visit, tmp_path):
    folder = write_example(tmp_path)
    for path, right, wrong in SLIPS:
        change(folder / path, None, right, wrong)

    refused = site.tried("courses", "publish", str(folder), "--as", "budi")
    assert refused.exit_code == 1, refused.output
    assert visit().goto(f"/courses/{SLUG}/").status == 404

    checked = site.tried("courses", "check", str(folder))
    assert checked.exit_code == 1, checked.stderr
    told = {
        (found["path"], int(found["line"]))
        for found in map(PROBLEM.match, checked.stdout.splitlines())
        if found
    }
    for path, right, wrong in SLIPS:
        line = next(n for where, n in told if where == path and wrong in text_at(folder / path, n))
        change(folder / path, line, wrong, right)
    published = elearn(site, "courses", "publish", str(folder), "--as", "budi")
    assert published.returncode == 0, published.stdout + published.stderr

    page = visit()
    page.goto("/courses/")
    page.get_by_role("link", name=TITLE).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def text_at(file: Path, line: int) -> str:
    return file.read_text(encoding="utf-8").splitlines()[line - 1]
