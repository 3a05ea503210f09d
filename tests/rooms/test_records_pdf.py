"""A record as PDF: what it says, to whom, and that everybody can read it."""

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from elearn.core.printable import COVERED
from elearn.records import printing, queries
from elearn.records.formats import record_pdf
from elearn.records.rules import ModuleEvidence
from tests.conftest import on_sqlite
from tests.rooms.records_evidence import NOW, issued
from tests.rooms.records_pages import LONG, NIP, change_siti, in_english


def pdf_addresses(page: str) -> list[str]:
    return re.findall(r'href="(/records/[^"]+\.pdf)"', page)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", ("TIK Dasar untuk Perpustakaan", "5 Maret 2026")),
        ("en", ("Basic ICT for Libraries", "Completion record", "5 March 2026")),
    ],
)
@on_sqlite
def test_the_pdf_says_the_same_in_either_language(client, sign_in, app, language, words):
    record = issued()
    sign_in("siti")
    addresses = pdf_addresses(client.get(f"/records/{record.number}/").text)
    address = next(a for a in addresses if ("/Record-" in a) == (language == "en"))
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    assert address.rsplit("/", 1)[1] in answer.headers["Content-Disposition"]
    reader = PdfReader(io.BytesIO(answer.data))
    assert len(reader.pages) == 2
    assert reader.root_object["/Lang"] == language
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)  # A4
    text = " ".join(page.extract_text() for page in reader.pages)
    for expected in (*words, "Siti Aminah, S.IP.", record.number, "Bambang Wiryawan", "86"):
        assert expected in text
    assert 0.6 < len(answer.data) / record_pdf.TYPICAL_BYTES < 1.5


def test_equal_records_give_equal_pdfs(sqlite_app):
    kept = queries.record_by_number(issued().number)
    assert printing.pdf(kept, "id") == printing.pdf(kept, "id")


HOLDERS = ((LONG, 12), ("Sutrisno", 1), ('Nguyễn Ḥasan ʻAlī #read("/etc/passwd") *x*', 1))


def test_the_pdf_is_accessible_whatever_the_name(sqlite_app, tmp_path):
    """Checked by two independent programs; text of a name is never markup."""
    paths = [sheet_of(tmp_path, *holder) for holder in enumerate(HOLDERS, 1)]
    for program in (["outloud", "--fail-on", "warning"], ["pdfua", "check"]):
        run = shutil.which(program[0], path=str(Path(sys.executable).parent))
        assert run, f"{program[0]} is missing: pip install -e .[dev]"
        result = subprocess.run(
            [run, *program[1:], *paths], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr


def sheet_of(folder: Path, number: int, holder: tuple[str, int]) -> Path:
    """The PDF of a record of somebody with this name, for a course of so many modules."""
    name, modules = holder
    change_siti(full_name=name, nip=NIP, show_nip=True, post="Pengelola perpustakaan " * 4)
    titles = {"id": "Internet, pencarian, dan penilaian informasi bagi pemustaka " * 2}
    record = issued(
        modules=tuple(ModuleEvidence(titles, 2, 90) for _ in range(modules)), languages=("id",),
        course_titles={"id": "Teknologi Informasi dan Komunikasi Dasar untuk Perpustakaan Desa"},
        enrolment_id=number,
    )  # fmt: skip
    path = folder / f"{number}.pdf"
    path.write_bytes(printing.pdf(queries.record_by_number(record.number), "id"))
    first, *others = PdfReader(path).pages
    assert "Bambang" in first.extract_text()  # nothing has pushed the signature off the sheet
    assert len(others) == (1 if modules == 1 else 2)  # long titles go on over a further sheet
    assert " ".join(name.split()[:2]) in " ".join(first.extract_text().split())
    return path


@on_sqlite
def test_characters_that_the_pdf_lacks_are_said_and_the_page_remains(client, sign_in, app):
    change_siti(full_name="Siti ꦱꦶꦠꦶ")
    record = issued()
    sign_in("siti")
    page = in_english(client).get(f"/records/{record.number}/")
    assert page.status_code == 200
    assert pdf_addresses(page.text) == []
    assert "ꦱ" in page.text
    names = printing.file_names(queries.record_by_number(record.number))
    answer = client.get(f"/records/{record.number}/{names['id']}.pdf")
    assert answer.status_code == 422
    assert "ꦱ" in answer.text


def test_every_character_called_printable_is_in_the_fonts(sqlite_app):
    """typst refuses to build when one is missing: it is asked for all of them."""
    kept = queries.record_by_number(issued().number)
    characters = [
        chr(point)
        for first, last in COVERED
        for point in range(first, last + 1)
        if chr(point).isprintable() and not chr(point).isspace()
    ]
    line = " ".join(characters)
    pdf_record = printing._pdf_record(kept, printing.words(kept, "id"))
    many = replace(pdf_record, course=line, name=line, organiser=line)
    assert record_pdf.render(many, printing.check_qr("x"), NOW)


@on_sqlite
def test_a_file_of_another_name_does_not_exist(app, client, sign_in):
    number = issued().number
    sign_in("siti")
    assert client.get(f"/records/{number}/Ijazah.pdf").status_code == 404
