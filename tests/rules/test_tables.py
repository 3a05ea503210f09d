"""Lists that come in: told apart by content, every cell as it was meant, nothing that harms."""

import time
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.accounts import rules
from elearn.accounts.formats import lists
from elearn.accounts.formats.table import Column, read_any
from elearn.accounts.formats.unreadable import Unreadable
from elearn.accounts.formats.workbook_guard import Limits, safe_copy
from elearn.accounts.formats.workbook_read import read_sheets
from tests.rules.table_samples import SHEET, changed, csv_of, part, xlsx_of

NIP = "198705122010012001"
HEADER = ["nama pengguna", "nama lengkap", "NIP", "kode perpustakaan"]
SITI = ["siti", "Siti, S.IP.", NIP, "lib-1"]
CELLS = (Column("a", ("a",)), Column("b", ("b",)), Column("c", ("c",)))
BIFF = b"\xd0\xcf\x11\xe0" + b"\0" * 600


def codes(found):
    return [fault.code for _, fault in found.faults]


def one(cell, columns=CELLS, options=None):
    """What is read of a workbook's cell."""
    (row,) = read_any(xlsx_of([["a", "b"], [cell, "x"]], options), columns).rows
    return row["a"]


def sheets(*tables, hide=()):
    """A workbook with these sheets below one another's tabs."""

    def add(book, first):
        pages = [first, *(book.add_worksheet() for _ in tables[1:])]
        for page, rows in zip(pages, tables, strict=True):
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
        for number in hide:
            pages[number].hide()
        pages[-1].activate()

    return xlsx_of([], change=add)


def hide_row_2(_book, page):
    page.set_row(1, None, None, {"hidden": True})


# What people send


@pytest.mark.parametrize(
    "content",
    [
        csv_of(HEADER, SITI, separator=";"),
        csv_of(HEADER, SITI, separator="\t"),
        "\r\n".join("\t".join(row) for row in (HEADER, SITI)).encode(),
        "\t".join(HEADER).encode("utf-16") + "\n".encode("utf-16-le")
        + "\t".join(SITI).encode("utf-16-le"),
        xlsx_of([HEADER, SITI]),
        xlsx_of([["Daftar pegawai"], [], HEADER, SITI]),
        xlsx_of([["", *row] for row in ([], HEADER, SITI)]),
        xlsx_of([HEADER, SITI], change=hide_row_2),
        sheets([["keterangan"], ["isilah lembar kedua"]], [HEADER, SITI]),
        sheets([HEADER, ["lama", "Lama", "", "lib-9"]], [HEADER, SITI], hide=[0]),
    ],
)  # fmt: skip
def test_a_list_is_told_by_its_content(content):
    found = read_any(content, lists.PEOPLE)
    assert found.faults == ()
    (row,) = found.rows
    assert [row[key] for key in ("username", "full_name", "nip", "library")] == SITI


def test_rows_have_the_numbers_that_the_spreadsheet_shows():
    rows = [[], ["Daftar"], HEADER, [], SITI, [], ["budi", "Budi", "", "lib-1", "?"]]
    found = read_any(xlsx_of(rows), lists.PEOPLE)
    assert [row.line for row in found.rows] == [5]
    assert [(line, fault.code) for line, fault in found.faults] == [(7, "row-long")]


def test_a_pasted_name_keeps_its_quotation_marks():
    rows = [["a", "b"], ['"Ucok" Siregar', 'Ani "Nin" Maria'], ['"', "x"]]
    found = read_any(csv_of(*rows, separator="\t"), CELLS)
    assert [[row["a"], row["b"]] for row in found.rows] == rows[1:]


def test_a_pasted_cell_of_two_lines_is_one_cell():
    found = read_any(b'a\tb\r\n"Jl. Mawar\r\nNo. 3"\tx\r\nc\td', CELLS)
    assert [row["a"] for row in found.rows] == ["Jl. Mawar\r\nNo. 3", "c"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (5, "5"),
        (-3.0, "-3"),
        (1.5, "1.5"),
        (999_999_999_999_999, "999999999999999"),
        (True, "true"),
        (False, "false"),
        (date(2026, 3, 2), "2026-03-02"),
        (datetime(2026, 3, 2, 10, 42, tzinfo=UTC).replace(tzinfo=None), "2026-03-02 10:42:00"),
        ("  two\nlines ", "two\nlines"),
        ("0812", "0812"),
        (NIP, NIP),
        ("=1+1", "=1+1"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("is_1904", [False, True])
def test_a_cell_of_a_workbook_is_read_as_it_is_meant(cell, text, is_1904):
    assert one(cell, options={"date_1904": is_1904}) == text


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 3, 1), date(1987, 5, 12)])
def test_a_day_of_1900_is_that_day(day):
    assert one(day) == day.isoformat()


@pytest.mark.parametrize("number", [b"nan", b"1e999"])
def test_a_number_that_is_none_is_a_word(number):
    cells = b'<row r="1"><c t="str"><v>a</v></c></row><row r="2"><c><v>%s</v></c></row>' % number
    (row,) = read_any(changed(GOOD, {SHEET: CELL % cells}), CELLS).rows
    assert row["a"] in ("NAN", "INF")


def test_a_nip_kept_as_a_number_is_refused_as_one_that_lost_digits():
    found = read_any(xlsx_of([HEADER, ["siti", "Siti", int(NIP), "lib-1"]]), lists.PEOPLE)
    fault = rules.fault_in_nip(found.rows[0]["nip"])
    assert (fault.code, fault.values["given"]) == ("nip-mangled", "1.98705122010012E+17")


@settings(max_examples=20)
@given(st.integers(10**15, 10**30))
def test_no_number_of_more_digits_than_a_spreadsheet_keeps_passes_for_a_nip(number):
    for text in (one(number), f"{number:.5E}", f"{number:.5E}".replace(".", ",")):
        assert rules.fault_in_nip(text).code == "nip-mangled"


def test_a_formula_counts_for_its_value_and_merged_cells_for_the_first():
    def change(_book, page):
        page.write_formula(1, 0, '="si"&"ti"', None, "siti")
        page.merge_range(2, 0, 2, 1, "both")

    found = read_any(xlsx_of([["a", "b"]], change=change), CELLS)
    assert [(row["a"], row["b"]) for row in found.rows] == [("siti", ""), ("both", "")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [([], "table-empty"), ([["nama pengguna", "nama lengkap"]], "column-missing"), ([["?"]], "column-unknown")],
)  # fmt: skip
def test_without_its_header_a_list_is_not_read(rows, code):
    for content in (xlsx_of(rows), csv_of(*rows)):
        found = read_any(content, lists.PEOPLE)
        assert (found.rows, found.keys) == ((), frozenset())
        assert code in codes(found)


# What means harm

GOOD = xlsx_of([HEADER, SITI])
RELATED = "xl/_rels/workbook.xml.rels"
FROM_DAT = part(GOOD, RELATED).replace(b"sheet1.xml", b"sheet1.dat")
CELL = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
REPEATED = b"<row>" + b'<c t="s"><v>0</v></c>' * 150 + b"</row>"
FAR = CELL % b'<row><c r="XFD1048576"/></row>'
TAG_IN_UTF_16 = "\ufeff<a>".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "table-empty"),
        (b"x" * (10 * 1024 * 1024 + 1), "table-large"),
        (b"\xff\xfe\x00", "table-not-text"),
        (b'sep="\na"b', "table-quotes"),
        (csv_of(HEADER), "table-no-rows"),
        (b"nama;NIP" + b";x" * 300, "columns-many"),
        (BIFF, "sheet-kind"),
        (changed(GOOD, {"content.xml": b"<x/>"}), "sheet-kind"),
        (changed(GOOD, {"xl/workbook.xml": None}), "sheet-kind"),
        (b"PK\x03\x04", "sheet-broken"),
        (GOOD[:-30], "sheet-broken"),
        (GOOD[: len(GOOD) // 2], "sheet-broken"),
        (changed(GOOD, {SHEET: None}), "sheet-broken"),
        (changed(GOOD, {SHEET: b"<worksheet>"}), "sheet-broken"),
        (changed(GOOD, {SHEET: CELL % b'<row r="x"/>'}), "sheet-broken"),
        (changed(GOOD, {SHEET: CELL % b'<row><c r="?"/></row>'}), "sheet-broken"),
        (changed(GOOD, {SHEET: CELL % b'<row><c t="s"><v>99</v></c></row>'}), "sheet-broken"),
        (changed(GOOD, {SHEET.upper(): CELL % b""}), "sheet-broken"),
        (changed(GOOD, {SHEET: FAR}), "sheet-large"),
        (changed(GOOD, {SHEET: b"<?xml version='1.0' encoding='cp037'?>" + FAR}), "sheet-large"),
        (changed(GOOD, {SHEET: TAG_IN_UTF_16 + FAR + b" " + "</a>".encode("utf-16-le")}), "sheet-broken"),
        (changed(GOOD, {SHEET: None, "xl/worksheets/sheet1.dat": FAR, RELATED: FROM_DAT}), "sheet-broken"),
        (changed(GOOD, {SHEET: CELL % (b'<row x="' + b"x" * 20_000_000 + b'"/>')}), "sheet-large"),
        (changed(GOOD, {SHEET: CELL % b'<row><c r="GS1"/></row>'}), "sheet-large"),
        (changed(GOOD, {SHEET: CELL % b'<row><c r="AZ90000"/></row>'}), "sheet-large"),
        (changed(GOOD, {f"xl/worksheets/sheet{n}.xml": b"<x/>" for n in range(2, 1_000)}), "sheet-large"),
        (
            changed(GOOD, {SHEET: CELL % (REPEATED * 100), "xl/sharedStrings.xml": b"<sst><si><t>" + b"x" * 32_000 * 2 + b"</t></si></sst>"}),
            "sheet-large",
        ),
        (changed(GOOD, {SHEET: b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}), "xml-dtd"),
        (changed(GOOD, {"docProps/core.xml": b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}), "xml-dtd"),
    ],
)  # fmt: skip
def test_a_hostile_or_broken_list_is_refused_with_a_code(content, code):
    began = time.process_time()
    found = read_any(content, lists.PEOPLE)
    assert (found.rows, codes(found)[:1]) == ((), [code])
    assert time.process_time() - began < 5


@pytest.mark.parametrize("most", [{"unpacked_bytes": 1_000}, {"cells": 5}, {"rows": 1}, {"columns": 3}, {"characters": 20}])  # fmt: skip
def test_a_workbook_that_unfolds_beyond_its_limits_is_not_read(most):
    limits = Limits(unpacked_bytes=10**6, rows=9, columns=9, cells=99, characters=999)
    safe_copy(GOOD, limits)
    with pytest.raises(Unreadable, match="sheet-large"):
        safe_copy(GOOD, replace(limits, **most))


def test_a_cell_that_is_said_many_times_counts_each_time():
    content = changed(GOOD, {SHEET: CELL % (b"<row>" + b'<c r="A1"/>' * 9 + b"</row>")})
    limits = Limits(unpacked_bytes=10**6, rows=9, columns=9, cells=9, characters=999)
    safe_copy(content, limits)
    with pytest.raises(Unreadable, match="sheet-large"):
        safe_copy(content, replace(limits, cells=8))


def test_a_cell_far_down_and_to_the_right_counts_all_before_it():
    content = changed(GOOD, {SHEET: CELL % b'<row><c r="C4"/></row>'})
    limits = Limits(unpacked_bytes=10**6, rows=9, columns=9, cells=12, characters=999)
    safe_copy(content, limits)
    with pytest.raises(Unreadable, match="sheet-large"):
        safe_copy(content, replace(limits, cells=11))


def test_a_shared_text_counts_with_its_own_length_however_it_is_put_together():
    texts = b"<sst><si><r><t>x</t></r><r><t>y</t></r></si><si><t>" + b"z" * 90 + b"</t></si></sst>"
    cells = CELL % (b"<row>" + b'<c t="s"><v>1</v></c>' * 3 + b"</row>")
    content = changed(GOOD, {SHEET: cells, "xl/sharedStrings.xml": texts})
    limits = Limits(unpacked_bytes=10**6, rows=9, columns=9, cells=99, characters=270)
    safe_copy(content, limits)
    with pytest.raises(Unreadable, match="sheet-large"):
        safe_copy(content, replace(limits, characters=269))


def test_a_cell_keeps_its_place_when_rows_and_columns_before_it_are_empty():
    limits = Limits(unpacked_bytes=10**6, rows=9, columns=9, cells=99, characters=999)
    (sheet,) = (list(rows) for rows in read_sheets(xlsx_of([[], ["", "x"]]), limits))
    assert sheet == [(1, ["", ""]), (2, ["", "x"])]


@pytest.mark.parametrize(
    "extra",
    [{"../../../etc/x.xml": b"<x/>"}, {"/x": b""}, {"xl/": b""}, {"xl/media/1.png": b"\x89"}],
)
def test_other_parts_of_a_workbook_are_nothing_to_the_list(extra):
    assert len(read_any(changed(GOOD, extra), lists.PEOPLE).rows) == 1


def test_of_many_sheets_only_the_first_are_looked_into():
    other = [["keterangan"]]
    assert read_any(sheets(*[other] * 9, [HEADER, SITI]), lists.PEOPLE).rows
    assert not read_any(sheets(*[other] * 10, [HEADER, SITI]), lists.PEOPLE).rows


@settings(max_examples=50)
@given(st.binary(max_size=200), st.integers(0, len(GOOD)))
def test_no_bytes_at_all_break_the_reader(noise, place):
    read_any(noise, lists.PEOPLE)
    read_any(GOOD[:place] + noise + GOOD[place + len(noise) :], lists.PEOPLE)


def test_a_list_has_its_most_rows_and_no_more():
    read = read_any(b"a\nx\nx\nx\nx\n", CELLS, 2)
    assert (len(read.rows), codes(read), read.faults[0][0]) == (2, ["table-too-long"], 4)
