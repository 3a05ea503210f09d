"""Translations of a lesson, its preview, and who may see it."""

import pytest

from elearn.accounts.queries.actors import actor_named
from elearn.authoring import service
from elearn.authoring.rules.skeleton import prompts
from elearn.core import clock
from elearn.core.db import saving
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.elements import Elements
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, files_now, second_author
from tests.rooms.authoring_editor import EN, ID, JSON, LONG, Editor, published
from tests.rooms.authoring_editor import editor as editor


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
