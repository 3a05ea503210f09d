"""What was done to a draft, and back to any state it was in."""

import re

import pytest
from sqlalchemy import func, select

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft, Save
from elearn.core import clock
from elearn.core.db import db, saving
from tests.conftest import browser, signed_in
from tests.coursepack.example import changed, example_files
from tests.factories import published_example
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, files_now, second_author

LESSON = "01-reading-room/01-dust-and-light.id.md"


def as_(app, who):
    return signed_in(browser(app), who)


def save_as(who, draft, changes, what="lesson-written", about="dust-and-light/id"):
    actor = actor_named(who)
    with saving():
        locked = queries.own_draft_to_change(actor, draft.code)
        return service.save(locked, changes, what, about, actor, clock.now())


def with_title(title):
    return {LESSON: changed(LESSON, "Debu dan cahaya", title)[LESSON]}


def test_any_state_can_be_looked_at_and_brought_back(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    save_as("budi", draft, with_title("Debu, cahaya, dan jamur"))
    save_as("budi", draft, {"media/shelf.svg": None}, "picture-deleted", "media/shelf.svg")
    shown = page.get(f"/authoring/{draft.code}/history").text
    assert "Budi" in shown
    state = page.get(f"/authoring/{draft.code}/history/1").text
    assert "Debu, cahaya, dan jamur" in state
    answer = page.post(f"/authoring/{draft.code}/history/1/restore")
    assert answer.status_code == 303
    assert files_now(draft) == example_files()
    undone = re.search(r'action="([^"]+/undo[^"]*)"', page.get(answer.location).text)
    page.post(undone[1].replace("&amp;", "&"))
    assert "media/shelf.svg" not in files_now(draft)


def test_one_person_at_one_thing_is_one_line_and_two_are_two(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    for number in range(3):
        save_as("budi", draft, with_title(f"Debu {number}"))
    save_as("dewi", draft, with_title("Cahaya"))
    shown = page.get(f"/authoring/{draft.code}/history").text
    assert shown.count('class="unit-list__item history"') == 3  # begun, budi, dewi
    assert f"/authoring/{draft.code}/history/2" in shown


def test_an_undo_that_others_have_overtaken_changes_nothing(sqlite_app):
    draft, sari = draft_of(), "dewi"
    number = save_as("budi", draft, with_title("Debu"))
    save_as(sari, draft, with_title("Cahaya"))
    answer = as_(sqlite_app, "budi").post(f"/authoring/{draft.code}/history/{number}/undo")
    assert answer.location.endswith("/history")
    assert b"title: Cahaya" in files_now(draft)[LESSON]


def test_a_long_history_costs_as_many_queries_as_a_short_one(sqlite_app):
    page, draft = as_(sqlite_app, "budi"), draft_of()
    save_as("budi", draft, with_title("Debu"))
    addresses = ("history", "history/1", "history?before=2")
    few = []
    for address in addresses:
        with counted() as sent:
            page.get(f"/authoring/{draft.code}/{address}")
        few.append(len(sent))
    person, now = actor_named("dewi").person_id, clock.now()
    with saving():
        locked = db.session.get_one(Draft, draft.id)
        rows = [
            {
                "draft_id": draft.id,
                "number": n,
                "person_id": person,
                "at": now,
                "what": "w",
                "about": str(n),
            }
            for n in range(locked.saves + 1, 501)
        ]
        db.session.execute(db.insert(Save), rows)
        locked.saves = 500
    for address, count in zip(addresses, few, strict=True):
        with counted() as sent:
            answer = page.get(f"/authoring/{draft.code}/{address}")
        assert answer.status_code == 200
        assert len(sent) == count, address
    assert "history?before=401" in page.get(f"/authoring/{draft.code}/history").text


def test_a_discarded_draft_is_gone_and_what_is_published_stays(sqlite_app):
    published_example()
    page = as_(sqlite_app, "dewi")
    page.post("/authoring/courses/contoh/1/edit")
    draft = db.session.scalars(select(Draft)).one()
    said = page.get(f"/authoring/{draft.code}/discard").text
    assert "Versi 1" in said or "Version 1" in said
    assert page.post(f"/authoring/{draft.code}/discard").status_code == 303
    assert page.get(f"/authoring/{draft.code}/").status_code == 404
    assert browser(sqlite_app).get("/courses/contoh/").status_code == 200


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", ""),
        ("get", "modules/reading-room"),
        ("post", "modules/reading-room"),
        ("get", "modules/reading-room/delete"),
        ("post", "modules/reading-room/delete"),
        ("post", "modules/reading-room/arrange"),
        ("post", "modules"),
        ("post", "modules/reading-room/lessons"),
        ("get", "lessons/dust-and-light/place"),
        ("post", "lessons/dust-and-light/place"),
        ("get", "lessons/dust-and-light/delete"),
        ("post", "lessons/dust-and-light/delete"),
        ("post", "lessons/dust-and-light/arrange"),
        ("get", "history"),
        ("get", "history/1"),
        ("post", "history/1/restore"),
        ("post", "history/1/undo"),
        ("get", "discard"),
        ("post", "discard"),
    ],
)
def test_only_its_authors_and_administrators_reach_a_draft(sqlite_app, method, address):
    second_author()
    statuses = {}
    for who in ("budi", "dewi", "sari", "siti", "ratna"):
        draft = draft_of(slug=f"kursus-{who}")
        sent = {"title": "Baru", "jp": "1", "reading-room-title": "Baru", "act": "down"}
        saves = count_of(draft)
        send = getattr(as_(sqlite_app, who), method)
        answer = send(
            f"/authoring/{draft.code}/{address}", **({"data": sent} if method == "post" else {})
        )
        statuses[who] = answer.status_code
        if who in ("sari", "siti", "ratna"):
            assert count_of(draft) == saves
    assert statuses.pop("budi") in (200, 303, 409, 422)
    assert statuses.pop("dewi") in (200, 303, 409, 422)
    assert statuses == {"sari": 404, "siti": 403, "ratna": 403}


def count_of(draft):
    db.session.rollback()
    return db.session.scalar(select(func.count(Save.id)).where(Save.draft_id == draft.id))
