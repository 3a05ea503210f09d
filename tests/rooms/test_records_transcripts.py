"""Transcripts: made by a button, signed, checked by anybody, gone with the person."""

import base64
import json

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import func, select, update

from elearn.accounts.models import Person
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.records import queries, service
from elearn.records.formats import transcript_pdf
from elearn.records.models import Record, Transcript
from elearn.records.rules import transcript as stating
from tests.conftest import browser, person_id, signed_in
from tests.factories import administrator
from tests.rooms.at_once import at_once
from tests.rooms.records_evidence import NOW, issued
from tests.rooms.supervision_district import activity, approve

HERE = "/records/transcript/"
ISSUER = "Perpustakaan Contoh"


def learned() -> None:
    """siti: a course of 5 JP and a seminar of 4; another seminar waits."""
    issued()
    siti = db.session.get_one(Person, person_id("siti"))
    with saving():
        approve(activity(siti, 20, 4, "Seminar Literasi"))
        activity(siti, 3, 9, "Seminar yang menunggu")


def made(year=None, who="siti"):
    with saving():
        person = person_id(who)
        return service.make_transcript(administrator(), person, year, ISSUER, NOW)


def count():
    return db.session.scalar(select(func.count()).select_from(Transcript))


def test_a_transcript_states_what_stands_in_the_ledger(app):
    learned()
    stated = stating.read(made().payload)
    assert [(line.number, line.jp) for line in stated.courses] == [
        (db.session.scalars(select(Record.number)).one(), 5)
    ]
    (only,) = stated.activities
    assert (only.title, only.jp_approved, only.decided_by) == (
        "Seminar Literasi",
        4,
        "Dewi Lestari",
    )
    (year,) = stated.years
    own = service.year_of(person_id("siti"), NOW)
    assert (year.earned, year.counted, year.missing) == (own.earned, own.counted, own.missing)
    assert (year.earned, year.missing) == (9, 11)
    assert stated.holder.institution == "Perpustakaan Desa Wonosari"


def test_the_same_content_gives_the_same_transcript_and_other_content_another(app):
    learned()
    first = made().code
    assert made().code == first
    assert made(2026).code != first  # one year is another paper
    record = db.session.scalars(select(Record)).one()
    with saving():
        service.revoke(record, "Salah orang", administrator(), NOW)
    second = made()
    assert second.code != first
    assert stating.read(second.payload).courses == ()
    assert count() == 3


def test_ten_who_press_the_button_at_once_get_one_transcript(app):
    learned()
    siti, dewi = person_id("siti"), administrator()
    db.session.rollback()
    assert at_once(app, 10, lambda _: service.make_transcript(dewi, siti, None, ISSUER, NOW)) == []
    assert count() == 1


def test_i_make_see_and_print_my_own(sqlite_app):
    learned()
    client = signed_in(browser(sqlite_app), "siti")
    stale = client.post(HERE, data={"year": "1999"})
    assert (stale.status_code, "Not a valid" in stale.text) == (422, False)
    page = client.post(HERE, data={"year": ""}, follow_redirects=True).text
    code = db.session.scalars(select(Transcript.code)).one()
    for part in ("TIK Dasar untuk Perpustakaan", "Seminar Literasi", "Dewi Lestari"):
        assert part in page
    assert "yang menunggu" not in page
    assert code in client.get(HERE).text
    for language, first in (("id", "Transkrip"), ("en", "Transcript")):
        file = client.get(f"{HERE}{code}/{language}.pdf")
        assert file.data.startswith(b"%PDF-")
        assert 0.6 < len(file.data) / transcript_pdf.TYPICAL_BYTES < 1.5
        assert f'filename="{first}-Siti-Aminah-' in file.headers["Content-Disposition"]
        assert file.headers["Cache-Control"] == "no-store"
    assert client.get(f"{HERE}{code}/fr.pdf").status_code == 404
    joko = signed_in(browser(sqlite_app), "joko")
    for path in (f"{HERE}{code}/", f"{HERE}{code}/id.pdf"):
        assert joko.get(path).status_code == 404


def test_anybody_checks_it_by_its_code_and_without_the_site(sqlite_app):
    learned()
    row = made()
    stranger = browser(sqlite_app)
    page = stranger.get(f"/verify/transcript/{row.code.upper()}").text
    for part in ("Siti Aminah, S.IP.", "Seminar Literasi", "TIK Dasar untuk Perpustakaan"):
        assert part in page
    assert '<section class="verdict">' in page
    proof = stranger.get(f"/verify/transcript/{row.code}.json").json
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(proof["key"]["public"]))
    signature = base64.b64decode(proof["signature"])
    key.verify(signature, proof["signed"].encode())
    with pytest.raises(InvalidSignature):
        key.verify(signature, proof["signed"].replace('"jp":5', '"jp":50').encode())
    assert json.loads(proof["signed"])["kind"] == "transcript"


def test_a_changed_transcript_is_not_confirmed(sqlite_app):
    learned()
    code = made().code
    with db.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER elearn_records_transcript_update")
        connection.execute(
            update(Transcript).values(payload=func.replace(Transcript.payload, '"jp":5', '"jp":50'))
        )
    page = browser(sqlite_app).get(f"/verify/transcript/{code}").text
    assert '<section class="verdict verdict--revoked">' in page


def test_with_the_person_her_transcripts_go_and_the_check_says_so(sqlite_app):
    learned()
    code = made().code
    data = queries.personal_data(person_id("siti"))
    assert [one["code"] for one in data["transcripts"]] == [code]
    with saving():
        service.forget(person_id("siti"), NOW)
    answer = browser(sqlite_app).get(f"/verify/transcript/{code}")
    assert answer.status_code == 404
    assert "Siti" not in answer.text
    assert browser(sqlite_app).get(f"/verify/transcript/{code}.json").status_code == 404


def test_a_supervisor_prints_it_for_her_people_alone_and_the_look_is_noted(sqlite_app):
    learned()
    siti = db.session.get_one(Person, person_id("siti")).code
    path = f"/supervision/people/{siti}/transcript/"
    ratna = signed_in(browser(sqlite_app), "ratna")
    assert ratna.post(path, data={"year": "2026"}).status_code == 303
    code = db.session.scalars(select(Transcript.code)).one()
    assert code in ratna.get(path).text
    assert ratna.get(f"{path}{code}/id.pdf").data.startswith(b"%PDF-")
    db.session.rollback()
    noted = db.session.execute(select(Audit.action, Audit.subject).order_by(Audit.id)).all()
    assert ("records:transcript:make", code) in noted
    assert noted.count(("supervision:person:look", siti)) == 1
    for who, status in (("joko", 404), ("budi", 403), ("siti", 403)):
        other = signed_in(browser(sqlite_app), who)
        assert other.get(path).status_code == status, who
        assert other.post(path, data={"year": ""}).status_code == status, who
        assert other.get(f"{path}{code}/id.pdf").status_code == status, who
    assert count() == 1
    # The code of one person does not open another one's paper.
    budi = db.session.get_one(Person, person_id("budi")).code
    assert ratna.get(f"/supervision/people/{budi}/transcript/{code}/id.pdf").status_code == 404
