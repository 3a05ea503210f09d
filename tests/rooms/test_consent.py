"""The office's text on personal data: asked once a version, at sign-in, and kept."""

from datetime import timedelta

from sqlalchemy import select

from elearn.accounts.models import Consent
from elearn.core import clock, policy
from elearn.core.db import db, saving
from tests.conftest import on_sqlite, person_id
from tests.people import PASSWORD

FIRST, SECOND = "Kami menyimpan nama Anda.", "Kami menyimpan nama dan jabatan Anda."


def today():
    return clock.day_in(clock.now(), clock.DEFAULT_ZONE)


def hold(text, days_ago=0):
    with saving():
        policy.change("consent_id", text, today() - timedelta(days=days_ago))


def sign_in(client):
    form = {"login": "siti", "password": PASSWORD, "next": "/records/"}
    return client.post("/login", data=form).headers["Location"]


def agreed():
    db.session.rollback()
    return [row.version for row in db.session.scalars(select(Consent).order_by(Consent.id))]


@on_sqlite
def test_each_version_of_the_text_is_asked_once_and_kept(app, client):
    assert sign_in(client) == "/records/"  # no text, no question
    hold(FIRST, days_ago=5)
    asked = sign_in(client)
    assert asked.startswith("/consent")
    page = client.get(asked).text
    assert FIRST in page
    version = {"version": (today() - timedelta(days=5)).isoformat(), "next": "/records/"}
    assert client.post("/consent", data=version).headers["Location"] == "/records/"
    assert sign_in(client) == "/records/"
    hold(SECOND)
    assert sign_in(client).startswith("/consent")
    late = client.post("/consent", data=version)
    assert (late.status_code, SECOND in late.text) == (409, True)
    assert (
        client.post("/consent", data={**version, "version": today().isoformat()}).status_code == 303
    )
    assert (
        client.post("/consent", data={**version, "version": today().isoformat()}).status_code == 303
    )
    assert agreed() == [today() - timedelta(days=5), today()]
    hold("")
    mine = client.get("/my-data/").text
    assert "/consent" not in mine
    assert sign_in(client) == "/records/"


@on_sqlite
def test_the_way_on_after_agreeing_stays_on_this_site(app, client):
    hold(FIRST)
    sign_in(client)
    form = {"version": today().isoformat(), "next": "//evil.example"}
    assert client.post("/consent", data=form).headers["Location"] == "/"
    assert db.session.get_one(Consent, 1).person_id == person_id("siti")
