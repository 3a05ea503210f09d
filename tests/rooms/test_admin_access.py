"""Administration is for administrators of the whole site: every address, asked by everybody."""

import pytest
from werkzeug.routing.converters import NumberConverter

from elearn.accounts import queries, service
from elearn.core import clock
from elearn.core.db import saving
from elearn.core.permissions import Actor, Grant, Role
from tests.conftest import browser, person_id, signed_in
from tests.people import SINCE

ADMIN = Actor(None, frozenset({Grant(Role.ADMINISTRATOR)}))


def addresses(app):
    """(method, address) of each route of the room, with values that exist where it takes one."""
    code = queries.person(person_id("siti")).code
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("admin."):
            continue
        numbers = {n for n, c in rule._converters.items() if isinstance(c, NumberConverter)}
        known = {"code": "kabupaten-sukamaju" if "/tree/" in rule.rule else code}
        values = {name: "1" if name in numbers else known.get(name, "x") for name in rule.arguments}
        for method in rule.methods & {"GET", "POST"}:
            address = app.url_map.bind("127.0.0.1").build(rule.endpoint, values, method=method)
            yield method, address


@pytest.mark.parametrize("who", ["siti", "budi", "ratna", "sari"])
def test_administration_is_closed_to_who_does_not_administer_the_whole_site(sqlite_app, who):
    """sari administers one district only."""
    if who == "sari":
        with saving():
            node, now = queries.node_by_code("kabupaten-sukamaju"), clock.now()
            details = service.Details(full_name="Sari")
            sari = service.add_person(ADMIN, details, "sari", None, None, now)
            service.grant(ADMIN, sari, Role.ADMINISTRATOR, node, SINCE, now)
    asked = list(addresses(sqlite_app))
    page = signed_in(browser(sqlite_app), who)
    assert len(asked) > 30
    answers = {each: page.open(each[1], method=each[0]).status_code for each in asked}
    assert {each: status for each, status in answers.items() if status != 403} == {}
    assert "/admin/" not in page.get("/profile").text


def test_an_administrator_opens_every_page_that_is_there(sqlite_app):
    asked = [address for method, address in addresses(sqlite_app) if method == "GET"]
    page = signed_in(browser(sqlite_app), "dewi")
    answers = {address: page.get(address).status_code for address in asked}
    # What names a row that is not there is missing; nothing is forbidden, nothing breaks.
    assert {at: status for at, status in answers.items() if status not in (200, 303, 404)} == {}
    assert [answers[at] for at in ("/admin/", "/admin/tree/", "/admin/people/")] == [200] * 3
    assert "/admin/" in page.get("/profile").text
