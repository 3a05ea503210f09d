"""The question sheet: columns in any order and either language, and workbooks that mean harm."""

import io
import time
import zipfile
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from elearn.authoring.formats import sheet
from elearn.authoring.formats.workbook import template
from tests.rules.question_samples import codes, en, question
from tests.rules.table_samples import SHEET, changed, csv_of, xlsx_of


def read_row(**cells):
    """The verdict on one row, given its cells by header; spaces in headers are underscores."""
    header = [name.replace("_", " ") for name in cells]
    (row,) = sheet.read(csv_of(header, [*cells.values()]), "id").rows
    return row


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize(
    "header",
    [
        ["jenis", "soal", "benar", "Umpan Balik A"],
        ["Kind", "QUESTION", "right", "feedback A"],
        ["kind", "soal", "Benar ", "umpan balik a"],
    ],
)
def test_headers_are_understood_in_both_languages(separator, header):
    row = ["benar-salah", "Matahari baik.", "salah", "Memudarkan."]
    (read,) = sheet.read(csv_of(header, row, separator=separator), "id").rows
    assert (read.number, read.data["answer"]) == (2, False)
    assert read.data["if_true"] == {"id": "Memudarkan."}


@pytest.mark.parametrize(
    "content",
    [
        b"sep=;\r\njenis;soal;benar\r\ntext;Apa?;kain",
        "jenis;soal;benar\r\ntext;Apa?;kain".encode("utf-16"),
        b"benar;jenis;soal\n\n\nkain;isian singkat;Apa?\n",
        xlsx_of([["kind", "question", "right"], ["text", "Apa?", "kain"]]),
        xlsx_of([[], ["kind", "question", "right"], [], ["text", "Apa?", "kain"]]),
    ],
)
def test_order_blank_rows_and_encodings_do_not_matter(content):
    (row,) = sheet.read(content, "id").rows
    assert (row.data["text"], row.data["accepted"]) == ({"id": "Apa?"}, ["kain"])


@pytest.mark.parametrize(
    ("right", "letters"),
    [("B", "B"), ("b", "B"), ("A, C", "AC"), ("a c", "AC"), ("A;B", "AB"), ("Debu", "A"), ("debu; cahaya", "AC"), ("C", "C")],
)  # fmt: skip
def test_the_right_options_are_named_by_letter_or_by_their_words(right, letters):
    row = read_row(
        kind="several",
        question="Apa?",
        option_A="Debu",
        option_B="Sampul",
        option_C="Cahaya",
        right=f'"{right}"',
    )
    options = zip("ABC", row.data["options"], strict=True)
    assert "".join(letter for letter, option in options if "right" in option) == letters


@pytest.mark.parametrize(
    ("cells", "code", "cell"),
    [
        ({"kind": "esai", "question": "x", "right": ""}, "cell-kind", "A2"),
        ({"kind": "single", "question": "", "right": "A", "key": "x"}, "cell-needed", "B2"),
        ({"kind": "single", "question": "x", "right": "", "option_A": "a"}, "cell-needed", "C2"),
        ({"kind": "single", "question": "x", "right": "C", "option_A": "a", "option_B": "b"}, "cell-right", "C2"),
        ({"kind": "single", "question": "x", "right": "A", "option_A": "a", "feedback_B": "b"}, "cell-feedback-alone", "E2"),
        ({"kind": "true-false", "question": "x", "right": "mungkin"}, "cell-word", "C2"),
        ({"kind": "text", "question": "x", "right": " "}, "cell-needed", "C2"),
        ({"kind": "number", "question": "x", "right": "lima"}, "cell-number", "C2"),
        ({"kind": "number", "question": "x", "right": "5", "tolerance": "sedikit"}, "cell-number", "D2"),
        ({"kind": "matching", "question": "x", "right": "", "option_A": "a - b"}, "cell-pair", "D2"),
        ({"kind": "ordering", "question": "x", "right": "A", "option_A": "a"}, "cell-right-empty", "C2"),
        ({"kind": "text", "question": "x", "right": "y", "points": "11"}, "cell-points", "D2"),
        ({"kind": "text", "question": "x", "right": "y", "pool": "ujian"}, "cell-word", "D2"),
    ],
)  # fmt: skip
def test_a_fault_names_its_cell(cells, code, cell):
    row = read_row(**cells)
    assert row.data is None
    assert [(fault.code, fault.values["cell"]) for fault in row.faults] == [(code, cell)]


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"kind": "single", "question": "x", "right": "A", "option_A": "a"}, "list-count"),
        ({"kind": "single", "question": "x", "right": '"A,B"', "option_A": "a", "option_B": "b"}, "single-many-right"),
        ({"kind": "number", "question": "x", "right": "5", "tolerance": "-1"}, "tolerance-negative"),
        ({"kind": "text", "question": "x", "right": "y" * 201}, "text-long"),
    ],
)  # fmt: skip
def test_what_a_course_refuses_is_refused_here(cells, code):
    row = read_row(**cells)
    assert row.data is None
    assert code in codes(row.faults)


def test_a_bad_row_does_not_hide_its_neighbours():
    rows = [
        ["kind", "question", "right"],
        ["text", "a?", "x"],
        ["", "b?", "x"],
        ["text", "c?", "x"],
    ]
    reading = sheet.read(xlsx_of(rows), "id")
    assert [(row.number, codes(row.faults)) for row in reading.rows] == [
        (2, []),
        (3, ["cell-kind"]),
        (4, []),
    ]


@pytest.mark.parametrize(
    ("language", "cell", "number"),
    [("id", "1,5", "1.5"), ("en", "1.5", "1.5"), ("id", "1.500", "1500"), ("id", 1.125, "1.125"), ("en", 1.125, "1.125"), ("id", 5, "5"), ("id", -3, "-3")],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(language, cell, number):
    rows = [["kind", "question", "right"], ["number", "?", cell]]
    (row,) = sheet.read(xlsx_of(rows), language).rows
    assert row.data["answer"] == Decimal(number)


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_template_has_an_example_of_each_kind_and_explains_itself(language):
    reading = sheet.read(template(language), language)
    assert [row.data["kind"] for row in reading.rows] == [
        "single",
        "several",
        "true-false",
        "ordering",
        "matching",
        "text",
        "number",
    ]
    assert [row.notes for row in reading.rows] == [()] * 7
    _, legend = CalamineWorkbook.from_filelike(io.BytesIO(template(language))).sheet_names
    explained = (
        CalamineWorkbook.from_filelike(io.BytesIO(template(language)))
        .get_sheet_by_name(legend)
        .to_python()
    )
    assert all(word and text for word, text in explained)
    assert template(language) == template(language)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("https://x.example","y")', "https://x.example"],
)
def test_no_cell_of_ours_is_a_formula_or_a_link(text):
    data = question("text", text=en(text), accepted=[text], feedback=en(text))
    content = sheet.write([data], "en").content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read(SHEET)
        assert b"<f>" not in page
        assert b"<hyperlink" not in page
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")
    (row,) = sheet.read(content, "en").rows
    assert row.data["accepted"] == [text]


GOOD = xlsx_of([["kind", "question", "right"], ["text", "Apa?", "kain"]])
FAR = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="%s" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table-empty"),
        (b"PK\x03\x04", "sheet-broken"),
        (GOOD[: len(GOOD) // 2], "sheet-broken"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "sheet-kind"),
        (changed(GOOD, {SHEET: FAR % b"XFD1048576"}), "sheet-large"),
        (changed(GOOD, {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}), "xml-dtd"),
        (b"x" * (4 * 1024 * 1024 + 1), "sheet-large"),
        (b"kind;question;right\n" + b"text;%s;y\n" % (b"x" * 2_000) * 1_000, "questions-too-long"),
        (b"kind;question;right\ntext;" + b"x" * 10_001, "questions-too-long"),
        ("jenis;soal;benar\ntext;Café;x".encode("latin-1"), "table-not-text"),
        (b"kind;question;right\ntext;\0;x", "table-not-text"),
        (b'kind;question;right\n"text;x;y', "table-quotes"),
        (b'sep="\nkind;question;right\ntext;x;y', "table-quotes"),
        (b"kind;question;right", "questions-none"),
        (b"question;right\nx;y", "column-missing"),
        (b"kind;kind;question;right\nx;y", "column-twice"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_a_code(content, code):
    began = time.process_time()
    reading = sheet.read(content, "id")
    assert (reading.rows, codes(reading.faults)) == ((), [code])
    assert time.process_time() - began < 5


def test_two_thousand_questions_are_read_and_no_more():
    reading = sheet.read(b"kind;question;right\n" + b"text;x;y\n" * 100_000, "id")
    assert len(reading.rows) == 2_000
    assert codes(reading.faults) == ["questions-too-many"]


def test_an_unknown_column_is_noted_and_passed_over():
    reading = sheet.read(b"kind;question;right;author\ntext;x?;y;Budi", "id")
    assert len(reading.rows) == 1
    assert [(note.code, note.values["column"]) for note in reading.notes] == [
        ("column-unknown", "author")
    ]
