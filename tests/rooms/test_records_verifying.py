"""The public check of a record."""

import json
import re

import pytest
from sqlalchemy import func, select

from elearn.accounts.models import Node
from elearn.core.db import db, saving
from elearn.core.permissions import NOBODY
from elearn.core.throttle import Strike
from elearn.records import queries, service
from tests.conftest import on_sqlite, person_id
from tests.rooms.records_evidence import NOW, issued
from tests.rooms.records_pages import ENGLISH, NIP, change_siti


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


def test_a_library_that_is_renamed_later_stays_as_it_was_on_the_record(app, client):
    record = issued()
    with saving():
        node = db.session.scalars(select(Node).where(Node.code == "perpustakaan-wonosari")).one()
        node.name = "Perpustakaan Baru"
    assert "Perpustakaan Desa Wonosari" in client.get(f"/verify/{record.code}").text


@on_sqlite
def test_a_nip_for_no_record_leads_to_the_page_that_says_so(app, client):
    answer = client.post("/verify/abc", data={"nip": NIP})
    assert (answer.status_code, answer.location) == (303, "/verify/abc")
