"""Of questions."""

from __future__ import annotations

from elearn.coursepack.sentences.sentence import Sentence, both

QUESTIONS: dict[str, Sentence] = {
    "choice-twice": both(
        'Soal "{question}": {key} memuat "{text}" dua kali; ubah atau hapus salah satunya.',
        'Question "{question}": {key} has "{text}" twice; change or delete one.',
    ),
    "draw-large": both(
        "draw meminta {draw} soal, tetapi hanya ada {count} soal dengan pool quiz; tambah soal "
        "atau kecilkan draw.",
        "draw asks for {draw} questions, but only {count} are in the pool quiz; add questions or "
        "lower draw.",
    ),
    "option-mark": both(
        'Setiap pilihan dimulai dengan satu "right:" (benar) atau satu "wrong:" (salah).',
        'Each option begins with one "right:" or one "wrong:".',
    ),
    "pair-half": both(
        "Setiap pasangan memerlukan left (kiri) dan right (kanan); lengkapi.",
        "Each pair needs left and right; complete it.",
    ),
    "question-lesson": both(
        'Soal "{question}" menunjuk pelajaran "{lesson}" yang tidak ada; periksa ejaannya.',
        'Question "{question}" points to the lesson "{lesson}", which is not there; check its '
        "spelling.",
    ),
    "question-no-right": both(
        'Soal "{question}" belum punya pilihan yang benar; awali paling sedikit satu butir {key} '
        'dengan "right:".',
        'Question "{question}" has no right choice; begin at least one of its {key} with "right:".',
    ),
    "question-twice": both(
        'Nama soal "{question}" sudah dipakai di {first}; beri soal ini nama lain.',
        'The question key "{question}" is already used at {first}; give this question another.',
    ),
    "several-no-wrong": both(
        'Soal "{question}": semua {key} benar; beri paling sedikit satu yang salah.',
        'Question "{question}": all {key} are right; give at least one wrong one.',
    ),
    "single-many-right": both(
        'Soal "{question}" punya {count} {key} yang benar, padahal hanya boleh satu; ubah '
        "kind menjadi several atau sisakan satu.",
        'Question "{question}" has {count} right {key}, but one is allowed; change kind to '
        "several or leave one.",
    ),
    "test-pool-small": both(
        "Modul ini hanya punya {count} soal dengan pool test; prates dan pascates memerlukan "
        "paling sedikit {needed}.",
        "This module has only {count} questions in the pool test; pre-test and post-test need at "
        "least {needed}.",
    ),
    "test-pool-unused": both(
        "Ada {count} soal dengan pool test, tetapi kursus ini tidak punya prates maupun pascates.",
        "There are {count} questions in the pool test, but the course has no pre-test and no "
        "post-test.",
    ),
    "tolerance-negative": both(
        "{key} tidak boleh kurang dari 0.",
        "{key} must not be below 0.",
    ),
}
