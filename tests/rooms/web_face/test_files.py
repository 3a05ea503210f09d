"""Style sheets, scripts and pictures: small, named by their content, kept for ever."""

import re

import brotli
import pytest
from flask import render_template_string
from flask.testing import FlaskClient

from tests.elements import Elements


def sheet_of(client: FlaskClient) -> str:
    page = client.get("/nowhere")
    assert page.status_code == 404
    (sheet,) = Elements(page.text).all("link", rel="stylesheet")
    return sheet["href"] or ""


def test_a_page_asks_for_one_style_sheet_and_caches_may_keep_it_for_ever(client):
    address = sheet_of(client)
    response = client.get(address)
    assert re.fullmatch(r"/static/app\.[0-9a-f]{12}\.css", address)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.content_type == "text/css; charset=utf-8"
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0", None), ("", None)],
)
def test_a_file_comes_in_the_smallest_form_that_the_browser_takes(client, accepted, encoding):
    response = client.get(sheet_of(client), headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert response.headers["Vary"] == "Accept-Encoding"
    if encoding == "br":
        assert b"--ground" in brotli.decompress(response.data)


def test_all_styles_together_weigh_no_more_than_5_kb(client):
    response = client.get(sheet_of(client), headers={"Accept-Encoding": "br"})
    assert len(response.data) <= 5 * 1024


def test_a_file_that_has_not_changed_is_not_sent_again(client):
    address = sheet_of(client)
    etag = client.get(address).headers["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/static/app.000000000000.css", 404),
        ("/static/css/base.css", 404),
        ("/static/../assets.py", 404),
        ("/static/", 404),
    ],
)
def test_only_known_names_are_answered(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"


def test_files_are_only_read(client):
    assert client.post(sheet_of(client)).status_code == 405


def test_a_page_that_asks_for_an_unknown_file_fails_at_once(app):
    with app.test_request_context(), pytest.raises(KeyError):
        render_template_string('{{ asset("app.sass") }}')


def test_addresses_of_files_follow_the_folder_that_the_site_is_mounted_in(app):
    with app.test_request_context(base_url="http://localhost/belajar"):
        assert render_template_string('{{ asset("app.css") }}').startswith("/belajar/static/app.")


def test_every_colour_and_measure_that_is_used_has_a_value(client):
    css = client.get(sheet_of(client)).text
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= set(re.findall(r"(--[\w-]+):", css))
    assert "url(" not in css
    assert css.count("{") == css.count("}")
