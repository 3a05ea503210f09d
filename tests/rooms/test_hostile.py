"""What nobody sends by mistake: odd characters in every part of every address and form."""

import re
from urllib.parse import quote

import pytest

from tests.conftest import browser
from tests.rooms.quizzes_pages import begin, join

NUL = "a\0b"
ODD = (
    NUL,
    "-1",
    "9" * 5000,
    "A" * 3000,
    "'",
    "../..",
    "\u202e\u0130",
    "\ufffe",
    "{{7*7}}",
    "\r\nX: y",
)
GOOD = {"slug": "contoh", "key": "satu-quiz", "number": "1", "digest": "a" * 64, "name": "x.png"}
FIELDS = (
    "login", "password", "next", "carried", "code", "new_password", "full_name", "username", "nip",
    "email", "phone", "post", "employment", "language", "time_zone", "writer", "counter", "q1",
    "q1-1", "seen-1", "was-1", "submit",
)  # fmt: skip


def filled(rule, values):
    """The rule's address with these values in its places."""
    return re.sub(r"<(?:[^:>]+:)?([^>]+)>", lambda m: quote(values[m[1]], safe=""), rule)


@pytest.fixture
def place(app):
    """siti in mid-quiz: her browser, and values for every place of an address."""
    client = join(app, "siti")
    code = begin(client).rsplit("/", 1)[1]
    return client, {**GOOD, "code": code, "language": "id", "file_name": "x"}


def test_no_odd_part_of_an_address_is_a_fault_of_ours(app, place):
    siti, good = place
    for rule in app.url_map.iter_rules():
        for argument in sorted(rule.arguments):
            for odd in ODD:
                path = filled(rule.rule, {**good, argument: odd})
                for method in sorted(rule.methods & {"GET", "POST"}):
                    status = siti.open(path, method=method).status_code
                    assert status < 500, f"{method} {path[:80]}"


def test_no_odd_word_behind_an_address_is_a_fault_of_ours(app, place):
    siti, good = place
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods:
            for odd in ODD:
                asked = dict.fromkeys(("next", "code", "q", "show", "words", "at"), odd)
                for client in (siti, browser(app)):
                    status = client.get(filled(rule.rule, good), query_string=asked).status_code
                    assert status < 500, f"{rule.rule} {odd[:20]!r}"


def test_no_odd_field_is_a_fault_of_ours(app, place):
    siti, good = place
    for rule in app.url_map.iter_rules():
        if "POST" in rule.methods and rule.endpoint != "accounts.sign_out":
            for odd in ODD:
                for client in (siti, browser(app)):
                    path = filled(rule.rule, good)
                    status = client.post(path, data=dict.fromkeys(FIELDS, odd)).status_code
                    assert status < 500, f"{rule.rule} {odd[:20]!r}"


def test_a_nul_is_refused_in_words_wherever_it_stands(app, place):
    siti, _ = place
    for answer in (
        siti.get("/courses/a%00b/"),
        siti.get("/courses/?q=a%00b"),
        browser(app).post("/login", data={"login": NUL, "password": "x"}),
        browser(app).post("/login", data={NUL: "x"}),
    ):
        assert answer.status_code == 400
        assert "<h1" in answer.text
