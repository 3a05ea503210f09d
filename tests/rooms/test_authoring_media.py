"""Pictures of a draft: made fit, named safely, shown by their own door, deleted only when unused."""

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image

from elearn.authoring.models import Draft
from elearn.core.db import db
from tests.conftest import browser, signed_in
from tests.coursepack.example import example_files
from tests.elements import Elements
from tests.queries import counted
from tests.rooms.authoring_drafts import draft_of, files_now, second_author

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
)
ID = "01-reading-room/01-dust-and-light.id.md"
EN = "01-reading-room/01-dust-and-light.en.md"


def photo(kind: str = "JPEG", **options) -> bytes:
    held = BytesIO()
    Image.new("RGB", (40, 30), (180, 90, 20)).save(held, kind, **options)
    return held.getvalue()


def photo_with_a_place() -> bytes:
    tags = Image.Exif()
    tags[0x010E] = "dari rumah Bu Siti"
    return photo(exif=tags)


@pytest.fixture
def draft(sqlite_app: Flask) -> Draft:
    return draft_of()


@pytest.fixture
def budi(sqlite_app: Flask) -> FlaskClient:
    return signed_in(browser(sqlite_app), "budi")


def upload(client: FlaskClient, draft: Draft, *files: tuple[str, bytes]):
    sent = {"files": [(BytesIO(content), name) for name, content in files]}
    return client.post(f"/authoring/{draft.code}/media", data=sent)


def media(draft: Draft) -> set[str]:
    db.session.rollback()
    return {path for path in files_now(draft) if path.startswith("media/")}


def test_pictures_are_kept_small_without_what_they_tell_and_under_a_safe_name(budi, draft):
    answer = upload(
        budi,
        draft,
        ("Foto Rak (1).JPG", photo_with_a_place()),
        ("../../shelf.svg", SVG),
        ("Shelf.svg", SVG),
    )
    assert answer.status_code == 303
    shelves = {"media/shelf.svg", "media/shelf-2.svg", "media/shelf-3.svg"}
    assert media(draft) == {"media/foto-rak-1.jpg", *shelves}
    assert b"Siti" not in files_now(draft)["media/foto-rak-1.jpg"]
    page = budi.get(answer.headers["Location"])
    assert "../media/foto-rak-1.jpg" in page.text


def test_of_several_files_the_good_ones_are_kept_and_of_the_others_it_says_why(budi, draft):
    script = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>x()</script></svg>'
    answer = upload(
        budi,
        draft,
        ("rak.png", photo("PNG")),
        ("jahat.svg", script),
        ("<img src=x onerror=alert(1)>.png", b"GIF89a<script>alert(1)</script>"),
        ("surat.docx", b"PK\x03\x04"),
    )
    assert answer.status_code == 422
    assert {path.rpartition(".")[0] for path in media(draft)} == {"media/shelf", "media/rak"}
    for name in ("jahat.svg", "surat.docx"):
        assert f"{name}: " in answer.text
    assert not [a for _tag, a in Elements(answer.text).found if "onerror" in a]


@pytest.mark.parametrize("files", [(), (("", b""),)])
def test_sending_no_picture_says_so(budi, draft, files):
    assert upload(budi, draft, *files).status_code == 422
    assert media(draft) == {"media/shelf.svg"}


def test_a_picture_comes_through_the_door_of_its_draft_and_can_do_nothing(budi, draft):
    answer = budi.get(f"/authoring/{draft.code}/media/shelf.svg")
    assert answer.data == example_files()["media/shelf.svg"]
    assert answer.mimetype == "image/svg+xml"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": answer.headers["ETag"]}
    assert budi.get(f"/authoring/{draft.code}/media/shelf.svg", headers=tag).status_code == 304


@pytest.mark.parametrize("name", ["page.html", "../course.yml", "%2e%2e/course.yml", "none.png"])
def test_nothing_but_pictures_of_the_draft_comes_through_that_door(sqlite_app, budi, name):
    draft = draft_of({**example_files(), "media/page.html": b"<script>alert(1)</script>"})
    assert budi.get(f"/authoring/{draft.code}/media/{name}").status_code == 404


def test_a_picture_is_put_below_a_lesson_with_words_for_who_cannot_see_it(sqlite_app, budi):
    draft = draft_of({path: c for path, c in example_files().items() if path != EN})
    upload(budi, draft, ("rak.png", photo("PNG")))
    put = {"picture": "rak.png", "alt": "Rak kosong", "lesson": "dust-and-light/id"}
    address = f"/authoring/{draft.code}/media/put"
    refused = budi.post(address, data=put | {"alt": " "})
    assert refused.status_code == 422
    assert files_now(draft)[ID] == example_files()[ID]
    assert budi.post(address, data=put).status_code == 303
    db.session.rollback()
    text = files_now(draft)[ID].decode()
    assert text == example_files()[ID].decode() + "\n![Rak kosong](../media/rak.png)\n"
    for wrong in ({"picture": "no.png"}, {"lesson": "none/id"}, {"lesson": "dust-and-light/en"}):
        assert budi.post(address, data=put | wrong).status_code == 404


def test_only_a_picture_that_no_text_shows_is_deleted(budi, draft):
    upload(budi, draft, ("rak.png", photo("PNG")))
    address = f"/authoring/{draft.code}/media/delete"
    used = budi.post(address, data={"name": "shelf.svg"})
    assert used.status_code == 409
    assert "Debu dan cahaya" in used.text
    assert budi.post(address, data={"name": "rak.png"}).status_code == 303
    assert media(draft) == {"media/shelf.svg"}
    assert budi.post(address, data={"name": "../course.yml"}).status_code == 404


def test_twenty_pictures_are_taken_at_a_time_and_of_the_rest_the_page_says_so(budi, draft):
    answer = upload(budi, draft, *[(f"rak-{n}.png", photo("PNG")) for n in range(21)])
    assert answer.status_code == 422
    assert len(media(draft)) == 21


@pytest.mark.parametrize(
    ("who", "status"), [("budi", 303), ("dewi", 303), ("sari", 404), ("siti", 403), ("ratna", 403)]
)
def test_only_its_authors_change_the_pictures_of_a_draft(sqlite_app, draft, who, status):
    second_author()
    client = signed_in(browser(sqlite_app), who)
    assert upload(client, draft, ("rak.png", photo("PNG"))).status_code == status
    gone = client.post(f"/authoring/{draft.code}/media/delete", data={"name": "rak.png"})
    assert gone.status_code == status
    put = {"picture": "shelf.svg", "alt": "Rak", "lesson": "dust-and-light/id"}
    assert client.post(f"/authoring/{draft.code}/media/put", data=put).status_code == status
    db.session.rollback()
    assert (files_now(draft)[ID] == example_files()[ID]) == (status != 303)


def test_fifty_pictures_cost_no_more_queries_than_one(sqlite_app, budi, draft):
    address = f"/authoring/{draft.code}/media"
    budi.get(address)
    with counted() as few:
        budi.get(address)
    many = {**example_files(), **{f"media/p{number}.svg": SVG for number in range(50)}}
    other = draft_of(many, slug="banyak-gambar")
    with counted() as more:
        assert budi.get(f"/authoring/{other.code}/media").text.count("<img") == 51
    assert len(more) == len(few)
