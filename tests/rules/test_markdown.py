"""What a text becomes: every construct of the format, in the shape the pages show."""

from __future__ import annotations

import pytest

from elearn.core import markdown
from elearn.core.markdown import ENGLISH, INDONESIAN, Image, render, render_inline

SMALL = Image("/media/small.png", 640, 360, 30_000)
LARGE = Image("/media/large.png", 640, 360, 30_001)


def html(source: str, labels: markdown.Labels = ENGLISH) -> str:
    images = {"small.png": SMALL, "large.png": LARGE}
    links = {"02-next.id.md": "/courses/x/next"}
    rendered = render(source, prefix="unit", link=links.get, image=images.get, labels=labels)
    return rendered.html.replace("\n", "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a **b** *c* `d<e>`", "<p>a <strong>b</strong> <em>c</em> <code>d&lt;e&gt;</code></p>"),
        ("snake_case_word", "<p>snake_case_word</p>"),
        ("1 < 2 & &copy; &nope;", "<p>1 &lt; 2 &amp; © &amp;nope;</p>"),
        ("`&lt;` and &amp;lt;", "<p><code>&amp;lt;</code> and &amp;lt;</p>"),
        (r"\*not bold\* \[x\](y)", "<p>*not bold* [x](y)</p>"),
        ("a  \nb", "<p>a<br>b</p>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("3. a\n4. b", "<ol><li>a</li><li>b</li></ol>"),
        ("> a\n> b", "<blockquote><p>ab</p></blockquote>"),
        ("Term\n:   Meaning", "<dl><dt>Term</dt><dd>Meaning</dd></dl>"),
        ("---", "<hr>"),
        ("```python\nx < 1\n\n    y\n```", "<pre><code>x &lt; 1    y</code></pre>"),
        ("~~~\n[a](b)\n~~~", "<pre><code>[a](b)</code></pre>"),
        ("    a < b", "<pre><code>a &lt; b</code></pre>"),
        ("#hashtag", "<p>#hashtag</p>"),
        ("Title\n=====", "<p>Title=====</p>"),
        (
            "<b>raw</b> <script>x</script>",
            "<p>&lt;b&gt;raw&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>",
        ),
        ("Rumus: luas\n\nTeks", "<p>Rumus: luas</p><p>Teks</p>"),
    ],
)
def test_a_construct_becomes_its_html(source, expected):
    assert html(source).replace("\n", "") == expected


def test_code_in_a_list_item_stays_in_the_item():
    source = "1. one\n\n    ```\n    x\n    ```\n\n2. two"
    assert (
        html(source) == "<ol><li><p>one</p><pre><code>x</code></pre></li><li><p>two</p></li></ol>"
    )


def test_a_fence_nobody_closes_is_code_to_the_end():
    assert html("```\na\n\n## b") == "<pre><code>a## b</code></pre>"


def test_headings_get_ids_under_the_prefix_and_are_told():
    rendered = render(
        "## Apa *itu* hoaks?\n\n### Contoh\n\n## Contoh\n\n## 日本\n\n# Top ##",
        prefix="lesson",
        link=lambda _: None,
        image=lambda _: None,
    )
    assert [(h.level, h.id, h.text) for h in rendered.headings] == [
        (2, "lesson-apa-itu-hoaks", "Apa itu hoaks?"),
        (3, "lesson-contoh", "Contoh"),
        (2, "lesson-contoh-2", "Contoh"),
        (2, "lesson-section", "日本"),
        (2, "lesson-top", "Top"),
    ]
    assert '<h2 id="lesson-apa-itu-hoaks">Apa <em>itu</em> hoaks?</h2>' in rendered.html


def test_a_repeated_heading_never_takes_the_id_of_another():
    used: dict[str, int] = {}
    ids = [markdown.heading_id(text, used) for text in ("a", "a", "a 2", "a", "a-2", "a")]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("target", "start"),
    [
        ("02-next.id.md", '<a href="/courses/x/next">'),
        (
            "https://perpusnas.go.id/",
            '<a href="https://perpusnas.go.id/" rel="noopener noreferrer">',
        ),
        ("mailto:a@b.example", '<a href="mailto:a@b.example">'),
        ("#why", '<a href="#unit-why">'),
        ("gone.md", "<span>"),
        ("//evil.example", "<span>"),
        ("/\\evil.example", "<span>"),
        ("/local", "<span>"),
        ("javascript:alert(1)", "<span>"),
        ("JaVaScRiPt:alert(1)", "<span>"),
        ("data:text/html,x", "<span>"),
        ("ftp://a.example", "<span>"),
        ("https://user@evil.example/", '<a href="https://user@evil.example/"'),
        ("https:/evil.example", "<span>"),
        ("https:\\\\evil.example", "<span>"),
        ("", "<span>"),
    ],
)
def test_a_link_leads_where_it_may_or_only_its_words_stay(target, start):
    assert html(f"[words]({target})").removeprefix("<p>").startswith(start)
    assert "words</" in html(f"[words]({target})")


def test_bare_addresses_between_angle_brackets_are_links():
    assert '<a href="https://a.example/"' in html("<https://a.example/>")


def test_a_small_image_is_shown_with_its_size():
    assert html("see ![alt text](small.png) here") == (
        '<p>see <img src="/media/small.png" alt="alt text" width="640" height="360" '
        'loading="lazy" decoding="async"> here</p>'
    )


def test_an_image_alone_becomes_a_figure_with_its_title_as_caption():
    assert html('![alt](small.png "A *caption*")') == (
        '<figure class="figure"><img src="/media/small.png" alt="alt" width="640" height="360" '
        'loading="lazy" decoding="async"><figcaption>A *caption*</figcaption></figure>'
    )


@pytest.mark.parametrize(
    ("labels", "size_bytes", "words"),
    [
        (ENGLISH, 240_000, "240 KB"),
        (ENGLISH, 1_240_000, "1.2 MB"),
        (INDONESIAN, 999_600, "1,0 MB"),
    ],
)
def test_a_large_image_stands_behind_a_link_with_its_size(labels, size_bytes, words):
    image = Image("/media/large.png", 1, 1, size_bytes)
    rendered = render(
        "![Peta](large.png)", prefix="u", link=lambda _: None, image=lambda _: image, labels=labels
    )
    assert f'<a class="media-link" href="/media/large.png">Peta ({words})</a>' in rendered.html


@pytest.mark.parametrize("target", ["gone.png", "https://a.example/x.png", "//a.example/x.png"])
def test_an_image_that_is_not_there_leaves_its_words(target):
    assert html(f"![Peta]({target})") == '<p><span class="media-missing">Peta</span></p>'


def test_tables_scroll_alone_and_align_by_class():
    table = html("| A | B | C |\n| --- | --: | :-: |\n| 1 | 2 | 3 |", INDONESIAN)
    assert table.startswith(
        '<div class="table-scroll" tabindex="0" role="group" aria-label="Tabel, dapat digeser">'
    )
    assert '<th class="align-right" scope="col">B</th>' in table
    assert '<td class="align-center">3</td>' in table
    assert "style" not in table


def test_footnotes_lead_there_and_back_with_names_for_screen_readers():
    notes = html("One[^a] two[^b] one again[^a].\n\n[^a]: First.\n[^b]: Second.", INDONESIAN)
    assert (
        '<a id="unit-fnref-1" href="#unit-fn-1" aria-label="Catatan kaki 1"><sup>1</sup></a>'
        in notes
    )
    assert (
        '<a id="unit-fnref-3" href="#unit-fn-1" aria-label="Catatan kaki 1"><sup>1</sup></a>'
        in notes
    )
    assert '<section class="footnotes" aria-label="Catatan kaki"><ol><li id="unit-fn-1">' in notes
    assert 'href="#unit-fnref-3" aria-label="Kembali ke teks, catatan kaki 3">↩</a>' in notes


@pytest.mark.parametrize(
    ("source", "kind", "title"),
    [
        ('!!! note "Perhatikan ini"\n    Isi.', "note", "Perhatikan ini"),
        ("!!! tip\n    Isi.", "tip", "Kiat"),
        ('!!! warning ""\n    Isi.', "warning", "Perhatian"),
        ("!!! example\n    Isi.", "example", "Contoh"),
        ("!!! danger\n    Isi.", "note", "Ingat"),
    ],
)
def test_an_admonition_is_an_aside_with_a_title(source, kind, title):
    assert html(source, INDONESIAN) == (
        f'<aside class="admonition admonition--{kind}" aria-label="{title}">'
        f'<p class="admonition__title">{title}</p><p>Isi.</p></aside>'
    )


def test_task_lists_are_text_marks_with_words():
    tasks = html("- [ ] open\n- [x] done\n- plain")
    assert '<span class="task__mark" role="img" aria-label="Open:">☐</span> open' in tasks
    assert '<span class="task__mark" role="img" aria-label="Done:">☑</span> done' in tasks
    assert "<input" not in tasks
    assert tasks.count('class="task"') == 2


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a **b** _c_ `d`", "a <strong>b</strong> <em>c</em> <code>d</code>"),
        ("[x](https://a.example)", "[x](https://a.example)"),
        ("# no heading\n- no list\n\n\nlast", "# no heading - no list last"),
        ("<https://a.example> <b>", "&lt;https://a.example&gt; &lt;b&gt;"),
        ("2026-03_laporan-kegiatan.docx", "2026-03_laporan-kegiatan.docx"),
        ("| a | b |", "| a | b |"),
        ("", ""),
    ],
)
def test_an_option_has_emphasis_and_code_only(source, expected):
    assert render_inline(source) == expected


def test_stored_html_is_markup_as_it_is():
    assert markdown.stored("<p>a</p>").__html__() == "<p>a</p>"


def test_plain_text_has_all_words_and_no_marks():
    source = (
        "## Judul *satu* ##\n\nKata **tebal** [taut](x.id.md) ![gambar](y.png) `kode`[^1].\n\n"
        '| A | B |\n|---|---|\n| 1 | 2 |\n\n!!! note "Ingat"\n    isi\n\n- [ ] tugas\n1. satu\n\n'
        "```\nx = 1\n```\n\n[^1]: kaki\n"
    )
    assert markdown.plain_text(source) == (
        "Judul satu Kata tebal taut gambar kode. A B 1 2 Ingat isi tugas satu x = 1 kaki"
    )


def test_scan_finds_what_the_renderer_shows_with_its_lines():
    source = (
        "## Satu\n\n[a](x.md) `[no](n.md)` \\[no](n.md)\n![b](y.png)\n\n```\n[no](n.md)\n```\n\n"
        "    [no](n.md)\n\n- item\n\n    [c](<z d.md>)\n\n[![d](i.png)](j.md) <b>"
    )
    found = markdown.scan(source)
    assert [(h.line, h.level, h.text, h.id) for h in found.headings] == [(1, 2, "Satu", "satu")]
    assert [(t.line, t.text, t.target) for t in found.links] == [
        (3, "a", "x.md"),
        (14, "c", "z d.md"),
        (16, "d", "j.md"),
    ]
    assert [(t.line, t.target) for t in found.images] == [(4, "y.png"), (16, "i.png")]
    assert [(t.line, t.target) for t in found.tags] == [(16, "<b>")]


def test_scan_and_renderer_agree_on_links_images_and_headings():
    source = markdown_of_the_example()
    found = markdown.scan(source)
    links, images = [], []

    def link(target: str) -> str:
        links.append(target)
        return "/x"

    def image(target: str) -> Image:
        images.append(target)
        return SMALL

    rendered = render(source, prefix="u", link=link, image=image)
    inside = [t.target for t in found.links if not t.target.startswith(("#", "https:"))]
    assert sorted(links) == sorted(inside)
    assert images == [t.target for t in found.images]
    assert [f"u-{h.id}" for h in found.headings] == [h.id for h in rendered.headings]


def markdown_of_the_example() -> str:
    return (
        "Teks [satu](a.id.md), [dua *miring*](../02-b/c.id.md#judul) dan [luar](https://x.example).\n\n"
        "## Judul *dengan* `kode` & [taut](d.id.md)\n\n- butir\n\n    ![g](../media/e.svg)\n\n"
        "## Judul dengan kode & taut\n\n> [kutip](f.id.md)\n\nTeks[^1]\n\n[^1]: [kaki](g.id.md)\n"
    )


def test_labels_are_indonesian_for_id_and_english_for_the_rest():
    assert markdown.labels_for("id") is INDONESIAN
    assert markdown.labels_for("jv") is ENGLISH
