"""Fields, questions and drawings."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Optional

from elearn.core.charts import columns
from elearn.web.styleguide import QUESTIONS
from tests.elements import Elements


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


def test_a_column_chart_and_its_table_are_made_from_the_same_numbers(draw):
    parts = [("Jan <b>", [("current", 4210), ("done", 0)]), ("Feb", [("current", 3), ("done", 7)])]
    chart = columns(parts, slot_count=12, line_before=1)
    drawing = draw("chart", "{{ chart_columns(chart, 'target 20 JP') }}", chart=chart)
    rects = [rect for rect in Elements(drawing).all("rect") if rect.get("class") != "paint-sunken"]
    assert [float(rect["height"]) for rect in rects] == [37.05, 0, 1, 1]
    assert "target 20 JP" in drawing
    table = draw(
        "chart", "{{ chart_table(chart, 'A year', ['Month', 'Begun', 'Done']) }}", chart=chart
    )
    assert re.findall(r'<td class="number">(.*?)</td>', table) == ["4,210", "0", "3", "7"]
    assert "<b>" not in drawing + table
