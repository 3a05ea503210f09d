"""Whose an attempt is, and what of it stays on the server until it is handed in."""

import hashlib
import itertools
import re

import pytest

from elearn.core.db import db
from elearn.quizzes import queries, rules
from elearn.quizzes.models import Attempt
from elearn.quizzes.views.findings import FINDINGS
from elearn.quizzes.views.sheets import SHEETS
from tests.conftest import browser, on_sqlite, person_id, signed_in
from tests.elements import Elements
from tests.factories import KEPT_BACK
from tests.rooms.quizzes_pages import (
    answers,
    attempt_row,
    begin,
    enrolled,
    hidden_fields,
    join,
)


@pytest.fixture
def study(app):
    """siti has joined the example course; her browser."""
    return join(app, "siti")


def test_every_kind_can_be_drawn_and_reviewed():
    assert set(SHEETS) == set(FINDINGS) == set(rules.KINDS)


# Whose it is

ROUTES = [
    ("get", ""),
    ("post", ""),
    ("post", "/answers/1"),
    ("get", "/confirm"),
    ("post", "/submit"),
    ("get", "/review"),
]


@pytest.mark.parametrize("other", ["joko", "ratna", "dewi", "budi"])
@on_sqlite
def test_an_attempt_is_its_learners_alone(app, study, other):
    address = begin(study)
    stranger = signed_in(browser(app), other)
    missing = "/attempts/" + "0" * 26
    for method, route in ROUTES:
        data = {"writer": "a" * 12, "counter": "1", "q1": "1"} if method == "post" else None
        foreign = getattr(stranger, method)(address + route, data=data)
        nowhere = getattr(stranger, method)(missing + route, data=data)
        assert (foreign.status_code, nowhere.status_code) == (404, 404), route
        assert without_token(foreign.text, address) == without_token(nowhere.text, missing)
    assert attempt_row().submitted_at is None
    assert answers() == {}


def without_token(page, address):
    """The page without what differs each second and for each address."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", page).replace(address, "")


@on_sqlite
def test_the_owner_reaches_every_one_of_those_routes(study):
    address = begin(study)
    data = {"writer": "a" * 12, "counter": "1", "q1": "1"}
    for method, route in ROUTES:
        response = getattr(study, method)(address + route, data=data if method == "post" else None)
        assert response.status_code in (200, 303), route


@pytest.mark.parametrize(("method", "route"), [r for r in ROUTES if r[0] == "get"])
@on_sqlite
def test_a_stranger_is_asked_to_sign_in(app, study, method, route):
    address = begin(study)
    response = browser(app).get(address + route)
    assert (response.status_code, "/login" in response.location) == (303, True)


# Nothing leaks before handing in


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("unit", ["satu-quiz", "pre-test", "post-test"])
@on_sqlite
def test_no_byte_of_key_or_feedback_leaves_the_server_before_handing_in(study, unit, language):
    study.set_cookie("elearn_language", language)
    quiz = f"/quizzes/contoh/{unit}"
    replies = [study.get(quiz)]
    address = begin(study, quiz)
    attempt = attempt_row()
    replies.append(study.get(address))
    page = hidden_fields(replies[-1].text)
    for number in range(1, len(queries.paper_of(attempt).asked) + 1):
        data = {**page, "counter": str(number), f"q{number}": "1", f"q{number}-1": "1"}
        replies.append(study.post(f"{address}/answers/{number}", data=data))
    replies.append(study.get(address))
    replies.append(study.post(address, data={**page, "q1": "9"}))
    replies.append(study.get(f"{address}/confirm"))
    for reply in replies:
        sent = reply.text + str(reply.headers)
        assert KEPT_BACK not in sent
        assert "Satu-" not in sent
        for key in (asked.facts.key for asked in queries.paper_of(attempt).asked):
            assert key not in sent  # a question's key may give a hint
        assert not re.search(r"data-(right|answer|key|points)|\"(right|points|correct)\"", sent)
        assert attempt.seed not in sent


@on_sqlite
def test_options_stand_in_the_order_that_was_drawn_and_values_count_as_shown(study):
    address = begin(study)
    attempt = attempt_row()
    page = study.get(address).text
    asked = next(a for a in queries.paper_of(attempt).asked if a.facts.kind == "single")
    texts = ["2026-03_laporan.docx", "laporan baru.docx", "dokumen1.docx"]
    shown = sorted(texts, key=page.index)
    assert shown == [texts[at] for at in asked.drawn.order]
    values = [i["value"] for i in Elements(page).all("input", name=f"q{asked.number}")]
    assert values == ["1", "2", "3"]


def test_a_second_learner_gets_a_draw_of_her_own(app, study):
    begin(study)
    begin(enrolled(app, "budi"))
    first, second = db.session.scalars(db.select(Attempt).order_by(Attempt.id))
    assert first.person_id != second.person_id == person_id("budi")
    assert first.drawn != second.drawn


@pytest.mark.parametrize("kind", ["ordering", "matching"])
@on_sqlite
def test_what_a_page_says_of_a_saved_answer_does_not_tell_its_file_positions(study, kind):
    """They are the key of these kinds: all fingerprints of so few places can be tried out."""
    address = begin(study)
    asked = next(a for a in queries.paper_of(attempt_row()).asked if a.facts.kind == kind)
    count = asked.facts.item_count or asked.facts.pair_count
    fields = {f"q{asked.number}-{place}": str(place) for place in range(1, count + 1)}
    fields |= {"writer": "a" * 12, "counter": "1"}
    told = study.post(f"{address}/answers/{asked.number}", data=fields).json["was"]
    places = range(asked.facts.pair_count + asked.facts.extra_count or count + 1)
    found = [
        given
        for given in itertools.permutations(places, count)
        if hashlib.sha256(rules.encode(given).encode()).hexdigest().startswith(told)
    ]
    assert found == []
    assert told == hidden_fields(study.get(address).text)[f"was-{asked.number}"]
