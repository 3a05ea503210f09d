"""Whatever bytes a course holds: problems, never an exception, and within time and space."""

from __future__ import annotations

import random
import sys
import time
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.coursepack.archive import read_archive
from elearn.coursepack.folder import read_files
from elearn.coursepack.images import Unfit, measure
from elearn.coursepack.write import archive
from tests.coursepack.example import SLUG, example_files
from tests.coursepack.yaml_samples import PIECES

MOST_SECONDS = 5.0
SLOWER = 5 if sys.gettrace() is not None else 1  # measuring coverage costs that much
MOST_BYTES = 64 * 1024 * 1024
GOOD = example_files()
PATHS = sorted(GOOD)


@st.composite
def courses(draw: st.DrawFn) -> dict[str, bytes]:
    """The good course with a few bytes, words or pieces of one file changed."""
    files = dict(GOOD)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(PATHS))
        content = files[path]
        at = draw(st.integers(0, len(content)))
        gone = draw(st.integers(0, 40))
        new = draw(st.one_of(st.binary(max_size=8), st.lists(PIECES, max_size=5).map("".join)))
        put = new if isinstance(new, bytes) else new.encode(errors="replace")
        files[path] = content[:at] + put + content[at + gone :]
    return files


@given(courses())
@settings(max_examples=60, deadline=None)
def test_a_course_with_odd_changes_gives_problems_never_an_exception(files):
    course, problems = read_files(files, folder_name=SLUG)
    assert (course is None) == any(problem.severity == "error" for problem in problems)
    for problem in problems:
        assert problem.format("id").isprintable()
        assert problem.format("en").isprintable()


@given(st.dictionaries(st.text(max_size=30), st.binary(max_size=60), max_size=5))
@settings(max_examples=30, deadline=None)
def test_odd_files_give_problems_never_an_exception(files):
    course, problems = read_files({**GOOD, **files})
    assert all(problem.format("id").isprintable() for problem in problems)
    assert course is not None or problems


@given(st.integers(0, 2**32), st.integers(1, 12))
@settings(max_examples=60, deadline=None)
def test_a_zip_with_odd_bytes_gives_problems_never_an_exception(seed, count):
    good, _ = read_files(GOOD)
    data = bytearray(archive(good))
    chance = random.Random(seed)
    for _ in range(count):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if seed % 3 == 0:
        del data[chance.randrange(len(data)) :]
    read_archive(bytes(data))


@given(st.sampled_from(["png", "jpg", "gif", "webp", "svg"]), st.binary(max_size=60))
@settings(max_examples=200, deadline=None)
def test_an_odd_image_is_unfit_never_an_exception(ending, tail):
    starts = {
        "png": b"\x89PNG\r\n\x1a\n",
        "jpg": b"\xff\xd8\xff",
        "gif": b"GIF89a",
        "webp": b"RIFF\0\0\0\0WEBP",
        "svg": b"<svg ",
    }
    for content in (tail, starts[ending] + tail):
        with suppress(Unfit):
            measure(f"media/a.{ending}", content)


def lessons(count: int, front: str, body: str) -> dict[str, bytes]:
    text = f"---\n{front}\n---\n{body}".encode()
    return {f"01-reading-room/{n % 900 + 10}-l{n}.id.md": text for n in range(count)}


HEAVY = {
    "deep flow": lambda: {"course.yml": b"[" * 250_000},
    "deep block": lambda: {"course.yml": b"- " * 125_000},
    "many keys": lambda: {"course.yml": b"".join(b"k%d: 1\n" % n for n in range(14_000))},
    "same key": lambda: {"course.yml": b"k: 1\n" * 50_000},
    "question marks": lambda: {"course.yml": b"? " * 120_000},
    "quotes": lambda: {"course.yml": b"a: '" + b"''" * 120_000},
    "spaces": lambda: {"course.yml": b"a:" + b" " * 250_000 + b"b"},
    "comments": lambda: {"course.yml": b"# x\n" * 60_000},
    "one line": lambda: {"course.yml": b"a: " + b"x " * 120_000},
    "laughs": lambda: {"course.yml": laughs()},
    "heavy yaml": lambda: modules(b"- {a: [1,2]}\n" * 1_500),
    "heavy words": lambda: modules(b"- 'a b c d e f g h i j k l m n o p q r s t'\n" * 400),
    "long front": lambda: lessons(15, "a: " + "x " * 100_000, "Teks"),
    "heavy front": lambda: lessons(800, "a: [" + "1," * 400 + "]", "Teks"),
    "many lessons": lambda: lessons(1_900, "title: a\nminutes: 1\nedition: 1", "[" * 700),
    "brackets": lambda: lessons(15, "title: a\nminutes: 1\nedition: 1", "[a](b) " * 30_000),
    "images": lambda: lessons(15, "title: a\nminutes: 1\nedition: 1", "![](b)\n\n" * 3_900),
    "backticks": lambda: lessons(15, "title: a\nminutes: 1\nedition: 1", "` `` ``` " * 1_000),
    "dangling": lambda: lessons(15, "title: a\nminutes: 1\nedition: 1", "[a](b)\n\n" * 2_900),
    "media": lambda: {f"media/{n}.svg": b"<svg>" + b"<g/>" * 6_000 for n in range(1_900)},
    "large media": lambda: {f"media/{n}.png": b"x" * 2_000_000 for n in range(24)},
}


def modules(quiz: bytes) -> dict[str, bytes]:
    folders = [f"{n:02}-m{n}" for n in range(1, 60)]
    listed = "".join(f"  - {folder}\n" for folder in folders).encode()
    return {
        "course.yml": GOOD["course.yml"].replace(b"  - 01-reading-room\n", listed),
        **{f"{folder}/quiz.yml": quiz for folder in folders},
    }


def laughs() -> bytes:
    lines = [b"a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    for n in range(1, 30):
        lines.append(b"a%d: &a%d [%s]" % (n, n, b",".join([b"*a%d" % (n - 1)] * 9)))
    return b"\n".join(lines)


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_course_ends_in_time(name):
    files = {**GOOD, **HEAVY[name]()}
    start = time.process_time()
    _, problems = read_files(files)
    assert time.process_time() - start <= MOST_SECONDS * SLOWER
    assert problems


@pytest.mark.parametrize("name", ["many lessons", "large media"])
def test_a_heavy_course_ends_in_space(name):
    files = {**GOOD, **HEAVY[name]()}
    tracemalloc.start()
    read_files(files)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= MOST_BYTES


def test_a_course_of_a_hundred_files_is_checked_in_two_seconds():
    files = {path: content for path, content in GOOD.items() if not path.startswith("01-")}
    folders = [f"{n:02}-module-{n}" for n in range(1, 11)]
    paragraph = b"\n\n" + b"The old library **keeps** its [books](https://a.example/). " * 12
    for n, folder in enumerate(folders, start=1):
        for path, content in GOOD.items():
            top, _, name = path.partition("/")
            if top != "01-reading-room":
                continue
            content = content.replace(b"key: ", b"key: m%d-" % n)
            for key in (b"dust-and-light", b"weekly-plan"):
                content = content.replace(key, key + b"-%d" % n)
                name = name.replace(key.decode(), f"{key.decode()}-{n}")
            files[f"{folder}/{name}"] = content
            if name.endswith(".md"):
                files[f"{folder}/{name}"] += paragraph * 8
                files[f"{folder}/{int(name[:2]) + 5:02}-more-{name[3:]}"] = files[
                    f"{folder}/{name}"
                ]
    listed = "".join(f"  - {folder}\n" for folder in folders).encode()
    files["course.yml"] = GOOD["course.yml"].replace(b"  - 01-reading-room\n", listed)
    assert len(files) >= 100
    start = time.process_time()
    course, problems = read_files(files)
    assert time.process_time() - start <= 3.0 * SLOWER  # 2 s on a quiet machine
    assert [p.code for p in problems] == ["jp-minutes"]
    assert course is not None
