"""Whatever is pasted: its words are kept, it takes time in proportion, and nothing runs."""

from __future__ import annotations

import html
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.authoring.formats.pasted import MAX_PASTED_BYTES, markdown_from_html
from tests.rules.pasted_pages import markdown, shown


def words_of(page: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", page)).split())


MARKED = [
    "*a* **b** _c_ `d` ~~e~~ snake_case __init__",
    "# judul", "## judul ##", "- butir", "+ butir", "* butir", "1. butir", "2026. tahun", "> kutip",
    "- - -", "---", "***", "___", "!!! note", ":   arti", "~~~", "```", "| a | b |", "ya [x] y",
    "[a](https://b.id)", "![a](b.png)", "[^1]", "[^1]: kaki", "<b>a</b>", "<https://a.id>", "<a@b.id>",
    "&amp; &lt; &#42; &x", "a & b < c > d", "C:\\folder\\*", "\\", "\\\\", "a\\", "akhir!", "{#x}", "1 * 2 * 3",
    "wzxhzdk:0", "\\(x^2\\)", "a  b", "`", "``a`", "]( [", "*", "_", "_a", "a_", "!", "***a**b*",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKED)
def test_text_stays_text_where_it_looks_like_marks(text):
    for source in (
        f"<p>{html.escape(text)}</p>",
        f"<p>awal<br>{html.escape(text)}</p>",
        f"<ul><li>{html.escape(text)}</li></ul>",
        f"<h2>{html.escape(text)}</h2>",
        f"<table><tr><td>{html.escape(text)}<td>b</table>",
        f"<p><b>{html.escape(text)}</b></p>",
        f"<p><a href='https://a.id'>{html.escape(text)}</a></p>",
        f"<p><code>{html.escape(text)}</code></p>",
        f"<p>awal!<a href='https://a.id'>x</a>{html.escape(text)}</p>",
    ):
        words = " ".join(text.split())
        assert words.replace(" ", "") in words_of(shown(source)).replace(" ", ""), source


@settings(max_examples=50, deadline=None, derandomize=True)
@given(
    st.text("ab1 .*_`[]()!#<>&\\|-+:~^{}\"'\n", max_size=30),
    st.sampled_from(("p", "b", "li", "td", "h3")),
)
def test_any_text_is_read_as_it_was_pasted(text, tag):
    pasted = words_of(shown(f"<{tag}>{html.escape(text)}</{tag}>"))
    if not re.match(r"\s*\[[ xX]?\]\s", text):  # a box of a task list in an entry
        assert pasted.replace(" ", "") == re.sub(r"\s", "", text)


TAGS = (
    "<p> </p> <b> </b> <i> <ul> </ul> <ol> <li> <table> <tr> <td> </table> <h1> <pre> <br> "
    "<blockquote> <a&#32;href=https://a.id> </a> <code> <sup> <del> <!-- --> < > & x 1. *"
)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(TAGS.split()), max_size=40))
def test_any_row_of_tags_becomes_markdown_that_can_be_shown(parts):
    source = "".join(parts).replace("&#32;", " ")
    page = shown(source)
    assert page.count("<p>") == page.count("</p>")


@pytest.mark.parametrize(
    "part",
    [
        *(
            "<a ",
            "<![x",
            "<!--",
            "</a ",
            "<a b='",
            "<",
            "&",
            "</b>",
            "<b>",
            "<div>",
            "<ul><li>",
            "<p>",
        ),
        *(
            "<table><tr><td>",
            "<blockquote>",
            "<b class=1><p>x",
            "<pre>",
            "<br>",
            "<s><del>",
            "<script>",
        ),
        *(
            "<td colspan=99 rowspan=99>x",
            "<p class=msolistparagraph>",
            "\\",
            "[",
            "`",
            "\x00",
            "\ud800",
        ),
    ],
)
def test_hostile_texts_take_time_in_proportion(part):
    def seconds(size: int) -> float:
        begun = time.process_time()
        markdown_from_html(part * (size // len(part)))
        return time.process_time() - begun

    # A tenth of that is usual; in the square of the length it would be minutes.
    assert seconds(100_000) <= 4


def test_deep_and_long_texts_keep_their_words():
    assert words_of(markdown("<div>" * 10_000 + "isi" + "</div>" * 10_000)) == "isi"
    assert "isi" in markdown("<b><ul><li>" * 10_000 + "isi")
    assert markdown("<i>x</i>" * 50_000) == "*" + "x" * 50_000 + "*"  # 100,000 tags


def test_a_long_merged_cell_is_not_repeated():
    assert markdown("<table><tr><td colspan=9>" + "x" * 300 + "<tr><td>a</table>").count("x") == 300


def test_more_than_a_megabyte_is_refused():
    assert markdown_from_html("x" * (MAX_PASTED_BYTES + 1)).left_out == ("paste-too-large",)
    assert markdown_from_html("é" * (MAX_PASTED_BYTES // 2 + 1)).left_out == ("paste-too-large",)
    assert markdown_from_html("x" * MAX_PASTED_BYTES).left_out == ()
