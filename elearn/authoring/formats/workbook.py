"""The workbook of the question sheet: questions on its first sheet, a legend on its second."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime

from xlsxwriter import Workbook

from elearn.accounts.formats.workbook_write import OPTIONS, write_text
from elearn.authoring.formats.exchange import QUESTIONS_MOST
from elearn.authoring.formats.sheetwords import (
    COLUMNS,
    KINDS,
    LEGENDS,
    LETTERS,
    POOLS,
    SHEETS,
    TRUTHS,
    Words,
)

_WIDTHS = {"question": 60, "feedback": 40, "right": 16}
# Equal questions make equal files; the day of a file is known to who saves it.
_CREATED = datetime(2026, 1, 1, tzinfo=UTC)


def workbook(rows: Sequence[Sequence[str]], language: str) -> bytes:
    """The rows, in the order of COLUMNS, below their header. No cell is anything but text."""
    content = io.BytesIO()
    book = Workbook(content, {**OPTIONS, "in_memory": True})
    book.set_properties({"created": _CREATED})
    bold = book.add_format({"bold": True})
    # Text, also when somebody edits the cell: what begins with = stays what it is.
    text = book.add_format({"num_format": "@", "quote_prefix": True, "text_wrap": True})
    text.set_align("top")
    questions = book.add_worksheet(SHEETS.word(language))
    for column, (key, words) in enumerate(COLUMNS.items()):
        questions.set_column(column, column, _WIDTHS.get(key, 22), text)
        questions.write_string(0, column, words.word(language), bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if cell:
                write_text(questions, number, column, cell, text)
    questions.freeze_panes(1, 0)
    for key, choices in (("kind", KINDS), ("pool", POOLS)):
        column = list(COLUMNS).index(key)
        source = [words.word(language) for words in choices.values()]
        questions.data_validation(
            1, column, QUESTIONS_MOST, column, {"validate": "list", "source": source}
        )
    legend = book.add_worksheet(LEGENDS.word(language))
    legend.set_column(0, 0, 22)
    legend.set_column(1, 1, 90)
    for number, words in enumerate(_explained()):
        legend.write_string(number, 0, words.word(language), bold)
        legend.write_string(number, 1, words.legend(language))
    book.close()
    return content.getvalue()


def template(language: str) -> bytes:
    """An empty sheet with an example of each kind."""
    return workbook([_example(kind, language) for kind in KINDS], language)


def _explained() -> list[Words]:
    columns = [words for words in COLUMNS.values() if words.legend_en]
    return [*columns, *KINDS.values()]


def _example(kind: str, language: str) -> list[str]:
    cells = {"kind": KINDS[kind].word(language)}
    cells |= {key: words.word(language) for key, words in _EXAMPLES[kind].items()}
    return [cells.get(key, "") for key in COLUMNS]


def _options(*words: Words) -> dict[str, Words]:
    return {f"option-{letter}": word for letter, word in zip(LETTERS, words, strict=False)}


_EXAMPLES: dict[str, dict[str, Words]] = {
    "single": {
        "question": Words("Apa yang mengangkat debu?", "What lifts dust?"),
        **_options(Words("Kain lembap", "A damp cloth"), Words("Kemoceng", "A feather duster")),
        "right": Words("A", "A"),
        "feedback-B": Words("Kemoceng hanya memindahkannya.", "It only moves the dust."),
    },
    "several": {
        "question": Words("Mana yang merusak buku?", "Which of these damage books?"),
        **_options(
            Words("Debu", "Dust"),
            Words("Sampul plastik", "A plastic cover"),
            Words("Cahaya", "Light"),
        ),
        "right": Words("A, C", "A, C"),
        "points": Words("2", "2"),
    },
    "true-false": {
        "question": Words("Sinar matahari baik untuk buku.", "The sun is good for books."),
        "right": TRUTHS[False],
        "feedback-A": Words("Sinar matahari memudarkan sampul.", "The sun fades covers."),
    },
    "ordering": {
        "question": Words("Urutkan pekerjaannya.", "Put the work in order."),
        **_options(
            Words("Bagi rak", "Divide the shelves"),
            Words("Tunjuk petugas", "Name who does it"),
            Words("Rawat satu bagian", "Care for one part"),
        ),
        "feedback": Words("Bagi dulu, baru rawat.", "Divide first, then care."),
    },
    "matching": {
        "question": Words("Pasangkan penyebab dan tandanya.", "Match each cause with its sign."),
        **_options(
            Words("Debu -> Halaman kusam", "Dust -> Dull pages"),
            Words("Cahaya -> Sampul pudar", "Light -> Faded cover"),
            Words("-> Halaman sobek", "-> Torn pages"),
        ),
        "feedback": Words("Lihat tabel dalam pelajaran.", "See the table in the lesson."),
    },
    "text": {
        "question": Words("Apa sebutan daftar tugas?", "What is a list of duties called?"),
        "right": Words("jadwal; daftar piket", "plan; schedule"),
        "feedback": Words("Jadwal.", "The plan."),
    },
    "number": {
        "question": Words("Berapa bagian raknya?", "How many parts have the shelves?"),
        "right": Words("5", "5"),
        "tolerance": Words("0", "0"),
        "unit": Words("bagian", "parts"),
        "feedback": Words("Satu untuk tiap hari kerja.", "One for each working day."),
    },
}
