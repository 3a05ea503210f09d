"""Transcripts and office papers as PDF: what stands on their sheets, read back by another program."""

import io
import re
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from elearn.records.formats import office_pdf, transcript_pdf
from elearn.records.formats.office_pdf import Signature
from elearn.records.formats.qr import qr_code
from elearn.records.formats.typesetting import Unprintable
from elearn.records.rules.transcript import YearTerms, transcript_of
from tests.rules.records_papers import (
    ACTIVITY,
    COMPLETION_COLUMNS,
    COURSE,
    HOLDER,
    MADE_AT,
    TRANSCRIPT,
    UNIT_COLUMNS,
    UNIT_PAPER,
    WORDS,
    YEAR_COLUMNS,
    unit_paper,
)

QR = qr_code("https://elearn.example/transcript/7kq4m2xdr7kq4m2xdr7kq4m2xd")
LONG = "Dr. Hj. Raden Ayu Siti Nurhaliza Kusumawardhani Prawiroatmodjo, S.Sos., M.Si."
DIFFICULT = [
    LONG, "Sutrisno", "Nguyễn Ḥasan ʻAlī Ōḷī Žižek", '#read("/etc/passwd") *x* _y_ $z$ @a <b> \\n',
    "= Judul", "// bukan komentar", "Siti" * 20,
]  # fmt: skip


def sheets(content: bytes) -> list[str]:
    """The text of each sheet, spaces made equal."""
    reader = PdfReader(io.BytesIO(content))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def transcript_sheets(stated=TRANSCRIPT, words=WORDS) -> list[str]:
    return sheets(transcript_pdf.render(stated, words, QR))


def office_sheets(paper) -> list[str]:
    return sheets(office_pdf.render(paper, MADE_AT))


def is_accessible(content: bytes, folder: Path) -> bool:
    """Asked of a program that is not ours; typst itself builds nothing that lacks a tag."""
    path = folder / "paper.pdf"
    path.write_bytes(content)
    program = shutil.which("pdfua", path=str(Path(sys.executable).parent))
    assert program, "pdfua is missing: pip install -e .[dev]"
    return subprocess.run([program, "check", str(path)], check=False).returncode == 0


# --- Transcripts ---------------------------------------------------------------------------------


def test_a_transcript_says_everything_that_was_signed():
    (text,) = transcript_sheets()
    for part in (
        "PEMERINTAH KABUPATEN CONTOH", "Transkrip Jam Pelajaran", "Semua tahun", HOLDER.name,
        HOLDER.post, HOLDER.institution, "198501012010012001", COURSE.number,
        "TIK Dasar untuk Perpustakaan", "12.01.2026 sampai 04.03.2026", "Seminar atau lokakarya",
        ACTIVITY.title, ACTIVITY.organiser, "peserta", ACTIVITY.decided_by,
        ACTIVITY.decided_by_post, "Target 20 JP: kurang 12 JP. Batas 24 JP.", "09.00 WIB",
        "elearn.example/transcript/", "7KQ4-M2XD-R7KQ-4M2X-", "Perpustakaan Contoh",
        "Halaman 1 dari 1",
    ):  # fmt: skip
        assert part in text
    assert re.search(r"2026 5 3 8 8 Target", text)
    assert text.count("Keadaan per 5 Maret 2026") == 2  # to be read aloud, and at the foot


def test_a_transcript_without_nip_letterhead_or_lines_is_a_whole_paper():
    empty = transcript_of(
        HOLDER, [], [], {2026: YearTerms(20, None, {})},
        year=2026, code="7kq4", issuer="Perpustakaan Contoh", made_at=MADE_AT, zone="Asia/Jakarta",
    )  # fmt: skip
    (text,) = transcript_sheets(empty, replace(WORDS, nip="", letterhead=()))
    assert "NIP" not in text
    assert text.startswith("Transkrip Jam Pelajaran")
    assert "Belum ada kursus yang diselesaikan." in text
    assert "Belum ada kegiatan yang disetujui." in text
    assert "2026 0 0 0 0" in text


def test_titles_are_in_the_language_of_the_paper_where_the_course_has_it():
    only_english = replace(TRANSCRIPT.courses[0], titles={"en": "Basic ICT for Libraries"})
    both = replace(TRANSCRIPT, courses=(TRANSCRIPT.courses[0], only_english))
    (text,) = transcript_sheets(both)
    assert "TIK Dasar untuk Perpustakaan 3" in text
    assert "Basic ICT for Libraries 3" in text
    (english,) = transcript_sheets(both, replace(WORDS, language="en"))
    assert "TIK Dasar" not in english


def test_equal_transcripts_give_equal_bytes_of_their_moment():
    first, again = (transcript_pdf.render(TRANSCRIPT, WORDS, QR) for _ in range(2))
    assert first == again
    document = PdfReader(io.BytesIO(first))
    assert document.metadata.creation_date == MADE_AT
    assert document.root_object["/Lang"] == "id"
    assert {tuple(map(round, page.mediabox[2:])) for page in document.pages} == {(595, 842)}  # A4


def test_long_tables_of_a_transcript_go_on_with_their_heads_and_the_name(tmp_path):
    courses = [
        replace(COURSE, number=f"2026-{i:08}-R", last_on=COURSE.last_on + timedelta(i))
        for i in range(80)
    ]
    activities = [
        replace(ACTIVITY, title=DIFFICULT[i % len(DIFFICULT)], decided_by=LONG) for i in range(40)
    ]
    stated = replace(TRANSCRIPT, courses=tuple(courses), activities=tuple(activities))
    content = transcript_pdf.render(stated, WORDS, QR)
    pages = sheets(content)
    for place, text in enumerate(pages, 1):
        assert f"Halaman {place} dari {len(pages)}" in text
        assert HOLDER.name in text
    for line in courses:
        page = next(text for text in pages if line.number in text)
        assert "Nomor Kursus Versi Waktu JP" in page
    assert is_accessible(content, tmp_path)


@pytest.mark.parametrize("name", DIFFICULT)
def test_whatever_somebody_is_called_is_text_and_whole(name):
    words = replace(WORDS, title=name)
    (text,) = transcript_sheets(replace(TRANSCRIPT, holder=replace(HOLDER, name=name)), words)
    assert text.replace(" ", "").count(name.replace(" ", "")) == 2
    (text,) = office_sheets(replace(UNIT_PAPER, title=name, rows=((name, "1", "1", "1", "5"),)))
    assert text.replace(" ", "").count(name.replace(" ", "")) == 2


def test_a_word_that_no_column_holds_goes_on_below_and_not_over_its_neighbour():
    word = "Siti" * 20
    paper = replace(UNIT_PAPER, rows=((word, "1", "1", "1", "5"),))
    text = PdfReader(io.BytesIO(office_pdf.render(paper, MADE_AT))).pages[0].extract_text()
    assert word not in text
    assert word in "".join(text.split())


@pytest.mark.parametrize(
    ("render", "characters"),
    [
        (lambda: transcript_pdf.render(
            replace(TRANSCRIPT, holder=replace(HOLDER, name="Siti ꦱꦶꦠꦶ")), WORDS, QR), "ꦱꦶꦠ"),
        (lambda: transcript_pdf.render(
            TRANSCRIPT, replace(WORDS, categories={"seminar": "😀"}), QR), "😀"),
        (lambda: office_pdf.render(unit_paper(2, title="王"), MADE_AT), "王"),
        (lambda: office_pdf.render(
            unit_paper(1, totals=("a\nb", "", "", "", "")), MADE_AT), "\n"),
    ],
)  # fmt: skip
def test_characters_that_cannot_be_printed_are_named(render, characters):
    with pytest.raises(Unprintable) as fault:
        render()
    assert fault.value.characters == characters


def test_what_cannot_be_printed_is_known_before_it_is_offered():
    assert transcript_pdf.unprintable_in(TRANSCRIPT, WORDS) == ""
    odd = replace(TRANSCRIPT, issuer="Perpustakaan 王")
    assert transcript_pdf.unprintable_in(odd, WORDS) == "王"


# --- Office papers -------------------------------------------------------------------------------


def test_an_office_paper_says_what_it_was_given():
    (text,) = office_sheets(UNIT_PAPER)
    for part in (
        "PEMERINTAH KABUPATEN CONTOH DINAS PERPUSTAKAAN Jalan Contoh Nomor 1",
        "Rekap per perpustakaan Kabupaten Contoh 1 Januari sampai 31 Maret 2026 Keadaan per",
        "No. Perpustakaan Orang Mulai Selesai JP 1 Perpustakaan Desa Wonosari 12 9 4 1.234",
        "Jumlah 12 9 4 1.234 JP yang dihitung dibatasi menurut status kepegawaian.",
        "Sukamaju, 5 Maret 2026 Kepala Dinas Bambang Wiryawan NIP 19700101",
        "Halaman 1 dari 1",
    ):
        assert part in text


def test_what_is_not_known_of_the_signatory_is_left_to_the_hand():
    (text,) = office_sheets(replace(UNIT_PAPER, signature=Signature("", "", "", "", "")))
    assert re.search(r"\.{9,} ?, ?\.{9,} ?\.{9,} ?\.{9,} ?NIP ?\.{9,}", text)


def test_a_paper_without_rows_totals_notes_or_letterhead_says_that_there_is_nothing():
    bare = unit_paper(0, totals=(), notes=(), letterhead=())
    (text,) = office_sheets(bare)
    assert text.startswith("Rekap per perpustakaan")
    assert "JP Tidak ada dalam periode ini. Sukamaju" in text


@pytest.mark.parametrize(
    ("count", "columns", "row", "size"),
    [
        (60, UNIT_COLUMNS, (LONG, "1.234", "1.234", "1.234", "12.345"), (595, 842)),
        (
            60, COMPLETION_COLUMNS,
            (LONG, "Perpustakaan Desa Wonosari", "TIK Dasar untuk Perpustakaan", "2026-7KQ4M2XD-R",
             "30 September 2026", "12"),
            (842, 595),
        ),
        (
            500, YEAR_COLUMNS,
            (LONG, "198501012010012001", "PPPK", "12", "3", "4", "19", "19", "20", "1"),
            (842, 595),
        ),
    ],
)  # fmt: skip
def test_many_rows_are_printed_in_two_seconds_each_under_its_head(count, columns, row, size):
    rows = tuple((f"{row[0]} {place}", *row[1:]) for place in range(1, count + 1))
    begun = time.process_time()
    content = office_pdf.render(replace(UNIT_PAPER, columns=columns, rows=rows, totals=()), MADE_AT)
    assert time.process_time() - begun <= 2
    document = PdfReader(io.BytesIO(content))
    assert {tuple(map(round, page.mediabox[2:])) for page in document.pages} == {size}
    last = " ".join(document.pages[-1].extract_text().split())
    assert f"Halaman {len(document.pages)} dari {len(document.pages)}" in last
    assert " ".join(column.label for column in columns) in last
    assert f"{count} {LONG} {count}" in last.replace(row[1], "")
    for cell in row[1:]:
        assert cell in last


@pytest.mark.parametrize(
    ("rows", "totals", "pages"),
    [
        (29, (), 1), (33, (), 2), (38, (), 2), (40, (), 2),
        (28, UNIT_PAPER.totals, 1), (33, UNIT_PAPER.totals, 2), (38, UNIT_PAPER.totals, 2),
    ],
)  # fmt: skip
def test_nobody_signs_a_sheet_that_says_nothing(rows, totals, pages):
    """However many rows fill the first sheet: the last line is on the sheet that is signed."""
    found = office_sheets(unit_paper(rows, totals=totals))
    assert len(found) == pages
    for part in (
        "No. Perpustakaan Orang", "Jumlah 12" if totals else f"Nomor {rows} 12", "Bambang Wiryawan"
    ):  # fmt: skip
        assert part in found[-1]


def test_an_office_paper_is_accessible(tmp_path):
    rows = tuple((name, "1", "1", "1", "5") for name in DIFFICULT * 9)
    content = office_pdf.render(replace(UNIT_PAPER, rows=rows), MADE_AT)
    assert is_accessible(content, tmp_path)


@pytest.mark.parametrize(
    "changes",
    [{"rows": (("Desa", "1", "1", "1"),)}, {"totals": ("Jumlah", "1", "1", "1", "1", "1")}],
)
def test_a_row_that_does_not_fit_the_columns_is_refused(changes):
    with pytest.raises(ValueError, match="cells for 5 columns"):
        office_pdf.render(replace(UNIT_PAPER, **changes), MADE_AT)
