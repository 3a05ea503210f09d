"""What nobody sends by mistake: odd characters in every part of every address and form."""

import dataclasses
from datetime import timedelta
from itertools import product

import pytest

from elearn.accounts import service as accounts
from elearn.accounts.queries.actors import actor_named
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.core.errors import Unavailable
from elearn.core.permissions import NOBODY, Action, Actor, Grant, Role, may
from elearn.core.throttle import Strike
from elearn.coursepack.reading import read_files
from elearn.courses.formats.html import render_course
from elearn.records import keys
from elearn.records import service as records
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.factories import example_files
from tests.people import PASSWORD
from tests.rooms.addresses import filled
from tests.rooms.quizzes_pages import begin, join
from tests.rooms.records_evidence import NOW, evidence, issued

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
# What a second database may take in another way than the first; the rest never gets that far.
ODD_FOR_A_DATABASE = (NUL, "9" * 5000, "'", "\ufffe")
GOOD = {"slug": "contoh", "key": "satu-quiz", "number": "1", "digest": "a" * 64, "name": "x.png"}
FIELDS = (
    "login", "password", "next", "carried", "code", "new_password", "full_name", "username", "nip",
    "email", "phone", "post", "employment", "language", "time_zone", "writer", "counter", "q1",
    "q1-1", "seen-1", "was-1", "submit",
)  # fmt: skip


def odd_words(app, rule, reader=NOBODY):
    """Every word where she may come in; one where the guard sends her away, who reads none."""
    is_second = db.engine.dialect.name != "sqlite"
    needed = app.view_functions[rule.endpoint].rule
    if needed == "public" or may(reader, needed):
        return ODD_FOR_A_DATABASE if is_second else ODD
    return () if is_second else (ODD[len(rule.rule) % len(ODD)],)


@pytest.fixture
def place(app):
    """siti in mid-quiz: her browser, and values for every place of an address."""
    client = join(app, "siti")
    code = begin(client).rsplit("/", 1)[1]
    return client, {**GOOD, "code": code, "language": "id", "file_name": "x"}


@pytest.fixture
def readers(app, place):
    """(browser, who): siti and a stranger."""
    return ((place[0], actor_named("siti")), (browser(app), NOBODY))


def test_no_odd_part_of_an_address_is_a_fault_of_ours(app, place):
    client, good = place
    siti = actor_named("siti")
    for rule in app.url_map.iter_rules():
        for argument in sorted(rule.arguments):
            for odd in odd_words(app, rule, siti):
                path = filled(rule.rule, {**good, argument: odd})
                for method in sorted(rule.methods & {"GET", "POST"}):
                    status = client.open(path, method=method).status_code
                    assert status < 500, f"{method} {path[:80]}"


def test_no_odd_word_behind_an_address_is_a_fault_of_ours(app, place, readers):
    _, good = place
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in rule.methods]
    for rule, (client, who) in product(rules, readers):
        for odd in odd_words(app, rule, who):
            asked = dict.fromkeys(("next", "code", "q", "show", "words", "at"), odd)
            status = client.get(filled(rule.rule, good), query_string=asked).status_code
            assert status < 500, f"{rule.rule} {odd[:20]!r}"


def test_no_odd_field_is_a_fault_of_ours(app, place, readers):
    _, good = place
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    for rule, (client, who) in product(rules, readers):
        if rule.endpoint == "accounts.sign_out":
            continue
        for odd in odd_words(app, rule, who):
            path = filled(rule.rule, good)
            status = client.post(path, data=dict.fromkeys(FIELDS, odd)).status_code
            assert status < 500, f"{rule.rule} {odd[:20]!r}"


def test_a_nul_is_refused_in_words_wherever_it_stands(app, place):
    siti, _ = place
    for answer in (
        siti.get("/courses/a%00b/"),
        siti.get("/records/a%00b/"),
        browser(app).post("/login", data={"login": NUL, "password": "x"}),
        browser(app).post(
            "/reset", data={"login": NUL, "code": "x", "new_password": "rak biru tua"}
        ),
    ):
        assert answer.status_code in (400, 404, 422)
        assert "<h1" in answer.text


@pytest.mark.parametrize("action", Action)
def test_a_role_for_one_office_is_none_for_the_whole_site(action):
    here = Actor(7, frozenset({Grant(Role.ADMINISTRATOR, 3), Grant(Role.AUTHOR, 3)}))
    assert not may(here, action, owner_id=8)
    everywhere = Actor(7, frozenset({Grant(Role.ADMINISTRATOR), Grant(Role.LEARNER)}))
    assert may(everywhere, action, owner_id=7)


def test_a_household_of_ipv6_addresses_is_one_who_guesses_record_numbers(app):
    client = browser(app)
    for last in range(1, 4):
        client.environ_base["REMOTE_ADDR"] = f"2001:db8:1:2::{last}"
        assert client.get("/verify/2026-AAAAAAAA-A").status_code == 404
    buckets = set(db.session.scalars(db.select(Strike.bucket)))
    assert len(buckets) == 1


def test_the_html_of_a_question_does_not_say_its_key():
    """A heading and a footnote get ids; a question's key may give the answer away."""
    plain = "{id: Nama berkas mana yang terbaik?, en: Which file name is best?}"
    marked = '{id: "Apa[^a]\\n\\n## Judul\\n\\n[^a]: x", en: "What[^a]\\n\\n## Head\\n\\n[^a]: x"}'
    files = {
        path: content.replace(plain.encode(), marked.encode())
        for path, content in example_files(1, "free").items()
    }
    course, problems = read_files(files)
    assert course is not None, problems
    bodies = [q for q in render_course(course).questions if q.question_key == "satu-single"]
    assert all("fn-1" in q.body and "satu-single" not in q.body for q in bodies)


@pytest.mark.parametrize("fault", ["a folder that is no folder", "another key", "half a key"])
def test_a_signing_key_that_cannot_sign_refuses_and_is_no_fault_of_ours(app, fault):
    folder = app.config["SETTINGS"].data
    if fault == "a folder that is no folder":
        app.config["SETTINGS"].sources["DATA"] = _source(app, folder / "elearn.sqlite" / "below")
        (folder / "elearn.sqlite").touch()
    else:
        path = folder / f"record-key-{issued().key_id}"
        path.unlink()
        path.write_bytes(keys.signature.new_private_key()[: None if fault == "another key" else 60])
    with saving(), pytest.raises(Unavailable) as refusal:
        records.issue(evidence(enrolment_id=9), NOW)
    assert refusal.value.code == "record-key-missing"


def _source(app, value):
    return dataclasses.replace(app.config["SETTINGS"].sources["DATA"], value=value)


@on_sqlite
def test_an_invitation_is_no_way_to_ask_who_has_an_account(app, client):
    with saving():
        maker = Actor(person_id("dewi"))
        until = clock.now() + timedelta(days=1)
        code = accounts.make_invitation(maker, None, "basic-ict", 1, until, clock.now())
    form = {"full_name": "Wayan", "new_password": "rak biru tua", "username": "siti"}
    tries = [client.post(f"/invitation/{code}", data=form).status_code for _ in range(32)]
    assert (tries[0], tries[-1]) == (422, 429)


@on_sqlite
def test_the_profile_is_no_way_to_go_through_nips(app):
    dewi, siti = signed_in(browser(app), "dewi"), signed_in(browser(app), "siti")
    form = {
        "full_name": "Siti", "employment": "pns", "language": "id", "time_zone": "Asia/Jakarta",
        "password": PASSWORD, "email": "ada@contoh.id",
    }  # fmt: skip
    assert dewi.post("/profile", data=form).status_code == 303
    tries = [siti.post("/profile", data=form).status_code for _ in range(6)]
    assert tries == [422] * 5 + [429]
