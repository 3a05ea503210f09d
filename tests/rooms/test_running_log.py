"""The log of a running site: what an operator finds in it, and what it never says."""

import json
import logging
import re
from functools import partial

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from elearn.core import config
from elearn.core.db import db
from elearn.web import logs
from tests.conftest import browser, signed_in
from tests.factories import published_example

# What people send. None of it may come to stand in the log, whatever happens to the request.
SECRETS = {
    "name": "Siti-Rahasia-Aminah",
    "password": "kata-sandi-rahasia",
    "code": "kode-rahasia-7kq4",
    "search": "cari-rahasia",
    "cookie": "kue-rahasia",
    "agent": "peramban-rahasia",
    "method": "RAHASIA",
}


@pytest.fixture
def written(monkeypatch):
    """The lines of this test as the running site would write them: written("json")."""
    root, ours = logging.getLogger(), logging.getLogger("elearn")
    before, level = list(root.handlers), ours.level
    lines: list[str] = []

    def begin(form: str, **given: str) -> list[str]:
        logs.configure(config.load({}, LOG_FORMAT=form, **given))
        (handler,) = root.handlers
        monkeypatch.setattr(handler, "emit", lambda record: lines.append(handler.format(record)))
        return lines

    yield begin
    root.handlers[:], ours.level = before, level


def opener(client):
    """Reads each answer to its end, as a server does: only then it is logged."""
    return partial(client.open, buffered=True)


def failing(app, fault):
    """The same site with a page that fails, and the browser of a stranger who opens it."""

    def fail(code):
        raise fault()

    fail.rule = "public"
    app.add_url_rule("/fail/<code>", "fail", fail)
    return opener(browser(app))


def test_each_answer_is_one_line_with_the_rule_and_not_the_address(sqlite_app, written):
    lines = written("json")
    answer = opener(browser(sqlite_app))("/verify/kode-rahasia-7kq4?q=cari-rahasia")
    (line,) = map(json.loads, lines)
    assert (line["method"], line["route"], line["status"]) == ("GET", "/verify/<code>", 404)
    assert line["request"] == answer.headers["X-Request-Id"]
    assert (line["logger"], line["level"]) == ("elearn.requests", "info")
    assert 0 < line["ms"] < 60_000
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["at"])


def test_as_text_a_line_is_read_at_a_glance(sqlite_app, written):
    lines = written("text")
    answer = opener(browser(sqlite_app))("/verify/keys.json")
    (line,) = lines
    number = answer.headers["X-Request-Id"]
    shape = rf"[-0-9T:]+Z INFO    GET /verify/keys.json 200, [0-9.]+ ms \[{number}\]"
    assert re.fullmatch(shape, line)


def test_a_number_that_a_reader_sends_is_not_taken(sqlite_app, written):
    written("json")
    sent = "AAAAA-AAAAA"
    answer = opener(browser(sqlite_app))("/help", headers={"X-Request-Id": sent})
    assert answer.headers.getlist("X-Request-Id") != [sent]


def test_probes_that_are_content_do_not_fill_the_log(sqlite_app, written):
    lines = written("json")
    probe = opener(browser(sqlite_app))
    assert (probe("/healthz").status_code, probe("/readyz").status_code) == (200, 200)
    assert lines == []


@pytest.mark.parametrize("form", ["json", "text"])
def test_nothing_that_people_send_is_in_the_log(app, written, form):
    published_example()
    lines = written(form)
    client = browser(app)
    send = opener(client)
    client.set_cookie("elearn", SECRETS["cookie"])
    send("/help", headers={"User-Agent": SECRETS["agent"], "Referer": SECRETS["code"]})
    send("/login", data={"login": SECRETS["name"], "password": SECRETS["password"]}, method="POST")
    send("/login", data={"login": "siti", "password": SECRETS["password"]}, method="POST")
    send("/courses/", query_string={"q": SECRETS["search"]})
    send(f"/verify/{SECRETS['code']}")
    send(f"/invitation/{SECRETS['code']}")
    send(f"/{SECRETS['name']}", method=SECRETS["method"])
    send("/setup", data={"code": SECRETS["code"], "full_name": SECRETS["name"]}, method="POST")
    signed_in(client, "siti")
    send(
        "/profile",
        data={"full_name": SECRETS["name"] + "\0", "post": SECRETS["code"]},
        method="POST",
    )
    assert len(lines) >= 9
    said = "\n".join(lines).lower()
    assert [secret for secret in (*SECRETS.values(), "siti", "127.0.0.1") if secret.lower() in said] == []  # fmt: skip


def own_words():
    return ValueError(f"{SECRETS['name']} is too long")


def refused_row():
    """A database puts the values that it refuses into its words."""
    values = {"key": "siti", "kind": SECRETS["name"], "person": 1}
    statement = "INSERT INTO accounts_login (key, kind, person_id) VALUES (:key, :kind, :person)"
    with pytest.raises(IntegrityError) as caught:
        db.session.execute(text(statement), values)
    return caught.value


def wrapped():
    try:
        raise KeyError(SECRETS["name"])
    except KeyError as cause:
        fault = RuntimeError(SECRETS["code"])
        fault.__cause__ = cause
        return fault


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (own_words, "ValueError"),
        (refused_row, r"sqlalchemy\.exc\.IntegrityError"),
        (refused_row, r"sqlite3\.IntegrityError \(SQLITE_CONSTRAINT_PRIMARYKEY\)|psycopg.*\(23505\)"),
        (wrapped, r"(?s)KeyError\n.*RuntimeError"),
        (lambda: OSError(28, SECRETS["name"]), r"OSError \(ENOSPC\)"),
    ],
)  # fmt: skip
def test_a_fault_is_logged_with_kind_code_and_place_and_without_its_text(app, written, fault, kind):
    lines = written("json")
    answer = failing(app, fault)(f"/fail/{SECRETS['code']}")
    assert answer.status_code == 500
    logged = [json.loads(line) for line in lines]
    (trace,) = [line["traceback"] for line in logged if "traceback" in line]
    assert re.search(kind, trace)
    assert 'test_running_log.py", line ' in trace
    assert {line["request"] for line in logged} == {answer.headers["X-Request-Id"]}
    assert answer.headers["X-Request-Id"] in answer.text
    assert [s for s in SECRETS.values() if s in "\n".join(lines)] == []


def test_a_developer_sees_the_text_of_a_fault(sqlite_app, written):
    lines = written("text", DEVELOPMENT="yes")
    failing(sqlite_app, own_words)("/fail/1")
    assert f"ValueError: {SECRETS['name']} is too long" in "\n".join(lines)


def test_a_busy_database_is_logged_without_the_row_that_waits(sqlite_app, written):
    lines = written("text")

    def busy():
        return OperationalError("INSERT", {"name": SECRETS["name"]}, OSError(SECRETS["code"]))

    answer = failing(sqlite_app, busy)("/fail/1")
    assert answer.status_code == 503
    assert answer.headers["X-Request-Id"] in answer.text
    assert "The database could not be used." in lines[0]
    assert [s for s in SECRETS.values() if s in "\n".join(lines)] == []


def test_an_unknown_form_of_the_log_stops_the_start_with_one_sentence():
    with pytest.raises(
        config.SettingError, match='ELEARN_LOG_FORMAT must be text or json; it is "xml"'
    ):
        config.load({"ELEARN_LOG_FORMAT": "xml"})


def test_the_address_of_a_database_is_not_shown_with_its_password():
    given = {"ELEARN_DATABASE_URL": f"mysql://elearn:{SECRETS['password']}@db/elearn"}
    with pytest.raises(config.SettingError, match="must begin with") as refused:
        config.load(given)
    assert SECRETS["password"] not in str(refused.value)
    given = {"ELEARN_DATABASE_URL": f"postgresql://elearn:{SECRETS['password']}@db/elearn"}
    assert config.load(given).sources["DATABASE_URL"].setting.secret  # `elearn settings` hides it
