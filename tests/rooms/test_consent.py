"""The office's text on personal data: asked once a version, at the next page, and kept."""

from datetime import timedelta

from sqlalchemy import select

from elearn.accounts.models import Consent
from elearn.core import clock, policy
from elearn.core.db import db, saving
from tests.conftest import browser, on_sqlite, person_id
from tests.people import PASSWORD
from tests.queries import counted

FIRST, SECOND = "Kami menyimpan nama Anda.", "Kami menyimpan nama dan jabatan Anda."


def today():
    return clock.day_in(clock.now(), clock.DEFAULT_ZONE)


def hold(text, days_ago=0):
    with saving():
        policy.change("consent_id", text, today() - timedelta(days=days_ago))


def sign_in(client):
    """Where she ends up who has asked for her records."""
    form = {"login": "siti", "password": PASSWORD, "next": "/records/"}
    return opened(client, client.post("/login", data=form).headers["Location"])


def opened(client, path):
    """The path itself when its page is shown, else where she is sent first."""
    return client.get(path).headers.get("Location", path)


def statements(client):
    with counted() as sent:
        client.get("/records/")
    return len(sent)


def agreed():
    db.session.rollback()
    return [row.version for row in db.session.scalars(select(Consent).order_by(Consent.id))]


def agree(client, day, path="/records/"):
    return client.post("/consent", data={"version": day.isoformat(), "next": path})


@on_sqlite
def test_each_version_of_the_text_is_asked_once_and_kept(app, client):
    assert sign_in(client) == "/records/"  # no text, no question
    hold(FIRST, days_ago=5)
    asked = sign_in(client)
    assert asked.startswith("/consent")
    page = client.get(asked).text
    assert FIRST in page
    first = today() - timedelta(days=5)
    assert agree(client, first).headers["Location"] == "/records/"
    assert sign_in(client) == "/records/"
    hold(SECOND)
    assert sign_in(client).startswith("/consent")
    late = agree(client, first)
    assert (late.status_code, SECOND in late.text) == (409, True)
    for _ in range(2):
        assert agree(client, today()).status_code == 303
    assert agreed() == [first, today()]
    hold("")
    assert "/consent" not in client.get("/my-data/").text
    assert sign_in(client) == "/records/"


@on_sqlite
def test_who_stays_signed_in_is_asked_at_her_next_page_and_loses_nothing_that_she_sends(
    app, client
):
    assert sign_in(client) == "/records/"
    before = statements(client)
    hold(FIRST, days_ago=-1)
    assert opened(client, "/records/?page=2") == "/records/?page=2"  # it holds from tomorrow on
    hold(FIRST)
    wish = {"full_name": "Siti Aminah", "employment": "other", "language": "id"}
    wish["time_zone"] = "Asia/Jakarta"
    sent = client.post("/profile", data=wish)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/profile")
    for path in ("/records/?page=2", "/", "/profile", "/courses/"):
        assert opened(client, path).startswith("/consent?next=/"), path
    for path in ("/my-data/", "/my-data/file", "/my-data/erase", "/privacy", "/help"):
        assert opened(client, path) == path
    by_script = client.get("/records/", headers={"Sec-Fetch-Dest": "empty"})
    assert by_script.status_code == 200
    there = opened(client, "/records/?page=2")
    client.get(there)
    assert agree(client, today(), "/records/?page=2").headers["Location"] == "/records/?page=2"
    assert opened(client, "/records/?page=2") == "/records/?page=2"
    assert statements(client) == before
    assert opened(browser(app), "/courses/") == "/courses/"  # a stranger has nothing to agree to


@on_sqlite
def test_the_way_on_after_agreeing_stays_on_this_site(app, client):
    hold(FIRST)
    sign_in(client)
    form = {"version": today().isoformat(), "next": "//evil.example"}
    assert client.post("/consent", data=form).headers["Location"] == "/"
    assert db.session.get_one(Consent, 1).person_id == person_id("siti")
