"""The words of the question sheet in both languages: columns, kinds, and what its legend says."""

from __future__ import annotations

from dataclasses import dataclass

from elearn.accounts.formats.table import Column
from elearn.core.text import word_key

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Words:
    """A word of the sheet and what the legend says of it."""

    id: str
    en: str
    legend_id: str = ""
    legend_en: str = ""

    def word(self, language: str) -> str:
        return self.id if language == "id" else self.en

    def legend(self, language: str) -> str:
        return self.legend_id if language == "id" else self.legend_en


COLUMNS: dict[str, Words] = {
    "kind": Words(
        "jenis",
        "kind",
        "Wajib. Salah satu jenis soal di bawah.",
        "Needed. One of the kinds of questions below.",
    ),
    "question": Words(
        "soal",
        "question",
        "Wajib. Teks soal; **tebal** dan *miring* seperti dalam pelajaran.",
        "Needed. The text of the question; **bold** and *italic* as in lessons.",
    ),
    **{
        f"option-{letter}": Words(
            f"pilihan {letter}",
            f"option {letter}",
            "Pilihan, butir, atau pasangan, menurut jenis soalnya." if letter == "A" else "",
            "An option, an item or a pair, as the kind of question has it."
            if letter == "A"
            else "",
        )
        for letter in LETTERS
    },
    "right": Words(
        "benar",
        "right",
        "Jawaban yang benar, menurut jenis soalnya.",
        "The right answer, as the kind of question has it.",
    ),
    **{
        f"feedback-{letter}": Words(
            f"umpan balik {letter}",
            f"feedback {letter}",
            "Dibaca oleh orang yang memilih A, dan seterusnya." if letter == "A" else "",
            "Read by who has chosen A, and so on." if letter == "A" else "",
        )
        for letter in LETTERS
    },
    "feedback": Words(
        "umpan balik",
        "feedback",
        "Dibaca oleh semua setelah menjawab. Perlu untuk urutan, menjodohkan, isian, dan angka.",
        "Read by all after answering. Ordering, matching, text and number need it.",
    ),
    "pool": Words(
        "kumpulan",
        "pool",
        "kuis (bila kosong), atau tes untuk prates dan pascates.",
        "quiz (when empty), or test for pre-test and post-test.",
    ),
    "lesson": Words(
        "pelajaran",
        "lesson",
        "Kunci pelajaran yang memuat jawabannya.",
        "The key of the lesson that answers it.",
    ),
    "points": Words("poin", "points", "1 sampai 10; 1 bila kosong.", "1 to 10; 1 when empty."),
    "tolerance": Words(
        "toleransi",
        "tolerance",
        "Untuk angka: seberapa jauh jawaban boleh meleset.",
        "For number: how far an answer may be off.",
    ),
    "unit": Words("satuan", "unit", "Untuk angka, misalnya buku.", "For number, such as books."),
    "key": Words(
        "kunci",
        "key",
        "Nama tetap soal: huruf kecil, angka, tanda hubung. Dibuatkan bila kosong.",
        "The lasting name: small letters, digits, hyphens. Made for you when empty.",
    ),
}

KINDS: dict[str, Words] = {
    "single": Words(
        "satu jawaban",
        "single",
        "2 sampai 8 pilihan. benar: hurufnya, misalnya B.",
        "2 to 8 options. right: its letter, such as B.",
    ),
    "several": Words(
        "beberapa jawaban",
        "several",
        "2 sampai 8 pilihan. benar: huruf-hurufnya, misalnya A, C.",
        "2 to 8 options. right: the letters, such as A, C.",
    ),
    "true-false": Words(
        "benar-salah",
        "true-false",
        "benar: benar atau salah. umpan balik A untuk yang memilih benar, B untuk salah.",
        "right: true or false. feedback A is for who has chosen true, B for false.",
    ),
    "ordering": Words(
        "urutan",
        "ordering",
        "3 sampai 8 butir, A yang pertama. benar: kosong.",
        "3 to 8 items, A is the first. right: empty.",
    ),
    "matching": Words(
        "menjodohkan",
        "matching",
        "2 sampai 8 pasangan, misalnya: Debu -> Halaman kusam. Pengecoh: -> Halaman sobek.",
        "2 to 8 pairs, such as: Dust -> Dull pages. One that fits nothing: -> Torn pages.",
    ),
    "text": Words(
        "isian singkat",
        "text",
        "benar: jawaban yang diterima, satu per baris atau dipisahkan titik koma.",
        "right: accepted answers, one a line or with semicolons between.",
    ),
    "number": Words(
        "angka",
        "number",
        "benar: angkanya. toleransi dan satuan boleh kosong.",
        "right: the number. tolerance and unit may be empty.",
    ),
}

POOLS: dict[str, Words] = {"quiz": Words("kuis", "quiz"), "test": Words("tes", "test")}
TRUTHS: dict[bool, Words] = {True: Words("benar", "true"), False: Words("salah", "false")}
SHEETS = Words("Soal", "Questions")
LEGENDS = Words("Keterangan", "Legend")

_MORE_WORDS = {"t": True, "f": False, "b": True, "s": False, "ya": True, "tidak": False}


def columns(language: str) -> list[Column]:
    """The columns as a header may name them; the first name is that of the language."""
    other = "en" if language == "id" else "id"
    needed = ("kind", "question", "right")
    return [
        Column(key, (words.word(language), words.word(other)), is_needed=key in needed)
        for key, words in COLUMNS.items()
    ]


KIND_OF = {word_key(w): kind for kind, words in KINDS.items() for w in (kind, words.id, words.en)}
POOL_OF = {word_key(w): pool for pool, words in POOLS.items() for w in (pool, words.id, words.en)}
TRUTH_OF = _MORE_WORDS | {
    word_key(word): truth for truth, words in TRUTHS.items() for word in (words.id, words.en)
}
