"""Lists that go out: the file says what the screen says, and runs nothing in a spreadsheet."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from elearn.accounts.formats.report import Report, ReportColumn, cells, plain, stream_csv, workbook
from elearn.accounts.formats.table import (
    Column,
    error_file,
    read_any,
    read_table,
    stream_table,
    write_table,
)
from elearn.accounts.formats.workbook_write import Kind, write_workbook
from tests.rules.table_samples import SHEET, csv_of, xlsx_of

NOW = datetime(2026, 3, 2, 3, 42, 17, tzinfo=UTC)
NIP = "198705122010012001"
KEYS = tuple(Column(kind.value, (kind.value,)) for kind in Kind)
# What people are called and type, and what a spreadsheet would make of it.
DIFFICULT = [
    '"Ucok" Siregar', "Siti; S.IP.", "Jl. Mawar\nNo. 3", "👩🏽‍🏫 Ani", "\u200fعلي Ali", "Ni'mah",
    "0812", "00", NIP, "3201010101010001", "12E5", "1e10", "3/4", "1-2", "2-3-2026", "1.98705E+17",
    "=Siti", "-", "-5", "+62 812", "@siti", "=1+1", "＝1+1", "'", "''", "'=x", "''=x", "' =x",
    "'0812", "'Abd", "\"=1+1\"", ";", "sep=;", "<r><t>x</t></r>", "<r></t></is></c>&</r>", "_x0041_",
    "&amp;", "nan", "true", "a\tb", "{=1}", "x" * 2_000,
]  # fmt: skip


def text_report(rows, kind=Kind.TEXT):
    return Report("Daftar", [ReportColumn("text", "text", kind)], [[row] for row in rows], NOW, "Asia/Jakarta")  # fmt: skip


def read_back(content, keys=KEYS):
    found = read_any(content, keys)
    assert [fault.code for _, fault in found.faults] == ([] if found.rows else ["table-no-rows"])
    return found.rows


@pytest.mark.parametrize("cell", DIFFICULT)
def test_a_difficult_cell_comes_back_from_each_file(cell):
    report = text_report([cell])
    for content in (b"".join(stream_csv(report)), workbook(report)):
        assert [row["text"] for row in read_back(content)] == [cell]


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip)
                | st.from_regex(r"['=+@0-9eE/;\t\" -]{1,8}", fullmatch=True).map(str.strip),
                min_size=3, max_size=3).filter(any))  # fmt: skip
def test_whatever_is_written_as_csv_is_read_again(row):
    columns = [Column(key, (key,)) for key in "abc"]
    (found,) = read_table(write_table("abc", [row]), columns).rows
    assert [found[key] for key in "abc"] == row


VALUES = {
    Kind.TEXT: st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).map(str.strip),
    Kind.WHOLE: st.integers(-(10**9), 10**9),
    Kind.PERCENT: st.integers(0, 100),
    Kind.DATE: st.dates(date(1900, 3, 1), date(2199, 12, 31)),
    Kind.MOMENT: st.datetimes(datetime(1901, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
    Kind.JP: st.integers(0, 500),
}


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(*(st.none() | VALUES[kind] for kind in Kind)).filter(lambda row: any(value not in (None, "") for value in row)), max_size=5),
    st.sampled_from(["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
)  # fmt: skip
def test_the_files_hold_what_the_screen_shows(rows, zone):
    columns = [ReportColumn(kind.value, kind.value, kind) for kind in Kind]
    report = Report("Daftar", columns, rows, NOW, zone)
    shown = list(cells(report, plain(zone)))
    assert [
        [row[key.key] for key in KEYS] for row in read_back(b"".join(stream_csv(report)))
    ] == shown
    read = read_back(workbook(report))
    assert [[_as_plain(row, kind) for kind in Kind] for row in read] == shown


def _as_plain(row, kind):
    """A cell as it is kept in a workbook, in the words of `plain`."""
    text = row[kind.value]
    if kind is Kind.PERCENT and text:
        return f"{round(float(text) * 100)}%"
    return text.removesuffix(":00") if kind is Kind.MOMENT else text


def test_a_page_shows_the_values_of_a_report_in_its_own_words():
    columns = [ReportColumn(kind.value, kind.value, kind) for kind in (Kind.TEXT, Kind.PERCENT)]
    report = Report("Daftar", columns, [["Siti", 26], ["Ani", None]], NOW, "Asia/Jakarta")
    words = {Kind.TEXT: str.upper, Kind.PERCENT: "{} persen".format}
    assert list(cells(report, words)) == [["SITI", "26 persen"], ["ANI", ""]]


def test_a_moment_is_that_of_the_zone_of_the_report():
    report = text_report([NOW], Kind.MOMENT)
    assert b"2026-03-02 10:42\r\n" in b"".join(stream_csv(report))
    (row,) = read_any(workbook(report), [Column("text", ("text",))]).rows
    assert row["text"] == "2026-03-02 10:42:00"


# In a spreadsheet


@pytest.mark.parametrize("cell", ["=1+1", "+62", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", "0812", NIP, "3/4", "12E5"])  # fmt: skip
def test_a_cell_that_a_spreadsheet_would_change_is_marked_as_text_in_csv(cell):
    assert f"'{cell}" in write_table([cell], [[cell]]).decode("utf-8-sig")


@pytest.mark.parametrize("cell", ["Siti", "2026-03-02", "26%", "42", "0", "1.5", "0812 345", "Ni'mah", "'Abd"])  # fmt: skip
def test_other_cells_are_written_as_they_are(cell):
    assert write_table(["a"], [[cell]]).decode("utf-8-sig") == f"a\r\n{cell}\r\n"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "@SUM(A1)", '=HYPERLINK("https://x.example","y")', "https://x.example",
             "mailto:a@x.example", "<r></t></is></c><c r=\"Z9\"><f>1+1</f></c><c><is><t></r>"],
)  # fmt: skip
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(text):
    content = write_workbook(text, [text], [[text]], [Kind.TEXT], NOW, [(text, text)])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for page in (SHEET, SHEET.replace("1", "2")):
            body = archive.read(page)
            assert b"<f>" not in body
            assert b"<hyperlink" not in body
        assert b'quotePrefix="1"' in archive.read("xl/styles.xml")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_index(0).to_python() == [[text], [text]]
    assert book.get_sheet_by_index(1).to_python() == [[text, text]]


def test_numbers_days_and_shares_can_be_reckoned_with():
    kinds = [Kind.WHOLE, Kind.PERCENT, Kind.DATE, Kind.JP, Kind.DATE]
    row = [1234, 29, date(2026, 3, 2), 6, date(1887, 5, 12)]
    content = write_workbook("x", [*"abcde"], [row], kinds, NOW)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_index(0).to_python()[1] == [
        1234.0,
        0.29,
        date(2026, 3, 2),
        6.0,
        "1887-05-12",
    ]


def test_a_workbook_is_ready_to_be_read_and_sifted():
    content = write_workbook(
        "x", ["nama", "NIP"], [["Siti Aminah binti Ahmad", NIP]], [Kind.TEXT] * 2, NOW
    )
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read(SHEET).decode()
    assert 'state="frozen"' in page
    assert '<autoFilter ref="A1:B2"/>' in page
    assert 'min="1" max="1" width="25.' in page


def test_equal_reports_are_equal_files_that_name_nobody():
    first, second = (workbook(text_report(["Siti"])) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "2026-03-02T03:42:17Z" in core
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Kemajuan: Kab. Sukamaju/2026 [semua]", "Kemajuan  Kab. Sukamaju 2026  s"),
        ("'Abd", "Abd"), ("", "Data"), ("???", "Data"), ("Info", "Info 1"), ("History", "History 1"),
        ("👩" * 20, "👩" * 15), ("a\nb", "a b"),
    ],
)  # fmt: skip
def test_any_title_names_the_sheet(title, name):
    content = write_workbook(title, ["a"], [], [Kind.TEXT], NOW, [("Wilayah", "Sukamaju")])
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == [name, "Info"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * 32_766 + "…"),
        ("👩" * 16_384, "👩" * 16_383 + "…"),
    ],
)
def test_a_text_that_no_cell_can_hold_is_cut_with_an_ellipsis(text, kept):
    content = write_workbook("x", ["a"], [[text]], [Kind.TEXT], NOW)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_index(0).to_python()[1] == [kept]


def test_csv_comes_in_pieces_while_its_rows_are_fetched():
    fetched = []

    def rows():
        for number in range(10_000):
            fetched.append(number)
            yield [f"Siti {number}", "x" * 20]

    pieces = stream_table(["a", "b"], rows())
    first = next(pieces)
    assert len(fetched) < 5_000
    whole = first + b"".join(pieces)
    assert whole.startswith(b"\xef\xbb\xbfa;b\r\n")
    assert whole.count(b"\r\n") == 10_001


# The upload, given back with what is wrong in it


@pytest.mark.parametrize("make", [csv_of, lambda *rows: xlsx_of(rows)])
@pytest.mark.parametrize(("language", "label"), [("id", "alasan"), ("en", "reason")])
def test_the_upload_comes_back_with_reasons_and_can_be_sent_again(make, language, label):
    columns = [Column("name", ("nama",), is_needed=True), Column("nip", ("NIP",))]
    rows = [
        ["NIP", "Nama"],
        [NIP, "=Siti"],
        ["1", "x" * 2_001],
        ["2", "Ani", "surplus"],
        ["", "Budi"],
    ]
    found = read_any(make(*rows), columns)
    again = error_file(found, {2: "Sudah ada; baris 9"}, language)
    lines = again.decode("utf-8-sig").split("\r\n")
    assert lines[0] == f"NIP;Nama;{label}"
    assert lines[1] == f"'{NIP};'=Siti;\"Sudah ada; baris 9\""
    assert lines[3:5] == ["2;Ani;;surplus", ";Budi;"]
    second = read_any(again, columns)
    assert [(row["nip"], row["name"]) for row in second.rows] == [(NIP, "=Siti"), ("", "Budi")]
    assert [fault for _, fault in second.faults] == [fault for _, fault in found.faults]
    assert error_file(second, {2: "Sudah ada; baris 9"}, language) == again


def test_a_report_of_no_rows_is_its_header():
    report = text_report([])
    assert b"".join(stream_csv(report)) == b"\xef\xbb\xbftext\r\n"
    assert read_any(workbook(report), [Column("text", ("text",))]).keys == {"text"}
