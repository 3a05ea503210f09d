"""The editor of a lesson: never over somebody's words, and nothing that was typed is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import queries, service
from elearn.authoring.models import Draft
from elearn.authoring.rules.skeleton import prompts
from elearn.core import clock
from elearn.core.db import db, saving
from elearn.coursepack.reading import read_files
from elearn.courses import service as courses
from elearn.courses.formats.html import render_course
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.elements import Elements
from tests.people import PASSWORD
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, files_now, second_author

KEY, ID, EN = (
    "dust-and-light",
    "01-reading-room/01-dust-and-light.id.md",
    "01-reading-room/01-dust-and-light.en.md",
)
JSON = {"Accept": "application/json"}
LONG = "Rak 7 menghadap jendela timur, dan matahari pagi mengenainya."


def value_of(html: str, name: str) -> str:
    for tag in ("input", "textarea"):
        for attributes in Elements(html).all(tag, name=name):
            if tag == "input":
                return attributes.get("value") or ""
            found = re.search(
                rf'<textarea[^>]*name="{name}"[^>]*>\r?\n?(.*?)</textarea>', html, re.S
            )
            return found[1].replace("&#34;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&amp;", "&") if found else ""  # fmt: skip
    raise AssertionError(f"no field {name}")


@dataclass
class Editor:
    """A browser at the editor of one lesson of a draft."""

    client: FlaskClient
    draft: Draft
    language: str = "id"

    @property
    def address(self) -> str:
        return f"/authoring/{self.draft.code}/lessons/{KEY}/{self.language}"

    def open(self) -> dict[str, str]:
        page = self.client.get(self.address)
        assert page.status_code == 200
        names = ["title", "body", "sources", "base"]
        names += ["minutes"] if 'name="minutes"' in page.text else []
        return {name: value_of(page.text, name) for name in names}

    def send(self, fields, **options):
        return self.client.post(self.address, data=fields, **options)

    def now(self, path: str = ID) -> str:
        db.session.rollback()  # what the request has saved since
        return files_now(self.draft)[path].decode()


def published() -> int:
    """A version of the example course."""
    files = example_files()
    files["course.yml"] = files["course.yml"].replace(b"demo-perpusnas", b"perpusnas-contoh")
    course, problems = read_files(files)
    assert course is not None, problems
    html = render_course(course)
    with saving():
        return courses.publish(course, html, actor_named("budi"), clock.now()).version_id


@pytest.fixture
def editor(sqlite_app: Flask) -> Editor:
    return Editor(signed_in(browser(sqlite_app), "budi"), draft_of())


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


# Translations and editions


def test_a_missing_translation_is_written_beside_its_source(sqlite_app):
    files = {path: content for path, content in example_files().items() if path != EN}
    editor = Editor(signed_in(browser(sqlite_app), "budi"), draft_of(files), "en")
    fields = editor.open()
    assert fields["title"] == fields["body"] == ""
    assert editor.send(fields | {"title": "Dust", "body": "Books wear out."}).status_code == 303
    assert editor.now(EN) == "---\ntitle: Dust\nof_edition: 1\n---\nBooks wear out.\n"


def test_a_translation_is_marked_as_older_until_its_author_says_it_is_up_to_date(sqlite_app):
    files = example_files()
    files[ID] = files[ID].replace(b"edition: 1", b"edition: 3")
    editor = Editor(signed_in(browser(sqlite_app), "budi"), draft_of(files), "en")
    assert 'name="is_up_to_date"' in editor.client.get(editor.address).text
    fields = editor.open()
    assert editor.send(fields | {"title": "Dust!"}).status_code == 303
    assert "of_edition: 1" in editor.now(EN)
    editor.send(editor.open() | {"is_up_to_date": "y"})
    assert "of_edition: 3" in editor.now(EN)
    assert 'name="is_up_to_date"' not in editor.client.get(editor.address).text


def test_a_new_meaning_raises_the_edition_once_and_can_be_taken_back(sqlite_app):
    version_id = published()
    with saving():
        draft = service.begin_from(version_id, example_files(), actor_named("budi"), clock.now())
    editor = Editor(signed_in(browser(sqlite_app), "budi"), draft)
    for _again in range(2):
        assert editor.send(editor.open() | {"is_new_meaning": "y"}).status_code == 303
        assert "\nedition: 2\n" in editor.now()
    [mark] = Elements(editor.client.get(editor.address).text).all("input", name="is_new_meaning")
    assert "checked" in mark
    editor.send(editor.open())
    assert "\nedition: 1\n" in editor.now()


def test_a_lesson_whose_head_cannot_be_read_says_so_and_keeps_its_bytes(sqlite_app):
    broken = b"---\ntitle: &a x\n---\nIsi\n"
    editor = Editor(
        signed_in(browser(sqlite_app), "budi"), draft_of({**example_files(), ID: broken})
    )
    page = editor.client.get(editor.address)
    assert page.status_code == 200
    assert 'name="body"' not in page.text
    sent = editor.send({"title": "x", "body": LONG, "base": ""})
    assert sent.status_code == 422
    assert LONG in sent.text
    assert files_now(editor.draft)[ID] == broken


# Preview


def test_the_preview_follows_what_is_typed_and_saves_nothing(editor):
    body = f"## Rak\n\n{LONG}\n\n![](../media/shelf.svg)\n\n[jadwal](02-weekly-plan.id.md)"
    answer = editor.client.post(f"{editor.address}/preview", data=editor.open() | {"body": body})
    assert answer.status_code == 200
    shown = Elements(answer.json["preview"])
    assert shown.all("h2", id="t-rak")
    assert shown.all("img", src=f"/authoring/{editor.draft.code}/media/shelf.svg")
    assert any("weekly-plan" in (a.get("href") or "") for a in shown.all("a"))
    assert 'href="#body" data-line="5"' in answer.json["findings"]
    assert LONG not in editor.now()


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_hint_that_a_new_lesson_began_with_is_named_until_it_is_replaced(editor, language):
    def findings(body):
        answer = editor.client.post(
            f"{editor.address}/preview", data=editor.open() | {"body": body}
        )
        return answer.json["findings"]

    assert 'data-line="3"' in findings(prompts(language))
    assert "data-line" not in findings("## Debu\n\nKami *merawat* buku.\n")


HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(1)>
[a](javascript:alert(1)) ![b](javascript:alert(1)) [c](data:text/html,x) ![d](https://evil.example/x.png)
[e](//evil.example) ![f](../../../../etc/passwd) </textarea><script>alert(2)</script>
"""


def test_nothing_in_a_hostile_text_runs_or_leaves_in_editor_or_preview(editor):
    fields = editor.open() | {"body": HOSTILE, "title": '"><script>alert(3)</script>'}
    fields["sources"] = "</textarea><script>alert(4)</script>"
    assert editor.send(fields).status_code == 303
    page = editor.client.get(editor.address)
    live = editor.client.post(f"{editor.address}/preview", data=editor.open()).json
    for html in (page.text, live["preview"], live["findings"]):
        found = Elements(html).found
        assert not [tag for tag, attributes in found if tag == "script" and "src" not in attributes]
        assert not [a for _tag, a in found if any(name.startswith("on") for name in a)]
        targets = [a.get(name) or "" for _tag, a in found for name in ("src", "href", "action")]
        assert not [
            t for t in targets if t.startswith(("javascript:", "data:", "//", "https://evil"))
        ]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert editor.open()["body"] == HOSTILE.strip("\n").replace("\n", "\n")


def test_a_text_that_is_slow_to_render_is_saved_and_its_preview_says_why_not(editor):
    slow = "> " * 400 + "x"
    assert editor.send(editor.open() | {"body": slow}).status_code == 303
    assert slow in editor.now()
    shown = editor.client.post(f"{editor.address}/preview", data=editor.open()).json["preview"]
    assert "blockquote" not in shown
    assert editor.client.get(editor.address).status_code == 200


def test_what_was_pasted_comes_back_as_markdown_with_what_was_left_out(editor):
    html = "<h1>Rak</h1><p><b>Debu</b> <script>alert(1)</script></p><ul><li>satu</li></ul>"
    answer = editor.client.post("/authoring/paste", data=html, content_type="text/html")
    assert answer.json["markdown"].strip() == "## Rak\n\n**Debu**\n\n- satu"
    assert answer.json["left_out"]


def test_a_course_of_a_hundred_lessons_costs_no_more_queries_than_one_of_two(editor):
    files = example_files()
    more = {
        f"01-reading-room/{number + 10:02}-dust-{number}.{path.split('.')[1]}.md": files[path]
        for number in range(50)
        for path in (ID, EN)
    }
    large = Editor(editor.client, draft_of({**files, **more}, slug="seratus"))
    counts = []
    for one in (editor, large):
        fields = one.open()
        with counted() as sent:
            one.open()
            one.send(fields | {"title": f"Judul {one.draft.slug}"}, headers=JSON)
            one.client.post(f"{one.address}/preview", data=fields)
        counts.append(len(sent))
    assert counts[0] == counts[1]


# Who


@pytest.mark.parametrize(
    ("who", "status"),
    [("budi", 200), ("dewi", 200), ("sari", 404), ("siti", 403), ("ratna", 403), (None, 303)],
)
@pytest.mark.parametrize("page", ["lessons/dust-and-light/id", "media", "media/shelf.svg"])
def test_a_draft_is_open_to_its_authors_only(sqlite_app, who, status, page):
    second_author()
    draft = draft_of()
    client = browser(sqlite_app)
    if who:
        signed_in(client, who)
    assert client.get(f"/authoring/{draft.code}/{page}").status_code == status
    # Both languages of a course have an editor; a language that it does not have has none.
    missing = client.get(f"/authoring/{draft.code}/lessons/dust-and-light/fr").status_code
    assert missing == (404 if status == 200 else status)


@pytest.mark.parametrize(
    ("who", "statuses"), [("budi", (303, 200)), ("sari", (404, 404)), ("siti", (403, 403))]
)
def test_only_its_authors_change_a_draft_or_have_it_shown(sqlite_app, editor, who, statuses):
    second_author()
    fields, before = editor.open() | {"body": LONG}, editor.now()
    other = Editor(signed_in(browser(sqlite_app), who), editor.draft)
    answers = other.send(fields), other.client.post(f"{other.address}/preview", data=fields)
    assert tuple(answer.status_code for answer in answers) == statuses
    assert (editor.now() == before) == (who != "budi")
