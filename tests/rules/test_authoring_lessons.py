"""A lesson is read out of its file and written back with only what was changed."""

from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.authoring.formats.preview import Around, pictures_named_in, rendered
from elearn.authoring.rules.edits import differences
from elearn.authoring.rules.findings import findings_in
from elearn.authoring.rules.lessons import (
    NOTHING_YET,
    first_line_of_body,
    lesson_changes,
    lesson_of,
    raised,
    spot,
    taken_back,
    with_picture,
)
from elearn.authoring.rules.pictures import name_for, shown_as, uses_of
from elearn.coursepack.limits import DEFAULT_LIMITS
from elearn.coursepack.reading import read_files
from elearn.coursepack.yamledit import Unreadable
from elearn.courses.formats.html import media_url, render_course
from tests.coursepack.example import example_files

KEY, ID, EN = (
    "dust-and-light",
    "01-reading-room/01-dust-and-light.id.md",
    "01-reading-room/01-dust-and-light.en.md",
)
COMMENTED = """---
# Ditulis bersama Bu Ratna.
title: 'Debu & cahaya'   # pendek saja
minutes: 12

edition: 2
sources:
  - "Pedoman: perawatan"  # edisi 3
  - Catatan sendiri
review: kelak
---

Buku rusak pelan-pelan.

## Empat penyebab

Debu.
"""


def files_with(text: str, path: str = ID) -> dict[str, bytes]:
    return {**example_files(), path: text.encode()}


def lines_that_differ(one: bytes, other: bytes) -> list[tuple[bytes, bytes]]:
    left, right = one.splitlines(keepends=True), other.splitlines(keepends=True)
    assert len(left) == len(right)
    return [(a, b) for a, b in zip(left, right, strict=True) if a != b]


@pytest.mark.parametrize(
    ("wanted", "old", "new"),
    [
        ({"title": "Debu"}, b"title: 'Debu & cahaya'", b"title: 'Debu'"),
        ({"minutes": 15}, b"minutes: 12", b"minutes: 15"),
        ({"edition": 3}, b"edition: 2", b"edition: 3"),
        (
            {"sources": ("Pedoman: perawatan", "Catatan saya")},
            b"- Catatan sendiri",
            b"- Catatan saya",
        ),
        (
            {"body": "Buku rusak cepat.\n\n## Empat penyebab\n\nDebu."},
            b"Buku rusak pelan-pelan.",
            b"Buku rusak cepat.",
        ),
    ],
)
def test_a_change_of_one_field_changes_its_line_only(wanted, old, new):
    files = files_with(COMMENTED)
    there = lesson_of(files[ID])
    changes = lesson_changes(files, KEY, "id", replace(there, **wanted))
    assert list(changes) == [ID]
    [(before, after)] = lines_that_differ(files[ID], changes[ID])
    assert after == before.replace(old, new)


@pytest.mark.parametrize(
    "text",
    [
        COMMENTED,
        COMMENTED.replace("\n", "\r\n"),
        COMMENTED.rstrip("\n"),
        COMMENTED + "\n\n",
        "\ufeff" + COMMENTED,
        "---\ntitle: 2026\nminutes: dua\nsources: x\n---\nIsi\u2028baris\n",
        "---\ntitle: [a, b]\n---\n",
        "---\n---\n",
        "---\n~\n---\n",
        "Tanpa kepala.\n",
    ],
)
def test_what_was_not_changed_is_saved_byte_for_byte(text):
    files = files_with(text)
    there = lesson_of(files[ID])
    assert lesson_changes(files, KEY, "id", there) == {}


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("typed_ends", ["\n", "\r\n"])
def test_the_file_keeps_its_line_ends_whatever_the_browser_sends(ends, typed_ends):
    files = files_with(COMMENTED.replace("\n", ends))
    wanted = replace(lesson_of(files[ID]), body=typed_ends.join(["Satu.", "", "Dua."]))
    written = lesson_changes(files, KEY, "id", wanted)[ID].decode()
    assert written.endswith(f"---{ends}{ends}Satu.{ends}{ends}Dua.{ends}")
    assert (ends == "\r\n") == ("\r\n" in written)


@settings(max_examples=30, deadline=None)
@given(st.text(), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_whatever_is_typed_is_read_back(title, body):
    title = " ".join(title.replace("\0", "").encode("utf-8", "ignore").decode().split())
    files = files_with(COMMENTED)
    wanted = replace(lesson_of(files[ID]), title=title, body=body)
    changes = lesson_changes(files, KEY, "id", wanted)
    read = lesson_of((files | changes)[ID])
    lines = body.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    assert (read.title, read.body) == (title, lines)


def test_a_translation_is_made_beside_its_source_and_names_its_edition():
    files = files_with(COMMENTED)
    del files[EN]
    assert spot(files, KEY, "en", "id").path == EN
    wanted = replace(NOTHING_YET, title="Dust", body="Books wear out.", edition=2)
    assert lesson_changes(files, KEY, "en", wanted) == {
        EN: b"---\ntitle: Dust\nof_edition: 2\n---\nBooks wear out.\n"
    }


@pytest.mark.parametrize(
    ("edition", "published", "new_meaning", "same_meaning"),
    [(1, 1, 2, 1), (2, 1, 2, 1), (4, 1, 4, 1), (1, None, 1, 1), (3, 3, 4, 3)],
)
def test_an_edition_rises_once_above_the_published_one(
    edition, published, new_meaning, same_meaning
):
    assert raised(edition, published) == new_meaning
    assert raised(raised(edition, published), published) == new_meaning
    assert taken_back(edition, published) == same_meaning


def test_a_raised_edition_that_is_taken_back_leaves_no_translation_ahead():
    files = files_with(COMMENTED)
    files[EN] = files[EN].replace(b"of_edition: 1", b"of_edition: 2")
    changes = lesson_changes(files, KEY, "id", replace(lesson_of(files[ID]), edition=1))
    assert lesson_of(changes[EN]).edition == 1
    assert set(changes) == {ID, EN}


@pytest.mark.parametrize(
    "content",
    [b"---\ntitle: &a x\n---\nIsi\n", b"---\n- a\n---\nIsi\n", b"---\ntitle: \xff\n---\n"],
)
def test_a_file_that_no_editor_can_change_is_refused_not_rewritten(content):
    files = {**example_files(), ID: content}
    with pytest.raises(Unreadable):
        lesson_changes(files, KEY, "id", NOTHING_YET)


def test_a_lesson_that_is_gone_is_not_written():
    with pytest.raises(KeyError, match="gone"):
        lesson_changes(example_files(), "gone", "id", NOTHING_YET)


def test_the_text_begins_where_the_editor_says():
    assert first_line_of_body(COMMENTED.encode()) == 13
    assert COMMENTED.splitlines()[12] == "Buku rusak pelan-pelan."


def test_findings_of_one_file_are_those_of_the_whole_check():
    broken = {
        path: content.replace(b"../media/shelf.svg", b"../media/self.svg").replace(
            b"(02-weekly-plan", b"(03-weekly-plan"
        )
        for path, content in example_files().items()
    }
    _course, problems = read_files(broken)
    for path in (ID, EN):
        alone = findings_in(
            path,
            broken[path],
            is_translation=path == EN,
            paths=broken,
            limits=DEFAULT_LIMITS,
        )
        assert [p for p in problems if p.path == path] == list(alone)
        assert {p.code for p in alone} == {"image-missing", "link-missing"}


def test_the_preview_is_what_will_be_published_but_for_addresses():
    files = example_files()
    files[ID] += b"\nLihat [Advokasi](course:advocacy/a-good-goal).\n"
    course, problems = read_files(files)
    assert course is not None, problems
    keys = {text.path: lesson.key for m in course.modules for lesson in m.lessons
            for text in lesson.versions.values()}  # fmt: skip
    digests = {path: sha256(c).hexdigest() for path, c in files.items()}
    around = Around(
        lessons=keys,
        pictures={p: files[p] for p in pictures_named_in(files[ID].decode(), ("media/shelf.svg",))},
        lesson_url=lambda key: f"/courses/{course.slug}/{key}",
        picture_url=lambda path: media_url(digests[path], path),
    )
    published = {(u.unit_key, u.language): u.html for u in render_course(course).units}
    for path, key in keys.items():
        language = path.split(".")[1]
        shown = rendered(lesson_of(files[path]).body, path, language, around)
        assert shown.html.strip() == published[key, language].strip()


@pytest.mark.parametrize("pictures", [{}, {"media/x.png": b"no picture"}])
def test_a_preview_shows_the_words_of_a_picture_that_is_not_there_yet(pictures):
    around = Around(lessons={}, pictures=pictures, lesson_url=str, picture_url=str)
    shown = rendered("![Rak buku](../media/x.png)", ID, "id", around)
    assert "<img" not in shown.html
    assert "Rak buku" in shown.html


# Pictures


def test_a_picture_is_known_by_every_text_that_shows_it():
    files = {
        "01-a/01-x.id.md": b'![Rak buku](../media/a.svg "Rak") dan ![](../media/b.png)\n',
        "01-a/quiz.yml": b'text: {id: "![Kotak][k]", en: x}\nn: |\n  [k]: ../media/a.svg\n',
        "media/a.svg": b"<svg>![x](../media/b.png)</svg>",
    }
    uses = uses_of(files)
    assert [(use.path, use.alt) for use in uses["media/a.svg"]] == [
        ("01-a/01-x.id.md", "Rak buku"),
        ("01-a/quiz.yml", ""),
    ]
    assert [use.path for use in uses["media/b.png"]] == ["01-a/01-x.id.md"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("Foto Rak (1).JPG", "media/foto-rak-1.jpg"),
        ("..\\..\\evil.php.jpg", "media/evil-php.jpg"),
        ("../../etc/passwd", "media/passwd.jpg"),
        ("<script>alert(1)</script>.jpg", "media/script.jpg"),
        ("con.jpg", "media/gambar-con.jpg"),
        ("перпустака.jpg", "media/gambar.jpg"),
        ("Rak.jpg", "media/rak-3.jpg"),
        ("x" * 300 + ".jpg", "media/" + "x" * 60 + ".jpg"),
        ("", "media/gambar.jpg"),
    ],
)
def test_a_new_picture_gets_a_plain_name_of_its_own(name, path):
    assert name_for(name, ".jpg", {"media/RAK.jpg", "media/rak-2.jpg"}) == path


def test_a_picture_is_put_below_the_text_with_its_words_as_text():
    lesson = with_picture(replace(NOTHING_YET, body="Isi."), "media/a.png", 'Rak [baru]\n"ini"')
    assert lesson.body == 'Isi.\n\n![Rak \\[baru\\] "ini"](../media/a.png)'
    assert shown_as("media/a.png", "Rak", 'Gambar "1"') == '![Rak](../media/a.png "Gambar ”1”")'


@pytest.mark.parametrize(
    ("mine", "theirs", "kinds"),
    [
        ("a\nb", "a\nc", ["both", "theirs", "mine"]),
        ("a\nb", "a", ["both", "mine"]),
        ("a", "a\nb", ["both", "theirs"]),
        ("a", "a", []),
    ],
)
def test_each_line_is_shown_as_his_who_wrote_it(mine, theirs, kinds):
    assert [piece.kind for piece in differences(mine, theirs)] == kinds


def test_of_two_very_long_texts_both_are_shown_without_comparing_them_for_long():
    mine, theirs = "a\n" * 40_000, "b\n" * 40_000
    assert [(piece.kind, len(piece.lines)) for piece in differences(mine, theirs)] == [
        ("theirs", 40_000),
        ("mine", 40_000),
    ]
