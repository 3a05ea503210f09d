"""Any text of up to 256 KB is rendered or refused within two seconds."""

from __future__ import annotations

import sys
import time

import pytest

from elearn.core import markdown
from elearn.core.markdown import Image, Refused, TooLong, TooSlow, cost, render

# CPU time, so that a busy machine does not count; the promise is 2 s on a quiet one.
MOST_SECONDS = 4.0 if sys.gettrace() is None else 20.0

UNITS = [
    *("[", "![", "](", "[](", "![](", "*", "**", "_", "*a ", "`", "``a ", "<", "<!--", "<a ", "&"),
    *("> ", ">", "- - \n", "* * ", "1. \n", "\n\n", "a\n\n", "a\n", "|\n", "|-\n", ":-|\n", "\\"),
    *("a|b\n-|-\n", "[^1]", "[^1]: a\n", "!!! note\n", '!!! note "a"\n    b\n\n', "a\n: b\n"),
    *("a\n\n: b\n\n", "```\n", "~~~\na\n", "# a\n", "a\n---\n", "- a\n\n    - b\n\n", "\t- ", " "),
    *("[a](b)", '![a](b "c")\n\n', "<http://a.b>", "***a** b* ", "&#x2;", "[![a](b)](c) ", "\x02"),
    "kata **tebal** dan [taut](x.md) `k` lagi.\n\n",
]


def seconds_for(source: str) -> tuple[float, bool]:
    start = time.process_time()
    try:
        render(source, prefix="u", link=lambda _: "/x", image=lambda _: Image("/m", 1, 1, 1))
        was_rendered = True
    except Refused:
        was_rendered = False
    return time.process_time() - start, was_rendered


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_the_longest_text_of_a_hostile_kind_that_is_let_pass_is_rendered_in_time(unit):
    size = cost.MAX_SOURCE_BYTES
    while True:
        taken, was_rendered = seconds_for((unit * (size // len(unit)))[:size])
        assert taken <= MOST_SECONDS
        if was_rendered:
            return
        size //= 2


def test_a_lesson_of_ordinary_length_is_never_refused():
    paragraph = "Kata **tebal** dan [taut](x.md), `kode`, lalu *miring* saja. " * 6
    lists = "- butir **a**\n- butir `b`\n    - lebih dalam"
    table = "| A | B | C | D |\n|---|---|---|---|\n" + "| 1 | 2 | 3 | 4 |\n" * 20
    source = "\n\n".join(["## Judul", paragraph, lists, "> kutipan", table])
    source = f"{source}\n\n" * 40
    assert len(source) > 30_000
    markdown.refuse_when_slow(source)


def test_a_text_above_the_limit_is_too_long():
    with pytest.raises(TooLong):
        render("é" * (cost.MAX_SOURCE_BYTES // 2 + 1), prefix="u", link=str, image=lambda _: None)


@pytest.mark.parametrize(
    ("source", "reason", "line"),
    [
        ("ok\n\n" + "[" * 2_000, "paragraph-marks", 3),
        ("a\n" * 1_600, "paragraph-lines", 1),
        ("> " * 20 + "a", "nesting", 1),
        ("a\n\n" * 5_000, "blocks", 8_001),
        ("x" * 30_000, "line-length", 1),
        ("\n" * 20_000, "lines", 0),
        ("[^1] " * 300, "footnotes", 0),
        ("a\n\n|a|b|\n|-|-|\n" + "|1|2|3|4|5|\n" * 1_450, "table-cells", 3),
        ("\n\n".join(["[]" * 700] * 10), "marks", 17),
        ("\n".join(["x" * 15_000] * 3), "paragraph-length", 1),
    ],
)
def test_a_refusal_says_why_and_where(source, reason, line):
    with pytest.raises(TooSlow) as refused:
        markdown.refuse_when_slow(source)
    assert (refused.value.reason, refused.value.line) == (reason, line)


@pytest.mark.parametrize("rule", ["- - - - - - - - - - - -", "* * * * * * * * * * *", "_ _ _ _ _"])
def test_a_long_rule_is_no_nesting(rule):
    markdown.refuse_when_slow(rule)


def test_text_that_nests_by_marks_alone_is_refused_not_an_error():
    source = "*a _b " * 240 + "c_ d*" * 240
    taken, _ = seconds_for(source)
    assert taken <= MOST_SECONDS
