"""Who gets which thing of the office: read from the url map, asked by everybody.

A route belongs to a row of ROWS by the beginning of its address; a route of the office that fits
none fails. So a page that is added is asked here at once, before anybody has thought of it.
"""

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from werkzeug.routing import Rule
from werkzeug.routing.converters import NumberConverter

from elearn.accounts import service as accounts
from elearn.accounts.queries import node_by_code
from elearn.core import clock
from elearn.core.audit import Audit
from elearn.core.db import db, saving
from elearn.core.permissions import NOBODY, TABLE, Action, Actor, Reach, Role
from elearn.learning import service as learning
from tests.conftest import browser, in_use, make_app, person_id, signed_in
from tests.factories import published_example
from tests.rooms.addresses import GOOD, OFFICE_ROOMS
from tests.rooms.office_people import (
    KARANGANYAR,
    OFFICERS,
    OTHERS,
    REACH_OF_NODE,
    REACH_OF_PERSON,
    WONOSARI,
    name_of,
    open_the_office,
)
from tests.rooms.records_activities import at_noon as at_noon

MISSING = "tidakadayangsepertiini"
# What every form of the office takes: an act of who may not do it must fail for no other reason.
FIELDS = {
    "channel": "phone", "reason": "Mati lampu seminggu.", "days": "3", "uses": "2", "course": "",
    "jp": "6", "jp-jp": "6", "jp-reason": "Setengah hari saja.", "refuse-reason": "Bukan miliknya.",
    "score": "80", "percent": "80", "last_on": "2026-06-01", "on": "2026-06-01",
}  # fmt: skip
IS_IN = {200, 201, 303, 409, 422}


@dataclass(frozen=True, slots=True)
class Row:
    """Addresses of one kind. place: their argument that names the thing, "" where there is none."""

    begins: str
    kind: str
    place: str = ""


# The first that fits holds.
ROWS = (
    Row("/supervision/people/<code>/", "person", "code"),
    Row("/supervision/decisions/<code>/", "activity to decide", "code"),
    Row("/supervision/<node>/", "node", "node"),
    Row("/supervision/", "office"),
    Row("/admin/", "site"),
    Row("/records/activities/<code>/", "own activity", "code"),
    Row("/records/evidence/<code>", "evidence", "code"),
    Row("/records/<number>/", "own record", "number"),
    Row("/records/transcript/<code>/", "own transcript", "code"),
    Row("/records/", "own"),
    Row("/my-data/", "own"),
    Row("/verify/", "public"),
)
OFFICE_ACTIONS = {
    action
    for action, reaches in TABLE.items()
    if Reach.PART in reaches.values() or set(reaches) == {Role.ADMINISTRATOR}
}


def row_of(rule: Rule) -> Row | None:
    return next((row for row in ROWS if f"{rule.rule}/".startswith(row.begins)), None)


def of_the_office(app) -> list[Rule]:
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in OFFICE_ROOMS
        or app.view_functions[rule.endpoint].rule in OFFICE_ACTIONS
    ]


def asks(app, kind: str) -> Iterator[tuple[Rule, str, str]]:
    """(rule, method, name of its place) of every route of a kind."""
    for rule in of_the_office(app):
        row = row_of(rule)
        if row is not None and row.kind == kind:
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule, method, row.place


def ask(client, rule: Rule, method: str, **places: object):
    numbers = {n for n, c in rule._converters.items() if isinstance(c, NumberConverter)}
    values = {
        name: places.get(name, 1 if name in numbers else GOOD.get(name, "x"))
        for name in rule.arguments
    }
    built = client.application.url_map.bind("127.0.0.1").build(rule.endpoint, values, method=method)
    data = FIELDS if method == "POST" else None
    return client.open(built, method=method, data=data, buffered=True)


def is_known(rule: Rule, place: str) -> bool:
    """Whether every place of the address can be filled with what is there."""
    return rule.arguments <= {place, "number", *GOOD}


def words_of(answer, named: str) -> str:
    """The answer without what differs each time: its address and the number of the request."""
    text = answer.text.replace(named, MISSING)
    return re.sub(r'(nonce|csrf[^"]*|name="csrf_token"[^>]*value)="[^"]*"', "", text)


def acts() -> int:
    """How much has been done on the site."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Audit)) or 0


@pytest.fixture(scope="module")
def office(sqlite_template, tmp_path_factory):
    """The application and what there is to be asked for: made once, since few may change it."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copy(sqlite_template, folder / "elearn.sqlite")
    with in_use(make_app(folder)) as app:
        yield app, _opened()


def _opened():
    published_example()
    things = open_the_office()
    with saving():
        for name in ("siti", "slamet"):
            learning.enrol(Actor(person_id(name)), "contoh", "id", clock.now())
        now = clock.now()
        until = now + timedelta(days=30)
        for code in (WONOSARI, KARANGANYAR):
            accounts.make_invitation(NOBODY, node_by_code(code), None, 2, until, now)
    return things


def test_every_route_of_the_office_has_its_row(office):
    app, _ = office
    without = [rule.rule for rule in of_the_office(app) if row_of(rule) is None]
    assert without == []
    used = {row_of(rule) for rule in of_the_office(app)}
    assert {"person", "activity to decide", "node", "evidence"} <= {row.kind for row in used}


PLACED = (
    "person",
    "activity to decide",
    "node",
    "evidence",
    "own activity",
    "own record",
    "own transcript",
)


def targets(things, kind: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Name of each thing of a kind: its code, and who has it."""
    if kind == "node":
        return {code: (code, who) for code, who in REACH_OF_NODE.items()}
    found = {}
    for name, overseers in REACH_OF_PERSON.items():
        own = things[name]
        found[name] = {
            "person": (own.person, overseers),
            "activity to decide": (own.activity, overseers - {name}),
            "evidence": (own.evidence, overseers | {name}),
            "own activity": (own.activity, frozenset({name})),
            "own record": (own.record, frozenset({name})),
            "own transcript": (own.transcript, frozenset({name})),
        }[kind]
    return found


@pytest.mark.parametrize("who", ["ratna", "joko", "prita", "dewi"])
def test_what_is_outside_her_part_is_missing_like_what_was_never_there(office, who):
    """Parent, sideways, moved away, not yet come: page, list, file and act; nothing is done."""
    app, things = office
    client, before = signed_in(browser(app), who), acts()
    for kind in PLACED:
        foreign = [code for code, seen_by in targets(things, kind).values() if who not in seen_by]
        for rule, method, place in asks(app, kind):
            missing = ask(client, rule, method, **{place: MISSING})
            assert missing.status_code == 404 or method == "POST", f"{method} {rule.rule}"
            for code in foreign:
                answer = ask(client, rule, method, **{place: code})
                told = f"{who} {method} {rule.rule} {code}"
                assert answer.status_code == missing.status_code, told
                assert words_of(answer, code) == words_of(missing, MISSING), told
    assert acts() == before


@pytest.mark.parametrize("who", OFFICERS)
def test_what_is_in_her_part_is_hers_to_see_and_to_act_upon(office, who):
    app, things = office
    client = signed_in(browser(app), who)
    names, number = (("siti", WONOSARI), 1) if who != "joko" else (("slamet", KARANGANYAR), 2)
    for kind in ("person", "activity to decide", "node", "evidence"):
        # One is enough where all are alike: what lists and files say of all is asked elsewhere.
        code, seen_by = targets(things, kind)[names[kind == "node"]]
        assert who in seen_by
        for rule, method, place in asks(app, kind):
            if is_known(rule, place):
                answer = ask(client, rule, method, **{"number": number, place: code})
                told = f"{who} {method} {rule.rule}: {answer.status_code}"
                assert answer.status_code in IS_IN, told
                assert "no-store" in answer.headers["Cache-Control"], told


@pytest.mark.parametrize("who", OTHERS)
def test_who_holds_no_office_today_is_told_so_whatever_is_asked(office, who):
    """Also one whose role is over, one whose role begins tomorrow, one whose role is for less."""
    app, things = office
    client, before = signed_in(browser(app), who), acts()
    for kind in ("person", "activity to decide", "node"):
        code, _ = next(iter(targets(things, kind).values()))
        for rule, method, place in asks(app, kind):
            status = ask(client, rule, method, **{place: code}).status_code
            assert status == 403, f"{who} {method} {rule.rule}: {status}"
    for kind in ("office", "site"):
        for rule, method, _ in asks(app, kind):
            status = ask(client, rule, method).status_code
            assert status == 403, f"{who} {method} {rule.rule}: {status}"
    for kind in ("evidence", "own activity", "own record", "own transcript"):
        found = targets(things, kind)
        for name in ("siti", "ratna") if who == "siti" else ("siti",):
            code, seen_by = found[name]
            for rule, method, place in asks(app, kind):
                if who in seen_by and not is_known(rule, place):
                    continue
                status = ask(client, rule, method, **{place: code}).status_code
                expected = IS_IN if who in seen_by else {404}
                assert status in expected, f"{who} {method} {rule.rule} {name}: {status}"
    assert acts() == before or who in REACH_OF_PERSON


@pytest.mark.parametrize("who", ["prita", "made"])  # of others: test_admin_access
def test_the_site_is_kept_by_who_administers_the_whole_of_it(office, who):
    app, _ = office
    client, before = signed_in(browser(app), who), acts()
    for rule, method, _ in asks(app, "site"):
        status = ask(client, rule, method).status_code
        assert status == 403, f"{who} {method} {rule.rule}: {status}"
    assert acts() == before


def test_a_stranger_is_asked_to_sign_in_first(office):
    app, things = office
    client, before = browser(app), acts()
    for row in ROWS:
        for rule, method, place in asks(app, row.kind):
            if row.kind != "public" and isinstance(app.view_functions[rule.endpoint].rule, Action):
                named = {place: next(iter(targets(things, row.kind).values()))[0]} if place else {}
                answer = ask(client, rule, method, **named)
                assert answer.status_code == 303, f"{method} {rule.rule}"
                assert "/login" in answer.headers["Location"], f"{method} {rule.rule}"
    assert acts() == before


# Lists of people, as pages and as files; {top}: where the reach of the reader begins.
TOPS = {
    "ratna": "kabupaten-sukamaju", "made": "kabupaten-sukamaju", "joko": "kabupaten-mekarsari",
    "prita": "provinsi-contoh", "dewi": "perpusnas-contoh",
}  # fmt: skip
LISTS = (
    "/supervision/{top}/people",
    "/supervision/{top}/people?q=a",
    "/supervision/{top}/people.csv",
    "/supervision/{top}/people.xlsx",
    "/supervision/{top}/questions/contact",
    "/supervision/{top}/questions/contact.csv",
    "/supervision/{top}/questions/contact.xlsx",
    "/supervision/decisions/ /supervision/decisions/made",  # together: some were decided meanwhile
)


def text_of(answer) -> str:
    """What a page or a file says; of a workbook the text of its parts."""
    if not answer.data.startswith(b"PK"):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return "".join(book.read(part).decode() for part in book.namelist() if "xml" in part)


@pytest.mark.parametrize("who", OFFICERS)
def test_a_list_names_everybody_of_her_part_and_nobody_else(office, who):
    app, _ = office
    client = signed_in(browser(app), who)
    names = {name: name_of(name) for name in REACH_OF_PERSON}
    for address in LISTS:
        at = address.format(top=TOPS[who]).split()
        said = "".join(text_of(client.get(one, buffered=True)) for one in at)
        told = {name for name, whole in names.items() if whole in said}
        # Nobody decides for herself; everything else that is in her part is told.
        hers = {name for name, seen_by in REACH_OF_PERSON.items() if who in seen_by}
        assert told - {who} == hers - {who}, f"{who} {address}"


@pytest.mark.parametrize("who", ["ratna", "joko", "prita"])
def test_a_search_says_of_those_outside_her_part_what_it_says_of_nobody(office, who):
    app, _ = office
    client = signed_in(browser(app), who)

    def found(word: str) -> str:
        page = client.get(f"/supervision/{TOPS[who]}/people", query_string={"q": word}).text
        return page[page.index("<main") : page.index("</main>")].replace(word, "")

    nobody = found(MISSING)
    for name, seen_by in REACH_OF_PERSON.items():
        word = name_of(name).split()[0]
        assert (found(word) == nobody) == (who not in seen_by), name
