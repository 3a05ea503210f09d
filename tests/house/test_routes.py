"""Every address: who may ask, and what each answer carries."""

import re
from pathlib import Path

import pytest
from werkzeug.routing.converters import NumberConverter

import elearn
from elearn.core.permissions import Action
from tests.conftest import browser

HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "",
}


def test_every_route_declares_who_may_use_it(sqlite_app):
    undeclared = [
        rule.rule
        for rule in sqlite_app.url_map.iter_rules()
        if getattr(sqlite_app.view_functions[rule.endpoint], "rule", None) is None
    ]
    assert undeclared == []


NAMED = re.compile(r'\b(?:link|address|url_for)\(\s*"([a-z]+\.[a-z_]+)"')


def test_every_page_that_a_template_leads_to_is_there(sqlite_app):
    """A link whose endpoint is not registered is left out in silence: a wrong name looks the same."""
    known = {rule.endpoint for rule in sqlite_app.url_map.iter_rules()}
    named = {
        (path.name, endpoint)
        for path in Path(elearn.__file__).parent.rglob("*.html")
        for endpoint in NAMED.findall(path.read_text())
    }
    assert {(name, endpoint) for name, endpoint in named if endpoint not in known} == set()


def routes(app, method):
    for rule in app.url_map.iter_rules():
        if method in rule.methods:
            numbers = {n for n, c in rule._converters.items() if isinstance(c, NumberConverter)}
            values = {name: "1" if name in numbers else "x" for name in rule.arguments}
            with app.test_request_context():
                yield (
                    rule,
                    rule.rule
                    if not values
                    else app.url_map.bind("127.0.0.1").build(rule.endpoint, values, method=method),
                )


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_answer_carries_the_security_headers(sqlite_app, method):
    client = browser(sqlite_app)
    for rule, path in routes(sqlite_app, method):
        answer = client.open(path, method=method)
        for name, part in HEADERS.items():
            assert part in answer.headers.get(name, "-"), f"{method} {rule.rule}: {name}"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_reaches_nothing_that_needs_a_right(sqlite_app, method):
    client = browser(sqlite_app)
    for rule, path in routes(sqlite_app, method):
        declared = sqlite_app.view_functions[rule.endpoint].rule
        if isinstance(declared, Action):
            answer = client.open(path, method=method)
            # A form whose session has ended is carried over the sign-in page (401), not lost.
            is_carried = answer.status_code == 401 and 'name="password"' in answer.text
            is_sent_on = answer.status_code == 303 and "/login" in answer.headers["Location"]
            assert is_sent_on or is_carried or answer.json, f"{method} {rule.rule}"
            assert answer.status_code in (303, 401)


def test_a_foreign_host_name_is_refused(sqlite_app):
    assert (
        sqlite_app.test_client().get("/healthz", headers={"Host": "evil.example"}).status_code
        == 400
    )


def test_a_form_without_its_token_is_refused(sqlite_app):
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    answer = browser(sqlite_app).post("/login", data={"name": "siti", "password": "x"})
    assert answer.status_code == 400
