"""My records, one record, its PDF, and the public check."""

import io
import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from markupsafe import escape
from pypdf import PdfReader
from sqlalchemy import event, func, select

from elearn.accounts.models import Node, Person
from elearn.core import clock, policy
from elearn.core.db import db, saving
from elearn.core.permissions import NOBODY
from elearn.core.printable import COVERED
from elearn.core.throttle import Strike
from elearn.records import printing, queries, service
from elearn.records.formats import record_pdf
from elearn.records.models import Credit
from elearn.records.rules import MetRule, ModuleEvidence
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.rooms.records_evidence import NOW, issued

NIP = "198501012010012001"
ENGLISH = {"Accept-Language": "en"}
LONG = "Dr. Hj. Raden Ayu Siti Nurhaliza Kusumawardhani Prawiroatmodjo, S.Sos., M.Si."


def change_siti(**values: object) -> None:
    with saving():
        siti = db.session.get_one(Person, person_id("siti"))
        for name, value in values.items():
            setattr(siti, name, value)


def in_english(client):
    """The same browser after a touch on "English"; for a stranger the browser's wish is enough."""
    client.get("/language/en")
    return client


def pdf_addresses(page: str) -> list[str]:
    return re.findall(r'href="(/records/[^"]+\.pdf)"', page)


# --- My records ----------------------------------------------------------------------------------


@on_sqlite
def test_without_a_record_the_page_says_what_will_be_there(client, sign_in, app):
    sign_in("siti")
    answer = in_english(client).get("/records/")
    assert answer.status_code == 200
    assert "No records yet" in answer.text


def test_my_records_are_mine_alone(client, sign_in, app):
    record = issued()
    sign_in("siti")
    assert record.number in client.get("/records/").text
    joko = signed_in(browser(app), "joko")
    assert record.number not in joko.get("/records/").text


@pytest.mark.parametrize("page", ["", "Catatan-TIK-Dasar-untuk-Perpustakaan-Siti-Aminah-%s.pdf"])
@pytest.mark.parametrize(("who", "status"), [("siti", 200), ("joko", 404), ("ratna", 404)])
def test_a_record_opens_for_its_holder_only(client, sign_in, app, who, status, page):
    number = issued().number
    sign_in(who)
    answer = client.get(f"/records/{number}/" + (page % number if page else ""))
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    if status == 404:
        assert "Siti Aminah" not in answer.text
        missing = client.get("/records/2026-00000000-0/")
        assert missing.status_code == 404
        page_of_missing, page_of_foreign = (
            re.sub(r"next=[^\"&]*|value=\"[^\"]*\"", "", text)
            for text in (missing.text, answer.text)
        )
        assert page_of_missing == page_of_foreign


@on_sqlite
def test_a_stranger_is_asked_to_sign_in(client, app):
    answer = client.get(f"/records/{issued().number}/")
    assert answer.status_code == 303
    assert "/login" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("employment", "jp", "counted", "words"),
    [
        ("pns", 5, 5, ("of 20 JP", "15 JP more")),
        ("pns", 21, 21, ("of 20 JP", "target is reached")),
        ("pppk", 30, 24, ("You have earned 30 JP", "at most 24 JP")),
        ("other", 5, 5, ("No yearly target",)),
    ],
)
def test_this_years_jp_stand_against_target_and_cap(
    client, sign_in, app, employment, jp, counted, words
):
    change_siti(employment=employment)
    modules = (ModuleEvidence({"id": "Satu", "en": "One"}, jp, None),)
    issued(modules=modules, completed_at=clock.now(), enrolled_at=clock.now())
    sign_in("siti")
    text = in_english(client).get("/records/").text
    for expected in (*words, f'<p class="big-number">{counted} <'):
        assert expected in text
    assert f'<p class="big-number">{counted} <' in client.get("/").text


def test_a_changed_cap_holds(client, sign_in, app):
    change_siti(employment="pppk")
    with saving():
        policy.change("cap_jp_pppk", "4", clock.now().date() - timedelta(days=2))
    issued(completed_at=clock.now())
    sign_in("siti")
    text = in_english(client).get("/records/").text
    assert "You have earned 5 JP this year; at most 4 JP" in text


def statements_of(act) -> list[str]:
    """What the database was asked while act() ran."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    act()
    event.remove(db.engine, "before_cursor_execute", note)
    return statements


def test_the_page_costs_the_same_queries_for_many_records(client, sign_in, app):
    sign_in("siti")
    counts = []
    for batch in (range(1, 3), range(3, 23)):
        for number in batch:
            issued(enrolment_id=number)
        db.session.rollback()
        counts.append(len(statements_of(lambda: client.get("/records/"))))
    assert counts[1] == counts[0] <= 12


# --- The sheet -----------------------------------------------------------------------------------


@on_sqlite
def test_the_page_prints_every_fact(client, sign_in, app):
    record = issued()
    sign_in("siti")
    text = client.get(f"/records/{record.number}/").text
    for fact in (
        record.number, "Siti Aminah, S.IP.", "Perpustakaan Desa Wonosari",
        "TIK Dasar untuk Perpustakaan", "Perpustakaan Nasional (contoh)", "5 Maret 2026",
        "Drs. Bambang Wiryawan, M.Hum.", "Kepala Bidang Pembinaan Perpustakaan",
        "Perangkat dan berkas", "45", "4 Maret 2026", "54", "86",
    ):  # fmt: skip
        assert fact in text
    assert text.count("record__sheet ") == 2
    assert "<style" not in text
    assert " style=" not in text


@on_sqlite
def test_in_english_the_page_is_english_and_so_is_the_course(client, sign_in, app):
    record = issued()
    sign_in("siti")
    client.get("/language/en")
    text = client.get(f"/records/{record.number}/").text
    for fact in (
        "Completion record",
        "Basic ICT for Libraries",
        "4 March 2026",
        "Devices and files",
    ):
        assert fact in text


@pytest.mark.parametrize(
    "name", [LONG, "Sutrisno", "Nur'aini <script>alert(1)</script>", "O’Brien & Co"]
)
@on_sqlite
def test_names_are_shown_whole_and_as_text(client, sign_in, app, name):
    change_siti(full_name=name)
    record = issued()
    sign_in("siti")
    pages = [
        client.get(f"/records/{record.number}/").text,
        client.get(f"/verify/{record.code}").text,
    ]
    for page in pages:
        assert str(escape(name)) in page
        assert "<script>alert" not in page
    assert ("record__name--long" in pages[0]) == (len(name) >= 40)


@pytest.mark.parametrize(("wish", "shown"), [(True, True), (False, False)])
@on_sqlite
def test_the_nip_is_printed_at_the_holders_wish_and_never_on_the_public_page(
    client, sign_in, app, wish, shown
):
    change_siti(nip=NIP, show_nip=wish)
    record = issued()
    sign_in("siti")
    assert (NIP in client.get(f"/records/{record.number}/").text) == shown
    stranger = browser(app)
    assert NIP not in stranger.get(f"/verify/{record.code}").text
    assert NIP not in stranger.get(f"/verify/{record.code}.json").text


# --- The PDF -------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("name", "modules"),
    [(LONG, 12), ("Sutrisno", 1), ('Nguyễn Ḥasan ʻAlī #read("/etc/passwd") *x*', 1)],
)
def test_the_pdf_is_accessible_whatever_the_name(sqlite_app, tmp_path, name, modules):
    """Checked by two independent programs; text of a name is never markup."""
    change_siti(full_name=name, nip=NIP, show_nip=True, post="Pengelola perpustakaan " * 4)
    titles = {"id": "Internet, pencarian, dan penilaian informasi bagi pemustaka " * 2}
    record = issued(
        modules=tuple(ModuleEvidence(titles, 2, 90) for _ in range(modules)), languages=("id",),
        course_titles={"id": "Teknologi Informasi dan Komunikasi Dasar untuk Perpustakaan Desa"},
    )  # fmt: skip
    content = printing.pdf(queries.record_by_number(record.number), "id")
    path = tmp_path / "record.pdf"
    path.write_bytes(content)
    first, *others = PdfReader(path).pages
    assert "Bambang" in first.extract_text()  # nothing has pushed the signature off the sheet
    assert len(others) == (1 if modules == 1 else 2)  # long titles go on over a further sheet
    assert " ".join(name.split()[:2]) in " ".join(first.extract_text().split())
    for program in (["outloud", "--fail-on", "warning"], ["pdfua", "check"]):
        run = shutil.which(program[0], path=str(Path(sys.executable).parent))
        assert run, f"{program[0]} is missing: pip install -e .[dev]"
        result = subprocess.run(
            [run, *program[1:], str(path)], capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, result.stdout + result.stderr


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


# --- The public check ----------------------------------------------------------------------------


def test_the_check_states_every_printed_fact_and_needs_no_session(app, client):
    app.config["WTF_CSRF_ENABLED"] = True
    record = issued()
    answer = client.get(f"/verify/{record.code}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["X-Robots-Tag"] == "noindex"
    for fact in (
        record.number, "Siti Aminah, S.IP.", "Perpustakaan Desa Wonosari",
        "TIK Dasar untuk Perpustakaan", "Perpustakaan Nasional (contoh)", "Sukamaju, 5 Maret 2026",
        "Drs. Bambang Wiryawan, M.Hum.", "Kepala Bidang Pembinaan Perpustakaan", "127.0.0.1",
        "Perangkat dan berkas", "Internet dan pencarian", "45", "12 Januari", "4 Maret 2026",
    ):  # fmt: skip
        assert fact in answer.text


@pytest.mark.parametrize(
    "spelling",
    [str.upper, lambda c: "-".join(re.findall(".{1,4}", c)), lambda c: c.replace("0", "O"),
     lambda c: c.replace("1", "l"), lambda c: f" {c} "],
)  # fmt: skip
@on_sqlite
def test_a_code_is_forgiven_its_spelling(app, client, spelling):
    record = issued()
    assert client.get(f"/verify/{spelling(record.code)}").status_code == 200
    form = client.get("/verify/", query_string={"code": spelling(record.code)})
    assert client.get(form.headers["Location"]).status_code == 200


@on_sqlite
def test_a_number_is_as_good_as_a_code(app, client):
    record = issued()
    assert "Siti Aminah" in client.get(f"/verify/{record.number.lower()}").text


@pytest.mark.parametrize("wrong", ["abc", "0" * 26, "2026-00000000-0", "%3Cscript%3E", "ꦱ", "%00"])
@on_sqlite
def test_a_wrong_code_gets_a_helpful_page(app, client, wrong):
    issued()
    answer = client.get(f"/verify/{wrong}", headers=ENGLISH)
    assert answer.status_code == 404
    assert "No record has this code" in answer.text
    assert "<script>" not in answer.text
    assert client.get(f"/verify/{wrong}.json").json["error"] == "record-missing"


def test_after_many_wrong_codes_numbers_wait_but_genuine_codes_are_still_answered(app, client):
    record = issued()
    for _ in range(service.WRONG_CODES.count):
        assert client.get("/verify/2026-00000000-0").status_code == 404
    refused = client.get(f"/verify/{record.number}")
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert client.get("/verify/abc").status_code == 429
    assert client.get(f"/verify/{record.code}").status_code == 200
    strikes = db.session.scalar(select(func.count()).select_from(Strike))
    assert strikes == service.WRONG_CODES.count


@on_sqlite
def test_an_empty_field_says_what_to_type(app, client):
    answer = client.get("/verify/?code=", headers=ENGLISH)
    assert answer.status_code == 422
    assert "Type the code or the number" in answer.text
    assert client.get("/verify/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        (NIP, 200, "This is the holder's NIP."),
        ("19850101 201001 2 001", 200, "This is the holder's NIP."),
        ("198501012010012002", 200, "not the holder's NIP"),
        ("123", 422, "A NIP has 18 digits."),
        ("", 422, "Type the NIP"),
        ("x" * 100, 422, "A NIP has 18 digits."),
    ],
)
@on_sqlite
def test_a_typed_nip_is_compared(app, client, typed, status, words):
    app.config["WTF_CSRF_ENABLED"] = True
    change_siti(nip=NIP)
    record = issued()
    answer = client.post(f"/verify/{record.code}", data={"nip": typed}, headers=ENGLISH)
    assert (answer.status_code, words in answer.text) == (status, True)
    assert NIP not in answer.text


@on_sqlite
def test_a_record_without_nip_matches_none(app, client):
    record = issued()
    answer = client.post(f"/verify/{record.code}", data={"nip": "0" * 18}, headers=ENGLISH)
    assert "or the record has none" in answer.text


def test_a_nip_cannot_be_tried_out(app, client):
    change_siti(nip=NIP)
    record = issued()
    for _ in range(service.WRONG_NIPS.count):
        assert client.post(f"/verify/{record.code}", data={"nip": "0" * 18}).status_code == 200
    refused = client.post(f"/verify/{record.code}", data={"nip": NIP})
    assert refused.status_code == 429


def test_a_revoked_record_shows_its_reason_to_everybody(app, client):
    record = issued()
    with saving():
        service.revoke(record, "Tugas milik <b>orang lain</b>", NOBODY, NOW)
    answer = client.get(f"/verify/{record.code}", headers=ENGLISH)
    assert "This record was revoked" in answer.text
    assert "Tugas milik &lt;b&gt;orang lain" in answer.text
    assert client.get(f"/verify/{record.code}.json").json["state"]["value"] == "revoked"


def test_a_replaced_record_leads_to_its_newer_edition(app, client):
    record = issued()
    with saving():
        newer = service.reissue(record, NOBODY, NOW)
    text = client.get(f"/verify/{record.code}", headers=ENGLISH).text
    assert "This record was replaced" in text
    assert f"/verify/{newer.code}" in text
    assert record.number in client.get(f"/verify/{newer.code}", headers=ENGLISH).text


def test_after_erasure_the_check_says_so_and_stays_valid(app, client):
    change_siti(nip=NIP)
    record = issued()
    with saving():
        service.forget(person_id("siti"), NOW)
    text = client.get(f"/verify/{record.code}", headers=ENGLISH).text
    assert "Siti" not in text
    assert "This record is valid" in text
    assert "had the name removed" in text
    answer = client.get(f"/verify/{record.code}.json")
    assert answer.json["holder"] is None
    assert "Siti" not in answer.text


def test_the_json_gives_the_signed_bytes_and_no_secret(app, client):
    change_siti(nip=NIP, show_nip=True)
    record = issued()
    proof = client.get(f"/verify/{record.code}.json").json
    assert proof["signed"] == record.payload
    assert set(proof["holder"]["nip"]) == {"digest"}
    assert str(person_id("siti")) not in json.dumps(proof["holder"]["person"]).replace(
        proof["holder"]["person"]["digest"], ""
    )
    kept = queries.record_by_number(record.number)
    assert kept.holder.salt not in json.dumps(proof)


@on_sqlite
def test_the_first_visit_to_the_check_is_light(app, client):
    """Page, style sheet and mark, as a browser gets them."""
    record = issued()
    total = 0
    page = client.get(f"/verify/{record.code}", headers={"Accept-Encoding": "br"})
    assert page.headers["Content-Encoding"] == "br"
    addresses = re.findall(
        r'(?:src|href)="(/static/[^"]+)"',
        client.get(f"/verify/{record.code}", headers={"Accept-Encoding": "identity"}).text,
    )
    answers = [page, *(client.get(a, headers={"Accept-Encoding": "br"}) for a in addresses)]
    for answer in answers:
        total += len(answer.data) + len(str(answer.headers))
    assert len(answers) <= 4
    assert total <= 15_000


def test_ledger_lines_are_the_newest_first(app):
    for number in (1, 2, 3):
        issued(enrolment_id=number)
    lines = queries.recent_credits(person_id("siti"), 2)
    assert [credit.record_id for credit, _ in lines] == sorted(
        db.session.scalars(select(Credit.record_id)), reverse=True
    )[:2]


def test_a_library_that_is_renamed_later_stays_as_it_was_on_the_record(app, client):
    record = issued()
    with saving():
        node = db.session.scalars(select(Node).where(Node.code == "perpustakaan-wonosari")).one()
        node.name = "Perpustakaan Baru"
    assert "Perpustakaan Desa Wonosari" in client.get(f"/verify/{record.code}").text


@on_sqlite
def test_a_file_of_another_name_does_not_exist(app, client, sign_in):
    number = issued().number
    sign_in("siti")
    assert client.get(f"/records/{number}/Ijazah.pdf").status_code == 404


@on_sqlite
def test_a_nip_for_no_record_leads_to_the_page_that_says_so(app, client):
    answer = client.post("/verify/abc", data={"nip": NIP})
    assert (answer.status_code, answer.location) == (303, "/verify/abc")


@on_sqlite
def test_what_was_not_asked_is_not_printed(app, client):
    """A course without quizzes and tests, with a task, finished on the day it was begun."""
    change_siti(post="")
    record = issued(
        rule=MetRule(lessons=0, quizzes=0, pass_percent=70, post_test=False, task=True),
        pre_test_percent=None,
        post_test_percent=None,
        enrolled_at=NOW,
        completed_at=NOW,
    )
    text = client.get(f"/verify/{record.code}", headers=ENGLISH).text
    assert "the practical task assessed" in text
    assert "quiz with" not in text
    assert "lessons done" not in text
    assert "post-test" not in text
    assert "<dd>5 March 2026</dd>" in text
    assert "<dd>Perpustakaan Desa Wonosari</dd>" in text


def test_over_the_turn_of_a_year_both_years_are_printed(app, client):
    record = issued(enrolled_at=NOW - timedelta(days=100))
    text = client.get(f"/verify/{record.code}", headers=ENGLISH).text
    assert "25 November 2025 to 4 March 2026" in text
