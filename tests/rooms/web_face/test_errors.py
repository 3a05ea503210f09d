"""Error pages and the sentences on them."""

import logging
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import TimeoutError as PoolTimeout

from elearn.core import errors
from elearn.core.i18n import force_locale
from elearn.web import messages
from elearn.web.errors import PAGES
from elearn.web.messages import SENTENCES, sentence, sentence_for
from tests.elements import Elements

ENGLISH = {"Accept-Language": "en"}


def test_no_code_has_two_sentences():
    rooms = [
        import_module(f"{messages.__name__}.{room.name}")
        for room in iter_modules(messages.__path__)
    ]
    codes = [code for room in rooms for code in room.SENTENCES]
    assert len(codes) > 200
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("status", [*PAGES, 500, 503])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_error_has_a_page_that_says_what_to_do(app, failing, status, language):
    app.extensions["fault"] = status
    response = failing.get("/fail", headers={"Accept-Language": language})
    page = Elements(response.text)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert str(status) in response.text
    assert len(page.all("h1")) == 1
    assert page.all("html", lang=language) or (
        status in (500, 503) and page.all("section", lang="en")
    )
    assert page.all("a", **{"class": "button"})
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (errors.Missing("attempt-missing"), 404),
        (errors.Forbidden("page-forbidden"), 403),
        (errors.Conflict("attempt-closed"), 409),
        (errors.Invalid("answer-invalid"), 422),
        (errors.TooMany("sign-in-too-often", 90), 429),
        (errors.Unavailable("database-busy"), 503),
        (errors.Problem("unheard-of"), 409),
    ],
)
def test_a_refusal_becomes_its_status_with_its_sentence(app, failing, problem, status):
    app.extensions["fault"] = problem
    program = failing.get("/fail", headers={**ENGLISH, "Accept": "application/json"})
    person = failing.get("/fail", headers={**ENGLISH, "Accept": "text/html,*/*;q=0.8"})
    assert program.status_code == person.status_code == status
    assert program.json["error"] == problem.code
    assert program.json["message"]
    assert person.content_type.startswith("text/html")


def test_too_often_says_when_to_come_back(app, failing):
    app.extensions["fault"] = errors.TooMany("sign-in-too-often", 90)
    assert failing.get("/fail").headers["Retry-After"] == "90"


def test_a_wrong_method_says_which_are_right(failing):
    response = failing.post("/fail", headers={"Accept": "application/json"})
    assert response.status_code in (400, 405)
    if response.status_code == 405:
        assert "GET" in response.headers["Allow"]


def test_an_address_that_ends_in_json_fails_in_json(client):
    response = client.get("/verify/nothing.json")
    assert (response.status_code, response.json["error"]) == (404, "page-missing")


def test_a_form_without_its_token_is_refused_with_words(app):
    app.add_url_rule("/send", "send", lambda: "taken", methods=["POST"])
    response = app.test_client().post("/send", headers={**ENGLISH, "Accept": "application/json"})
    assert (response.status_code, response.json["error"]) == (400, "csrf-invalid")
    assert "open longer than your session" in response.json["message"]


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Engine]:
    """A database that somebody else is writing to."""
    address = tmp_path / "busy.sqlite"
    holder = sqlite3.connect(address, isolation_level=None)
    holder.executescript("CREATE TABLE t (a); BEGIN IMMEDIATE")
    engine = create_engine(f"sqlite:///{address}", connect_args={"timeout": 0})
    yield engine
    holder.close()
    engine.dispose()


def test_a_locked_database_is_busy_and_not_broken(app, locked):
    app.add_url_rule("/write", "write", lambda: _run(locked, "INSERT INTO t VALUES (1)"))
    response = app.test_client().get("/write")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Tersimpan" in response.text


def test_a_database_that_fails_while_an_error_page_is_drawn_is_busy_too(app, failing, locked):
    app.context_processor(lambda: {"x": _run(locked, "INSERT INTO t VALUES (1)")})
    app.extensions["fault"] = 404
    assert failing.get("/fail").status_code == 503


def test_a_connection_that_is_not_to_be_had_is_busy(app, failing):
    app.extensions["fault"] = PoolTimeout("QueuePool limit reached")
    assert failing.get("/fail").status_code == 503


def test_a_body_that_is_too_large_is_refused_with_words(app):
    app.config["MAX_CONTENT_LENGTH"] = 10
    app.add_url_rule("/send", "send", lambda: "taken", methods=["POST"])
    response = app.test_client().post("/send", data={"text": "x" * 1000}, headers=ENGLISH)
    assert response.status_code == 413
    assert "too large" in response.text


@pytest.mark.parametrize(("size", "status"), [(2_900_000, 400), (3_100_000, 413)])
def test_a_form_without_files_is_as_long_as_any_form_of_ours_and_no_longer(app, size, status):
    app.add_url_rule("/send", "send", lambda: "taken", methods=["POST"])
    assert app.test_client().post("/send", data={"text": "x" * size}).status_code == status


def test_a_wrong_query_is_a_fault_of_ours(app):
    engine = create_engine("sqlite://")
    app.add_url_rule("/read", "read", lambda: _run(engine, "SELECT * FROM nowhere"))
    assert app.test_client().get("/read").status_code == 500
    engine.dispose()


def _run(engine: Engine, statement: str) -> str:
    with engine.begin() as connection:
        connection.execute(text(statement))
    return ""


def test_a_fault_is_shown_in_both_languages_with_a_reference_that_is_in_the_log(
    app, failing, caplog
):
    app.extensions["fault"] = RuntimeError("nobody expected this")
    with caplog.at_level(logging.ERROR):
        response = failing.get("/fail")
    (reference,) = set(re.findall(r"<strong>([0-9A-Z]{5}-[0-9A-Z]{5})</strong>", response.text))
    assert response.status_code == 500
    assert reference in caplog.text
    assert "nobody expected this" in caplog.text
    assert "nobody expected this" not in response.text
    assert "Ada kesalahan" in response.text
    assert "Something went wrong" in response.text


def test_the_page_of_a_fault_needs_no_templates(app, failing, monkeypatch):
    app.extensions["fault"] = 404
    monkeypatch.setattr(app.jinja_env, "loader", None)
    response = failing.get("/fail")
    assert response.status_code == 500
    assert "Ada kesalahan" in response.text


def test_an_unknown_host_gets_a_plain_answer(client):
    response = client.get("/styleguide", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil" not in response.text


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said_even_without_its_values(app, code):
    with app.test_request_context():
        said = sentence(code)
    assert said
    assert "%(" not in said


def test_a_refusal_without_a_sentence_gets_the_one_of_its_kind(app):
    with app.test_request_context(), force_locale("en"):
        assert sentence_for(errors.Missing("kite-missing")) == sentence("page-missing")
        assert sentence_for(errors.Conflict("kite-torn")) == sentence("kite-torn")
        assert "changed since you opened" in sentence("kite-torn")


def test_times_in_sentences_are_written_as_the_reader_writes_them(app):
    at = datetime(2026, 3, 2, 8, 4, tzinfo=UTC)
    with app.test_request_context(), force_locale("en"):
        values = {"by": "<50 %", "at": at, "from_on": date(2026, 3, 9)}
        too_early = sentence("contact-too-early", values)
    assert too_early.startswith("<50 % was")
    assert "on 2 March 2026, 15:04 WIB" in too_early
    assert too_early.endswith("from 9 March 2026.")
