"""My records, and the sheet of one."""

import re
from datetime import timedelta

import pytest
from markupsafe import escape
from sqlalchemy import event, select

from elearn.core import clock, policy
from elearn.core.db import db, saving
from elearn.records import queries
from elearn.records.models import Credit
from elearn.records.rules import MetRule, ModuleEvidence
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.rooms.records_evidence import NOW, issued
from tests.rooms.records_pages import ENGLISH, LONG, NIP, change_siti, in_english


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


def test_ledger_lines_are_the_newest_first(app):
    for number in (1, 2, 3):
        issued(enrolment_id=number)
    lines = queries.recent_credits(person_id("siti"), 2)
    assert [credit.record_id for credit, _ in lines] == sorted(
        db.session.scalars(select(Credit.record_id)), reverse=True
    )[:2]


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
