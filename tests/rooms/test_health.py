"""Probes, the way behind a proxy, and what the core refuses."""

from datetime import date, datetime

import pytest
from flask import request
from sqlalchemy import text

from elearn.cli import main
from elearn.core import clock, config, ids, policy, schema
from elearn.core.db import db, saving
from elearn.core.errors import Invalid
from elearn.core.permissions import (
    NOBODY,
    Action,
    Actor,
    Grant,
    Reach,
    Role,
    is_everywhere,
    may,
    parts,
)
from elearn.factory import create_app
from tests.conftest import SECRET, browser, make_app


def test_the_process_and_the_database_answer(app):
    client = browser(app)
    assert client.get("/healthz").json == {"status": "ok"}
    assert (client.get("/readyz").status_code, client.get("/readyz").json) == (
        200,
        {"status": "ok"},
    )


def test_a_database_behind_the_code_is_not_ready(own_app):
    schema.downgrade(db.engine, "20261122_1000")
    answer = browser(own_app).get("/readyz")
    assert answer.status_code == 503
    assert "elearn db upgrade" in answer.json["reason"]


def test_a_database_of_a_newer_release_is_ready_while_machines_are_updated(own_app):
    db.session.execute(text("UPDATE alembic_version SET version_num = 'of a newer release'"))
    db.session.commit()
    assert browser(own_app).get("/readyz").status_code == 200


def test_a_database_that_does_not_answer_is_not_ready(tmp_path):
    lost = make_app(tmp_path, "postgresql://nobody@127.0.0.1:1/none?connect_timeout=1")
    answer = browser(lost).get("/readyz")
    assert (answer.status_code, answer.json["reason"]) == (503, "the database does not answer")
    assert browser(lost).get("/healthz").status_code == 200


def test_db_check_and_upgrade_say_where_the_database_is(own_app):
    run = own_app.test_cli_runner().invoke
    assert run(main, ["db", "check"]).exit_code == 0
    schema.downgrade(db.engine, "20261122_1000")
    behind = run(main, ["db", "check"])
    assert (behind.exit_code, "run `elearn db upgrade`" in behind.output) == (1, True)
    assert run(main, ["db", "upgrade"]).exit_code == 0
    assert run(main, ["db", "check"]).exit_code == 0


def proxied(tmp_path, hops):
    settings = config.load(
        {}, DATA=str(tmp_path), SECRET_KEY=SECRET, PROXY_HOPS=hops,
        SITE_URL="https://elearn.example", TRUSTED_HOSTS="elearn.example",
    )  # fmt: skip
    return create_app(settings).test_client()


FORWARDED = {
    "Host": "elearn.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "10.9.9.9, 10.1.2.3",
    "X-Forwarded-Host": "evil.example, elearn.example",
    "X-Forwarded-Prefix": "/evil",
}


@pytest.mark.parametrize(
    ("hops", "seen"),
    [
        ("0", "127.0.0.1 http elearn.example"),
        ("1", "10.1.2.3 https elearn.example"),  # the last proxy's word; before it anybody's
    ],
)
def test_a_proxy_is_believed_only_when_the_setting_says_so(tmp_path, hops, seen):
    client = proxied(tmp_path, hops)

    def who() -> str:
        return f"{request.remote_addr} {request.scheme} {request.host}{request.script_root}"

    client.application.add_url_rule("/who", "who", who)
    answer = client.get("/who", headers=FORWARDED)
    assert answer.text == seen
    assert ("Strict-Transport-Security" in answer.headers) == (hops == "1")


def test_cookies_of_a_secure_site_are_secure(tmp_path):
    client = proxied(tmp_path, "1")
    for name in ("SESSION_COOKIE", "REMEMBER_COOKIE"):
        assert client.application.config[f"{name}_SECURE"] is True
        assert client.application.config[f"{name}_HTTPONLY"] is True
        assert client.application.config[f"{name}_SAMESITE"] == "Lax"


def test_the_host_of_the_site_is_trusted_and_no_other(tmp_path):
    client = proxied(tmp_path, "0")
    assert client.get("/healthz", headers={"Host": "elearn.example"}).status_code == 200
    for host in ("evil.example", "elearn.example.evil", "127.0.0.1"):
        assert client.get("/healthz", headers={"Host": host}).status_code == 400


def test_a_naive_time_reaches_no_row_and_no_rule(app):
    from elearn.core import audit

    with pytest.raises(Exception, match="has no time zone"), saving():
        audit.note(NOBODY, "tests:thing:done", "x", datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="has no time zone"):
        clock.day_in(datetime(2026, 1, 1), "Asia/Jakarta")  # noqa: DTZ001


def test_one_act_is_one_transaction(app):
    with pytest.raises(RuntimeError, match="inside"), saving(), saving():
        pass


def test_a_rule_of_the_office_holds_from_its_day_on(app):
    with saving():
        policy.change("target_jp_pns", "24", date(2027, 1, 1))
        policy.change("target_jp_pns", "25", date(2027, 1, 1))
    assert policy.on(date(2026, 12, 31)).target_jp("pns") == 20
    assert policy.on(date(2027, 1, 1)).target_jp("pns") == 25
    assert policy.on(date(2027, 1, 1)).target_jp("other") is None
    assert policy.on(date(2027, 1, 1)).cap_jp("pppk") == 24


@pytest.mark.parametrize(
    ("name", "value"),
    [("minutes_per_jp", "empat lima"), ("registration", "maybe"), ("nothing", "1")],
)
def test_a_rule_that_cannot_be_is_refused(app, name, value):
    with pytest.raises(Invalid), saving():
        policy.change(name, value, date(2027, 1, 1))


@pytest.mark.parametrize("action", list(Action))
@pytest.mark.parametrize("role", list(Role))
def test_the_table_of_rights_is_what_may_answers(action, role):
    from elearn.core.permissions import TABLE

    actor, reach = Actor(7, frozenset({Grant(role)})), TABLE[action].get(role)
    assert may(actor, action) == (reach in (Reach.OWN, Reach.ALL))
    assert may(actor, action, owner_id=7) == (reach in (Reach.OWN, Reach.ALL))
    assert may(actor, action, owner_id=8) == (reach is Reach.ALL)
    assert is_everywhere(actor, action) == (reach is Reach.ALL)
    of_a_part = Actor(7, frozenset({Grant(role, node_id=4)}))
    assert may(of_a_part, action) == (reach in (Reach.OWN, Reach.PART))
    assert may(of_a_part, action, owner_id=8) is False  # who belongs there is the tree's to say
    assert parts(of_a_part, action) == ({4} if reach is Reach.PART else set())
    assert not may(NOBODY, action)


def test_a_record_number_shows_a_slip_of_the_pen():
    number = ids.new_record_number(2026)
    year, body, check = number.split("-")
    assert ids.check_character(year + body) == check
    for place, character in enumerate(body):
        other = "2" if character != "2" else "3"
        assert ids.check_character(year + body[:place] + other + body[place + 1 :]) != check
    assert ids.typed(" o1il-kq ") == "0111KQ"
