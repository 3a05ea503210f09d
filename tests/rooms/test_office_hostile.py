"""Whoever holds an office is no friend by that: odd addresses, odd words, odd files, odd moments."""

import pytest

from elearn.accounts import queries
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.permissions import Actor
from elearn.learning import service as learning
from tests.conftest import browser, person_id, signed_in
from tests.factories import published_example
from tests.rooms.addresses import GOOD, OFFICE_ROOMS, filled
from tests.rooms.records_activities import logged

HUGE = "9" * 20  # more than any column of numbers holds
ODD = (HUGE, "a\0b")
ASKED = ("page", "q", "words", "at", "state", "library", "course", "year", "show", "again", "part")
FIELDS = (
    "channel", "reason", "back", "days", "uses", "course", "only", "code", "jp", "jp-jp",
    "jp-reason", "refuse-reason", "token", "pasted", "category", "role", "title", "organiser",
    "first_on", "last_on", "kept", "on", "node", "library", "full_name", "username", "nip",
    "email", "phone", "post", "employment", "language", "time_zone", "name", "kind", "place",
    "parent", "acting_for", "kemendagri", "bps", "npp", "contact_email", "digest", "job", "page",
)  # fmt: skip


@pytest.fixture
def places(sqlite_app):
    """Values for every place of the office's addresses."""
    published_example()
    with saving():
        learning.enrol(Actor(person_id("siti")), "contoh", "id", clock.now())
    activity = logged().code
    person = queries.person(person_id("siti")).code

    def of(rule):
        code = activity if "activit" in rule.endpoint or "decision" in rule.rule else person
        code = "perpustakaan-wonosari" if "/tree/" in rule.rule else code
        return {**GOOD, "code": code, "node": "kabupaten-sukamaju", "number": "1", "key": "people"}

    return of


def of_the_office(app, method):
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in OFFICE_ROOMS and method in rule.methods
    ]


def test_no_odd_part_of_an_address_is_a_fault_of_ours(sqlite_app, places):
    client = signed_in(browser(sqlite_app), "dewi")
    for method in ("GET", "POST"):
        for rule in of_the_office(sqlite_app, method):
            for argument in sorted(rule.arguments):
                for odd in ODD:
                    path = filled(rule.rule, {**places(rule), argument: odd})
                    status = client.open(path, method=method, buffered=True).status_code
                    assert status < 500, f"{method} {path[:90]}"


def test_no_odd_word_is_a_fault_of_ours(sqlite_app, places):
    client = signed_in(browser(sqlite_app), "dewi")
    pages = [r for r in of_the_office(sqlite_app, "GET") if not r.rule.endswith((".xlsx", ".pdf"))]
    for rule in pages:
        asked = dict.fromkeys(ASKED, HUGE)
        status = client.get(filled(rule.rule, places(rule)), query_string=asked, buffered=True)
        assert status.status_code < 500, f"GET {rule.rule}"
    for rule in of_the_office(sqlite_app, "POST"):
        for odd in ODD:
            sent = dict.fromkeys(FIELDS, odd)
            status = client.post(filled(rule.rule, places(rule)), data=sent).status_code
            assert status < 500, f"POST {rule.rule} {odd!r}"
