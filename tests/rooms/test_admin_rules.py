"""The office's rules and organisers by hand: from a day on, never for days that are over."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import select

from elearn.accounts import queries
from elearn.admin.words import RULE_WORDS
from elearn.core import policy
from elearn.core.audit import Audit
from elearn.core.db import db
from elearn.core.policy import RULES, PolicyRow
from tests.conftest import browser, signed_in

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.fixture
def page(sqlite_app):
    with time_machine.travel(NOW, tick=False):
        yield signed_in(browser(sqlite_app), "dewi")


def kept():
    rows = db.session.execute(select(PolicyRow.name, PolicyRow.from_on, PolicyRow.value))
    found = [tuple(row) for row in rows]
    db.session.rollback()
    return found


def test_every_rule_has_words(page):
    assert set(RULE_WORDS) == set(RULES)
    shown = page.get("/admin/policy/").text
    assert [name for name in RULES if f"/admin/policy/{name}" not in shown] == []


@pytest.mark.parametrize(
    ("name", "value", "from_on", "read"),
    [
        ("target_jp_pns", "24", "2027-01-01", 24),
        ("cap_jp_seminar", "", "2026-06-01", None),
        ("registration", "closed", "2026-06-01", "closed"),
        ("letterhead", "PEMERINTAH KABUPATEN\r\n\tDINAS\u202e", "2026-06-01", "PEMERINTAH KABUPATEN\nDINAS"),
    ],
)  # fmt: skip
def test_a_value_holds_from_its_day_on(page, name, value, from_on, read):
    answer = page.post(f"/admin/policy/{name}", data={"value": value, "on": from_on})
    assert answer.status_code == 303
    assert getattr(policy.on(date.fromisoformat(from_on)), name) == read
    noted = db.session.scalars(select(Audit.action).where(Audit.subject == name)).all()
    assert noted == ["core:policy:set"]
    db.session.rollback()
    assert page.get(f"/admin/policy/{name}").status_code == 200


@pytest.mark.parametrize(
    ("name", "value", "from_on"),
    [
        ("target_jp_pns", "24", "2026-05-31"),  # a day that is over
        ("target_jp_pns", "-1", "2026-06-01"),
        ("stuck_idle_days", "", "2026-06-01"),  # a number is needed
        ("registration", "somebody", "2026-06-01"),
        ("letterhead", "x" * 8_001, "2026-06-01"),
        ("letterhead", "DINAS \U0001f600", "2026-06-01"),
        ("letterhead", "x", ""),
    ],
)
def test_what_no_rule_can_be_is_refused(page, name, value, from_on):
    answer = page.post(f"/admin/policy/{name}", data={"value": value, "on": from_on})
    assert answer.status_code == 422
    assert kept() == []


def test_a_text_is_looked_at_before_it_is_kept_and_a_plan_is_taken_back(page):
    fields = {"value": "Satu\nDua <b>", "on": "2026-07-01"}
    looked = page.post("/admin/policy/letterhead", data={**fields, "preview": "1"})
    assert looked.status_code == 200
    assert "Satu<br>Dua &lt;b&gt;" in looked.text
    assert kept() == []
    page.post("/admin/policy/letterhead", data=fields)
    assert [row[:2] for row in kept()] == [("letterhead", date(2026, 7, 1))]
    assert page.post("/admin/policy/letterhead/plans/2026-07-01/cancel").status_code == 303
    assert kept() == []
    assert page.post("/admin/policy/letterhead/plans/2026-07-01/cancel").status_code == 404


def test_a_value_that_holds_is_not_taken_back(page):
    page.post("/admin/policy/stuck_fails", data={"value": "3", "on": "2026-06-01"})
    assert page.post("/admin/policy/stuck_fails/plans/2026-06-01/cancel").status_code == 404
    assert policy.on(date(2026, 6, 1)).stuck_fails == 3


def test_another_signatory_signs_from_a_day_on_until_the_last_one(page):
    fields = {
        "code": "perpusnas-contoh", "name": "Perpustakaan Nasional (contoh)", "place": "Jakarta",
        "signatory": "Dra. Wulan, M.Si.", "signatory_post": "Plt. Kepala Bidang", "node": "",
        "on": "2026-07-01",
    }  # fmt: skip
    assert page.post("/admin/organisers/perpusnas-contoh/change", data=fields).status_code == 303
    signs = {
        day: queries.organiser_on("perpusnas-contoh", day).signatory
        for day in (date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(signs.values()) == ["Drs. Bambang Wiryawan, M.Hum.", "Dra. Wulan, M.Si."]
    db.session.rollback()
    assert "Dra. Wulan, M.Si." in page.get("/admin/organisers/").text
    changing = page.get("/admin/organisers/perpusnas-contoh/change").text
    assert 'name="node" type="text" value="perpusnas-contoh"' in changing
    earlier = page.post(
        "/admin/organisers/perpusnas-contoh/change", data={**fields, "on": "2026-06-15"}
    )
    assert earlier.status_code == 422
    ended = page.post("/admin/organisers/perpusnas-contoh/end", data={"last_on": "2026-08-31"})
    assert ended.status_code == 303
    assert queries.organiser_on("perpusnas-contoh", date(2026, 8, 31)) is not None
    assert queries.organiser_on("perpusnas-contoh", date(2026, 9, 1)) is None
    db.session.rollback()
    assert page.get("/admin/organisers/unknown/end").status_code == 404
