"""Pages of what somebody did elsewhere: logged on a phone, with evidence that only few may see."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from elearn.accounts import queries as people
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.records import queries, service
from elearn.records.formats.evidence import prepared
from elearn.records.models import Activity, Evidence, EvidenceFile
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.queries import counted
from tests.rooms.records_activities import PDF, TODAY, decide, logged, photo
from tests.rooms.records_activities import at_noon as at_noon

FORM = {
    "category": "seminar", "role": "speaker", "title": "Literasi untuk semua", "jp": "8",
    "organiser": "Dinas Perpustakaan", "first_on": TODAY.isoformat(), "last_on": TODAY.isoformat(),
}  # fmt: skip
NEW = "/records/activities/new"
pytestmark = on_sqlite


def with_file(content: bytes, name: str = "bukti.jpg", **changes: str) -> dict[str, object]:
    return {**FORM, **changes, "evidence": (io.BytesIO(content), name)}


@pytest.fixture
def siti(client, sign_in):
    sign_in("siti")
    client.get("/language/en")
    return client


def test_an_activity_is_logged_seen_decided_and_seen_again(siti, app):
    assert "Nothing logged yet" in siti.get("/records/activities/").text
    answer = siti.post(NEW, data=with_file(photo()))
    assert answer.status_code == 303
    page = siti.get(answer.headers["Location"]).text
    assert "Waits for less than a day" in page
    assert 'accept="image/jpeg,image/png,application/pdf"' in siti.get(NEW).text
    activity = db.session.scalars(select(Activity)).one()
    assert f"{activity.jp_claimed} JP wait for a decision" in siti.get("/records/").text
    decide("ratna", "correct", activity, 6, "Half a day was a ceremony.")
    page = siti.get(answer.headers["Location"]).text
    for told in ("Approved with 6 JP", "Dra. Ratna Dewanti", "Half a day was a ceremony."):
        assert told in page
    listed = siti.get("/records/activities/").text
    assert "Approved with 6 JP" in listed
    mine = siti.get("/records/").text
    assert "Seminar" in mine
    assert "wait for a decision" not in mine
    assert re.search(r'big-number">6 ', mine)


def test_how_long_it_waits_is_said(siti, app):
    logged(now=clock.now() - timedelta(days=9))
    assert "Waits for 9 days" in siti.get("/records/activities/").text


def test_what_was_typed_and_sent_survives_a_mistake(siti, app):
    answer = siti.post(NEW, data=with_file(PDF, "a.pdf", title="IT"))
    assert answer.status_code == 422
    assert "Write 3 to 200 characters." in answer.text
    assert "Your file is kept." in answer.text
    assert 'value="Dinas Perpustakaan"' in answer.text
    kept = re.search(r'name="kept" type="hidden" value="(\w+)"', answer.text).group(1)
    assert siti.post(NEW, data={**FORM, "kept": kept}).status_code == 303
    assert queries.own_activities(actor_named("siti"), 1, 50)[0][0].proof.size == len(PDF)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (lambda: FORM, "Choose a photo of the certificate, or its PDF."),
        (lambda: with_file(b"<html>", "bukti.pdf"), "neither a PDF nor a photo"),
        (lambda: with_file(PDF[:-12], "bukti.pdf"), "This PDF is cut off"),
        (lambda: with_file(b"\0\0\0\x18ftypheic" + b"\0" * 40), "This is a HEIC photo"),
        (lambda: with_file(PDF, last_on="2026-02-30"), "A day in the form 2026-07-01"),
        (lambda: with_file(PDF, jp="2,5"), "A whole number from 1 to 100."),
        (lambda: with_file(PDF, category="mentoring"), "Mentor and mentee belong to mentoring"),
        (lambda: with_file(PDF, category=""), "This is needed."),
    ],
)
def test_a_mistake_is_said_in_words_and_nothing_is_logged(siti, app, data, told):
    answer = siti.post(NEW, data=data())
    assert answer.status_code == 422
    assert told in answer.text
    assert db.session.scalars(select(Activity)).all() == []


def test_the_same_is_not_logged_twice(siti, app):
    assert siti.post(NEW, data=with_file(PDF)).status_code == 303
    again = siti.post(NEW, data=with_file(PDF, title="literasi  UNTUK semua"))
    assert again.status_code == 409
    assert "is logged already" in again.text


def test_what_is_withdrawn_can_be_logged_again_with_its_file(siti, app):
    activity = logged()
    assert siti.post(f"/records/activities/{activity.code}/withdraw").status_code == 303
    page = siti.get(f"/records/activities/{activity.code}/").text
    assert "Withdrawn" in page
    again = re.search(r'href="(/records/activities/new\?again=\w+)"', page).group(1)
    form = siti.get(again).text
    assert 'value="Literasi untuk semua"' in form
    kept = re.search(r'name="kept" type="hidden" value="(\w+)"', form).group(1)
    assert siti.post(again, data={**FORM, "kept": kept}).status_code == 303
    newest = queries.own_activities(actor_named("siti"), 1, 50)[0][0]
    assert newest.activity.replaces_id == activity.id


def test_what_is_decided_cannot_be_withdrawn(siti, app):
    activity = logged()
    decide("ratna", "approve", activity)
    assert siti.post(f"/records/activities/{activity.code}/withdraw").status_code == 409


@pytest.mark.parametrize("path", ["/records/activities/%s/", "/records/activities/new?again=%s"])
@pytest.mark.parametrize(("who", "status"), [("siti", 200), ("joko", 404), ("ratna", 404)])
def test_the_own_activity_only(client, sign_in, app, who, status, path):
    activity = logged()
    sign_in(who)
    answer = client.get(path % activity.code)
    assert answer.status_code == status
    assert ("Literasi" in answer.text) == (status == 200)
    if status == 404:
        assert client.post(f"/records/activities/{activity.code}/withdraw").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [("siti", 200), ("ratna", 200), ("dewi", 200), ("joko", 404), ("budi", 404)],
)
def test_evidence_is_seen_by_the_person_and_those_who_decide(client, sign_in, app, who, status):
    logged()
    code = db.session.scalars(select(Evidence.code)).one()
    sign_in(who)
    answer = client.get(f"/records/evidence/{code}")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    if status == 200:
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="bukti-')
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    db.session.rollback()
    noted = select(Audit.subject, Audit.detail).where(Audit.action == "records:evidence:look")
    told = [(people.person(person_id("siti")).code, code)] if who in ("ratna", "dewi") else []
    assert [tuple(row) for row in db.session.execute(noted)] == told


def test_nobody_claims_with_somebody_elses_file(client, sign_in, app):
    logged()
    sent_about_joko = Evidence(
        person_id=person_id("joko"), by=person_id("dewi"), media_type="application/pdf",
        digest="d", size=len(PDF), at=clock.now(),
    )  # fmt: skip
    with saving():
        db.session.add(sent_about_joko)
        db.session.flush()
        file = EvidenceFile(evidence_id=sent_about_joko.id, file_name="a.pdf", content=PDF)
        db.session.add(file)
    codes = db.session.scalars(select(Evidence.code)).all()
    sign_in("joko")
    for code in codes:
        assert client.post(NEW, data={**FORM, "kept": code}).status_code == 404
    assert queries.own_activities(actor_named("joko"), 1, 50) == ([], 0)


def test_a_file_of_a_form_that_was_never_finished_goes_after_a_day(siti, app):
    used = logged(title="Logged with its file")
    siti.post(NEW, data=with_file(PDF, title=""))
    with saving():
        service.keep_evidence(
            actor_named("siti"), person_id("siti"), prepared(PDF), "b.pdf",
            clock.now() + timedelta(days=1, minutes=1),
        )  # fmt: skip
    kept = db.session.scalars(select(Evidence).order_by(Evidence.id)).all()
    files = db.session.scalars(select(EvidenceFile.evidence_id)).all()
    assert (len(kept), files) == (3, [used.evidence_id, kept[2].id])


def waiting(person: int, number: int) -> Activity:
    return Activity(
        person_id=person, category="seminar", role="speaker", title=f"Seminar {number}",
        organiser="Dinas", first_on=TODAY, last_on=TODAY, jp_claimed=2, by=person,
        at=clock.now() - timedelta(days=60 - number),
    )  # fmt: skip


def test_a_list_of_many_has_pages_and_as_many_statements_as_a_short_one(siti, app):
    with counted() as few:
        siti.get("/records/activities/")
    with saving():
        db.session.add_all(waiting(person_id("siti"), number) for number in range(51))
    with counted() as many:
        page = siti.get("/records/activities/").text
    assert "Page 1 of 2" in page
    assert len(many) <= len(few) + 2
    assert "Seminar 0<" in siti.get("/records/activities/?page=2").text


def test_who_is_forgotten_leaves_no_file(siti, app):
    activity = logged()
    with saving():
        service.forget(person_id("siti"), clock.now())
    assert db.session.scalars(select(EvidenceFile)).all() == []
    ratna = signed_in(browser(app), "ratna")
    code = db.session.scalars(select(Evidence.code)).one()
    assert ratna.get(f"/records/evidence/{code}").status_code == 404
    assert "Evidence is no longer kept." in siti.get(f"/records/activities/{activity.code}/").text


def test_what_was_decided_is_told_at_home_until_it_was_read(siti, app):
    refused, approved = logged(title="Seminar"), logged(title="Webinar", category="webinar")
    logged(title="Still waits")
    assert "Decided about your activities" not in siti.get("/").text
    decide("ratna", "refuse", refused, "The certificate is somebody else's.")
    decide("ratna", "approve", approved)
    decide("ratna", "amend", approved, 6, "Half a day was a ceremony.")
    for _ in range(2):  # to go by is not to have read it
        home = siti.get("/").text
        told = home[home.index("Decided about your activities") :]
        assert told.index("Webinar</a>") < told.index("Seminar</a>")
        for words in (
            "Corrected</strong>: 6 JP",
            "Half a day was",
            "Refused</strong>",
            "else&#39;s",
        ):
            assert words in told
        assert "Approved</strong>" not in told
    siti.get(f"/records/activities/{approved.code}/")
    assert "Decided about your activities" not in siti.get("/").text
    decide("ratna", "amend", approved, 5, "The other half, too.")
    assert "Corrected</strong>: 5 JP" in siti.get("/").text
    siti.get("/records/activities/")
    assert "Decided about your activities" not in siti.get("/").text
