"""What an author pastes from other programs becomes Markdown, and what cannot is named."""

from __future__ import annotations

import pytest

from elearn.authoring.formats.pasted import markdown_from_html
from tests.rules.pasted_pages import markdown, shown

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office">
<head><title>Panduan</title><style><!-- p.MsoNormal {margin:0cm;} @list l0:level1 {} --></style>
<!--[if gte mso 9]><xml><w:WordDocument></w:WordDocument></xml><![endif]--></head>
<body lang=IN style='tab-interval:36.0pt'><!--StartFragment-->
<h1><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span
>Merawat buku<o:p></o:p></h1>
<p class=MsoNormal>Buku perlu <b style='mso-bidi-font-weight:normal'>udara</b>&nbsp;dan
<i>cahaya</i>.<span style='mso-spacerun:yes'>  </span><o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'
><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Debu</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><!--[endif]-->dari jalan</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><!--[endif]-->dari kertas</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'
>o<span>&nbsp; </span></span>Cahaya</p>
<h2>Jadwal</h2>
<p class=MsoQuote>Sedikit tiap hari.</p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Hari</b></p></td>
<td><p class=MsoNormal>Rak</p></td></tr><tr><td><p>Senin</p></td><td><p>000-199</p></td></tr></table>
<!--EndFragment--></body></html>"""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7f">
<h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:400">Merawat</span></h2>
<p dir="ltr"><span style="font-weight:700;font-style:italic">Debu</span><span
 style="font-weight:400;font-style:normal"> turun </span><a href="https://contoh.id/a"><span
 style="text-decoration:underline">terus</span></a></p><br>
<ul><li dir="ltr" aria-level="1"><p role="presentation"><span>Rak</span></p></li>
<ul><li dir="ltr" aria-level="2"><p role="presentation"><span>Kain</span></p></li></ul>
<li dir="ltr" aria-level="1"><p role="presentation"><span>Pintu</span></p></li></ul>
<p dir="ltr"><span>10</span><span style="vertical-align:super">3</span></p></b>
<br class="Apple-interchange-newline">"""

OFFICE = """<p style="margin-bottom: 0cm"><font face="Liberation Serif">Satu <strike>dua</strike></font></p>
<ol><li><p>Bagi rak</p></li><li><p>Catat</p><ul><li><p>nama</p></li></ul></li></ol>"""

MOODLE = """<div class="text_to_html"><h4>Latihan</h4><p dir="ltr">Baris satu<br>baris dua<br><br>Baru.</p>
<pre>elearn  courses \\
  check</pre><p>Ketik <code>a|b</code> atau <kbd>`x`</kbd></p>
<img src="@@PLUGINFILE@@/rak.png" alt="Rak"><iframe src="https://v.example"></iframe></div>"""

WORD_WEB = """<div class="ListContainerWrapper"><ul><li data-aria-level="1"><p>Rak</p></li></ul></div>
<div class="ListContainerWrapper"><ul><li data-aria-level="2"><p>Kain</p></li></ul></div>
<p role="heading" aria-level="3">Alat</p>"""


WORD_LESSON = (
    "## Merawat buku\n\nBuku perlu **udara** dan *cahaya*.\n\n"
    "- Debu\n    1. dari jalan\n    2. dari kertas\n- Cahaya\n\n### Jadwal\n\n"
    "> Sedikit tiap hari.\n\n| **Hari** | Rak |\n| --- | --- |\n| Senin | 000-199 |"
)

DOCS_LESSON = (
    "## Merawat\n\n***Debu*** turun [terus](https://contoh.id/a)\n\n"
    "- Rak\n    - Kain\n- Pintu\n\n10³"
)

MOODLE_LESSON = (
    "## Latihan\n\nBaris satu  \nbaris dua\n\nBaru.\n\n"
    "```\nelearn  courses \\\n  check\n```\n\nKetik `a|b` atau `` `x` ``"
)


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (WORD, WORD_LESSON),
        (DOCS, DOCS_LESSON),
        (OFFICE, "Satu dua\n\n1. Bagi rak\n2. Catat\n    - nama"),
        (MOODLE, MOODLE_LESSON),
        (WORD_WEB, "- Rak\n    - Kain\n\n## Alat"),
    ],
    ids=["Word", "Google Docs", "LibreOffice", "Moodle", "Word on the web"],
)
def test_documents_of_each_program_become_lessons(source, wanted):
    assert markdown(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<h3>a</h3><h5>b</h5><h6>c</h6>", "## a\n\n#### b\n\n##### c"),
        ("<h1>a</h1><h2>b</h2>", "## a\n\n### b"),
        ("<p class=MsoTitle>a</p><h2><b>b</b></h2>", "## a\n\n### b"),
        ("<h2></h2><h2> &nbsp;</h2><h2>a<br>b</h2>", "## a b"),
        ("<h2>C#</h2>", "## C&#35;"),
        ("<ul><li><h2>a</h2></li></ul>", "- **a**"),
        ("<h2>a<ul><li>b</ul></h2>", "- b\n\n## a"),
    ],
)
def test_headings_begin_at_level_two(source, wanted):
    assert markdown(source) == wanted


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("a<b> b </b>c", "a **b** c"),
        ("a!<a href=https://a.id>k</a>", "a\\![k](https://a.id)"),
        ("<b>a</b><b>b</b><i>c</i>", "**ab***c*"),
        ("<b>a <i>b</i></b>", "**a *b***"),
        ("<b><p>a</p><p>b</p></b>", "**a**\n\n**b**"),
        ("<b> </b><i></i>a<u>b</u>", "ab"),
        ("a<code> </code>b<o:p/>", "a b"),
        ("a<a href=https://a.id> </a>b", "a b"),
        (f"<a href=https://a.id>{'x' * 2_001}</a>", "x" * 2_001),
        ("CO<sub>2</sub> 10<sup>-3</sup> 1<sup>st</sup>", "CO₂ 10⁻³ 1st"),
        ("a\u00a0\u00a0b\u200b\u00adc\x93d\x94 “e”", "a bc“d” “e”"),
        ("<code>“a”  b</code>", '`"a" b`'),
        ("a<br/>b<br><br><br>c", "a  \nb\n\nc"),
        ("a<hr>b<hr>", "a\n\n---\n\nb"),
        ("<dl><dt>a<dd>b<dd>c</dl>", "a\n\nb\n\nc"),
        ("<blockquote><p>a<ul><li>b</ul></blockquote>c", "> a\n>\n> - b\n\nc"),
    ],
)
def test_the_look_of_words_becomes_marks(source, wanted):
    assert markdown(source) == wanted


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("https://a.id/x?a=1&amp;b=2", "[k](https://a.id/x?a=1&b=2)"),
        ("HTTP://a.id", "[k](HTTP://a.id)"),
        ("mailto:a@b.id", "[k](mailto:a@b.id)"),
        ("https://a.id/x_(y) z", "[k](https://a.id/x_%28y%29%20z)"),
        ("javascript:alert(1)", "k"),
        ("java\nscript:alert(1)", "k"),
        ("data:text/html,x", "k"),
        ("file:///C:/rahasia.doc", "k"),
        ("https:\\\\a.id", "k"),
        ("https://a.id\\b", "k"),
        ("#_Toc1", "k"),
        ("/mod/page", "k"),
        ("https://a.id/" + "x" * 2000, "k"),
    ],
)
def test_only_links_to_the_web_and_to_mail_are_kept(address, wanted):
    pasted = markdown_from_html(f'<a href="{address}">k</a>')
    assert pasted.markdown == wanted + "\n"
    assert pasted.left_out == (("paste-links",) if wanted == "k" else ())


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<ul><li>a<li>b</ul>", "- a\n- b"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n    - b\n2. c"),
        ("<ul><li>a</ul><ol><li>b</ol>", "- a\n\n1. b"),
        ("<ul><li><p>a<p>b<li>c</ul>", "- a\n\n    b\n\n- c"),
        ("<ul><li><ul><li>a</ul></ul>", "- a"),
        ("<ul><li></li><li>a</li></ul>", "- a"),
        ("<ol><li>a</li>teks<li>b</li></ol>", "1. a\n\nteks\n\n1. b"),
        ("<ul><li>a<pre>x</pre><li>b</ul>", "- a\n\n    ```\n    x\n    ```\n\n- b"),
        ("<p class=MsoListParagraph>·&nbsp;&nbsp; a<p class=MsoListParagraph>b", "- a\n\nb"),
        ("<p class=MsoListParagraph>a)&nbsp; b", "1. b"),
        ("<p class=MsoListParagraph> <span>1.&nbsp;&nbsp;</span> a", "1. a"),
        ("<p class=MsoListParagraph><b></b><span style='mso-list:Ignore'>1.</span>a", "1. a"),
        ("<ul><li><pre>x</pre>a</ul>", "```\nx\n```\n\na"),
        ("<ul><li><blockquote>a</blockquote>b</ul>", "- a\n\n    b"),
    ],
)
def test_lists_keep_their_levels(source, wanted):
    assert markdown(source) == wanted


def test_lists_deeper_than_a_lesson_can_show_keep_their_words():
    text = markdown("<ul><li>x" * 20)
    assert text.count("- x") == 20
    assert max(len(line) - len(line.lstrip()) for line in text.split("\n")) <= 20
    assert shown("<ul><li>x" * 20).count("<li>") == 20


@pytest.mark.parametrize(
    ("source", "wanted", "left_out"),
    [
        (
            "<table><thead><tr><th>a<th>b</thead><tr><td>1<td>2 | 3</table>",
            "| a | b |\n| --- | --- |\n| 1 | 2 \\| 3 |",
            (),
        ),
        (
            "<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>",
            "| a | b | b |\n| --- | --- | --- |\n| a | c | d |",
            ("paste-merged-cells",),
        ),
        ("<table><tr><td>a<tr><td>b<td>c</table>", "| a |  |\n| --- | --- |\n| b | c |", ()),
        ("<table><tr><td><p>a<p>b</table>", "a\n\nb", ()),
        (
            "<table><tr><td>a<br>b<td><ul><li>c<li>d</ul></table>",
            "| a b | • c • d |\n| --- | --- |",
            ("paste-cells",),
        ),
        (
            "<table><caption>Judul</caption><tr><td>a<td>b</table>",
            "Judul\n\n| a | b |\n| --- | --- |",
            (),
        ),
        ("<table><tr><td><tr></table>x", "x", ()),
        ("<table>\n<tr><td>a<td>b</table>", "| a | b |\n| --- | --- |", ()),
        (
            "<table><tr><td><h2>a</h2><td><blockquote>b</blockquote>e<hr>f<td><pre>c  d</pre></table>",
            "| a | b e f | `c d` |\n| --- | --- | --- |",
            ("paste-cells",),
        ),
        (
            "<table><tr><td>a<td><table><tr><td>b<td>c</table></table>",
            "| a | b c |\n| --- | --- |",
            ("paste-cells",),
        ),
    ],
)
def test_tables_get_a_header_and_whole_rows(source, wanted, left_out):
    pasted = markdown_from_html(source)
    assert (pasted.markdown.rstrip("\n"), pasted.left_out) == (wanted, left_out)


def test_a_table_that_no_lesson_can_show_becomes_paragraphs():
    pasted = markdown_from_html("<table>" + "<tr><td>a<td>b<td>c<td>d" * 2_100 + "</table>")
    assert pasted.markdown.startswith("a\n\nb\n\nc")
    assert pasted.left_out == ("paste-table-large",)


def test_merged_cells_cannot_make_a_text_of_any_size():
    row = "<table><tr><td colspan=999 rowspan=999>" + "x" * 150 + "<tr>" * 30 + "</table>"
    assert len(markdown_from_html(row * 500).markdown) < 1_000_000


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("<script>alert(1)</script>", "paste-scripts"),
        ("<style>p {color: red}</style>", "paste-styles"),
        ("<img src=x onerror=alert(1)>", "paste-pictures"),
        ("<svg><script>x</script><text>x</text></svg>", "paste-pictures"),
        ("<v:shape><v:imagedata src='x'/></v:shape>", "paste-pictures"),
        ("<video>x</video>", "paste-media"),
        ("<object><p>x</object>", "paste-media"),
        ("<math><mi>x</mi></math>", "paste-formulas"),
        ("<select><option>x</select>", "paste-form-fields"),
        ("<textarea><b>x</textarea>", "paste-form-fields"),
        ("<input value=x>", "paste-form-fields"),
        ("<del>x</del>", "paste-changes"),
        ("<span class=msoDel>x</span>", "paste-changes"),
        ("<div style='mso-element: comment-list'>x</div>", "paste-comments"),
        ("<a class=msocomanchor href='#_msocom_1'>[x1]</a>", "paste-comments"),
        ("<p style='display: none'>x</p>", "paste-hidden"),
        ("<p hidden>x</p>", "paste-hidden"),
        ("<span style='mso-hide:all'>x</span>", "paste-hidden"),
    ],
)
def test_what_has_no_place_in_a_lesson_is_left_out_and_named(source, code):
    pasted = markdown_from_html(f"<p>awal</p>{source}<p>akhir</p>")
    assert (pasted.markdown, pasted.left_out) == ("awal\n\nakhir\n", (code,))


@pytest.mark.parametrize(
    "source",
    ["<!-- x -->", "<?php x ?>", "<!DOCTYPE x>", "<![if x]>", "<noscript>x</noscript>", "</x>"],
)
def test_what_no_reader_would_have_seen_is_left_out_without_a_word(source):
    pasted = markdown_from_html(f"<p>awal</p>{source}<p>akhir</p>")
    assert (pasted.markdown, pasted.left_out) == ("awal\n\nakhir\n", ())


@pytest.mark.parametrize(
    ("source", "code", "wanted"),
    [
        ("a <s>b</s>", "paste-struck", "a b"),
        ("<span style='text-decoration:line-through'>b</span>", "paste-struck", "b"),
        ("x<sup>ab</sup>", "paste-raised", "xab"),
        ("<ol start=4><li>a</ol>", "paste-numbers", "1. a"),
        ("<ins>a</ins>", None, "a"),
    ],
)
def test_what_changes_its_look_is_named(source, code, wanted):
    pasted = markdown_from_html(source)
    assert (pasted.markdown.strip(), pasted.left_out) == (wanted, (code,) if code else ())
