"""The face of the site: files, frame, components, error pages, sentences."""

import logging
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest
from flask import Flask, abort, flash, render_template_string
from flask.testing import FlaskClient
from flask_wtf import FlaskForm
from sqlalchemy import create_engine, text
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Optional

from elearn.core import config, errors
from elearn.core.i18n import force_locale, register_i18n
from elearn.web.addresses import register_addresses
from elearn.web.assets import register_assets
from elearn.web.errors import PAGES, register_errors
from elearn.web.language import register_language
from elearn.web.messages import SENTENCES, sentence, sentence_for
from elearn.web.navigation import register_navigation
from elearn.web.security import register_security
from elearn.web.session import register_sessions
from elearn.web.styleguide import QUESTIONS, register_styleguide

WEB = Path(__file__).parents[2] / "elearn" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
ENGLISH = {"Cookie": "elearn_language=en"}


def web_without_rooms(data: Path, development: bool) -> Flask:
    """The whole web floor as the factory puts it up, with no room on top of it."""
    settings = config.load({}, DATA=str(data), SECRET_KEY="x" * 40)
    app = Flask("elearn", static_folder=None, template_folder="web/templates")
    app.config.update(ELEARN_DEVELOPMENT=development, ELEARN_SITE_NAME="elearn")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    register_sessions(app, settings)
    register_security(app, settings)
    register_i18n(app)
    register_language(app)
    register_addresses(app)
    register_navigation(app)
    register_assets(app)
    register_errors(app)
    register_styleguide(app)
    return app


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return web_without_rooms(tmp_path, development=True)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def draw(app: Flask) -> Callable[..., str]:
    """Render a line that uses one component: draw("status", '{{ status("done", "Done") }}')."""

    def drawn(component: str, line: str, **values: object) -> str:
        macro = re.split(r"\W", line.split("{{ ")[-1].split("call ")[-1])[0]
        source = f'{{% from "components/{component}.html" import {macro} %}}{line}'
        with app.test_request_context(headers=ENGLISH), force_locale("en"):
            return render_template_string(source, **values)

    return drawn


class Elements(HTMLParser):
    """Every start tag with its attributes, to ask about the tree instead of the bytes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            attributes
            for name, attributes in self.found
            if name == tag and wanted.items() <= attributes.items()
        ]

    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.found if "id" in attributes]


# Files


def sheet_of(client: FlaskClient) -> str:
    page = client.get("/styleguide")
    assert page.status_code == 200
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


# Templates


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


def test_the_styleguide_exists_in_development_only(tmp_path):
    live = web_without_rooms(tmp_path, development=False)
    assert live.test_client().get("/styleguide").status_code == 404


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


# Fields


class SampleForm(FlaskForm):
    name = StringField("Name <b>", description="As on the <i>diploma</i>")
    nip = StringField("NIP", validators=[Optional()])
    zone = RadioField("Zone", choices=[SelectChoice("WIB"), SelectChoice("WIT")])
    keep = BooleanField("Keep me signed in", validators=[InputRequired()])
    token = HiddenField("Token")


@pytest.fixture
def form(app: Flask) -> SampleForm:
    with app.test_request_context():
        return SampleForm(formdata=None, meta={"csrf": False})


def test_a_fault_is_tied_to_its_field(draw, form):
    form.name.errors = ["Write your name."]
    page = Elements(draw("field", "{{ field(form.name, autocomplete='name') }}", form=form))
    (control,) = page.all("input")
    assert control["aria-describedby"] == "name-hint name-error"
    assert control["aria-invalid"] == "true"
    assert control["autocomplete"] == "name"
    assert set(page.ids()) == {"name", "name-hint", "name-error"}


def test_labels_and_hints_are_text(draw, form):
    html = draw("field", "{{ field(form.name) }}", form=form)
    assert "<b>" not in html
    assert "<i>" not in html


def test_a_field_without_a_fault_says_nothing_of_one(draw, form):
    (control,) = Elements(draw("field", "{{ field(form.nip) }}", form=form)).all("input")
    assert "aria-invalid" not in control
    assert "aria-describedby" not in control


def test_a_field_that_may_stay_empty_says_so(draw, form):
    assert "may stay empty" in draw("field", "{{ field(form.nip) }}", form=form)
    assert "may stay empty" not in draw("field", "{{ field(form.name) }}", form=form)


def test_radio_buttons_stand_in_one_named_group(draw, form):
    form.zone.errors = ["Choose one."]
    html = draw("field", "{{ field(form.zone) }}", form=form)
    page = Elements(html)
    assert len(page.all("fieldset")) == len(page.all("legend")) == 1
    assert page.all("fieldset")[0]["aria-describedby"] == "zone-error"
    assert [control["value"] for control in page.all("input", type="radio")] == ["WIB", "WIT"]


def test_a_checkbox_is_inside_its_label_and_a_hidden_field_is_bare(draw, form):
    assert re.search(
        r'<label class="choice">\s*<input [^>]*type="checkbox"',
        draw("field", "{{ field(form.keep) }}", form=form),
    )
    assert "label" not in draw("field", "{{ field(form.token) }}", form=form)


def test_the_summary_counts_the_faults_and_leads_to_each_field(draw, form):
    form.name.errors, form.zone.errors = ["Write your name."], ["Choose one."]
    html = draw("error_summary", "{{ error_summary(form) }}", form=form)
    assert "There are 2 things to put right" in html
    drawn = draw("field", "{{ field(form.name) }}", form=form)
    drawn += draw("field", "{{ field(form.zone) }}", form=form)
    targets = [(a["href"] or "")[1:] for a in Elements(html).all("a")]
    assert set(targets) == {"name", "zone-0"} <= set(Elements(drawn).ids())


def test_a_form_without_faults_has_no_summary(draw, form):
    assert draw("error_summary", "{{ error_summary(form) }}", form=form) == ""


# Questions


def question_page(draw: Callable[..., str], **question: object) -> Elements:
    given = {"number": 3, "total": 9, "html": "Which?", **question}
    return Elements(draw("question", "{{ question(it) }}", it=given))


@pytest.mark.parametrize(
    ("kind", "control"), [("single", "radio"), ("true-false", "radio"), ("multiple", "checkbox")]
)
def test_options_are_named_after_the_question_and_keep_what_was_chosen(draw, kind, control):
    options = [{"value": 1, "html": "A"}, {"value": 2, "html": "B", "chosen": True}]
    page = question_page(draw, kind=kind, options=options)
    inputs = page.all("input", type=control, name="q3")
    assert [each["value"] for each in inputs] == ["1", "2"]
    assert ["checked" in each for each in inputs] == [False, True]


def test_ordering_asks_for_a_rank_of_each_item(draw):
    items = [{"html": "A", "chosen": 2}, {"html": "B", "chosen": None}]
    page = question_page(draw, kind="ordering", items=items)
    assert [select["name"] for select in page.all("select")] == ["q3-1", "q3-2"]
    assert len(page.all("option", value="")) == 2
    assert len([o for o in page.all("option") if "selected" in o]) == 1


def test_matching_asks_for_a_partner_of_each_item_and_knows_the_choice_zero(draw):
    items = [{"html": "A", "chosen": 0}, {"html": "B", "chosen": None}]
    choices = [{"value": 0, "text": "x"}, {"value": 1, "text": "y"}]
    page = question_page(draw, kind="matching", items=items, choices=choices)
    assert [select["name"] for select in page.all("select")] == ["q3-1", "q3-2"]
    assert [o["value"] for o in page.all("option") if "selected" in o] == ["0"]


@pytest.mark.parametrize("kind", ["short-text", "number"])
def test_typed_answers_come_back_as_they_were_typed(draw, kind):
    page = question_page(draw, kind=kind, value='"><script>', unit="MB")
    (control,) = page.all("input")
    assert (control["name"], control["value"]) == ("q3", '"><script>')
    assert not page.all("script")
    assert (control.get("inputmode") == "decimal") == (kind == "number")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: str(question["kind"]))
def test_every_kind_of_question_is_one_group_named_by_its_words(draw, question):
    page = Elements(draw("question", "{{ question(it) }}", it=question))
    (group,) = page.all("fieldset")
    named = (group["aria-labelledby"] or "") + " " + (group.get("aria-describedby") or "")
    assert set(named.split()) <= set(page.ids())
    assert f"q{question['number']}-state" in page.ids()


# Drawings


def books(html: str) -> tuple[int, int]:
    """Full and empty places of a shelf."""
    rects = Elements(html).all("rect", rx="1")
    empty = [rect for rect in rects if rect.get("class") == "paint-sunken"]
    return len(rects) - len(empty), len(empty)


@pytest.mark.parametrize(
    ("done", "target", "expected"),
    [(14, 20, (14, 6)), (0, 20, (0, 20)), (27, 20, (27, 0)), (8, None, (8, 0)), (0, None, (0, 0))],
)
def test_the_shelf_has_a_book_for_each_hour_and_places_up_to_the_target(
    draw, done, target, expected
):
    line = "{{ shelf(done, target, 'Shelf') }}"
    html = draw("shelf", line, done=done, target=target)
    assert books(html) == expected
    assert html == draw("shelf", line, done=done, target=target)


@pytest.mark.parametrize(("done", "target"), [(14, 20), (60, 20), (300, 20), (7, 24), (1, None)])
def test_no_book_stands_off_the_shelf(draw, done, target):
    html = draw("shelf", "{{ shelf(done, target, 'Shelf') }}", done=done, target=target)
    for rect in Elements(html).all("rect", rx="1"):
        assert 0 <= float(rect["x"] or "") + float(rect["width"] or "") <= 300


def test_a_long_name_is_written_whole_and_smaller(draw):
    name = "Dr. H. Ahmad Fauzi Kusumawardhani, S.Sos., M.Si."
    assert "record__name--long" in draw("record", "{{ record_name(name) }}", name=name)
    assert name in draw("record", "{{ record_name(name) }}", name=name)
    assert "--long" not in draw("record", "{{ record_name(name) }}", name="Suparmi")


def test_a_bar_shows_its_parts_one_after_the_other_and_nothing_of_nothing(draw):
    line = '{{ chart_bar([("done", 1), ("stuck", 0), ("rest", 3)], total) }}'
    bars = Elements(draw("chart", line, total=4)).all("rect")
    assert [(bar["x"], bar["width"]) for bar in bars] == [("0", "25.0"), ("25.0", "75.0")]
    assert not Elements(draw("chart", line, total=0)).all("rect")


# Error pages


@pytest.fixture
def failing(app: Flask) -> FlaskClient:
    """/fail raises what the test has put into app.fault."""

    @app.get("/fail")
    def fail() -> str:
        fault = app.extensions["fault"]
        if isinstance(fault, int):
            abort(fault)
        raise fault

    return app.test_client()


@pytest.mark.parametrize("status", [*PAGES, 500, 503])
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_error_has_a_page_that_says_what_to_do(app, failing, status, language):
    app.extensions["fault"] = status
    response = failing.get("/fail", headers={"Cookie": f"elearn_language={language}"})
    page = Elements(response.text)
    assert response.status_code == status
    assert response.headers["Cache-Control"] == "no-store"
    assert str(status) in response.text
    assert len(page.all("h1")) == 1
    assert page.all("a", **{"class": "button"})
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (errors.Missing("attempt-missing"), 404),
        (errors.Forbidden("page-forbidden"), 403),
        (errors.Conflict("attempt-closed"), 409),
        (errors.Invalid("answer-invalid"), 422),
        (errors.TooMany("sign-in-too-often", 90), 429),
        (errors.Unavailable("database-busy"), 503),
        (errors.Problem("unheard-of"), 409),
    ],
)
def test_a_refusal_becomes_its_status_with_its_sentence(app, failing, problem, status):
    app.extensions["fault"] = problem
    program = failing.get("/fail", headers={**ENGLISH, "Accept": "application/json"})
    person = failing.get("/fail", headers={**ENGLISH, "Accept": "text/html,*/*;q=0.8"})
    assert program.status_code == person.status_code == status
    assert program.json["error"] == problem.code
    assert program.json["message"]
    assert person.content_type.startswith("text/html")


def test_too_often_says_when_to_come_back(app, failing):
    app.extensions["fault"] = errors.TooMany("sign-in-too-often", 90)
    assert failing.get("/fail").headers["Retry-After"] == "90"


def test_a_wrong_method_says_which_are_right(failing):
    response = failing.post("/fail", headers={"Accept": "application/json"})
    assert response.status_code in (400, 405)
    if response.status_code == 405:
        assert "GET" in response.headers["Allow"]


def test_an_address_that_ends_in_json_fails_in_json(client):
    response = client.get("/verify/nothing.json")
    assert (response.status_code, response.json["error"]) == (404, "page-missing")


def test_a_form_without_its_token_is_refused_with_words(app):
    app.add_url_rule("/send", "send", lambda: "taken", methods=["POST"])
    response = app.test_client().post("/send", headers={**ENGLISH, "Accept": "application/json"})
    assert (response.status_code, response.json["error"]) == (400, "csrf-invalid")


def test_a_locked_database_is_busy_and_not_broken(app, failing, tmp_path):
    address = tmp_path / "busy.sqlite"
    holder = sqlite3.connect(address, isolation_level=None)
    holder.executescript("CREATE TABLE t (a); BEGIN IMMEDIATE")
    engine = create_engine(f"sqlite:///{address}", connect_args={"timeout": 0})
    app.add_url_rule("/write", "write", lambda: _run(engine, "INSERT INTO t VALUES (1)"))
    response = app.test_client().get("/write")
    holder.close()
    engine.dispose()
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Tersimpan" in response.text


def test_a_wrong_query_is_a_fault_of_ours(app):
    engine = create_engine("sqlite://")
    app.add_url_rule("/read", "read", lambda: _run(engine, "SELECT * FROM nowhere"))
    assert app.test_client().get("/read").status_code == 500
    engine.dispose()


def _run(engine, statement: str) -> str:
    with engine.begin() as connection:
        connection.execute(text(statement))
    return ""


def test_a_fault_is_shown_in_both_languages_with_a_reference_that_is_in_the_log(
    app, failing, caplog
):
    app.extensions["fault"] = RuntimeError("nobody expected this")
    with caplog.at_level(logging.ERROR):
        response = failing.get("/fail")
    (reference,) = set(re.findall(r"<strong>([0-9A-Z]{5}-[0-9A-Z]{5})</strong>", response.text))
    assert response.status_code == 500
    assert reference in caplog.text
    assert "nobody expected this" in caplog.text
    assert "nobody expected this" not in response.text
    assert "Ada kesalahan" in response.text
    assert "Something went wrong" in response.text


def test_the_page_of_a_fault_needs_no_templates(app, failing, monkeypatch):
    app.extensions["fault"] = 404
    monkeypatch.setattr(app.jinja_env, "loader", None)
    response = failing.get("/fail")
    assert response.status_code == 500
    assert "Ada kesalahan" in response.text


def test_an_unknown_host_gets_a_plain_answer(client):
    response = client.get("/styleguide", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil" not in response.text


# Sentences


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_can_be_said_even_without_its_values(app, code):
    with app.test_request_context():
        said = sentence(code)
    assert said
    assert "%(" not in said


def test_a_refusal_without_a_sentence_gets_the_one_of_its_kind(app):
    with app.test_request_context(), force_locale("en"):
        assert sentence_for(errors.Missing("kite-missing")) == sentence("page-missing")
        assert sentence_for(errors.Conflict("kite-torn")) == sentence("kite-torn")
        assert "changed since you opened" in sentence("kite-torn")


def test_times_in_sentences_are_written_as_the_reader_writes_them(app):
    at = datetime(2026, 3, 2, 8, 4, tzinfo=UTC)
    with app.test_request_context(), force_locale("en"):
        assert "2 March 2026, 15:04 WIB" in sentence("attempt-too-early", {"from_at": at})
        revoked = sentence("record-revoked", {"revoked_on": date(2026, 3, 9), "reason": "<50 %"})
    assert "9 March 2026" in revoked
    assert revoked.endswith("<50 %")
