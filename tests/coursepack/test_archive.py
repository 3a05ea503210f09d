"""A zip from anywhere: read in memory, refused with a sentence, never an exception."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from elearn.coursepack import write
from elearn.coursepack.archive import read_archive, unpacked
from elearn.coursepack.folder import read_course
from elearn.coursepack.limits import Limits
from tests.coursepack.example import SLUG, example_files, write_example

MOST_SECONDS = 5.0
MOST_BYTES = 64 * 1024 * 1024


def zipped(
    files: dict[str, bytes], top: str = f"{SLUG}/", method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(top + path, content)
    return buffer.getvalue()


def with_entry(name: str, content: bytes = b"x", **changes: object) -> bytes:
    """The example and one entry more, whose record is changed before it is written."""
    buffer = io.BytesIO(zipped(example_files()))
    with zipfile.ZipFile(buffer, "a") as archive:
        entry = zipfile.ZipInfo("placeholder")
        entry.filename = name
        for attribute, value in changes.items():
            setattr(entry, attribute, value)
        archive.writestr(entry, content)
    return buffer.getvalue()


def patched(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    assert len(old) == len(new)
    return data.replace(old, new)


def encrypted() -> bytes:
    data = bytearray(zipped({"course.yml": b"x"}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    data[6] |= 1
    return bytes(data)


def with_other_method() -> bytes:
    return zipped(example_files(), method=zipfile.ZIP_BZIP2)


def lying_about_size() -> bytes:
    data = zipped({"course.yml": b"x" * 100}, method=zipfile.ZIP_STORED)
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 50) + data[at + 28 :]


def promising_more_than_it_holds() -> bytes:
    data = zipped({"course.yml": b"x" * 100})
    at = data.index(b"PK\x01\x02")
    return data[: at + 24] + struct.pack("<I", 101) + data[at + 28 :]


def twice() -> bytes:
    files = {f"{SLUG}/course.yml": b"a", f"{SLUG}/course.yaa": b"b"}
    return patched(zipped(files, top=""), b"course.yaa", b"course.yml")


def overlapping() -> bytes:
    """Many entries of the directory that share one block of packed bytes."""
    one = zipped({"media/a.png": b"\0" * 20_000}, top="", method=zipfile.ZIP_STORED)
    at, end = one.index(b"PK\x01\x02"), one.index(b"PK\x05\x06")
    entry = one[at:end]
    many = b"".join(entry.replace(b"a.png", f"{n:05}".encode()) for n in range(200))
    tail = bytearray(one[end:])
    tail[8:12] = struct.pack("<HH", 200, 200)
    tail[12:16] = struct.pack("<I", len(many))
    return one[:at] + many + bytes(tail)


def countless() -> bytes:
    return zipped({f"media/{n}.png": b"" for n in range(4_100)}, top="")


def with_long_comments() -> bytes:
    """A directory of its own size: few entries, each with much to say."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(50):
            entry = zipfile.ZipInfo(f"media/{number}.png")
            entry.comment = b"x" * 60_000
            archive.writestr(entry, b"")
    return buffer.getvalue()


SYMLINK = (stat.S_IFLNK | 0o777) << 16
FIFO = (stat.S_IFIFO | 0o644) << 16

HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("slip", lambda: with_entry("../../evil.sh"), "path-outside"),
    ("slip inside", lambda: with_entry(f"{SLUG}/media/../../../evil.sh"), "path-outside"),
    ("absolute", lambda: with_entry("/etc/cron.d/evil"), "path-absolute"),
    ("drive", lambda: with_entry("C:/evil.exe"), "path-absolute"),
    ("backslash", lambda: with_entry(f"{SLUG}\\..\\evil"), "path-backslash"),
    ("device", lambda: with_entry(f"{SLUG}/media/con.png"), "path-reserved"),
    ("control", lambda: with_entry(f"{SLUG}/media/a\x1b[2J.png"), "path-name"),
    ("folder slip", lambda: with_entry("../x/"), "path-outside"),
    (
        "nul",
        lambda: patched(with_entry(f"{SLUG}/media/aXb.png"), b"aXb.png", b"a\0b.png"),
        "path-name",
    ),
    ("letters", lambda: with_entry_of_unknown_letters(), "path-encoding"),
    ("case", lambda: with_entry(f"{SLUG}/Course.yml"), "path-clash"),
    ("deep", lambda: with_entry(f"{SLUG}/media/a/b/c/d/e.png"), "path-deep"),
    ("link", lambda: with_entry(f"{SLUG}/media/l.png", external_attr=SYMLINK), "file-link"),
    ("pipe", lambda: with_entry(f"{SLUG}/media/p.png", external_attr=FIFO), "file-special"),
    ("nested", lambda: with_entry(f"{SLUG}/media/x.zip", zipped({"a": b"b"})), "archive-nested"),
    ("encrypted", encrypted, "archive-encrypted"),
    ("method", with_other_method, "archive-method"),
    ("ratio", lambda: zipped({"media/a.png": b"\0" * 2_000_000}), "archive-ratio"),
    (
        "large",
        lambda: zipped({"media/a.png": b"\0" * 3_000_000}, method=zipfile.ZIP_STORED),
        "file-bytes",
    ),
    ("bomb", lambda: bomb(), "course-bytes"),
    ("size", lying_about_size, "archive-broken"),
    ("short", promising_more_than_it_holds, "archive-broken"),
    ("twice", twice, "archive-twice"),
    ("overlap", overlapping, "archive-ratio"),
    ("countless", countless, "course-files"),
    ("comments", with_long_comments, "course-files"),
    ("many", lambda: zipped({f"media/{n}.png": b"" for n in range(2_100)}), "course-files"),
    ("cut", lambda: zipped(example_files())[:-30], "archive-broken"),
    ("torn", lambda: zipped(example_files())[:900], "archive-broken"),
    ("empty", lambda: b"", "archive-broken"),
    ("no zip", lambda: b"MZ" + b"\0" * 5_000, "archive-broken"),
    ("flipped", lambda: flipped(), "archive-broken"),
    ("nothing", lambda: zipped({}), "course-missing"),
    ("folder name", lambda: zipped(example_files(), top="other/"), "slug-folder"),
    ("one file", lambda: zipped({"catatan.md": b"x"}, top=""), "course-missing"),
    ("two folders", lambda: zipped({"a/course.yml": b"", "b/x": b""}, top=""), "course-missing"),
    ("text", lambda: zipped({**example_files(), "task.yml": b"a: \xff"}), "text-encoding"),
]


def with_entry_of_unknown_letters() -> bytes:
    return patched(with_entry(f"{SLUG}/media/aXb.png"), b"aXb.png", b"a\xe9b.png")


def bomb() -> bytes:
    chunk = b"\0" * 1_999_000
    return zipped({f"media/{n}.png": chunk for n in range(40)})


def flipped() -> bytes:
    data = bytearray(zipped({"course.yml": os.urandom(500)}, top=""))
    data[100] ^= 0xFF
    return bytes(data)


@pytest.mark.parametrize(("name", "make", "code"), HOSTILE, ids=[case[0] for case in HOSTILE])
def test_a_hostile_zip_is_refused_with_its_reason_in_time_and_space(name, make, code, tmp_path):
    data = make()
    tracemalloc.start()
    start = time.process_time()
    course, problems = read_archive(data)
    seconds = time.process_time() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert course is None
    assert code in [p.code for p in problems], [p.format("en") for p in problems]
    assert all(p.format(language).isprintable() for p in problems for language in ("id", "en"))
    assert seconds <= MOST_SECONDS
    assert peak <= MOST_BYTES
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("top", ["", f"{SLUG}/"])
@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_course_may_lie_at_the_top_of_a_zip_or_in_its_folder(top, method, tmp_path):
    file = tmp_path / "course.zip"
    file.write_bytes(zipped(example_files(), top, method))
    for course, problems in (
        read_course(file),
        read_archive(file),
        read_archive(file.read_bytes()),
    ):
        assert problems == ()
        assert course.files == example_files()


def test_what_file_managers_leave_in_a_zip_is_passed_over():
    leftovers = {"__MACOSX/._course.yml": b"x", f"{SLUG}/.DS_Store": b"x", f"{SLUG}/media/": b""}
    files = {f"{SLUG}/{path}": content for path, content in example_files().items()}
    course, problems = read_archive(zipped({**leftovers, **files}, top=""))
    assert problems == ()
    assert course.files == example_files()


def test_a_zip_larger_than_any_course_is_not_opened():
    data = zipped({"media/a.png": os.urandom(3_000)})
    _course, problems = read_archive(data, Limits(files=1, total_bytes=1_000))
    assert [p.code for p in problems] == ["course-bytes"]
    assert [p.code for p in unpacked(data, Limits(files=1, total_bytes=1_000))[1]] == [
        "course-bytes"
    ]


def test_a_zip_that_is_not_there_is_a_problem(tmp_path):
    course, problems = read_course(tmp_path / "gone.zip")
    assert (course, [p.code for p in problems]) == (None, ["archive-broken"])


def test_export_import_export_is_equal_to_the_byte(tmp_path):
    first, problems = read_course(write_example(tmp_path))
    assert problems == ()
    archive = write.archive(first)
    second, problems = read_archive(archive)
    assert problems == ()
    assert write.archive(second) == archive
    assert second == first
    write.folder(second, tmp_path / "out" / SLUG)
    third, problems = read_course(tmp_path / "out" / SLUG)
    assert problems == ()
    assert (third.digest, write.archive(third)) == (first.digest, archive)


def test_an_export_is_stored_sorted_and_without_a_clock(tmp_path):
    course, _ = read_course(write_example(tmp_path))
    with zipfile.ZipFile(io.BytesIO(write.archive(course))) as archive:
        entries = archive.infolist()
    assert [e.filename for e in entries] == [f"{SLUG}/{path}" for path in sorted(example_files())]
    assert {(e.date_time, e.compress_type) for e in entries} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_writing_never_overwrites_a_folder_that_holds_something(tmp_path):
    folder = write_example(tmp_path)
    course, _ = read_course(folder)
    (folder / "README.md").write_text("mine")
    with pytest.raises(FileExistsError):
        write.folder(course, folder)
    assert (folder / "README.md").read_text() == "mine"


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path):
    folder = write_example(tmp_path)
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.png").write_text("secret")
    (folder / "media" / "link.png").symlink_to(secret / "a.png")
    (folder / "linked").symlink_to(secret, target_is_directory=True)
    os.mkfifo(folder / "media" / "pipe.png")
    (folder / "media" / "a" / "b" / "c").mkdir(parents=True)
    course, problems = read_course(folder)
    assert course is None
    assert [(p.path, p.code) for p in problems] == [
        ("linked", "file-link"),
        ("media/a/b/c", "path-deep"),
        ("media/link.png", "file-link"),
        ("media/pipe.png", "file-special"),
    ]


def test_a_folder_name_that_is_no_text_is_told(tmp_path):
    folder = write_example(tmp_path)
    (Path(os.fsdecode(os.fsencode(folder) + b"/media/a\xff.png"))).write_bytes(b"x")
    _, problems = read_course(folder)
    assert [p.code for p in problems] == ["path-encoding"]


def test_leftovers_in_a_folder_are_passed_over(tmp_path):
    folder = write_example(tmp_path)
    (folder / "Thumbs.db").write_bytes(b"x")
    (folder / "media" / ".DS_Store").write_bytes(b"x")
    course, problems = read_course(folder)
    assert problems == ()
    assert course.files == example_files()


@pytest.mark.parametrize("name", ["media/shelf.svg", "media"])
def test_what_this_process_may_not_read_is_told(tmp_path, monkeypatch, name):
    folder = write_example(tmp_path)
    opened, listed = os.open, os.scandir

    def refusing(real):
        def call(path, *rest):
            if Path(path) == folder / name:
                raise PermissionError(13, "Permission denied")
            return real(path, *rest)

        return call

    monkeypatch.setattr(os, "open", refusing(opened))  # root may read everything
    monkeypatch.setattr(os, "scandir", refusing(listed))
    _, problems = read_course(folder)
    assert "file-unreadable" in [p.code for p in problems if p.path.startswith("media")]


def test_a_folder_with_far_too_many_files_or_bytes_is_not_read_to_its_end(tmp_path):
    folder = write_example(tmp_path)
    for number in range(20):
        (folder / "media" / f"{number}.png").write_bytes(b"x" * 1000)
    for limits, code in (
        (Limits(files=3), "course-files"),
        (Limits(total_bytes=999), "course-bytes"),
    ):
        _, problems = read_course(folder, limits)
        assert code in [p.code for p in problems]
