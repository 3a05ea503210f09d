"""What no file of the product may contain, and how long one may be."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from elearn.web.messages import SENTENCES

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 420


def tracked(*endings: str) -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    paths = listing.stdout.splitlines()
    if listing.returncode:  # a checkout without git: a source archive
        paths = [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if ".venv" not in p.parts]
    return [ROOT / path for path in paths if path.endswith(endings) and (ROOT / path).is_file()]


PRODUCT = [p for p in tracked(".py") if p.relative_to(ROOT).parts[0] == "elearn"]
TESTS = [p for p in tracked(".py") if p.relative_to(ROOT).parts[0] == "tests"]
CLOCKS = ("clock.now", "date.today", "datetime.now", "datetime.datetime.now", "time.time")


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def lines_matching(paths: list[Path], pattern: str) -> list[str]:
    found = re.compile(pattern, re.MULTILINE)
    return [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in paths
        if found.search(text_of(path))  # most have none: asking once is a fifth of the time
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if found.search(line)
    ]


def test_no_module_is_longer_than_a_reader_can_hold():
    long = {
        str(path.relative_to(ROOT)): count
        for path in (*PRODUCT, *TESTS)
        if (count := len(text_of(path).splitlines())) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize("name", ["utils.py", "helpers.py", "common.py", "manager.py", "misc.py"])
def test_no_module_is_a_drawer_for_everything(name):
    assert [p for p in PRODUCT if p.name == name] == []


def test_no_test_asks_another_test():
    """What two of them need stands in a module beside them, whose name says what it is."""
    assert lines_matching(TESTS, r"^(from|import) tests\.[\w.]*test_") == []


def test_only_the_clock_reads_the_time():
    others = [p for p in PRODUCT if p.name != "clock.py"]
    assert (
        lines_matching(others, r"datetime\.(now|utcnow|today)\(|date\.today\(|time\.time\(") == []
    )


def test_letters_are_normalized_in_one_place_that_takes_no_more_time_than_it_must():
    others = [p for p in PRODUCT if p.name != "text.py"]
    assert lines_matching(others, r"unicodedata\.normalize|import normalize\b") == []


def test_no_test_takes_the_time_when_it_is_loaded():
    """It may run on the next day, or in the next year: `records_activities.at_noon` stops that."""
    asked = {
        str(path.relative_to(ROOT)): list(clocks_asked_when_loaded(ast.parse(source)))
        for path in TESTS
        if any(clock in (source := text_of(path)) for clock in CLOCKS)
    }
    assert {path: lines for path, lines in asked.items() if lines} == {}


def clocks_asked_when_loaded(node: ast.AST) -> Iterator[int]:
    """Lines that ask a clock outside of every function; what a default or a decorator says is."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS:
        yield node.lineno
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            outside = (*child.decorator_list, *child.args.defaults, *child.args.kw_defaults)
            for part in filter(None, outside):
                yield from clocks_asked_when_loaded(part)
        elif not isinstance(child, ast.Lambda):
            yield from clocks_asked_when_loaded(child)


def test_markup_is_made_in_one_place():
    others = [p for p in PRODUCT if "core/markdown" not in str(p)]
    assert lines_matching(others, r"(?<!\w)Markup\(") == []
    assert lines_matching(tracked(".html"), r"\|\s*safe\b") == []


def test_pages_carry_no_inline_script_or_style():
    templates = tracked(".html")
    assert lines_matching(templates, r"<script(?![^>]*\bsrc=)|\son\w+=\"|\sstyle=\"|<style") == []


def test_nothing_below_a_view_commits_or_asks_the_request():
    below = [
        p for p in PRODUCT if p.stem in ("service", "queries", "models", "rules")
        or p.parent.name in ("service", "queries", "rules", "formats")
    ]  # fmt: skip
    pattern = r"session\.commit\(|\bcurrent_user\b|\brequest\.\w|\bflash\("
    assert lines_matching(below, pattern) == []


def test_no_sentence_is_kept_that_no_refusal_says():
    others = [p for p in PRODUCT if p.parent.name != "messages"]
    source = "\n".join(text_of(path) for path in others)
    said = set(re.findall(r'"([a-z-]+)"', source))
    made = [  # f"lost-{name}"
        re.compile(f"{before}[a-z-]+{after}")
        for before, after in re.findall(r'f"([a-z-]*)\{\w+\}([a-z-]*)"', source)
        if "-" in before + after
    ]
    unsaid = [code for code in SENTENCES.keys() - said if not any(m.fullmatch(code) for m in made)]
    assert unsaid == []


def test_who_answers_asks_queries_and_not_the_database():
    parts = ("views", "commands", "forms")
    above = [p for p in PRODUCT if p.stem in parts or p.parent.name in parts]
    assert lines_matching(above, r"\bselect\(|db\.session\.(execute|get|scalars?)\(") == []


def test_no_file_names_a_machine_or_a_workplace():
    texts = tracked(".py", ".md", ".html", ".toml", ".yml", ".txt", ".css", ".js", ".po")
    others = [p for p in texts if p != Path(__file__)]
    pattern = r"(^|[^A-Za-z0-9.])/(work|root|farm|home)/|\.\./shared|sub-?agent|\bTODO\b|\bFIXME\b"
    assert lines_matching(others, pattern) == []
