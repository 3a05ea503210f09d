"""The editor of a lesson: what is saved, what is refused, and that no word is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft
from elearn.core import clock
from elearn.core.db import db, saving
from tests.conftest import browser, signed_in
from tests.people import PASSWORD
from tests.rooms.authoring_drafts import draft_of, second_author
from tests.rooms.authoring_editor import EN, ID, JSON, KEY, LONG, Editor, published, value_of
from tests.rooms.authoring_editor import editor as editor


def test_opening_and_saving_unchanged_changes_nothing(editor):
    before = editor.now()
    answer = editor.send(editor.open())
    assert answer.status_code == 303
    assert editor.now() == before
    assert db.session.get(Draft, editor.draft.id).saves == 1


def test_a_change_is_saved_and_touches_only_its_line(editor):
    before = editor.now()
    fields = editor.open() | {"title": "Debu, cahaya & air"}
    assert editor.send(fields).status_code == 303
    assert editor.now() == before.replace("title: Debu dan cahaya", "title: Debu, cahaya & air")
    assert "Debu, cahaya &amp; air" in editor.client.get(editor.address).text


def test_a_character_that_no_file_can_hold_is_left_out(editor):
    fields = editor.open() | {"title": "De\0bu", "sources": "Cata\0tan", "body": "I\0si"}
    assert editor.send(fields).status_code == 303
    assert [editor.open()[name] for name in ("title", "sources", "body")] == [
        "Debu",
        "Catatan",
        "Isi",
    ]


def test_the_script_gets_a_receipt_and_the_base_of_its_next_save(editor):
    fields = editor.open()
    first = editor.send(fields | {"body": LONG}, headers=JSON)
    assert (first.status_code, first.json["state"]) == (200, "saved")
    second = editor.send(
        fields | {"body": LONG + " Geser.", "base": first.json["base"]}, headers=JSON
    )
    assert second.status_code == 200
    again = editor.send(
        fields | {"body": LONG + " Geser.", "base": first.json["base"]}, headers=JSON
    )
    assert again.status_code == 200, "the same words sent twice are safe, whatever their base"
    assert editor.now().endswith(f"---\n{LONG} Geser.\n")
    assert db.session.get(Draft, editor.draft.id).saves == 3


def test_who_is_overtaken_sees_both_versions_and_may_then_replace_knowingly(editor):
    mine, theirs = editor.open(), editor.open()
    assert editor.send(theirs | {"title": "Judul Sari"}).status_code == 303

    told = editor.send(mine | {"body": LONG}, headers=JSON)
    assert (told.status_code, told.json["state"]) == (409, "overtaken")
    assert "Judul Sari" in editor.now()

    page = editor.send(mine | {"body": LONG})
    assert page.status_code == 409
    assert value_of(page.text, "body") == LONG
    assert value_of(page.text, "title") == mine["title"]
    assert "Judul Sari" in page.text
    assert "data-unsaved" in page.text
    assert LONG not in editor.now()

    again = editor.send(mine | {"body": LONG, "base": value_of(page.text, "base")})
    assert again.status_code == 303
    assert LONG in editor.now()
    assert "Judul Sari" not in editor.now()


def test_two_authors_at_once_one_is_saved_and_the_other_is_told(app: Flask):
    second_author()
    draft = draft_of()
    with saving():
        service.share(draft.slug, actor_named("sari").person_id, actor_named("budi"), clock.now())
    editors = [Editor(signed_in(browser(app), who), draft) for who in ("budi", "sari")]
    fields = editors[0].open()
    barrier = Barrier(2)

    def save(place: int) -> TestResponse:
        barrier.wait()
        return editors[place].send(fields | {"title": f"Judul {place}"})

    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(save, range(2)))
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    saved = next(i for i, answer in enumerate(answers) if answer.status_code == 303)
    assert f"title: Judul {saved}" in editors[0].now()
    assert f"Judul {1 - saved}" in answers[1 - saved].text


@pytest.mark.parametrize(
    "wrong",
    [{"minutes": "dua belas"}, {"minutes": "0"}, {"title": "x" * 121}, {"body": "a" * 262_145}],
)
def test_what_cannot_be_saved_is_refused_in_words_and_stays_in_the_form(editor, wrong):
    fields = editor.open() | {"sources": "Catatan saya"} | wrong
    page = editor.send(fields)
    assert page.status_code == 422
    assert value_of(page.text, "sources") == "Catatan saya"
    for name, value in wrong.items():
        assert value_of(page.text, name) == value
    told = editor.send(fields, headers=JSON)
    assert (told.status_code, told.json["state"]) == (422, "refused")
    assert told.json["text"]


def test_a_form_whose_session_has_ended_is_saved_after_sign_in(sqlite_app, editor):
    fields = editor.open() | {"body": LONG}
    stranger = Editor(browser(sqlite_app), editor.draft)
    page = stranger.send(fields)
    assert page.status_code == 401
    assert LONG not in editor.now()
    signing = {
        "login": "budi",
        "password": PASSWORD,
        "carried": value_of(page.text, "carried"),
        "next": value_of(page.text, "next"),
    }
    assert stranger.client.post("/login", data=signing).status_code == 303
    assert LONG in editor.now()


def test_a_text_too_long_to_travel_over_the_sign_in_is_shown_to_be_copied(sqlite_app, editor):
    long = "Kata yang panjang sekali. " * 3_000
    page = Editor(browser(sqlite_app), editor.draft).send(editor.open() | {"body": long})
    assert page.status_code == 401
    assert long in page.text
    assert "/login" in page.text


def test_the_script_is_told_where_to_sign_in_and_keeps_the_words(sqlite_app, editor):
    told = Editor(browser(sqlite_app), editor.draft).send(editor.open(), headers=JSON)
    assert (told.status_code, told.json["error"]) == (401, "session-ended")
    assert editor.address in told.json["sign_in"].replace("%2F", "/")


def test_a_page_older_than_the_session_is_shown_again_with_what_was_typed(sqlite_app, editor):
    fields = editor.open() | {"body": LONG, "csrf_token": "of yesterday"}
    sqlite_app.config["WTF_CSRF_ENABLED"] = True
    page = editor.send(fields)
    assert page.status_code == 400
    assert value_of(page.text, "body") == LONG
    assert LONG not in editor.now()
    token = value_of(page.text, "csrf_token")
    assert editor.send(fields | {"csrf_token": token}).status_code == 303
    assert LONG in editor.now()


def test_words_for_a_lesson_that_was_deleted_meanwhile_are_shown_to_be_copied(editor):
    fields = editor.open() | {"body": LONG}
    with saving():
        draft = queries.own_draft_to_change(actor_named("budi"), editor.draft.code)
        gone = {ID: None, EN: None}
        service.save(draft, gone, "lesson-deleted", KEY, actor_named("budi"), clock.now())
    page = editor.send(fields)
    assert page.status_code == 404
    assert LONG in page.text


def test_words_for_a_draft_that_has_ended_stay_in_the_form(editor):
    fields = editor.open() | {"body": LONG}
    version_id = published()
    with saving():
        draft = queries.own_draft_to_change(actor_named("budi"), editor.draft.code)
        draft.state, draft.version_id, draft.ended_at = "published", version_id, clock.now()
    page = editor.send(fields)
    assert page.status_code == 409
    assert value_of(page.text, "body") == LONG
    assert editor.send(fields, headers=JSON).status_code == 409
