"""The frame around every page, and what no template may hold."""

import re
from pathlib import Path

import pytest
from flask import flash

from tests.elements import Elements

WEB = Path(__file__).parents[3] / "elearn" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
ENGLISH = {"Accept-Language": "en"}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_style_a_script_or_trusted_text(path):
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe|autoescape", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source.split("-#}", 1)[-1])


@pytest.mark.parametrize("path", sorted((WEB / "templates" / "components").glob("*.html")))
def test_every_component_says_what_it_takes_and_is_on_the_styleguide_or_in_the_frame(path):
    assert path.read_text(encoding="utf-8").startswith("{#- ")
    others = [p for p in TEMPLATES if p != path]
    assert any(f"components/{path.name}" in p.read_text(encoding="utf-8") for p in others) or (
        path.stem in {"csrf", "link", "open_graph"}
    )


def test_the_styleguide_draws_every_component_with_unique_ids_and_whole_references(client):
    page = Elements(client.get("/styleguide").text)
    ids = page.ids()
    assert len(ids) == len(set(ids))
    for _, attributes in page.found:
        for name in ("aria-labelledby", "aria-describedby", "for"):
            assert set((attributes.get(name) or "").split()) <= set(ids), attributes


def test_the_styleguide_exists_in_development_only(live_app):
    assert live_app.test_client().get("/styleguide").status_code == 404


@pytest.mark.parametrize(("language", "other"), [("id", "en"), ("en", "id")])
def test_the_frame_says_its_language_and_leads_to_the_other(client, language, other):
    client.set_cookie("elearn_language", language)
    page = Elements(client.get("/styleguide").text)
    assert page.all("html", lang=language)
    assert page.all("a", hreflang=other)[0]["href"] == f"/language/{other}?next=/styleguide"
    assert page.all("a", **{"class": "skip-link"})[0]["href"] == "#content"
    assert page.all("main", id="content")


def test_links_to_rooms_that_do_not_exist_are_left_out(client, draw):
    assert "Sign in" not in client.get("/styleguide", headers=ENGLISH).text
    assert draw("link", '{{ link("nowhere.at_all", "Nowhere") }}') == ""
    assert 'href="/styleguide"' in draw("link", '{{ link("styleguide.show", "Here") }}')


@pytest.mark.parametrize(
    ("category", "kind"),
    [("success", "notice--good"), ("error", "notice--bad"), ("message", "notice")],
)
def test_what_the_last_request_left_is_announced_once(app, category, kind):
    @app.get("/leave")
    def leave() -> str:
        flash("<b>Saved</b>", category)
        return ""

    client = app.test_client()
    client.get("/leave")
    first, second = client.get("/styleguide").text, client.get("/styleguide").text
    assert f'{kind}" role="status"' in first
    assert "&lt;b&gt;Saved" in first
    assert "Saved" not in second
