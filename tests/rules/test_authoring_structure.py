"""Modules and lessons rearranged: nothing that was written is lost, every link still leads on."""

import re
from collections.abc import Callable
from itertools import combinations, pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from elearn.authoring.rules import structure
from elearn.authoring.rules.sketch import sketch
from elearn.authoring.rules.structure.order import renumbered
from elearn.core import markdown
from elearn.coursepack.lesson import split_front
from elearn.coursepack.model import resolved
from elearn.coursepack.reading import read_files
from elearn.coursepack.yamledit import plain
from tests.coursepack.example import example_files

_LINK = re.compile(r"\]\([^)\s]*\.md")
_COPIED = re.compile(r"( \((?:salinan|copy)\))+$")
LESSON = """\
---
title: {title}   # the author's own words
{edition}: 1
---
Teks {key}.

{links}

    [bukan tautan]({other})

`[juga bukan]({other})` dan \\[bukan]({other})
"""


MODULE = """\
title: {{id: Modul, en: Module}}
summary: {{id: Ringkasan, en: Summary}}
jp: 1
activity:
  title: {{id: Kerjakan, en: Do this}}
  minutes: 15
  edition: 1
  text:
    id: |
      Baca [dulu]({lesson}.id.md).   # no comment
    en: Read [this]({lesson}.en.md) first.
"""
BANK = """\
draw: 1
questions:
  # the first one
  - key: benar-{number}
    edition: 1
    kind: true-false
    pool: quiz
    lesson: {lesson}   # where it is taught
    text: {{id: Benar?, en: True?}}
    answer: true
  - {{key: umur-{number}, edition: 1, kind: number, pool: test, lesson: {lesson}, text: {{id: Umur?, en: Age?}}, answer: 3, feedback: {{id: "Lihat [itu]({first}.id.md).", en: Three.}}}}
"""


def text_of(key, language, links, other):
    """A lesson with real links, and the same words where they are none. In CR LF when English."""
    title = f"{key.title()} {language}"
    edition = "minutes: 5\nedition" if language == "id" else "of_edition"
    lines = "\n".join(f"Lihat [itu]({link}#teks) dan [ini](<{link}>)." for link in links)
    text = LESSON.format(title=title, edition=edition, key=key, links=lines, other=other)
    return (text if language == "id" else text.replace("\n", "\r\n")).encode()


def course():
    """Three modules; lessons that link within their module, out of it, and in no good order."""
    files = {
        path: content for path, content in example_files().items() if "reading-room" not in path
    }
    files["course.yml"] = files["course.yml"].replace(
        b"  - 01-reading-room", b"  - 01-a # first\n  - 02-b\n  - 07-c"
    )
    lessons = ["01-a/01-satu", "01-a/02-dua", "01-a/05-tiga", "02-b/01-empat", "07-c/03-lima"]
    for number, stem in enumerate(lessons):
        folder, name = stem.split("/")
        for language in ("id", "en"):
            links = [
                f"../{other}.{language}.md"
                if not other.startswith(folder)
                else f"{other.split('/')[1]}.{language}.md"
                for other in (lessons[number - 1], lessons[number - 3], stem)
            ]
            files[f"{stem}.{language}.md"] = text_of(name[3:], language, links, links[0])
    for number, folder in enumerate(("01-a", "02-b", "07-c")):
        first = next(stem for stem in lessons if stem.startswith(folder))
        own = first.split("/")[1].encode()
        files[f"{folder}/module.yml"] = MODULE.format(lesson=own.decode()).encode()
        bank = BANK.format(number=number, lesson=own[3:].decode(), first=own.decode())
        files[f"{folder}/quiz.yml"] = bank.encode()
    return files


COURSE = course()


def after(files, changes):
    new = {**files, **{path: c for path, c in changes.items() if c is not None}}
    return {path: content for path, content in new.items() if changes.get(path, b"") is not None}


def errors_of(files):
    return {problem.code for problem in read_files(files)[1]}


def links_of(files):
    """Lesson key and language -> the lessons its links lead to; for the other texts by their path."""
    found = {}
    picture = sketch(files)
    key_of = {
        text.path: (lesson.key, language)
        for module in picture.modules
        for lesson in module.lessons
        for language, text in lesson.texts.items()
    }
    for path, content in files.items():
        if not path.endswith((".md", ".yml")):
            continue
        body = split_front(content.decode())[1]
        links = (resolved(path, link.target) for link in markdown.scan(body).links)
        found[key_of.get(path, path)] = [key_of.get(link) for link in links]
    return found


def bare(content):
    """A lesson without where its links lead, and without the mark of a copy in its title."""
    front, body, _line = split_front(content.decode())
    title = str(plain(front)["title"])
    rest = front.replace(title, _COPIED.sub("", title))
    return rest, _LINK.sub("](", body)


def lessons_of(files):
    return {
        (lesson.key, language): bare(files[text.path])
        for module in sketch(files).modules
        for lesson in module.lessons
        for language, text in lesson.texts.items()
    }


def assert_well_ordered(files):
    picture = sketch(files)
    folders = [module.folder for module in picture.modules]
    assert plain(files["course.yml"].decode())["modules"] == folders
    for one, other in pairwise(folders):
        assert int(one.split("-")[0]) < int(other.split("-")[0])
    for module in picture.modules:
        for one, other in pairwise(module.lessons):
            assert int(one.number) < int(other.number)
    keys = [lesson.key for module in picture.modules for lesson in module.lessons]
    questions = [q.key for module in picture.modules for q in module.questions]
    for unique in (keys, questions, [module.key for module in picture.modules]):
        assert len(set(unique)) == len(unique)


WORDS, LINKS, ERRORS = lessons_of(COURSE), links_of(COURSE), errors_of(COURSE)
Act = Callable[[dict[str, bytes], st.DataObject], dict[str, bytes | None]]


def some_lesson(files, data):
    keys = [lesson.key for module in sketch(files).modules for lesson in module.lessons]
    return data.draw(st.sampled_from(keys))


def some_module(files, data):
    return data.draw(st.sampled_from([module.key for module in sketch(files).modules]))


PHASES = (Phase.explicit, Phase.generate, Phase.shrink)
PLACES = st.integers(-1, 9)
PUBLISHED = frozenset({"satu-2", "a-2"})
ACTS: dict[str, Act] = {
    "lesson moved": lambda files, data: structure.move_lesson(
        files, some_lesson(files, data), some_module(files, data), data.draw(PLACES)
    ),
    "lesson shifted": lambda files, data: structure.shift_lesson(
        files, some_lesson(files, data), data.draw(st.sampled_from([-1, 1]))
    ),
    "lesson doubled": lambda files, data: structure.duplicate_lesson(
        files, some_lesson(files, data), PUBLISHED
    )[0],
    "module moved": lambda files, data: structure.move_module(
        files, some_module(files, data), data.draw(PLACES)
    ),
    "module doubled": lambda files, data: structure.duplicate_module(
        files, some_module(files, data), PUBLISHED
    )[0],
}


@settings(max_examples=10, deadline=None, phases=PHASES)
@given(st.data())
def test_whatever_is_moved_and_doubled_no_word_is_lost_and_every_link_leads_on(data):
    files, words, links = COURSE, WORDS, LINKS
    for _ in range(data.draw(st.integers(1, 3))):
        act = data.draw(st.sampled_from(sorted(ACTS)))
        files = after(files, ACTS[act](files, data))
        assert_well_ordered(files)
        assert words.items() <= lessons_of(files).items(), act
        words = lessons_of(files)
        assert set(words.values()) == set(WORDS.values()), act
        former, links = links, links_of(files)
        lessons = [key for key in former if isinstance(key, tuple)]
        assert {key: links[key] for key in lessons} == {key: former[key] for key in lessons}, act
        assert None not in [link for found in links.values() for link in found], act
    assert errors_of(files) - ERRORS <= {"module-no-lessons"}
    assert not PUBLISHED & {key for key, _language in lessons_of(files)}


@settings(max_examples=40)
@given(st.lists(st.integers(0, 9) | st.none(), max_size=6))
def test_numbers_rise_and_as_few_change_as_can_be(numbers):
    found = renumbered(numbers)
    assert all(one < other for one, other in pairwise(found))
    kept = sum(one == other for one, other in zip(numbers, found, strict=True))
    lowest = 0 if 0 in numbers else 1
    most = max(
        sum(one == other for one, other in zip(numbers, others, strict=True))
        for others in combinations(range(lowest, 16), len(numbers))
    )
    assert kept == most


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3, None], [1, 2, 3, 4]),
        ([1, 3, 2, 4], [1, 2, 3, 4]),
        ([5, 10, 15], [5, 10, 15]),
        ([5, None, 15], [5, 6, 15]),
        ([2, 1, 3, 4], [1, 2, 3, 4]),
        ([999, None], [1, 2]),
        ([3, 3, 3], [1, 2, 3]),
        ([], []),
    ],
)
def test_a_thing_that_moves_takes_few_others_with_it(numbers, expected):
    assert renumbered(numbers) == expected


def test_what_is_no_link_is_left_as_it_is():
    """The same words in code or behind a backslash are shown to the reader, not followed."""
    files = after(COURSE, structure.move_module(COURSE, "c", 0))
    text = files[sketch(files).lesson("lima")[1].texts["id"].path].decode()
    former = COURSE["07-c/03-lima.id.md"].decode()
    shown = former[former.index("    [bukan tautan]") :]
    assert text.endswith(shown)
    assert text != former


def test_a_copied_module_keeps_to_itself():
    """Its links, its questions and its activity lead to its own lessons, not to the first ones."""
    changes, key = structure.duplicate_module(COURSE, "a", ())
    files = after(COURSE, changes)
    module = sketch(files).module(key)
    own = {lesson.key for lesson in module.lessons}
    assert {question.lesson for question in module.questions} <= own
    links = links_of(files)
    assert {target[0] for target in links[f"{module.folder}/module.yml"]} <= own
    within = links["satu-2", "id"]
    assert ("satu-2", "id") in within


def test_what_is_deleted_leaves_everything_else_as_it_was():
    files = after(COURSE, structure.delete_lesson(COURSE, "dua"))
    gone = {"01-a/02-dua.id.md", "01-a/02-dua.en.md"}
    assert files == {path: content for path, content in COURSE.items() if path not in gone}
    pointing = structure.pointing_at_lesson(COURSE, "dua")
    assert set(pointing.links) == {
        path for path, content in COURSE.items() if path not in gone and b"02-dua" in content
    }


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("README.md", b"[x](01-a/02-dua.id.md)"),
        ("02-b/module.yml", b"title: [\ntext: '[x](../01-a/02-dua.id.md)'"),
        ("02-b/01-empat.id.md", b"[x](../01-a/02-dua.id.md)" + b"***a** b* " * 20_000),
    ],
)
def test_what_nobody_reads_as_a_link_points_nowhere(path, content):
    files = {**COURSE, path: content}
    assert path not in structure.pointing_at_lesson(files, "dua").links


def test_links_lead_on_in_a_text_that_would_be_slow_to_read_and_not_where_there_are_none():
    slow = b"[x](02-dua.id.md)" + b"***a** b* " * 20_000
    files = {**COURSE, "01-a/01-satu.id.md": slow, "README.md": b"[x](01-a/02-dua.id.md)"}
    moved = after(files, structure.move_lesson(files, "dua", "b", 0))
    path = sketch(moved).lesson("dua")[1].texts["id"].path
    assert moved["01-a/01-satu.id.md"] == slow.replace(b"02-dua.id.md", f"../{path}".encode())
    assert moved["README.md"] == files["README.md"]


def test_a_deleted_unit_is_no_longer_required():
    manifest = COURSE["course.yml"].replace(b"required: all ", b"required: [satu, b-quiz] ")
    files = {**COURSE, "course.yml": manifest}
    files = after(files, structure.delete_module(files, "b"))
    assert plain(files["course.yml"].decode())["completion"]["required"] == ["satu"]
    files = after(files, structure.delete_lesson(files, "satu"))
    assert plain(files["course.yml"].decode())["completion"]["required"] == "all"
    assert sketch(files).module("b") is None


def test_a_published_key_is_never_given_to_something_else():
    _changes, key = structure.add_lesson(COURSE, "a", "Lama", {"lama"})
    assert key == "lama-2"
    for title in ("Pre-test", "Akhir quiz", "Tugas activity"):
        changes, key = structure.add_lesson(COURSE, "a", title, ())
        problems = read_files(after(COURSE, changes))[1]
        assert "lesson-key-reserved" not in {p.code for p in problems}, key


def test_a_new_lesson_lacks_nothing_but_its_translation():
    changes, _key = structure.add_lesson(COURSE, "b", "Judul: dengan “tanda” # baca", ())
    new = after(COURSE, changes)
    assert errors_of(new) - ERRORS == {"lesson-missing"}
    assert changes.keys() == {"02-b/02-judul-dengan-tanda-baca.id.md"}


@pytest.mark.parametrize(
    "broken",
    [
        {"01-a/module.yml": b"title: ["},
        {"01-a/module.yml": b"title: Modul\n"},
        {"01-a/quiz.yml": b"\xff\xfe"},
        {"01-a/quiz.yml": b"draw: 1\n"},
        {"01-a/01-satu.id.md": b"---\ntitle: [\n---\n[x](02-dua.id.md)"},
        {"01-a/01-satu.id.md": b"\xff [x](02-dua.id.md)"},
        {"01-a/1-satu.id.md": b"---\ntitle: Kembar\n---\nTeks"},
        {"course.yml": b"modules: 3\nlanguages: [id]\n"},
        {"course.yml": b"- id\n"},
    ],
)
@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_faulty_draft_is_rearranged_too(broken, act):
    files = {**COURSE, **broken}
    changes = {
        "lesson moved": lambda: structure.move_lesson(files, "satu", "b", 0),
        "lesson shifted": lambda: structure.shift_lesson(files, "satu", 1),
        "lesson doubled": lambda: structure.duplicate_lesson(files, "satu", ())[0],
        "module moved": lambda: structure.move_module(files, "a", 2),
        "module doubled": lambda: structure.duplicate_module(files, "a", ())[0],
    }[act]()
    new = after(files, changes)
    assert len(new) >= len(files)
