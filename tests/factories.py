"""Small published things for tests: an example course with every kind of question."""

from collections.abc import Mapping
from functools import cache

from elearn.accounts.models import Person
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.permissions import Actor, Grant, Role
from elearn.coursepack.model import Course
from elearn.coursepack.reading import read_files
from elearn.courses import service
from elearn.courses.formats.html import CourseHtml, render_course

# What must never reach a browser before an attempt is handed in stands in the example course
# with this word, so that a test can look for it.
KEPT_BACK = "rahasia-kunci"

_QUESTIONS = """
  - key: {m}-single
    edition: 1
    kind: single
    pool: {pool}
    lesson: {lesson}
    text: {{id: Nama berkas mana yang terbaik?, en: Which file name is best?}}
    options:
      - right: {{id: 2026-03_laporan.docx, en: 2026-03_report.docx}}
        feedback: {{id: rahasia-kunci benar, en: rahasia-kunci right}}
      - wrong: {{id: laporan baru.docx, en: new report.docx}}
        feedback: {{id: rahasia-kunci salah, en: rahasia-kunci wrong}}
      - wrong: {{id: dokumen1.docx, en: document1.docx}}
  - key: {m}-several
    edition: 1
    kind: several
    pool: {pool}
    lesson: {lesson}
    points: 2
    text: {{id: Di mana cadangan yang aman?, en: Where is a backup safe?}}
    options:
      - right: {{id: flashdisk, en: a USB stick}}
      - right: {{id: awan, en: the cloud}}
      - wrong: {{id: folder yang sama, en: the same folder}}
        feedback: {{id: rahasia-kunci folder, en: rahasia-kunci folder}}
  - key: {m}-truth
    edition: 1
    kind: true-false
    pool: {pool}
    lesson: {lesson}
    text: {{id: Salinan di disk yang sama adalah cadangan., en: A copy on the same disk is a backup.}}
    answer: false
    if_true: {{id: rahasia-kunci ya, en: rahasia-kunci yes}}
    if_false: {{id: rahasia-kunci tidak, en: rahasia-kunci no}}
  - key: {m}-order
    edition: 1
    kind: ordering
    pool: {pool}
    lesson: {lesson}
    text: {{id: Urutkan., en: Put in order.}}
    feedback: {{id: rahasia-kunci urutan, en: rahasia-kunci order}}
    items:
      - {{id: simpan, en: save}}
      - {{id: tutup, en: close}}
      - {{id: matikan, en: shut down}}
  - key: {m}-match
    edition: 1
    kind: matching
    pool: {pool}
    lesson: {lesson}
    text: {{id: Pasangkan., en: Match.}}
    feedback: {{id: rahasia-kunci pasangan, en: rahasia-kunci pair}}
    pairs:
      - left: {{id: hoaks lama, en: old hoax}}
        right: {{id: cek tanggal, en: check the date}}
      - left: {{id: foto aneh, en: odd photo}}
        right: {{id: cari gambar, en: search the image}}
    extra:
      - {{id: bagikan, en: share it}}
  - key: {m}-text
    edition: 1
    kind: text
    pool: {pool}
    lesson: {lesson}
    text: {{id: Tulis satu situs cek fakta., en: Name a fact-check site.}}
    feedback: {{id: rahasia-kunci situs, en: rahasia-kunci site}}
    accepted: [rahasia-kunci.example, situs.example]
  - key: {m}-number
    edition: 1
    kind: number
    pool: {pool}
    lesson: {lesson}
    text: {{id: Berapa MB untuk tiga video 60 MB?, en: How many MB are three videos of 60 MB?}}
    feedback: {{id: rahasia-kunci angka, en: rahasia-kunci number}}
    answer: 180
    tolerance: 0.5
    unit: {{id: MB, en: MB}}
"""

_LESSON_ID = """---
title: {title}
minutes: 12
edition: {edition}
sources: ["Contoh, 2026"]
---
Pembuka pelajaran **{key}** tentang perpustakaan desa.

## Yang perlu diketahui

Lihat juga [pelajaran pertama](../01-satu/01-mulai.id.md).

## Langkah

1. Satu
2. Dua
"""
_LESSON_EN = """---
title: {title} (English)
of_edition: {edition}
---
Opening of the lesson **{key}** about a village library.

## What to know

See also [the first lesson](../01-satu/01-mulai.en.md).

## Steps

1. One
2. Two
"""


def example_files(version: int = 1, order: str = "free") -> dict[str, bytes]:
    """The example course `contoh` as files: two modules, four lessons, quizzes, tests, a task.

    Version 2 adds a lesson to the second module and raises the edition of `lanjut`.
    """
    files = {
        "course.yml": f"""format: 1
slug: contoh
version: {version}
languages: [id, en]
title: {{id: Kursus Contoh, en: Example Course}}
summary: {{id: Kursus kecil untuk mencoba., en: A small course to try.}}
call_code: CTH
weave: wajik
organiser: perpusnas-contoh
outcomes:
  - {{id: menata berkas, en: order files}}
completion:
  required: all
  pass_percent: 70
  order: {order}
  task: shown
pre_test: {{per_module: 4}}
post_test: {{per_module: 4}}
modules: [01-satu, 02-dua]
change_note: {{id: Versi {version}., en: Version {version}.}}
""",
        "task.yml": """title: {id: Tugas praktik, en: Practical task}
minutes: 60
edition: 1
text: {id: Buat pohon folder., en: Make a folder tree.}
rubric:
  - key: tree
    weight: 100
    title: {id: Pohon folder, en: Folder tree}
    levels:
      - {id: tidak ada, en: absent}
      - {id: lemah, en: weak}
      - {id: sebagian, en: partly}
      - {id: baik, en: good}
      - {id: siap pakai, en: ready to use}
""",
    }
    lessons = {"01-satu": ["01-mulai", "02-folder"], "02-dua": ["01-internet", "02-lanjut"]}
    if version >= 2:
        lessons["02-dua"].append("03-tambahan")
    for module, names in lessons.items():
        key = module[3:]
        files[f"{module}/module.yml"] = f"""title: {{id: Modul {key}, en: Module {key}}}
summary: {{id: Ringkasan., en: Summary.}}
jp: 2
quiz_minutes: 15
activity:
  title: {{id: Kegiatan {key}, en: Activity {key}}}
  minutes: 50
  edition: 1
  text: {{id: Kerjakan bersama., en: Do it together.}}
"""
        for name in names:
            edition = 2 if version >= 2 and name == "02-lanjut" else 1
            words = {"title": f"Pelajaran {name[3:]}", "key": name[3:], "edition": edition}
            files[f"{module}/{name}.id.md"] = _LESSON_ID.format(**words)
            files[f"{module}/{name}.en.md"] = _LESSON_EN.format(**words)
        lesson = names[0][3:]
        files[f"{module}/quiz.yml"] = (
            "draw: 7\nquestions:"
            + _QUESTIONS.format(m=key, pool="quiz", lesson=lesson)
            + _QUESTIONS.format(m=f"{key}-t", pool="test", lesson=lesson)
        )
    return {path: text.encode() for path, text in files.items()}


@cache
def example_course(version: int = 1, order: str = "free") -> Course:
    course, problems = read_files(example_files(version, order))
    assert course is not None, [problem.format("en") for problem in problems]
    return course


@cache
def example_html(version: int = 1, order: str = "free") -> CourseHtml:
    """Rendered once for all tests: it is the same every time."""
    return render_course(example_course(version, order))


def administrator() -> Actor:
    """dewi, as an actor."""
    person = db.session.scalars(
        db.select(Person.id).where(Person.full_name == "Dewi Lestari")
    ).one()
    return Actor(person, frozenset({Grant(Role.ADMINISTRATOR)}))


def published_files(files: Mapping[str, bytes], actor: Actor | None = None) -> int:
    """Publish the course that these files make, by dewi if nobody is named; the id of its version."""
    course, problems = read_files(files)
    assert course is not None, [problem.format("en") for problem in problems]
    html, by = render_course(course), actor or administrator()
    with saving():
        return service.publish(course, html, by, clock.now()).version_id


def published_example(version: int = 1, order: str = "free") -> int:
    """Publish the example course; the id of its version."""
    course = example_course(version, order)
    html = example_html(version, order)
    actor = administrator()
    with saving():
        return service.publish(course, html, actor, clock.now()).version_id
